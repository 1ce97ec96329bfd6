"""What a clause says: device, sizing, execution, penalty, and what counts."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from uneplace.contracts.actions import Terms, sizing_of
from uneplace.contracts.models import Clause, Lot
from uneplace.contracts.presets import StartingPoint
from uneplace.kit.periods import last_day, period
from uneplace.organisations.models import Organisation
from uneplace.rules.policy_terms import TERMS
from uneplace.web.contracts.forms.policy import PolicyFields
from uneplace.web.fields import DayField, clean_last_day
from uneplace.web.shared_forms import SharedForm
from uneplace.web.sizing.forms import SizingForm
from uneplace.web.sizing.forms import initial_of as initial_of_sizing


class ClauseForm(SharedForm, SizingForm, PolicyFields):
    """All that a clause says, its companies apart. Its policy starts from one of `presets`."""

    with_amounts = False
    asked_elsewhere = frozenset({"starts_on", "ends_on"})

    device = forms.ChoiceField(label="Dispositif", choices=Clause.Device.choices)
    starts_on = DayField(label="Début de l’exécution")
    ends_on = DayField(
        label="Dernier jour de l’exécution",
        required=False,
        help_text="Nécessaire pour valider la clause.",
    )
    preset = forms.ChoiceField(
        label="Partir d’un modèle",
        required=False,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, presets: Sequence[StartingPoint] = (), **options):
        super().__init__(*args, **options)
        self.fields["preset"].choices = [("", "Aucun"), *((one.key, one.label) for one in presets)]

    def clean(self):
        """The last day comes after the first."""
        facts = super().clean()
        try:
            clean_last_day(facts.get("starts_on"), facts.get("ends_on"))
        except ValidationError as error:
            self.add_error("ends_on", error)
        return facts

    @property
    def terms(self) -> Terms:
        """What the clause says, once the form is valid."""
        facts: dict[str, Any] = self.cleaned_data
        return Terms(
            sizing=self.sizing,
            execution=period(facts["starts_on"], facts["ends_on"]),
            rounding=facts["rounding"],
            device=facts["device"],
            preset=facts["preset"],
            **self.policy,
        )


def initial_of(clause: Clause) -> dict[str, Any]:
    """A clause as its form shows it."""
    return initial_of_sizing(sizing_of(clause)) | {"rounding": clause.rounding} | _own_initial(clause)


def _own_initial(clause: Clause) -> dict[str, Any]:
    names = ClauseForm.base_fields.keys() - SizingForm.base_fields.keys() - SharedForm.base_fields.keys()
    facts = {name: getattr(clause, name) for name in names}
    return facts | {"starts_on": clause.execution.lower, "ends_on": last_day(clause.execution)}


def initial_for(lot: Lot, start: StartingPoint) -> dict[str, Any]:
    """Where a new clause starts: the lot's amount, its day of notification, and the terms of a model."""
    ordinary = _own_initial(Clause(execution=period(lot.contract.notified_on, None)))
    amount = lot.contract.amount if lot.amount is None else lot.amount
    return (
        ordinary
        | {name: start.values[name] for name in TERMS}
        | {
            "preset": start.key,
            "method": Clause.Method.LABOUR_SHARE,
            "amount": amount,
            "rounding": Clause.Rounding.NONE,
        }
    )


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
