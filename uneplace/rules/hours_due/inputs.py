"""What each input of a sizing method is: its kind, for a form as for a file, and how a sentence shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from uneplace.rules import french
from uneplace.rules.checks import check_day, check_number, check_signed
from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError


@dataclass(frozen=True, slots=True)
class DatedAmount:
    """An invoice or an order: its day, and its amount in euros before tax, negative for a credit note."""

    on: date
    amount: Decimal

    def __post_init__(self) -> None:
        check_day("on", self.on)
        check_signed("amount", self.amount)


@dataclass(frozen=True, slots=True)
class Band:
    """The hours of the clauses whose amount is under `below`, in euros; None puts no limit."""

    below: Decimal | None
    hours: Decimal

    def __post_init__(self) -> None:
        if self.below is not None:
            check_number("below", self.below)
        check_number("hours", self.hours)


class InputKind(StrEnum):
    """What an input is, so that a form and a file know how to read it."""

    EUROS = "EUROS"
    HOURS = "HOURS"
    SHARE = "SHARE"
    COUNT = "COUNT"
    FLAG = "FLAG"
    DAY = "DAY"
    PERIOD = "PERIOD"
    AMOUNTS = "AMOUNTS"
    BANDS = "BANDS"


INPUTS: Mapping[str, InputKind] = {
    "actions": InputKind.COUNT,
    "amount": InputKind.EUROS,
    "as_of": InputKind.DAY,
    "bands": InputKind.BANDS,
    "hourly_cost": InputKind.EUROS,
    "hours": InputKind.HOURS,
    "hours_per_slice": InputKind.HOURS,
    "hours_per_year": InputKind.HOURS,
    "insertion_rate": InputKind.SHARE,
    "invoices": InputKind.AMOUNTS,
    "labour_share": InputKind.SHARE,
    "orders": InputKind.AMOUNTS,
    "period": InputKind.PERIOD,
    "planned_hours": InputKind.HOURS,
    "slice": InputKind.EUROS,
    "staff_hours": InputKind.HOURS,
    "threshold": InputKind.EUROS,
    "transferred_hours": InputKind.HOURS,
    "whole_slices": InputKind.FLAG,
}
"""The kind of each input, by its name, which means the same in every method."""


def shown(name: str, value: object) -> str:
    """The new value of an input as a sentence says it: `1 200 000 €`, `5 %`, `3 montants, 40 000 €`."""
    match INPUTS[name], value:
        case InputKind.EUROS, Decimal() | int() as amount:
            return french.euros(amount)
        case InputKind.HOURS, Decimal() | int() as hours:
            return french.hours(hours)
        case InputKind.SHARE, Decimal() | int() as share:
            return french.percent(share)
        case InputKind.FLAG, bool() as flag:
            return "oui" if flag else "non"
        case InputKind.DAY, date() as day:
            return french.day(day)
        case InputKind.PERIOD, Period() as period:
            return span(period)
        case InputKind.AMOUNTS, [*amounts]:
            total = sum(Fraction(one.amount) for one in amounts if isinstance(one, DatedAmount))
            return f"{french.several(len(amounts), 'montant', 'montants')}, {french.euros(total)}"
        case InputKind.BANDS, [*bands]:
            return french.several(len(bands), "tranche", "tranches")
    return str(value)


def span(period: Period) -> str:
    """Both days included, as people say them; the period of a contract has an end."""
    return f"du {french.day(period.start)} au {french.day(period.last_limit - timedelta(days=1))} inclus"


def check_all(fact: str, values: Sequence[object], kind: type) -> None:
    """A list of things of one kind; `FactError` names the list otherwise."""
    if isinstance(values, str) or not isinstance(values, Sequence):
        raise FactError(fact, "une liste est attendue.")
    if not all(isinstance(value, kind) for value in values):
        raise FactError(fact, "la liste contient un élément d’une autre nature.")
