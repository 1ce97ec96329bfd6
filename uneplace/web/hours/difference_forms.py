"""What is written on a difference, how it is settled, and what the company where people work says."""

from decimal import Decimal

from django import forms

from uneplace.hours.host_confirmations import HostAnswer
from uneplace.hours.models import MONTH_HOURS
from uneplace.web.fields import HoursField


class MessageForm(forms.Form):
    """One message of the thread."""

    words = forms.CharField(
        label="Votre message",
        help_text="Le service, le déclarant et l’entreprise qui a signalé l’écart le lisent.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez votre message."},
    )


class SettleForm(forms.Form):
    """How a difference is settled, on the hours that were read."""

    shown = forms.DecimalField(max_digits=7, decimal_places=2, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Comment l’écart est réglé",
        help_text="La personne pourra lire cette phrase. Exemple\u00a0: deux samedis ajoutés au relevé.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Écrivez comment l’écart est réglé."},
    )


class HostLineForm(forms.Form):
    """One person lent to the company: the hours, as its own sheets have them, and a word if they differ."""

    shown = forms.DecimalField(max_digits=7, decimal_places=2, widget=forms.HiddenInput)
    hours = HoursField(
        label="Heures faites chez vous",
        max_hours=Decimal(MONTH_HOURS),
        error_messages={"required": "Écrivez les heures\u00a0; 0 s’il n’y en a pas."},
    )
    words = forms.CharField(label="Si c’est différent, pourquoi", required=False, max_length=500)

    def __init__(self, data=None, *, line):
        self.line = line
        super().__init__(data, prefix=f"l{line.pk}", initial={"shown": str(line.hours), "hours": line.hours})

    @property
    def line_hours(self) -> str:
        """The hours declared, as a field reads them."""
        return str(self.line.hours)

    @property
    def answer(self) -> HostAnswer:
        """What the company says of this person."""
        given = self.cleaned_data
        return HostAnswer(self.line, given["shown"], given["hours"], given["words"])
