"""What the gauge draws on one day: the hours expected by now, and those still to come from current work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from uneplace.rules import french
from uneplace.rules.calendar import DEFAULT_ZONE, Calendar, calendar_of
from uneplace.rules.checks import check_day, check_number, check_share
from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError
from uneplace.rules.explanation import CONTRACT, FACT, SUM, Explanation, Step, step
from uneplace.rules.numbers import round2


@dataclass(frozen=True, slots=True)
class PlannedWork:
    """A work contract that serves the clause: dates, weekly hours, share of them for this clause (0 to 1).

    `window_end` is the first day on which its hours no longer count, None when there is no limit.
    """

    period: Period
    weekly_hours: Decimal
    share: Decimal
    window_end: date | None = None

    def __post_init__(self) -> None:
        check_number("weekly_hours", self.weekly_hours)
        check_share("share", self.share)
        if self.window_end is not None:
            check_day("window_end", self.window_end)


@dataclass(frozen=True, slots=True)
class Progress:
    """Hours expected on that day if work went evenly, hours foreseen from that day on, and why."""

    expected: Decimal
    foreseen: Decimal
    explanation: Explanation


def progress(
    due: Decimal,
    execution: Period,
    as_of: date,
    placements: Sequence[PlannedWork] = (),
    holiday_zone: str = DEFAULT_ZONE,
) -> Progress:
    """Hours expected and foreseen, to the hundredth, for one clause or commitment on the day `as_of`.

    Expected: the due hours in proportion of the calendar days elapsed. Foreseen: for each placement, the
    working days from that day (included) to the earliest of its end, the end of the execution and its window
    end (excluded), at a fifth of its weekly hours, times its share.

    Raises `FactError` when the execution has no end, since nothing can then be in proportion of it.
    """
    check_number("due", due)
    check_day("as_of", as_of)
    if execution.end is None:
        raise FactError("execution", "une fin d’exécution est nécessaire.")
    elapsed = min(max((as_of - execution.start).days, 0), (execution.end - execution.start).days)
    length = (execution.end - execution.start).days
    expected = round2(Fraction(due) * elapsed / length)
    steps = [
        step("Heures dues.", french.hours(due), CONTRACT),
        step(
            f"Attendu au {french.day(as_of)} : {french.several(elapsed, 'jour écoulé', 'jours écoulés')} "
            f"sur {french.several(length, 'jour', 'jours')} d'exécution.",
            french.hours(expected),
            SUM,
        ),
    ]
    total = Fraction(0)
    calendar = calendar_of(holiday_zone)
    for work in placements:
        end, days, hours = _to_come(work, execution, as_of, calendar)
        total += hours
        steps.append(_work_step(work, as_of, end, days, hours))
    foreseen = round2(total)
    steps.append(step("Heures prévues d'ici la fin.", french.hours(foreseen), SUM))
    return Progress(expected, foreseen, tuple(steps))


def hours_to_come(
    work: PlannedWork, execution: Period, as_of: date, holiday_zone: str = DEFAULT_ZONE
) -> Fraction:
    """What one work contract brings from that day on, exact, so that a sum of many is rounded once."""
    return _to_come(work, execution, as_of, calendar_of(holiday_zone))[2]


def _to_come(
    work: PlannedWork, execution: Period, as_of: date, calendar: Calendar
) -> tuple[date, int, Fraction]:
    ends = (work.period.end, execution.end, work.window_end)
    end = min(end for end in ends if end is not None)
    days = calendar.working_days(as_of.toordinal(), end.toordinal())
    return end, days, days * Fraction(work.weekly_hours) / 5 * Fraction(work.share)


def _work_step(work: PlannedWork, as_of: date, end: date, days: int, hours: Fraction) -> Step:
    worked = french.several(days, "jour ouvré", "jours ouvrés")
    text = (
        f"Du {french.day(as_of)} inclus au {french.day(end)} exclu : {worked}, "
        f"à {french.hours(work.weekly_hours)} par semaine de 5 jours, part {french.percent(work.share)}."
    )
    return step(text, french.hours(hours), FACT)
