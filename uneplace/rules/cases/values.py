"""Plain values of a file: decimals, days, months; anything else is told by the name of the fact."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from uneplace.rules.errors import FactError

LONGEST_NUMBER = 60
"""Signs in a number. Beyond it, no sum of money or of hours: refused rather than computed for hours."""

_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


class TooLong:
    """A JSON integer that has more signs than a number may have."""


def whole_number(digits: str) -> int | TooLong:
    """The integer of a file, as the JSON reader meets it."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else TooLong()


def decimal(fact: str, value: object) -> Decimal:
    """A decimal between quotes (`"-12.50"`) or a JSON integer; nothing else is exact, or plain."""
    if type(value) is int:
        return Decimal(value)
    if isinstance(value, float):
        raise FactError(fact, "un nombre à virgule s’écrit entre guillemets, avec un point.")
    if isinstance(value, TooLong) or (isinstance(value, str) and len(value) > LONGEST_NUMBER):
        raise FactError(fact, f"un nombre de {LONGEST_NUMBER} signes au plus est attendu.")
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise FactError(fact, 'un nombre décimal est attendu, par exemple "151.67".')
    return Decimal(value)


def whole(fact: str, value: object) -> int:
    """A number that is whole: months, days, actions."""
    number = decimal(fact, value)
    if number != int(number):
        raise FactError(fact, "un nombre entier est attendu.")
    return int(number)


def text(fact: str, value: object) -> str:
    """A code or a name."""
    if not isinstance(value, str):
        raise FactError(fact, "un texte est attendu.")
    return value


def flag(fact: str, value: object) -> bool:
    """`true` or `false`, and nothing that looks like them."""
    if not isinstance(value, bool):
        raise FactError(fact, "true ou false est attendu.")
    return value


def day(fact: str, value: object) -> date:
    """A day of the calendar, written `2025-03-31`."""
    found = _day(value) if isinstance(value, str) else None
    if found is None:
        raise FactError(fact, "une date du calendrier est attendue, écrite AAAA-MM-JJ.")
    return found


def month(fact: str, value: object) -> date:
    """The first day of a month written `2025-03`."""
    found = _day(f"{value}-01") if isinstance(value, str) and _MONTH.fullmatch(value) else None
    if found is None:
        raise FactError(fact, "un mois est attendu, écrit AAAA-MM.")
    return found


@lru_cache(maxsize=65536)
def _day(written: str) -> date | None:
    # `fromisoformat` reads other ways of writing a day, which a file may not use.
    if not _DAY.fullmatch(written):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
