"""Form fields of the trade, used by more than one area."""

from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from uneplace.kit.durations import parse_hours


class HoursField(forms.CharField):
    """Hours as people type them (`151,67`, `151h40`, `151:40`), as a Decimal; None when left empty."""

    def __init__(self, *, max_hours: Decimal, **options):
        self.max_hours = max_hours
        options.setdefault("max_length", 20)
        super().__init__(**options)

    def clean(self, value: str) -> Decimal | None:
        """The hours, to the hundredth."""
        text = super().clean(value)
        if not text:
            return None
        try:
            hours = parse_hours(text)
        except ValueError as error:
            raise ValidationError(str(error), code="hours") from None
        if hours > self.max_hours:
            limit = f"{self.max_hours:f}".replace(".", ",")
            raise ValidationError(
                f"Écrivez un nombre d’heures entre 0 et {limit}, par exemple 151,67.", code="hours"
            )
        return hours

    def prepare_value(self, value):
        """A Decimal is shown as people write it: 151,67, and 35 without its zeros."""
        if not isinstance(value, Decimal):
            return value
        text = f"{value:f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")

    def widget_attrs(self, widget) -> dict[str, str]:
        """The keyboard of numbers on a phone."""
        return super().widget_attrs(widget) | {"inputmode": "decimal", "autocomplete": "off"}


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar; a year far off is a slip, or « no end »."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "invalid": "Écrivez une date comme 31/12/2026.",
        "required": "Indiquez la date.",
        "far": "Écrivez une année entre 1900 et 2199.",
    }

    def clean(self, value: str) -> date | None:
        """The day."""
        day = super().clean(value)
        if day is not None and not 1900 <= day.year < 2200:
            raise ValidationError(self.error_messages["far"], code="far")
        return day


def clean_last_day(start: date | None, end: date | None) -> None:
    """Refuse a last day that comes before the first."""
    if start and end and end < start:
        raise ValidationError("Le dernier jour doit venir après le premier.", code="period")
