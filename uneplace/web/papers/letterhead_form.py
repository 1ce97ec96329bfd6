"""What a service prints on its papers, as a form."""

from typing import Any

from django import forms

from uneplace.settlement.letterheads import Choice, why_not_choose
from uneplace.web.shared_forms import SharedForm


class LetterheadForm(SharedForm):
    """The colour, the postal lines, who signs, and the number of the version that was read."""

    read = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    accent = forms.CharField(
        label="Couleur des titres et des traits",
        help_text="Assez foncée pour se lire sur du papier blanc\u00a0: un contraste d’au moins 4,5 pour 1.",
        max_length=7,
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    postal = forms.CharField(
        label="Adresse postale",
        help_text="Sous le nom du service, en haut de chaque document. Une ligne par ligne.",
        required=False,
        max_length=500,
        widget=forms.Textarea,
    )
    signature = forms.CharField(
        label="Qui signe",
        help_text="En bas des documents\u00a0: la fonction, puis le nom. Une ligne par ligne.",
        required=False,
        max_length=500,
        widget=forms.Textarea,
    )

    def clean(self) -> dict[str, Any]:
        """A colour that can be read, and lines that fit the head of a page."""
        facts = super().clean()
        if not self.errors:
            for name, reason in why_not_choose(self.choice).items():
                self.add_error(name, reason)
        return facts

    @property
    def choice(self) -> Choice:
        """What was typed."""
        facts = self.cleaned_data
        return Choice(
            facts["accent"].lower(),
            *(facts[name].replace("\r\n", "\n").strip() for name in ("postal", "signature")),
        )
