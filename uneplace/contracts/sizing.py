"""The inputs that size a clause, as the database keeps them: by name, numbers and days written as text.

What is invoiced and ordered has rows of its own; the day on which they are looked at is the reader's.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError
from uneplace.rules.hours_due import (
    INPUTS,
    METHODS,
    Band,
    DatedAmount,
    InputKind,
    Method,
    inputs_of,
    method_of,
)

APART = frozenset({"as_of", "invoices", "orders"})
"""Inputs that are not kept with the others."""

KEPT: Mapping[str, tuple[str, ...]] = {
    code: tuple(name for name in inputs_of(method) if name not in APART) for code, method in METHODS.items()
}
"""The names of the inputs kept for each method."""


def kept(sizing: Method) -> dict[str, Any]:
    """The inputs of a method as they are kept."""
    return {name: written(name, getattr(sizing, name)) for name in KEPT[sizing.code]}


def read(
    method: str,
    inputs: Mapping[str, Any],
    *,
    as_of: date,
    invoices: Sequence[DatedAmount] = (),
    orders: Sequence[DatedAmount] = (),
) -> Method:
    """The method and its inputs as the rule reads them; `FactError` names one that is not as it should be."""
    facts = {name: read_input(name, inputs[name]) for name in KEPT[method]}
    if method == "INVOICED":
        facts |= {"as_of": as_of, "invoices": invoices, "orders": orders}
    return method_of(method)(**facts)


def written(name: str, value: Any) -> Any:
    """One input as it is kept."""
    match INPUTS[name]:
        case InputKind.PERIOD:
            return [value.start.isoformat(), value.last_limit.isoformat()]
        case InputKind.BANDS:
            return [
                {"below": None if band.below is None else _text(band.below), "hours": _text(band.hours)}
                for band in value
            ]
        case InputKind.COUNT | InputKind.FLAG:
            return value
    return _text(value)


def read_input(name: str, value: Any) -> Any:
    """One input as the rule reads it."""
    match INPUTS[name], value:
        case InputKind.PERIOD, [str() as start, str() as end]:
            return Period(date.fromisoformat(start), date.fromisoformat(end))
        case InputKind.BANDS, [*bands]:
            return tuple(
                Band(None if band["below"] is None else Decimal(band["below"]), Decimal(band["hours"]))
                for band in bands
            )
        case ((InputKind.COUNT | InputKind.FLAG), (int() | bool())):
            return value
        case ((InputKind.EUROS | InputKind.HOURS | InputKind.SHARE), str()):
            return Decimal(value)
    raise FactError(name, "la valeur gardée ne se lit pas.")


def _text(value: Decimal) -> str:
    return f"{value.normalize():f}"
