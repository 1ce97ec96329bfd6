"""The form by which a structure puts a person forward."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from uneplace.kit.uploads import CV_EXTENSIONS, CV_KINDS, FileRefused, check_file
from uneplace.offers.actions import AnswerGiven, Told
from uneplace.offers.models import CriterionAnswer, JobSheet
from uneplace.organisations.models import Organisation
from uneplace.people.abilities import Licence
from uneplace.people.likeness import Likeness
from uneplace.people.models import Means, Participant
from uneplace.people.twins import known_of, twins_of
from uneplace.rules import french
from uneplace.web.fields import DayField
from uneplace.web.reference.fields import CommuneField

MEANS = [("", "Choisir"), *Means.choices]
SOMEBODY_ELSE = ("autre", "Une autre personne")


def _described(person: Participant, why: Likeness) -> str:
    """« C’est elle : Marie Durand, née le 5 mars 1990 (même date de naissance ; …) »."""
    birth = f", naissance le {french.day(person.born_on)}" if person.born_on else ""
    return f"C’est {person}{birth} ({why.words})"


class CvField(forms.FileField):
    """A CV that is what it claims to be."""

    widget = forms.FileInput(attrs={"accept": ",".join(CV_EXTENSIONS)})

    def clean(self, data, initial=None):
        """The file as it may be kept."""
        file = super().clean(data, initial)
        if not file:
            return file
        try:
            return check_file(file, file.name, file.size)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal))


class IdentityForm(forms.Form):
    """Who the person is and how to reach her or him."""

    first_name = forms.CharField(label="Prénom", max_length=80)
    last_name = forms.CharField(label="Nom", max_length=80)
    born_on = DayField(label="Date de naissance", required=False)
    sex = forms.ChoiceField(
        label="Sexe", choices=[("", "Non renseigné"), *Participant.Sex.choices], required=False
    )
    phone = forms.CharField(label="Téléphone", max_length=30, required=False)
    email = forms.EmailField(label="Adresse électronique", required=False)
    told_by_email = forms.BooleanField(
        label="La personne souhaite apprendre les réponses par courriel", required=False
    )
    commune = CommuneField(
        label="Commune de résidence",
        help_text="Avec son code postal si plusieurs ont ce nom.",
        required=False,
    )
    diploma_level = forms.TypedChoiceField(
        label="Niveau de diplôme",
        choices=[("", "Non renseigné"), *Participant.Diploma.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )

    @property
    def identity(self) -> dict[str, Any]:
        """The participant's fields."""
        return {name: self.cleaned_data[name] for name in IdentityForm.base_fields}


class PutForwardForm(IdentityForm):
    """One person for one job: who, when, with what, and what the person was told and agreed to."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Structure pour laquelle vous agissez",
        empty_label="Choisir",
        help_text="Les structures qui ont un compte proposent elles-mêmes.",
    )
    participant = forms.ModelChoiceField(
        Participant.objects.none(), label="Personne", required=False, empty_label="Une nouvelle personne"
    )
    available_from = DayField(label="Disponible à partir du")
    availability = forms.CharField(
        label="Précisions sur la disponibilité",
        help_text="Horaires, trajet, préavis.",
        max_length=200,
        required=False,
    )
    licences = forms.MultipleChoiceField(
        label="Permis et habilitations",
        help_text="Ceux qui sont déjà au dossier d’une personne connue y restent.",
        choices=Licence.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    cv = CvField(label="CV", help_text=f"{CV_KINDS}.", required=False)
    message = forms.CharField(
        label="Un mot pour le service",
        help_text="L’entreprise ne le lit pas.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    informed_on = DayField(label="Information donnée le")
    informed_by = forms.ChoiceField(label="Comment", choices=MEANS)
    agreed = forms.ChoiceField(
        label="La personne est-elle d’accord pour que son dossier soit transmis à l’entreprise\u00a0?",
        choices=[("oui", "Oui"), ("non", "Je lui demanderai")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse."},
    )
    agreed_on = DayField(label="Accord donné le", required=False)
    agreed_by = forms.ChoiceField(label="Comment", choices=MEANS, required=False)

    def __init__(
        self,
        data=None,
        files=None,
        *,
        sheet: JobSheet,
        people: QuerySet,
        structures: QuerySet | None,
        known: str | None = None,
        twins_among: QuerySet | None = None,
    ):
        super().__init__(data, files, initial={"participant": known})
        self.criteria = list(sheet.criteria.all())
        self.twins_among = twins_among
        self.fields["participant"].queryset = people
        if structures is None:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = structures
        for criterion in self.criteria:
            self.fields[f"met_{criterion.pk}"] = forms.ChoiceField(
                label=criterion.text,
                choices=CriterionAnswer.Met.choices,
                widget=forms.RadioSelect,
                error_messages={"required": "Répondez à ce critère."},
            )
            self.fields[f"fact_{criterion.pk}"] = forms.CharField(
                label="Le fait", max_length=150, required=False
            )
        # A person of the list has a name already.
        if self.data.get("participant"):
            for name in ("first_name", "last_name"):
                self.fields[name].required = False

    @property
    def answer_fields(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Each criterion with its two fields, in order."""
        return [
            (criterion, self[f"met_{criterion.pk}"], self[f"fact_{criterion.pk}"])
            for criterion in self.criteria
        ]

    def clean(self):
        """An agreement has a day and a means."""
        cleaned = super().clean()
        if cleaned.get("agreed") == "oui":
            for name, words in (("agreed_on", "Indiquez la date."), ("agreed_by", "Choisissez comment.")):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, words)
        if self.twins_among is not None and not cleaned.get("participant"):
            self._recognise(cleaned)
        return cleaned

    def _recognise(self, cleaned: dict[str, Any]) -> None:
        """Ask whether the person typed is somebody that one may see already; `participant` when it is."""
        found = twins_of(known_of(cleaned), among=self.twins_among)
        if not found:
            return
        self.fields["twin"] = forms.ChoiceField(
            label="Est-ce la même personne\u00a0?",
            help_text="Ce que vous avez écrit est gardé.",
            choices=[*((str(person.pk), _described(person, why)) for person, why in found), SOMEBODY_ELSE],
            widget=forms.RadioSelect,
        )
        chosen = self.data.get("twin", "")
        if chosen not in dict(self.fields["twin"].choices):
            self.add_error("twin", "Une personne connue lui ressemble\u00a0: dites si c’est elle.")
        cleaned["participant"] = next((person for person, _ in found if str(person.pk) == chosen), None)
        cleaned["typed"] = cleaned["participant"] is not None

    @property
    def terms(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        agreed = given["agreed"] == "oui"
        return {
            "participant": given["participant"],
            "identity": None if given["participant"] and not given.get("typed") else self.identity,
            "available_from": given["available_from"],
            "availability": given["availability"],
            "message": given["message"],
            "licences": given["licences"],
            "information": Told(given["informed_on"], given["informed_by"]),
            "agreement": Told(given["agreed_on"], given["agreed_by"]) if agreed else None,
            "answers": {
                criterion.pk: AnswerGiven(given[f"met_{criterion.pk}"], given[f"fact_{criterion.pk}"])
                for criterion in self.criteria
            },
        }
