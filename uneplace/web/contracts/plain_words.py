"""What a clause says, in words: hours in days and people, codes by their labels."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from uneplace.contracts.models import Clause
from uneplace.hours.models import Placement
from uneplace.kit.periods import last_day
from uneplace.rules.french import number, several
from uneplace.rules.grounds import Ground

DAY = Decimal(7)  # hours
MONTH = Decimal("151.67")  # hours of a full time


def in_clear(hours: Decimal) -> str:
    """« 300 jours de travail, ou 2 personnes à temps plein pendant 7 mois »: an order of size."""
    days = several(_whole(hours / DAY), "jour de travail", "jours de travail")
    months = hours / MONTH
    if months < 1:
        return f"environ {days}."
    people = 1 if months <= 9 else max(2, _whole(months / 9))
    length = max(_whole(months / people), 1)
    who = "1\u00a0personne" if people == 1 else f"{number(people)}\u00a0personnes"
    return f"environ {days}, ou {who} à temps plein pendant {length}\u00a0mois."


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def terms_shown(clause: Clause) -> dict[str, Any]:
    """The last day of a clause, and the labels of what it accepts (empty: everything)."""
    return {
        "end": last_day(clause.execution),
        "modalities": [Placement.Modality(code).label for code in clause.accepted_modalities or []],
        "grounds": [Ground(code).label for code in clause.accepted_grounds or []],
    }
