"""What a facilitator writes of a clause."""

from django import forms

from uneplace.settlement.models import ClauseReport
from uneplace.web.shared_forms import SharedForm


class ReportForm(SharedForm):
    """The kind of report and its words, and the revision that was read."""

    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    kind = forms.ChoiceField(label="Bilan", choices=ClauseReport.Kind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="Ce que les chiffres ne disent pas",
        help_text=(
            "Ce qui a été fait, ce qui a été difficile, ce que l’entreprise a mis en place. "
            "L’acheteur et les entreprises le liront\u00a0: ne nommez personne."
        ),
        max_length=8000,
        required=False,
        widget=forms.Textarea,
    )

    def clean_words(self) -> str:
        """What was typed, its lines apart by one sign."""
        return self.cleaned_data["words"].replace("\r\n", "\n")
