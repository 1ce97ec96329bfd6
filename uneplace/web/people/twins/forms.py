from typing import Any

from django import forms

from uneplace.people.abilities import Schedule
from uneplace.people.models import Participant
from uneplace.rights.merging import CHOICES, PROFILE, PROFILE_FIELDS
from uneplace.rules import french

UNKNOWN = "non renseigné"
LABELS = {PROFILE: "Pour travailler"}


class MergeForm(forms.Form):
    """Which of two files is kept, and from which one comes each fact that differs."""

    keep = forms.TypedChoiceField(
        label="Dossier à garder",
        help_text="Son adresse dans le site ne change pas. L’ancienne adresse de l’autre y mènera.",
        widget=forms.RadioSelect,
        coerce=int,
    )
    has_checked = forms.BooleanField(label="J’ai vérifié que ce ne sont pas les mêmes heures", required=False)

    def __init__(self, data=None, *, kept: Participant, left: Participant, to_check: list[str]):
        super().__init__(data, initial={"keep": kept.pk})
        self.pair = sorted((kept, left), key=lambda person: person.pk)
        self.fields["keep"].choices = [(person.pk, _called(person)) for person in self.pair]
        if not to_check:
            del self.fields["has_checked"]
        for name in CHOICES:
            if differs(kept, left, name):
                self.fields[name] = forms.TypedChoiceField(
                    label=label_of(name),
                    choices=[(person.pk, value_of(person, name)) for person in self.pair],
                    initial=(kept if _is_known(kept, name) else left).pk,
                    widget=forms.RadioSelect,
                    coerce=int,
                )

    @property
    def take(self) -> list[str]:
        """The facts that come from the file that is not kept."""
        given = self.cleaned_data
        return [name for name in CHOICES if name in given and given[name] != given["keep"]]

    @property
    def facts(self) -> list[dict[str, Any]]:
        """Each fact of both files, in order: its label, its value when they agree, else its two choices."""
        one = self.pair[0]
        return [
            {"label": label_of(name), "field": self[name]}
            if name in self.fields
            else {"label": label_of(name), "value": value_of(one, name)}
            for name in CHOICES
        ]


def _called(person: Participant) -> str:
    return f"{person}, dossier n°\u00a0{person.pk}"


def label_of(name: str) -> str:
    """What a fact is called on the page."""
    label = LABELS.get(name) or str(Participant._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def differs(one: Participant, other: Participant, name: str) -> bool:
    """Whether two files do not say the same."""
    names = PROFILE_FIELDS if name == PROFILE else (name,)
    return any(getattr(one, each) != getattr(other, each) for each in names)


def _is_known(person: Participant, name: str) -> bool:
    if name == PROFILE:
        return person.profiled_at is not None or bool(person.licences)
    return getattr(person, name) not in (None, "")


def value_of(person: Participant, name: str) -> str:
    """A fact of a file as people read it."""
    if not _is_known(person, name):
        return UNKNOWN
    if name == PROFILE:
        return _profile_of(person)
    if name == "born_on":
        return french.day(person.born_on)
    if isinstance(getattr(person, name), bool):
        return "oui" if getattr(person, name) else "non"
    show = getattr(person, f"get_{name}_display", None)
    return str(show() if show else getattr(person, name))


def _profile_of(person: Participant) -> str:
    travel = person.get_travel_display()
    km = f", jusqu’à {person.travel_km}\u00a0km" if person.travel_km else ""
    schedules = ", ".join(str(Schedule(code).label).lower() for code in person.schedules)
    said = [
        *person.licences_in_words,
        f"{travel}{km}" if travel else "",
        f"disponible à partir du {french.day(person.available_from)}" if person.available_from else "",
        f"{french.number(person.weekly_hours_max)}\u00a0h par semaine au plus"
        if person.weekly_hours_max
        else "",
        f"accepte {schedules}" if schedules else "",
    ]
    return "\u00a0; ".join(filter(None, said)) or "rempli, sans rien de particulier"
