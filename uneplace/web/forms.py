from django import forms
from django.core.exceptions import ValidationError

from uneplace.kit.siret import clean_siret


class SiretField(forms.CharField):
    """A SIRET as people type it; its value is the 14 digits."""

    def __init__(self, **options):
        options.setdefault("label", "SIRET")
        options.setdefault("help_text", "14 chiffres, avec ou sans espaces.")
        options.setdefault("max_length", 60)
        super().__init__(**options)

    def clean(self, value: str) -> str:
        """The 14 digits, or what is wrong with them."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return clean_siret(text)
        except ValueError as error:
            raise ValidationError(str(error), code="siret")

    def widget_attrs(self, widget) -> dict[str, str]:
        """Digits on a phone's keyboard, and nothing that corrects them."""
        return super().widget_attrs(widget) | {"inputmode": "numeric", "autocomplete": "off"}
