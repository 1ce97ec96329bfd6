"""What is typed of a job sheet: little for a draft, the rest before anybody agrees."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from uneplace.contracts.models import Commitment
from uneplace.kit.periods import last_day, period
from uneplace.offers.actions import FIELDS, Asked
from uneplace.offers.models import Criterion, Demand, Equipment, JobSheet
from uneplace.people.abilities import Licence, Schedule
from uneplace.rules.dates import add_months
from uneplace.web.contracts.fields import EurosField
from uneplace.web.fields import DayField, HoursField, clean_last_day
from uneplace.web.reference.fields import CommuneField, RomeField
from uneplace.web.shared_forms import SharedForm

MOST_CRITERIA = 8
LONGEST_CRITERION = 150
LEGAL_WEEK = Decimal(48)
# A first day further away, or a longer job, is a slip of the keyboard.
MONTHS_BEHIND, MONTHS_AHEAD, LONGEST_MONTHS = 12, 36, 60
Kind = Criterion.Kind
Weight = Criterion.Weight
COMPARED = [(Kind.TRADE.value, Kind.TRADE.label), (Kind.TRAVEL.value, Kind.TRAVEL.label)] + [
    (Kind.SCHEDULE.value, "Accepter les horaires particuliers")
]
ON_THE_SHEET = [name for name in FIELDS if name not in ("period", "without_car")]


class CriteriaField(forms.CharField):
    """Criteria, one a line; its value is the list of lines that say something."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> list[str]:
        """Each line once, without the empty ones."""
        return list(
            dict.fromkeys(" ".join(line.split()) for line in (value or "").splitlines() if line.strip())
        )

    def validate(self, value: list[str]) -> None:
        """A few short criteria: beyond, nobody reads them."""
        super().validate(value)
        if len(value) > MOST_CRITERIA:
            raise ValidationError(f"Gardez {MOST_CRITERIA} critères au plus, un par ligne.")
        for line in value:
            if len(line) > LONGEST_CRITERION:
                raise ValidationError(
                    f"«\u00a0{line[:40]}…\u00a0» est trop long\u00a0: {LONGEST_CRITERION} signes au plus."
                )


class BoxesField(forms.MultipleChoiceField):
    """Several choices of a short list, none of them required."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)


class ContactField(forms.CharField):
    """A phone number as people write it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, required=False, **options)

    def clean(self, value: Any) -> str:
        """At least the digits of a number."""
        text = super().clean(value)
        if text and sum(sign.isdigit() for sign in text) < 10:
            raise ValidationError("Écrivez un numéro complet, par exemple 02 31 00 00 00.")
        return text


