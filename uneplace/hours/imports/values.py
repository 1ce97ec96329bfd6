"""The values of a file of hours, as people and payroll programs write them."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from uneplace.hours.models import MONTH_HOURS
from uneplace.kit.durations import HUNDREDTH, parse_hours
from uneplace.people.likeness import words_of
from uneplace.rules.french import MONTHS

NUMBER = re.compile(r"^\d{1,6}[.,]\d{3,17}$")
SECONDS = re.compile(r"^(\d{1,6}:[0-5]\d):[0-5]\d$")
DAY = re.compile(r"^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})(?:\s.*)?$")
ISO_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$")
MONTH_YEAR = re.compile(r"^(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})$")
YEAR_MONTH = re.compile(r"^(\d{4})\s*[/.\-]?\s*(\d{1,2})$")
NAMED = re.compile(r"^([^\W\d]{3,9})\.?[\s\-/’']*(\d{4}|\d{2})$")
NAMES = ["".join(words_of(name)) for name in MONTHS]

HOURS_EXPECTED = "Écrivez un nombre d’heures, par exemple 151,67 ou 151h40\u00a0; 0 s’il n’y en a pas."
TOO_MANY = f"Un mois n’a pas plus de {MONTH_HOURS} heures."
MONTH_EXPECTED = "Écrivez un mois, par exemple octobre 2026 ou 10/2026."
DAY_EXPECTED = "Écrivez une date, par exemple 31/12/1990."


def hours_of(text: str) -> Decimal:
    """Hours to the hundredth, as a person types them or as a program computed them (`151.6666667`).

    Raises ValueError with a French sentence.
    """
    plain = text.strip()
    if not plain:
        raise ValueError(HOURS_EXPECTED)
    if NUMBER.match(plain):
        hours = _rounded(plain)
    elif found := SECONDS.match(plain):
        hours = parse_hours(found[1])
    else:
        try:
            hours = parse_hours(plain)
        except ValueError:
            raise ValueError(HOURS_EXPECTED) from None
    if hours > MONTH_HOURS:
        raise ValueError(TOO_MANY)
    return hours


def _rounded(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", ".")).quantize(HUNDREDTH, ROUND_HALF_UP)
    except InvalidOperation:
        raise ValueError(HOURS_EXPECTED) from None


def month_of(text: str) -> date:
    """The first day of a month: « octobre 2026 », « oct-26 », 10/2026, 2026-10, or any day of it.

    Raises ValueError with a French sentence.
    """
    plain = " ".join(text.split())
    if found := ISO_DAY.match(plain) or YEAR_MONTH.match(plain):
        return _month(int(found[1]), int(found[2]))
    if found := DAY.match(plain):
        return _month(int(found[3]), int(found[2]))
    if found := MONTH_YEAR.match(plain):
        return _month(_year(found[2]), int(found[1]))
    if found := NAMED.match(plain):
        name = "".join(words_of(found[1]))
        known = [rank for rank, full in enumerate(NAMES, start=1) if full.startswith(name)]
        if len(known) == 1:
            return _month(_year(found[2]), known[0])
    raise ValueError(MONTH_EXPECTED)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _month(year: int, month: int) -> date:
    if not (2000 <= year < 2100 and 1 <= month <= 12):
        raise ValueError(MONTH_EXPECTED)
    return date(year, month, 1)


def day_of(text: str) -> date | None:
    """A day of birth, as 31/12/1990 or 1990-12-31; None for nothing.

    Raises ValueError with a French sentence.
    """
    plain = text.strip()
    if not plain:
        return None
    try:
        if found := ISO_DAY.match(plain):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := DAY.match(plain):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass  # no such day
    raise ValueError(DAY_EXPECTED)
