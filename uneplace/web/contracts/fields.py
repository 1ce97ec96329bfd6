"""Amounts and shares as people type them."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

NUMBER = re.compile(r"^\d+(?:[.,]\d+)?$")


class NumberField(forms.CharField):
    """A positive number as people type it: `1 800 000,50`, with or without its unit; None when left empty."""

    unit = ""
    example = ""

    def __init__(self, *, most: Decimal, places: int = 2, **options):
        self.most = most
        self.places = places
        options.setdefault("max_length", 30)
        super().__init__(**options)

    def clean(self, value: str) -> Decimal | None:
        """The number, exact."""
        text = super().clean(value)
        if not text:
            return None
        plain = re.sub(rf"[\s\u00a0\u202f']|{re.escape(self.unit)}$", "", text)
        plain = re.sub(rf"{re.escape(self.unit)}$", "", plain)
        if not NUMBER.match(plain):
            raise ValidationError(f"Écrivez un nombre, par exemple {self.example}.", code="number")
        number = Decimal(plain.replace(",", "."))
        if number > self.most:
            raise ValidationError(f"Écrivez un nombre entre 0 et {self._shown(self.most)}.", code="number")
        if -number.as_tuple().exponent > self.places:
            raise ValidationError(f"Écrivez {self.places} décimales au plus.", code="number")
        return number

    def prepare_value(self, value):
        """A Decimal is shown as people write it, without useless zeros."""
        return self._shown(value) if isinstance(value, Decimal) else value

    def _shown(self, number: Decimal) -> str:
        whole, _, decimals = f"{number:,f}".partition(".")
        decimals = decimals.rstrip("0")
        return whole.replace(",", "\u00a0") + (f",{decimals}" if decimals else "")

    def widget_attrs(self, widget) -> dict[str, str]:
        """The keyboard of numbers on a phone."""
        return super().widget_attrs(widget) | {"inputmode": "decimal", "autocomplete": "off"}


class EurosField(NumberField):
    """Euros before tax, to the cent."""

    unit = "€"
    example = "1\u00a0800\u00a0000"

    def __init__(self, *, most: Decimal = Decimal("999999999999"), **options):
        super().__init__(most=most, **options)


class ShareField(NumberField):
    """A share written in percent (`12,5`); its value lies between 0 and 1."""

    unit = "%"
    example = "12,5"

    def __init__(self, *, places: int = 4, **options):
        super().__init__(most=Decimal(100), places=places, **options)

    def clean(self, value: str) -> Decimal | None:
        """The share, from 0 to 1."""
        percent = super().clean(value)
        return None if percent is None else percent / 100

    def prepare_value(self, value):
        """The share 0.125 is shown `12,5`."""
        return super().prepare_value(value * 100) if isinstance(value, Decimal) else value
