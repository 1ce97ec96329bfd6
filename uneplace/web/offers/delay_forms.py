"""The delays of a service: one number of days a line."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms

from uneplace.rules.delays import NAMES, Delays, bounds_of, usual_delays, why_not_delays
from uneplace.web.shared_forms import SharedForm

LABELS = {
    "agree_days": ("L’entreprise donne son accord sur la fiche", "Depuis que la fiche lui est envoyée."),
    "structures_days": ("Les structures répondent à une fiche diffusée", "Proposé à chaque diffusion."),
    "service_days": ("Le service fait ce qui lui revient", "Présélectionner, diffuser, transmettre."),
    "collect_days": ("La structure recueille l’accord de la personne", "Depuis que le dossier est retenu."),
    "answer_days": ("L’entreprise répond à un dossier", "Depuis la transmission, ou depuis l’entretien."),
    "meet_days": ("Un moment d’entretien est choisi", "Depuis que des moments sont proposés."),
    "reminder_days": ("Relancer la personne qui doit agir", ""),
    "deputy_days": ("Prévenir les autres contacts de son organisation", ""),
    "escalation_days": ("Prévenir le service, qui reprend la main", ""),
    "closing_days": (
        "Clore une candidature ou une fiche",
        "Sans aucune action. La structure et la personne en lisent la raison.",
    ),
    "notice_days": ("Annoncer cette clôture", "En jours avant la clôture."),
}
USUAL = asdict(usual_delays(on=date.max))
GROUPS = (
    ("Pour agir", "Le temps laissé à chacun, en jours.", NAMES[:6]),
    ("En cas de retard", "En jours après la date dépassée.", NAMES[6:9]),
    ("Sans réponse de personne", "En jours.", NAMES[9:]),
)


def _days(name: str) -> forms.IntegerField:
    least, most = bounds_of(name)
    label, hint = LABELS[name]
    sentence = f"Écrivez un nombre de jours entre {least} et {most}."
    return forms.IntegerField(
        label=label,
        help_text=f"{hint} D’ordinaire {USUAL[name]}.".strip(),
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
    )


class DelaysForm(SharedForm):
    """Every delay, and the number of the version that was read."""

    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name in NAMES:
            self.fields[name] = _days(name)

    def clean(self) -> dict[str, Any]:
        """Delays that go together: reminders in order, the last one before the closing."""
        facts = super().clean()
        if not self.errors:
            for name, reason in why_not_delays(self.delays).items():
                self.add_error(name, reason)
        return facts

    @property
    def delays(self) -> Delays:
        """What was typed, once each number is one."""
        return Delays(**{name: self.cleaned_data[name] for name in NAMES})

    @property
    def groups(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """The fields by what they are for."""
        return [(title, hint, [self[name] for name in names]) for title, hint, names in GROUPS]
