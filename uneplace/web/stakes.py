"""What is at stake on a line of the week: the hours that a job or a work contract still brings."""

from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from uneplace.rules.dates import Period
from uneplace.rules.numbers import round2
from uneplace.rules.progress import PlannedWork, hours_to_come


def hours_left(days: DateRange, weekly_hours: Decimal, *, on: date, posts: int = 1) -> Decimal | None:
    """Hours to be worked from that day to the end; None for what has no end, and zero once it is over."""
    if days.upper is None:
        return None
    period = Period(days.lower, days.upper)
    work = PlannedWork(period, weekly_hours, Decimal(1))
    return round2(hours_to_come(work, period, max(on, days.lower)) * posts)
