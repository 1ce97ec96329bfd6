"""Days, months and half-open periods."""

import calendar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from uneplace.rules.checks import check_day
from uneplace.rules.errors import FactError


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to the day before `end`; an `end` of None leaves it open.

    Raises `FactError` when `end` is not after `start`.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        check_day("start", self.start)
        if self.end is not None:
            check_day("end", self.end)
            if self.end <= self.start:
                raise FactError("end", "la fin doit être après le début.")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: "Period") -> bool:
        """Whether at least one day is in both."""
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)

    @property
    def last_limit(self) -> date:
        """The first day after the period; an open period raises `FactError`."""
        if self.end is None:
            raise FactError("end", "une fin de période est nécessaire.")
        return self.end

    @property
    def first_ordinal(self) -> int:
        return self.start.toordinal()

    @property
    def end_ordinal(self) -> int:
        """The ordinal of the first day outside; after every calendar day when the period is open."""
        return ordinal_or_never(self.end)


def check_closed(fact: str, value: object) -> None:
    """A period that has an end."""
    if not isinstance(value, Period):
        raise FactError(fact, "une période est attendue, du premier jour au lendemain du dernier.")
    if value.end is None:
        raise FactError(fact, "une fin de période est nécessaire.")


def ordinal_or_never(day: date | None) -> int:
    """The ordinal of a limit, or one that no day reaches when there is no limit."""
    return NEVER if day is None else day.toordinal()


NEVER = date.max.toordinal() + 1


@lru_cache(maxsize=1024)
def month_ordinals(month: date) -> tuple[int, int]:
    """The ordinals of the first day of a month, given by that day, and of the first day after it."""
    first = month.toordinal()
    return first, first + calendar.monthrange(month.year, month.month)[1]


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later (earlier when negative), or the last day of that month.

    Raises `FactError` when the calendar has no such year.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise FactError("months", "le nombre de mois mène hors du calendrier.")
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


def age_on(born_on: date, on: date) -> int:
    """Whole years of age on a day: the greatest n with born_on + 12 n months no later than that day.

    Raises `FactError` when the person is born after that day.
    """
    if born_on > on:
        raise FactError("born_on", "la date de naissance est postérieure à la date examinée.")
    years = on.year - born_on.year
    return years if add_months(born_on, 12 * years) <= on else years - 1
