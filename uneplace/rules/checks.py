"""The questions that every rule asks of a fact before using it; each raises `FactError`."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from uneplace.rules.errors import FactError


def check_signed(fact: str, value: object, *, about: str = "") -> None:
    """A decimal or a whole number, of any sign; binary fractions are refused, since they are not exact."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise FactError(fact, "un nombre décimal est attendu.", about)
    if isinstance(value, Decimal) and not value.is_finite():
        raise FactError(fact, "un nombre fini est attendu.", about)


def check_number(fact: str, value: object, *, about: str = "") -> None:
    """A decimal or a whole number, zero or more."""
    check_signed(fact, value, about=about)
    if isinstance(value, Decimal | int) and value < 0:
        raise FactError(fact, "la valeur ne peut pas être négative.", about)


def check_positive(fact: str, value: object, *, about: str = "") -> None:
    """A number above zero, such as what one divides by."""
    check_number(fact, value, about=about)
    if value == 0:
        raise FactError(fact, "la valeur doit être supérieure à zéro.", about)


def check_share(fact: str, value: object, *, about: str = "") -> None:
    """A share of a whole, from 0 to 1."""
    check_number(fact, value, about=about)
    if isinstance(value, Decimal | int) and value > 1:
        raise FactError(fact, "la valeur doit être comprise entre 0 et 1.", about)


def check_hours(fact: str, value: Decimal | int, *, about: str = "") -> None:
    """Declared hours: zero or more, to the hundredth."""
    check_number(fact, value, about=about)
    numerator, denominator = value.as_integer_ratio()
    if numerator * 100 % denominator:
        raise FactError(fact, "deux décimales au plus sont attendues.", about)


def check_whole(fact: str, value: object, *, about: str = "") -> None:
    """A whole number of months or days, zero or more."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise FactError(fact, "un nombre entier est attendu.", about)
    if value < 0:
        raise FactError(fact, "la valeur ne peut pas être négative.", about)


def check_day(fact: str, value: object, *, about: str = "") -> None:
    """A day; a moment is refused, since it is not yet known on which day of Paris it falls."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise FactError(fact, "une date est attendue.", about)


def check_month(fact: str, value: object, *, about: str = "") -> None:
    """A month, written as its first day."""
    check_day(fact, value, about=about)
    if isinstance(value, date) and value.day != 1:
        raise FactError(fact, "un mois est attendu, donné par son premier jour.", about)


def check_choice(fact: str, value: object, choices: Collection[str], *, about: str = "") -> None:
    """One of the values that the rule knows."""
    if not isinstance(value, str) or value not in choices:
        raise FactError(fact, f"valeur inconnue, attendu\u00a0: {', '.join(choices)}.", about)


def check_flag(fact: str, value: object, *, about: str = "") -> None:
    """Yes or no."""
    if not isinstance(value, bool):
        raise FactError(fact, "oui ou non est attendu.", about)


def check_code(fact: str, value: object, *, about: str = "") -> None:
    """One code, known or not."""
    if not isinstance(value, str):
        raise FactError(fact, "un code est attendu.", about)


def check_codes(fact: str, value: object, *, about: str = "") -> None:
    """A list of codes, known or not; a lone code is refused, since it would be read as a list of letters."""
    if isinstance(value, str) or not isinstance(value, Collection):
        raise FactError(fact, "une liste de codes est attendue.", about)
    for code in value:
        check_code(fact, code, about=about)
