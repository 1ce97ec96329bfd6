"""The thresholds of alert of a service: one number a line."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms

from uneplace.rules.alerts import NAMES, Thresholds, bounds_of, usual_thresholds, why_not_thresholds
from uneplace.web.shared_forms import SharedForm

LABELS = {
    "watch_below": ("À surveiller, sous", "Part des heures attendues à ce jour."),
    "alert_below": ("En alerte, sous", "Part des heures attendues à ce jour."),
    "critical_below": ("Critique, sous", "Part des heures attendues à ce jour."),
    "critical_from": (
        "Critique, à partir de",
        "Part de l’exécution passée. Avant, un tel retard est une alerte.",
    ),
    "documents_days": (
        "Critique, document en retard de plus de",
        "Quelles que soient les heures.",
    ),
}
USUAL = asdict(usual_thresholds(on=date.max))
UNITS = {name: "jours" if name == "documents_days" else "%" for name in NAMES}


def _number(name: str) -> forms.IntegerField:
    least, most = bounds_of(name)
    label, hint = LABELS[name]
    sentence = f"Écrivez un nombre entre {least} et {most}."
    return forms.IntegerField(
        label=label,
        help_text=f"{hint} D’ordinaire {USUAL[name]}.",
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )


class ThresholdsForm(SharedForm):
    """Every threshold, and the number of the version that was read."""

    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name in NAMES:
            self.fields[name] = _number(name)

    def clean(self) -> dict[str, Any]:
        """Levels in order: the lower the hours, the graver the word."""
        facts = super().clean()
        if not self.errors:
            for name, reason in why_not_thresholds(self.thresholds).items():
                self.add_error(name, reason)
        return facts

    @property
    def thresholds(self) -> Thresholds:
        """What was typed, once each number is one."""
        return Thresholds(**{name: self.cleaned_data[name] for name in NAMES})

    @property
    def lines(self) -> list[tuple[forms.BoundField, str]]:
        """Each field with its unit."""
        return [(self[name], UNITS[name]) for name in NAMES]