class SheetForm(SharedForm):
    """The job that service and company define together; `on` is today."""

    commitment = forms.ModelChoiceField(Commitment.objects.none(), label="Marché et entreprise")
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label="Intitulé du poste", help_text="Par exemple\u00a0: aide-maçonne ou aide-maçon.", max_length=150
    )
    rome = RomeField(
        label="Métier", help_text="Le code ou le nom du métier au ROME, par exemple F1703 ou maçon."
    )
    posts = forms.IntegerField(label="Nombre de postes", min_value=1, max_value=200, initial=1)
    tasks = forms.CharField(
        label="Missions",
        help_text="Ce que la personne fera, en quelques phrases.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
        required=False,
    )
    commune = CommuneField(
        label="Lieu de travail", help_text="La commune, avec son code postal si plusieurs ont ce nom."
    )
    without_car = forms.TypedChoiceField(
        label="Peut-on venir sans voiture\u00a0?",
        choices=[("oui", "Oui"), ("non", "Non")],
        coerce=lambda value: value == "oui",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    access = forms.CharField(
        label="Comment s’y rendre",
        help_text="Ligne de bus, arrêt, ramassage par l’entreprise, adresse du chantier.",
        max_length=300,
        required=False,
    )
    starts_on = DayField(label="Premier jour")
    ends_on = DayField(label="Dernier jour", help_text="Vide pour un CDI.", required=False)
    weekly_hours = HoursField(label="Heures par semaine", max_hours=LEGAL_WEEK, initial=Decimal(35))
    timetable = forms.CharField(
        label="Horaires",
        help_text="Par exemple\u00a0: 7 h 30 à 16 h, le vendredi 12 h.",
        max_length=200,
        required=False,
    )
    schedules = BoxesField(label="Horaires particuliers", choices=Schedule.choices)
    demands = BoxesField(
        label="Ce que le poste demande",
        help_text="Dites-le maintenant\u00a0: chacun saura à quoi s’attendre.",
        choices=Demand.choices,
    )
    equipment = BoxesField(label="Équipements de protection", choices=Equipment.choices)
    equipment_by = forms.ChoiceField(
        label="Qui les fournit",
        help_text="Jamais la personne\u00a0: ils sont gratuits pour elle.",
        choices=[("", "Choisir"), *JobSheet.Provider.choices],
        required=False,
    )
    modality = forms.ChoiceField(
        label="Modalité souhaitée",
        choices=[("", "À décider avec l’entreprise"), *JobSheet.Modality.choices],
        required=False,
    )
    pay = EurosField(label="Rémunération brute", most=Decimal("99999"), required=False)
    pay_unit = forms.ChoiceField(
        label="Cette somme est payée",
        choices=JobSheet.PayUnit.choices,
        initial=JobSheet.PayUnit.HOUR,
        widget=forms.RadioSelect,
    )
    tutor_name = forms.CharField(
        label="Tutrice ou tuteur",
        help_text="Qui accueille et forme la personne.",
        max_length=120,
        required=False,
    )
    tutor_phone = ContactField(label="Son téléphone")
    deputy_name = forms.CharField(label="En son absence", max_length=120, required=False)
    deputy_phone = ContactField(label="Son téléphone")
    hard_kinds = BoxesField(label="Comparés avec ce que dit le dossier", choices=COMPARED)
    hard_licences = BoxesField(label="Permis, CACES et habilitations indispensables", choices=Licence.choices)
    hard = CriteriaField(
        label="Autres critères indispensables",
        help_text="Un par ligne. L’éligibilité à la clause est toujours demandée, sans l’écrire.",
        required=False,
    )
    soft_kinds = BoxesField(label="Comparés avec ce que dit le dossier", choices=COMPARED)
    soft_licences = BoxesField(label="Permis, CACES et habilitations souhaités", choices=Licence.choices)
    soft = CriteriaField(label="Autres critères souhaités", help_text="Un par ligne.", required=False)
    apply_before = DayField(
        label="Candidatures attendues avant le",
        help_text="Sinon, choisie en diffusant la fiche.",
        required=False,
    )

    def __init__(
        self, data=None, *, on: date, commitments=None, sheet: JobSheet | None = None, commitment_id=None
    ):
        super().__init__(data, initial=_initial_of(sheet) if sheet else {"commitment": commitment_id})
        self.on = on
        if sheet is not None:
            del self.fields["commitment"]
            return
        del self.fields["revision"], self.fields["was"]
        choice = self.fields["commitment"]
        choice.queryset = commitments
        choice.empty_label = "Choisir"
        choice.label_from_instance = lambda row: f"{row.company}, {row.clause.lot.contract}"

    def clean_weekly_hours(self):
        """A job has hours."""
        hours = self.cleaned_data["weekly_hours"]
        if not hours:
            raise ValidationError("Écrivez un nombre d’heures entre 1 et 48, par exemple 35.")
        return hours

    def clean_starts_on(self):
        """Not so far that a figure must have slipped."""
        start = self.cleaned_data["starts_on"]
        if not add_months(self.on, -MONTHS_BEHIND) <= start <= add_months(self.on, MONTHS_AHEAD):
            raise ValidationError("Choisissez un premier jour de cette année ou des trois prochaines.")
        return start

    def clean_pay(self):
        """A pay that is written is a pay."""
        pay = self.cleaned_data["pay"]
        if pay is not None and not pay:
            raise ValidationError("Écrivez une somme, par exemple 12,50, ou laissez vide.")
        return pay

    def clean(self):
        """Dates in order, protections with who gives them, and each criterion asked once."""
        cleaned = super().clean()
        self._check_dates(cleaned)
        if cleaned.get("equipment") and not cleaned.get("equipment_by"):
            self.add_error("equipment_by", "Dites qui fournit ces équipements.")
        for name in ("tutor", "deputy"):
            if cleaned.get(f"{name}_phone") and not cleaned.get(f"{name}_name"):
                self.add_error(f"{name}_name", "Écrivez le nom de cette personne.")
        for kind in ("kinds", "licences", ""):
            self._check_weights(cleaned, kind)
        if not cleaned.get("schedules"):
            for name in ("hard_kinds", "soft_kinds"):
                if Kind.SCHEDULE in cleaned.get(name, ()):
                    self.add_error(name, "Cochez d’abord les horaires particuliers du poste.")
        return cleaned

    def _check_dates(self, cleaned) -> None:
        start, end, before = (cleaned.get(name) for name in ("starts_on", "ends_on", "apply_before"))
        try:
            clean_last_day(start, end)
        except ValidationError as error:
            self.add_error("ends_on", error)
        if start and end and end > add_months(start, LONGEST_MONTHS):
            self.add_error("ends_on", "Choisissez un dernier jour dans les cinq ans, ou laissez vide.")
        if before and end and before > end:
            self.add_error("apply_before", "Choisissez une date avant la fin du contrat.")

    def _check_weights(self, cleaned, kind: str) -> None:
        hard, soft = (f"{weight}_{kind}".rstrip("_") for weight in ("hard", "soft"))
        wished = [key.casefold() for key in cleaned.get(soft) or []]
        if any(key.casefold() in wished for key in cleaned.get(hard) or []):
            self.add_error(soft, "Le même critère est déjà indispensable\u00a0: gardez-le une seule fois.")

    @property
    def terms(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        return {name: given[name] for name in ON_THE_SHEET} | {
            "without_car": given["without_car"],
            "period": period(given["starts_on"], given["ends_on"]),
            "criteria": self._asked("hard", Weight.HARD) + self._asked("soft", Weight.SOFT),
        }

    def _asked(self, name: str, weight: str) -> list[Asked]:
        given = self.cleaned_data
        return [
            *(Asked(weight, Kind.LICENCE, licence=code) for code in given[f"{name}_licences"]),
            *(Asked(weight, kind) for kind in given[f"{name}_kinds"]),
            *(Asked(weight, text=text) for text in given[name]),
        ]


def _initial_of(sheet: JobSheet) -> dict[str, Any]:
    initial = {name: getattr(sheet, name) for name in [*ON_THE_SHEET, "revision"]}
    initial["without_car"] = {True: "oui", False: "non", None: ""}[sheet.without_car]
    initial |= {"starts_on": sheet.period.lower, "ends_on": last_day(sheet.period)}
    criteria = list(sheet.criteria.all())
    for name, weight in (("hard", Weight.HARD), ("soft", Weight.SOFT)):
        asked = [one for one in criteria if one.weight == weight]
        initial[f"{name}_licences"] = [one.licence for one in asked if one.kind == Kind.LICENCE]
        initial[name] = "\n".join(one.text for one in asked if one.kind == Kind.TEXT)
        initial[f"{name}_kinds"] = [one.kind for one in asked if one.kind not in (Kind.LICENCE, Kind.TEXT)]
    return initial
