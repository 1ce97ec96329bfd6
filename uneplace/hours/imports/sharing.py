"""The hours of a line that names no market, shared between those of the work contract as a whole month is."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from uneplace.hours.splitting import Takers, days_inside, share_out
from uneplace.rules.allocation import Target
from uneplace.rules.dates import Period

from .matching import FAR, Pair, Work


def share_line(
    works: Sequence[Work], month: date, *, hours: Decimal, training_hours: Decimal
) -> list[tuple[Pair, Decimal, Decimal]]:
    """What goes to each commitment, training among it; what is worked elsewhere goes nowhere. Raises Refused
    when none of them has a day of the month."""
    pairs = list(dict.fromkeys(work.pair for work in works))
    targets, owners = [], []
    for work in works:
        days = DateRange(work.start, None if work.end == FAR else work.end, "[)")
        if inside := days_inside(days, work.execution):
            targets.append(Target(f"engagement {work.commitment}", work.share, inside))
            owners.append(pairs.index(work.pair))
    window, zone = works[0].window, works[0].zone
    takers = Takers(targets, owners, len(pairs), zone)
    parts = share_out(
        takers, month, Period(window.lower, window.upper), hours=hours, training_hours=training_hours
    )
    return list(zip(pairs, parts.hours, parts.training_hours, strict=False))
