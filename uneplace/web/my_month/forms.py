"""What a person answers about a month: that is it, or what is not."""

from decimal import Decimal

from django import forms

from uneplace.hours.models import MONTH_HOURS
from uneplace.web.fields import HoursField


class AnswerForm(forms.Form):
    """The hours and words of somebody who says « Ce n’est pas ça »; both free, one at least."""

    shown = forms.DecimalField(widget=forms.HiddenInput, max_digits=7, decimal_places=2)
    hours = HoursField(
        label="Combien d’heures avez-vous faites ce mois-ci\u00a0?",
        help_text="Par exemple 140, ou 140h30. Si vous ne savez pas, laissez vide.",
        required=False,
        max_hours=Decimal(MONTH_HOURS),
    )
    words = forms.CharField(
        label="Qu’est-ce qui ne va pas\u00a0?",
        help_text="Par exemple\u00a0: il manque mes deux samedis. Votre employeur lira ces mots.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AgreeForm(forms.Form):
    """« C’est bien ça », of the hours that were read."""

    shown = forms.DecimalField(max_digits=7, decimal_places=2)
