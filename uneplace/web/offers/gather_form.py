"""The form by which a facilitator puts several people of the pool forward at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms

from uneplace.offers.actions import Follower, Pick, Told
from uneplace.people.models import Participant
from uneplace.web.fields import DayField
from uneplace.web.offers.people_forms import MEANS


@dataclass(frozen=True)
class GatherRow:
    """One person of the form: by whom followed, and the fields that she or he needs."""

    person: Participant
    followers: Sequence[Follower]
    chosen: forms.BoundField
    structure: forms.BoundField | None
    informed_on: forms.BoundField | None
    informed_by: forms.BoundField | None

    @property
    def is_asked(self) -> bool:
        """Whether a structure will be asked: it can sign in."""
        return self.followers[0].has_account


class GatherForm(forms.Form):
    """For each person: still chosen or not, through which structure and, when nobody did so yet and the
    structure has no account, when the person was told what the file is for."""

    def __init__(
        self,
        data=None,
        *,
        people: Sequence[Participant],
        followers: Mapping[int, Sequence[Follower]],
        informed: set[int],
    ):
        super().__init__(data)
        self.people = people
        self.followers = followers
        for person in people:
            ones = followers[person.pk]
            self.fields[f"chosen_{person.pk}"] = forms.BooleanField(
                label=str(person), required=False, initial=True
            )
            if len(ones) > 1:
                self.fields[f"structure_{person.pk}"] = forms.ChoiceField(
                    label="Par quelle structure",
                    choices=[(str(one.organisation.pk), _words(one)) for one in ones],
                )
            if person.pk not in informed and not all(one.has_account for one in ones):
                self.fields[f"informed_on_{person.pk}"] = DayField(
                    label="Information donnée le", required=False
                )
                self.fields[f"informed_by_{person.pk}"] = forms.ChoiceField(
                    label="Comment", choices=MEANS, required=False
                )

    @property
    def rows(self) -> list[GatherRow]:
        """Each person with its fields, in order."""
        return [
            GatherRow(
                person,
                self.followers[person.pk],
                self[f"chosen_{person.pk}"],
                self._field(f"structure_{person.pk}"),
                self._field(f"informed_on_{person.pk}"),
                self._field(f"informed_by_{person.pk}"),
            )
            for person in self.people
        ]

    def _field(self, name: str) -> forms.BoundField | None:
        return self[name] if name in self.fields else None

    def clean(self):
        """Somebody whom the service puts forward itself was told what the file is for."""
        cleaned = super().clean()
        chosen = [person for person in self.people if cleaned.get(f"chosen_{person.pk}")]
        if not chosen:
            self.add_error(None, "Choisissez au moins une personne.")
        for person in chosen:
            needed = f"informed_on_{person.pk}" in self.fields and not self._follower(person).has_account
            for name, words in (("informed_on", "Indiquez la date."), ("informed_by", "Choisissez comment.")):
                key = f"{name}_{person.pk}"
                if needed and key not in self.errors and not cleaned.get(key):
                    self.add_error(key, words)
        return cleaned

    def _follower(self, person: Participant) -> Follower:
        wanted = self.cleaned_data.get(f"structure_{person.pk}")
        ones = self.followers[person.pk]
        return next((one for one in ones if str(one.organisation.pk) == wanted), ones[0])

    @property
    def picks(self) -> list[Pick]:
        """What the action takes."""
        given = self.cleaned_data
        return [
            Pick(person, self._follower(person).organisation, self._told(person))
            for person in self.people
            if given[f"chosen_{person.pk}"]
        ]

    def _told(self, person: Participant) -> Told | None:
        on = self.cleaned_data.get(f"informed_on_{person.pk}")
        means = self.cleaned_data.get(f"informed_by_{person.pk}")
        return Told(on, means) if on and means else None


def _words(follower: Follower) -> str:
    what = "recevra une demande" if follower.has_account else "sans compte, vous proposez en son nom"
    return f"{follower.organisation} ({what})"
