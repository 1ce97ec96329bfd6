"""How the rules write numbers and days in their French sentences."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from uneplace.rules.numbers import round2

NBSP = "\u00a0"
SPRING = ("janvier", "février", "mars", "avril", "mai", "juin")
AUTUMN = ("juillet", "août", "septembre", "octobre", "novembre", "décembre")
MONTHS = SPRING + AUTUMN


def typeset(text: str) -> str:
    """The sentence with the non-breaking spaces and the apostrophes of French printing."""
    text = re.sub(r" (?=[:;!?»%€])", NBSP, text)
    return text.replace("« ", f"«{NBSP}").replace("'", "’")


def number(value: Decimal | Fraction | int) -> str:
    """`1 234,5`: thousands apart, decimal comma, at most two decimals, no useless zero."""
    text = f"{round2(value):,f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", NBSP) + (f",{decimals}" if decimals else "")


def hours(value: Decimal | Fraction | int) -> str:
    """`1 234,5 h`."""
    return f"{number(value)}{NBSP}h"


def euros(value: Decimal | Fraction | int) -> str:
    """`12 000 €`, with cents when there are any: `12 000,50 €`."""
    text = number(value)
    if text[-2:-1] == ",":
        text += "0"
    return f"{text}{NBSP}€"


def percent(share: Decimal | int) -> str:
    """`12,5 %` for the share 0.125, with every decimal that the share has."""
    sign, digits, exponent = Decimal(share).as_tuple()
    return f"{exact(Decimal((sign, digits, int(exponent) + 2)))}{NBSP}%"


def exact(value: Decimal | int) -> str:
    """`0,125`: every decimal that the number has, no useless zero."""
    whole, _, decimals = f"{Decimal(value):f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole + (f",{decimals}" if decimals else "")


def day(value: date) -> str:
    """`1er mars 2025`."""
    return f"{value.day}{'er' if value.day == 1 else ''} {MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """`mars 2025`."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def several(count: int, one: str, many: str) -> str:
    """`1 jour`, `2 jours`: French says 0 and 1 in the singular."""
    return f"{number(count)}{NBSP}{one if abs(count) < 2 else many}"


def listed(words: Iterable[str]) -> str:
    """`a, b et c`."""
    *first, last = words
    return f"{', '.join(first)} et {last}" if first else last
