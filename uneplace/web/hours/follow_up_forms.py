"""The short form of a point of follow-up, and that of the break of a work contract."""

from django import forms

from uneplace.hours.models import Break, FollowUp
from uneplace.web.fields import DayField

CHOOSE = {"required": "Choisissez une réponse."}


def _mark(label: str, hint: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=FollowUp.Mark.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class FollowUpForm(forms.Form):
    """Four answers to tap, and a few words when they help."""

    means = forms.ChoiceField(
        label="Comment", choices=FollowUp.Means.choices, widget=forms.RadioSelect, error_messages=CHOOSE
    )
    attendance = _mark("Présence et horaires", "")
    integration = _mark("Place dans l’équipe", "")
    skills = _mark("Travail demandé", "")
    note = forms.CharField(
        label="Ce qui s’est dit",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="L’entreprise ne le lit pas. N’écrivez que ce qui sert à la suite.",
    )
    next_step = forms.CharField(
        label="La suite",
        required=False,
        max_length=300,
        help_text="Par exemple «\u00a0formation CACES en avril\u00a0».",
    )


class BreakForm(forms.Form):
    """The last day worked, and why, from a list."""

    last_day = DayField(
        label="Dernier jour travaillé", error_messages={"required": "Indiquez le dernier jour travaillé."}
    )
    reason = forms.ChoiceField(
        label="Raison",
        choices=Break.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la raison dans la liste."},
    )
