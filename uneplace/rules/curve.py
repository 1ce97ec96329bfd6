"""The hours of an execution month by month: expected, counted, to validate, foreseen, each summed so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from uneplace.rules.calendar import DEFAULT_ZONE, calendar_of
from uneplace.rules.dates import Period, add_months
from uneplace.rules.errors import FactError
from uneplace.rules.numbers import round2
from uneplace.rules.progress import PlannedWork, progress

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class MonthDone:
    """Hours of one month of work: counted, and declared that wait for validation."""

    counted: Decimal = NOTHING
    to_validate: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class SignedWork:
    """A work contract on a curve: the zone of its holidays, and the first day not declared yet, from which
    its hours are foreseen and no longer done."""

    work: PlannedWork
    zone: str = DEFAULT_ZONE
    undeclared_from: date = date.min


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The end of one month: the hours of all the months until then. `counted` and `to_validate` are None in
    months to come; `foreseen` is zero in those gone by, and so is `undeclared`: what is worked by today and
    not declared yet. Each is None where it is not told apart."""

    month: date
    expected: Decimal
    counted: Decimal | None
    to_validate: Decimal | None
    foreseen: Decimal | None
    undeclared: Decimal | None = NOTHING

    @property
    def to_come(self) -> Decimal:
        """All that is not declared by then: worked already, or foreseen."""
        return (self.undeclared or NOTHING) + (self.foreseen or NOTHING)

    @property
    def total(self) -> Decimal:
        """All that is counted, waiting, worked or foreseen by then."""
        return (self.counted or NOTHING) + (self.to_validate or NOTHING) + self.to_come


def curve(
    due: Decimal,
    execution: Period,
    as_of: date,
    done: Mapping[date, MonthDone],
    works: Sequence[SignedWork] = (),
    undeclared: Decimal = NOTHING,
) -> tuple[CurvePoint, ...]:
    """A point a month, from the first of the execution, or of the hours, to the last.

    `done` gives the hours of each month, `works` the signed contracts, `undeclared` what they brought until
    that day and no statement tells yet: the curve ends where a forecast without anything more signed does.
    Raises `FactError` when the execution has no end.
    """
    if execution.end is None:
        raise FactError("execution", "une fin d’exécution est nécessaire.")
    first = min([execution.start.replace(day=1), *done])
    last = max([date.fromordinal(execution.end.toordinal() - 1).replace(day=1), *done])
    today = min(as_of.replace(day=1), last)
    points, counted, to_validate, foreseen, month = [], NOTHING, NOTHING, Fraction(0), first
    while month <= last:
        end = add_months(month, 1)
        own = done.get(month, MonthDone())
        counted += own.counted
        to_validate += own.to_validate
        foreseen += sum((_worked(one, execution, max(as_of, month), end) for one in works), Fraction(0))
        is_past = month <= as_of or month in done
        points.append(
            CurvePoint(
                month,
                progress(due, execution, end).expected,
                counted if is_past else None,
                to_validate if is_past else None,
                round2(foreseen),
                undeclared if month >= today else NOTHING,
            )
        )
        month = end
    return tuple(points)


def _worked(signed: SignedWork, execution: Period, first: date, limit: date) -> Fraction:
    """What one work contract brings from one day to another, within its own dates, and not declared yet."""
    work = signed.work
    ends = [end for end in (limit, work.period.end, execution.end, work.window_end) if end is not None]
    start = max(first, work.period.start, signed.undeclared_from)
    days = calendar_of(signed.zone).working_days(start.toordinal(), min(ends).toordinal())
    return days * Fraction(work.weekly_hours) / 5 * Fraction(work.share)
