"""How far each check of a service goes: one choice a line."""

from typing import Any

from django import forms

from uneplace.hours.models import LABELS, LEVELS
from uneplace.rules.anomalies import USUAL_LEVELS, Check, Level
from uneplace.web.shared_forms import SharedForm

WORDS = dict(LEVELS)
HINTS = {
    Check.OUTSIDE_CONTRACT: "Avant le début ou après la fin\u00a0: plus que ses jours n’en tiennent.",
    Check.LEGAL_MAXIMUM: "Tous contrats de la personne réunis, dans le mois.",
    Check.WEEKLY_HOURS: "Un tiers de plus que les heures prévues, ou davantage.",
    Check.DECLARED_ELSEWHERE: "Sous un autre contrat aux mêmes jours, ou là où elle n’est pas affectée.",
    Check.NO_DECISION: "Les heures ne compteraient pas.",
    Check.NO_EVIDENCE: "Une pièce que la clause demande pour ce mois n’est pas acceptée.",
    Check.SAME_STATEMENT: "Toutes les personnes ont les heures du mois d’avant.",
    Check.SAME_HOURS: "Une personne a les mêmes heures, au centième.",
}


class ChecksForm(SharedForm):
    """The level of every check, and the number of the version that was read."""

    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for check, label in LABELS.items():
            usual = WORDS[USUAL_LEVELS[check].value].lower()
            self.fields[check.lower()] = forms.ChoiceField(
                label=label,
                help_text=f"{HINTS[check]} D’ordinaire\u00a0: {usual}.",
                choices=LEVELS,
                widget=forms.RadioSelect,
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Choisissez une suite."),
            )

    @property
    def levels(self) -> dict[Check, Level]:
        """What was chosen."""
        return {check: Level(self.cleaned_data[check.lower()]) for check in LABELS}

    @property
    def choices(self) -> list[forms.BoundField]:
        """The fields of the checks, in order."""
        return [self[check.lower()] for check in LABELS]
