"""What a clause says: device, sizing, execution, penalty, and what counts."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from uneplace.contracts.actions import Terms
from uneplace.contracts.models import Clause, Lot
from uneplace.hours.models import Placement
from uneplace.kit.periods import last_day, period
from uneplace.organisations.models import Organisation
from uneplace.rules.errors import FactError
from uneplace.rules.grounds import Ground
from uneplace.rules.hours_due import Fixed, HoursDue, LabourShare, hours_due
from uneplace.web.contracts.fields import EurosField, ShareField
from uneplace.web.fields import DayField, HoursField, clean_last_day

MOST_HOURS = Decimal("9999999")
LABOUR_FIELDS = {
    "amount": "Écrivez le montant, par exemple 1\u00a0800\u00a0000.",
    "labour_share": "Écrivez la part de la main-d’œuvre, par exemple 50.",
    "insertion_rate": "Écrivez la part réservée à l’insertion, par exemple 7.",
    "hourly_cost": "Écrivez le coût d’une heure, par exemple 30.",
}
COUNTING_FIELDS = (
    "window_months",
    "permanent_window_months",
    "work_study_window_months",
    "training",
    "training_cap_share",
    "accepted_modalities",
    "accepted_grounds",
    "late_decision_days",
)


def _months(label: str, hint: str) -> forms.IntegerField:
    sentence = "Écrivez un nombre de mois entre 1 et 120, ou rien."
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=120,
        help_text=hint,
        error_messages={"invalid": sentence, "min_value": sentence, "max_value": sentence},
    )


class SizingForm(forms.Form):
    """How many hours the clause owes: by the share of labour in the amount, or a volume that it fixes."""

    method = forms.ChoiceField(
        label="Calcul des heures", choices=Clause.Method.choices, widget=forms.RadioSelect
    )
    amount = EurosField(
        label="Montant hors taxes", required=False, help_text="Celui du lot. Par exemple 1\u00a0800\u00a0000."
    )
    labour_share = ShareField(
        label="Part de la main-d’œuvre",
        required=False,
        help_text="Dans ce montant. Repères d’usage\u00a0: maçonnerie 50\u00a0%, peinture 70\u00a0%.",
    )
    insertion_rate = ShareField(
        label="Part réservée à l’insertion",
        required=False,
        help_text="D’ordinaire 5 à 20\u00a0% de la main-d’œuvre.",
    )
    hourly_cost = EurosField(
        label="Coût d’une heure de travail",
        required=False,
        most=Decimal("99999"),
        help_text="Charges comprises. Par exemple 30.",
    )
    fixed_hours = HoursField(
        label="Volume d’heures", required=False, max_hours=MOST_HOURS, help_text="Par exemple 2\u00a0100."
    )
    rounding = forms.ChoiceField(label="Arrondi", choices=Clause.Rounding.choices)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        is_fixed = self["method"].value() == Clause.Method.FIXED
        for name in self.asked:
            self.fields[name].required = (name == "fixed_hours") == is_fixed
            self.fields[name].error_messages["required"] = self.asked[name]

    asked = LABOUR_FIELDS | {"fixed_hours": "Écrivez le volume d’heures, par exemple 2\u00a0100."}

    def clean(self):
        """What is written for the method that was not chosen is left aside, mistakes included."""
        facts = super().clean()
        for name in self.asked:
            if not self.fields[name].required and name in self.errors:
                del self.errors[name]
        if facts.get("hourly_cost") == 0 and self.fields["hourly_cost"].required:
            self.add_error("hourly_cost", "Écrivez un coût supérieur à zéro, par exemple 30.")
        return facts

    @property
    def sizing(self) -> LabourShare | Fixed:
        """The inputs of the rule, once the form is valid."""
        facts = self.cleaned_data
        if facts["method"] == Clause.Method.FIXED:
            return Fixed(facts["fixed_hours"])
        return LabourShare(*(facts[name] for name in LABOUR_FIELDS))

    def due(self) -> HoursDue | None:
        """The hours that what is typed makes due; None as long as something is missing."""
        if "rounding" in self.errors or "method" in self.errors:
            return None
        try:
            return hours_due(self.sizing, rounding=self.cleaned_data["rounding"])
        except (KeyError, AttributeError, FactError):
            return None


class ClauseForm(SizingForm):
    """All that a clause says, its companies apart. « Ce qui compte » starts from ordinary values."""

    device = forms.ChoiceField(label="Dispositif", choices=Clause.Device.choices)
    starts_on = DayField(label="Début de l’exécution")
    ends_on = DayField(
        label="Dernier jour de l’exécution",
        required=False,
        help_text="Nécessaire pour valider la clause.",
    )
    penalty_rate = EurosField(
        label="Pénalité par heure manquante",
        required=False,
        most=Decimal("99999"),
        help_text="Si le marché en prévoit une. Par exemple 50.",
    )
    statement_due_day = forms.IntegerField(
        label="Relevé attendu avant le",
        min_value=1,
        max_value=28,
        help_text="Jour du mois suivant, entre 1 et 28.",
        error_messages={
            "required": "Écrivez un jour entre 1 et 28, par exemple 12.",
            "invalid": "Écrivez un jour entre 1 et 28, par exemple 12.",
            "min_value": "Écrivez un jour entre 1 et 28, par exemple 12.",
            "max_value": "Écrivez un jour entre 1 et 28, par exemple 12.",
        },
    )
    window_months = _months(
        "Durée de comptage d’une personne", "En mois, depuis son premier contrat. Vide\u00a0: sans limite."
    )
    permanent_window_months = _months(
        "Durée de comptage d’un CDI", "En mois, depuis l’embauche. Vide\u00a0: sans limite."
    )
    work_study_window_months = _months(
        "Durée de comptage d’une alternance", "En mois. Vide\u00a0: tout le contrat d’alternance."
    )
    training = forms.ChoiceField(label="Heures de formation", choices=Clause.Training.choices)
    training_cap_share = ShareField(
        label="Part de formation comptée", required=False, help_text="Si elle est limitée. Par exemple 25."
    )
    accepted_modalities = forms.MultipleChoiceField(
        label="Modalités admises",
        required=False,
        choices=Placement.Modality.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucune case cochée\u00a0: toutes sont admises.",
    )
    accepted_grounds = forms.MultipleChoiceField(
        label="Publics admis",
        required=False,
        choices=[(ground.value, ground.label) for ground in Ground],
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucune case cochée\u00a0: tous les publics de la clause sociale.",
    )
    late_decision_days = forms.IntegerField(
        label="Retard admis de la décision d’éligibilité",
        min_value=0,
        max_value=365,
        help_text="En jours après l’embauche. D’ordinaire 0\u00a0: la décision vient avant.",
        error_messages={
            "required": "Écrivez un nombre de jours, par exemple 0.",
            "invalid": "Écrivez un nombre de jours, par exemple 0.",
            "min_value": "Écrivez un nombre de jours entre 0 et 365.",
            "max_value": "Écrivez un nombre de jours entre 0 et 365.",
        },
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean(self):
        """The last day comes after the first; a limit of training has its share."""
        facts = super().clean()
        try:
            clean_last_day(facts.get("starts_on"), facts.get("ends_on"))
        except ValidationError as error:
            self.add_error("ends_on", error)
        capped = facts.get("training") == Clause.Training.CAPPED
        if capped and facts.get("training_cap_share") is None and "training_cap_share" not in self.errors:
            self.add_error("training_cap_share", "Écrivez la part de formation comptée, par exemple 25.")
        return facts

    @property
    def opens_counting(self) -> bool:
        """Whether something of « Ce qui compte » is to be reread."""
        return any(name in self.errors for name in COUNTING_FIELDS)

    @property
    def terms(self) -> Terms:
        """What the clause says, once the form is valid."""
        facts: dict[str, Any] = self.cleaned_data
        is_capped = facts["training"] == Clause.Training.CAPPED
        return Terms(
            sizing=self.sizing,
            execution=period(facts["starts_on"], facts["ends_on"]),
            rounding=facts["rounding"],
            device=facts["device"],
            penalty_rate=facts["penalty_rate"],
            statement_due_day=facts["statement_due_day"],
            window_months=facts["window_months"],
            permanent_window_months=facts["permanent_window_months"],
            work_study_window_months=facts["work_study_window_months"],
            training=facts["training"],
            training_cap_share=facts["training_cap_share"] if is_capped else None,
            accepted_grounds=facts["accepted_grounds"] or None,
            accepted_modalities=facts["accepted_modalities"] or None,
            late_decision_days=facts["late_decision_days"],
        )


def initial_of(clause: Clause) -> dict[str, Any]:
    """A clause as its form shows it."""
    names = [name for name in ClauseForm.base_fields if name not in ("starts_on", "ends_on")]
    facts = {name: getattr(clause, name) for name in names}
    return facts | {"starts_on": clause.execution.lower, "ends_on": last_day(clause.execution)}


def initial_for(lot: Lot) -> dict[str, Any]:
    """Where a new clause starts: the lot's amount, its day of notification, and ordinary values."""
    ordinary = initial_of(Clause(execution=period(lot.contract.notified_on, None)))
    amount = lot.contract.amount if lot.amount is None else lot.amount
    return ordinary | {"method": Clause.Method.LABOUR_SHARE, "amount": amount}


class RevisionForm(forms.Form):
    """The revision of the draft that was read, sent back by whoever acts on it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class InviteForm(forms.Form):
    """To whom the link that lets a company join is sent."""

    email = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        help_text="De la personne qui suivra les heures. Par exemple prenom.nom@entreprise.fr.",
        error_messages={
            "required": "Écrivez une adresse, par exemple prenom.nom@entreprise.fr.",
            "invalid": "Écrivez une adresse complète, par exemple prenom.nom@entreprise.fr.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, company: Organisation, **options):
        super().__init__(*args, **options)
        self.fields["email"].initial = company.email
