"""What a clause does with the hours that its method gives."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from uneplace.rules.numbers import round2


class Rounding(StrEnum):
    """What the clause does with the hours that its method gives."""

    NONE = "NONE"
    HOUR = "HOUR"
    UP_35 = "UP_35"

    @property
    def label(self) -> str:
        return _LABELS[self]

    def apply(self, exact: Fraction) -> Decimal:
        """The hours: to the hundredth, to the nearest hour (half up), or to the next multiple of 35."""
        if self is Rounding.HOUR:
            return round2((2 * exact + 1) // 2)
        if self is Rounding.UP_35:
            return round2(-(-exact // 35) * 35)
        return round2(exact)


_LABELS = {
    Rounding.NONE: "au centième d’heure",
    Rounding.HOUR: "à l’heure la plus proche",
    Rounding.UP_35: "au multiple de 35 heures supérieur",
}
