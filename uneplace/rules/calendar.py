"""Working days: Monday to Friday, minus the public holidays of a zone."""

import csv
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError

HOLIDAYS_FILE = Path(__file__).parent / "data" / "jours_feries.csv"
DEFAULT_ZONE = "Métropole"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The public holidays of one zone, ready to count working days in constant time."""

    zone: str
    holidays: Mapping[date, str]
    weekday_holidays: tuple[int, ...]
    """Ordinals of the public holidays that fall from Monday to Friday, in order."""

    def working_days(self, first: int, end: int) -> int:
        """Working days among the ordinals from `first` up to the one before `end`; 0 when there are none."""
        if end <= first:
            return 0
        holidays = bisect_left(self.weekday_holidays, end) - bisect_left(self.weekday_holidays, first)
        return _weekdays_before(end) - _weekdays_before(first) - holidays


def counter_of_days(calendar: Calendar, first: int, end: int) -> tuple[Callable[[int, int], int], bool]:
    """How to count the days over which hours spread between two ordinals, and whether they are working days.

    Working days when there are any, calendar days otherwise.
    """
    if calendar.working_days(first, end):
        return calendar.working_days, True
    return calendar_days, False


def calendar_days(first: int, end: int) -> int:
    """Days from the ordinal `first` up to the one before `end`; 0 when there are none."""
    return max(end - first, 0)


def _weekdays_before(ordinal: int) -> int:
    # Ordinal 1 is a Monday.
    weeks, days = divmod(ordinal - 1, 7)
    return weeks * 5 + min(days, 5)


@cache
def calendars() -> Mapping[str, Calendar]:
    """The calendar of every zone of the shipped table, by name of zone."""
    holidays: dict[str, dict[date, str]] = {}
    with HOLIDAYS_FILE.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            holidays.setdefault(row["zone"], {})[date.fromisoformat(row["date"])] = row["libelle"]
    return {
        zone: Calendar(zone, days, tuple(sorted(day.toordinal() for day in days if day.weekday() < 5)))
        for zone, days in holidays.items()
    }


def calendar_of(zone: str) -> Calendar:
    """The calendar of a zone of the shipped table; another name raises `FactError`."""
    calendar = calendars().get(zone)
    if calendar is None:
        raise FactError("holiday_zone", f"zone inconnue, attendu\u00a0: {', '.join(calendars())}.")
    return calendar


def working_days(period: Period, zone: str = DEFAULT_ZONE) -> int:
    """How many working days a closed period has in that zone; an open period raises `FactError`."""
    if period.end is None:
        raise FactError("end", "une période sans fin n’a pas de nombre de jours.")
    return calendar_of(zone).working_days(period.first_ordinal, period.end_ordinal)


def is_working_day(day: date, zone: str = DEFAULT_ZONE) -> bool:
    """Whether people work that day: from Monday to Friday, and not a public holiday of the zone."""
    return day.weekday() < 5 and day not in calendar_of(zone).holidays
