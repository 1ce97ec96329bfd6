"""How an answer is written in a file: two decimals, ISO days."""

from datetime import date
from decimal import Decimal
from typing import Any

Record = dict[str, Any]


def hours(value: Decimal) -> str:
    """Hours or euros, with exactly two decimals: the rules have rounded them."""
    return str(value)


def day(value: date | None) -> str | None:
    """`2025-03-31`, or null."""
    return None if value is None else value.isoformat()
