"""The order of what awaits somebody: what is late, due this week, then later; in each, what weighs most.

No score: each line says its hours or euros, and the days left.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from uneplace.rules import french
from uneplace.rules.checks import check_number

WEEK = 7  # days
NOTHING = Decimal(0)


class Urgency(IntEnum):
    """When something is due, from the most pressing."""

    LATE = 0
    THIS_WEEK = 1
    LATER = 2
    NO_LIMIT = 3


@dataclass(frozen=True, slots=True)
class AtStake:
    """What is lost if nobody acts, in euros or hours, and before when one acts; None when nothing says it."""

    hours: Decimal | None = None
    euros: Decimal | None = None
    limit: date | None = None
    is_late: bool = False

    def __post_init__(self) -> None:
        for name in ("hours", "euros"):
            if getattr(self, name) is not None:
                check_number(name, getattr(self, name))

    def urgency(self, on: date) -> Urgency:
        """Late, due within seven days, later, or without a limit."""
        if self.is_late or (self.limit is not None and self.limit < on):
            return Urgency.LATE
        if self.limit is None:
            return Urgency.NO_LIMIT
        return Urgency.THIS_WEEK if (self.limit - on).days <= WEEK else Urgency.LATER

    def order(self, on: date) -> tuple[Urgency, Decimal, Decimal, date]:
        """What sorts lines: urgency, then the most euros, the most hours, and the nearest limit."""
        return (
            self.urgency(on),
            -(self.euros or NOTHING),
            -(self.hours or NOTHING),
            self.limit or date.max,
        )

    def why(self, on: date) -> str:
        """« 420 h en jeu, échéance dans 12 jours »; empty when nothing is known of either."""
        parts = [part for part in (self.weight, self._days(on)) if part]
        return ", ".join(parts)

    @property
    def weight(self) -> str:
        """« 12 000 € en jeu », « 420 h en jeu »; empty when nothing is."""
        if self.euros:
            return f"{french.euros(round(self.euros))} en jeu"
        if self.hours:
            return f"{french.hours(max(round(self.hours), 1))} en jeu"
        return ""

    def _days(self, on: date) -> str:
        days = (self.limit - on).days if self.limit is not None else 0
        if days < 0:
            return f"en retard de {french.several(-days, 'jour', 'jours')}"
        if self.is_late:
            return "en retard"
        if self.limit is None:
            return ""
        return f"échéance dans {french.several(days, 'jour', 'jours')}" if days else "échéance aujourd’hui"
