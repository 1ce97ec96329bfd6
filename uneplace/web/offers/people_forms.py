"""The form by which a structure puts a person forward."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from uneplace.kit.uploads import CV_EXTENSIONS, CV_KINDS, FileRefused, check_file
from uneplace.offers.actions import AnswerGiven, Told
from uneplace.offers.models import CriterionAnswer, JobSheet
from uneplace.organisations.models import Organisation
from uneplace.people.models import Licence, Means, Participant
from uneplace.web.fields import DayField
from uneplace.web.reference.fields import CommuneField

MEANS = [("", "Choisir"), *Means.choices]


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
        self, data=None, files=None, *, sheet: JobSheet, people: QuerySet, structures: QuerySet | None
    ):
        super().__init__(data, files)
        self.criteria = list(sheet.criteria.all())
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
        return cleaned

    @property
    def terms(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        agreed = given["agreed"] == "oui"
        return {
            "participant": given["participant"],
            "identity": None if given["participant"] else self.identity,
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
