"""What work contracts provide for in the months that are declared."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from uneplace.rules.dates import Period
from uneplace.rules.numbers import round2
from uneplace.rules.progress import PlannedWork, hours_to_come

from .models import Allocation, Statement
from .queries import next_month


def planned_hours(statements: Iterable[Statement]) -> dict[int, Decimal]:
    """The hours that the work contracts of each of these statements provide for in its month, by its key; one
    query."""
    statements = list(statements)
    pieces = defaultdict(list)
    rows = Allocation.objects.filter(
        commitment__in={one.commitment_id for one in statements},
        placement__declared_by__in={one.declarant_id for one in statements},
    ).select_related("placement")
    for row in rows.order_by("pk"):
        pieces[row.commitment_id, row.placement.declared_by_id].append(row)
    return {one.pk: _planned(one, pieces[one.commitment_id, one.declarant_id]) for one in statements}


def _planned(statement: Statement, pieces: Iterable[Allocation]) -> Decimal:
    month = Period(statement.month, next_month(statement.month))
    exact = Fraction(0)
    for piece in pieces:
        work = PlannedWork(
            Period(piece.period.lower, piece.period.upper), piece.placement.weekly_hours, piece.share
        )
        exact += hours_to_come(work, month, max(month.start, piece.period.lower))
    return round2(exact)
