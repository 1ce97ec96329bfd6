"""What papers ask: over which months, on which day, of which year."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from uneplace.hours.models import month_name
from uneplace.hours.queries import next_month
from uneplace.reports.papers.certificate import Span
from uneplace.web.fields import DayField

NOT_A_MONTH = "Choisissez un mois de la liste."
BEFORE = "Choisissez le premier mois, ou un mois qui vient après."


class SpanForm(forms.Form):
    """From which month to which; the widest span when nothing is asked."""

    du = forms.ChoiceField(label="Premier mois")
    au = forms.ChoiceField(label="Dernier mois")

    def __init__(self, data: QueryDict, *, widest: Span) -> None:
        months = list(_months(widest))
        super().__init__({"du": _code(widest.first), "au": _code(widest.last)} | data.dict())
        for name in ("du", "au"):
            self.fields[name].choices = [(_code(month), month_name(month)) for month in months]
            self.fields[name].error_messages |= dict.fromkeys(("invalid_choice", "required"), NOT_A_MONTH)

    def clean(self) -> dict[str, Any]:
        """The last month does not come before the first."""
        given = super().clean()
        if "du" in given and "au" in given and given["au"] < given["du"]:
            self.add_error("au", ValidationError(BEFORE, code="span"))
        return given

    @property
    def span(self) -> Span:
        """The months chosen, once the form is valid."""
        return Span(_month(self.cleaned_data["du"]), _month(self.cleaned_data["au"]))

    @property
    def query(self) -> str:
        """The span as the address of the paper carries it."""
        return f"du={_code(self.span.first)}&au={_code(self.span.last)}"


def _months(span: Span) -> Iterator[date]:
    month = span.first
    while month <= span.last:
        yield month
        month = next_month(month)


def _code(month: date) -> str:
    return f"{month:%Y-%m}"


def _month(code: str) -> date:
    year, month = code.split("-")
    return date(int(year), int(month), 1)


class YearForm(forms.Form):
    """One of the years with hours."""

    annee = forms.ChoiceField(
        label="Année", error_messages={"invalid_choice": "Choisissez une année de la liste."}
    )

    def __init__(self, data: QueryDict | None, *, years: Sequence[int]) -> None:
        super().__init__(data)
        self.fields["annee"].choices = [(str(year), str(year)) for year in years]

    @property
    def year(self) -> int:
        """The year chosen, once the form is valid."""
        return int(self.cleaned_data["annee"])


class DayForm(forms.Form):
    """A day up to today; today when none is asked."""

    au = DayField(label="Arrêtée au", help_text="Aujourd’hui, ou un jour passé.")

    def __init__(self, data: QueryDict, *, today: date) -> None:
        super().__init__({"au": f"{today:%Y-%m-%d}"} | data.dict())
        self.today = today

    def clean_au(self) -> date:
        """Nobody attests what is to come."""
        if self.cleaned_data["au"] > self.today:
            raise ValidationError("Choisissez aujourd’hui ou un jour passé.", code="future")
        return self.cleaned_data["au"]

    @property
    def day(self) -> date:
        """The day chosen, once the form is valid."""
        return self.cleaned_data["au"]
