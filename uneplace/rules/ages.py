"""Ages as the figures tell them, and the least that must be kept of a date of birth to tell them again."""

from collections.abc import Iterable
from datetime import date, timedelta

from uneplace.rules.dates import add_months

AGE_LIMITS = (26, 41, 51)
"""The first age of each band of a report after the first."""
FAR = timedelta(days=5 * 365)


def band_on(born_on: date, day: date) -> int:
    """Which band of age somebody is in that day: 0 is the youngest."""
    return sum(add_months(born_on, 12 * limit) <= day for limit in AGE_LIMITS)


def stand_in_birthday(born_on: date, days: Iterable[date]) -> date | None:
    """Another day of birth, which puts the person in the same band of age on each of these days.

    It depends on the bands alone: nothing more can be found from it. None when no day is given, since no
    figure then tells the age. The true day is given back when no other fits.
    """
    days = sorted(set(days))
    if not days:
        return None
    limits = [(day, add_months(day, -12 * limit), limit) for day in days for limit in AGE_LIMITS]
    after = [start for day, start, limit in limits if add_months(born_on, 12 * limit) > day]
    until = [start for day, start, limit in limits if add_months(born_on, 12 * limit) <= day]
    if after and until:
        first, last = max(after), min(until)
        chosen = first + (last - first + timedelta(days=1)) // 2
    else:
        chosen = max(after) + FAR if after else min(until) - FAR
    if (chosen.month, chosen.day) == (2, 29):
        chosen += timedelta(days=-1 if not after or chosen - timedelta(days=1) > max(after) else 1)
    same = all(band_on(chosen, day) == band_on(born_on, day) for day in days)
    return chosen if same else born_on
