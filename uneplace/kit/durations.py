"""Hours as people type them."""

import re
from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")
DECIMAL_HOURS = re.compile(r"^(\d{1,6})(?:[.,](\d{1,2}))?\s*(?:h|heures?)?$", re.IGNORECASE)
CLOCK_HOURS = re.compile(r"^(\d{1,6})\s*(?:h|:)\s*([0-5]\d)$", re.IGNORECASE)


def parse_hours(text: str) -> Decimal:
    """Hours to the hundredth from `151,67`, `151.67`, `151h40`, `151:40` or `1 200 h`.

    Raises ValueError with a French sentence when the text is none of these.
    """
    compact = re.sub(r"[\s\u00a0\u202f]", "", text)
    if match := CLOCK_HOURS.match(compact):
        hours, minutes = match.groups()
        total = Decimal(hours) + Decimal(minutes) / 60
        return total.quantize(HUNDREDTH, ROUND_HALF_UP)
    if match := DECIMAL_HOURS.match(compact):
        hours, decimals = match.groups()
        return Decimal(f"{hours}.{decimals or 0}").quantize(HUNDREDTH)
    raise ValueError("Écrivez un nombre d’heures, par exemple 151,67 ou 151h40.")
