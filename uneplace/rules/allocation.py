"""One month of one work contract shared over several clauses (globalisation), and hours given out twice."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from uneplace.rules import french
from uneplace.rules.calendar import DEFAULT_ZONE, calendar_of, counter_of_days
from uneplace.rules.checks import check_code, check_hours, check_month, check_number
from uneplace.rules.dates import Period, month_ordinals
from uneplace.rules.explanation import FACT, SUM, Explanation, Source, Step, step
from uneplace.rules.numbers import hundredths, in_hundredths, largest_remainder

AGREEMENT = Source("contrat", "Accord de globalisation")


@dataclass(frozen=True, slots=True)
class Target:
    """A commitment that the month may serve: its weight, zero or more, and the days of its execution."""

    commitment: str
    weight: Decimal
    execution: Period

    def __post_init__(self) -> None:
        check_code("commitment", self.commitment)
        check_number("weight", self.weight, about=self.commitment)


@dataclass(frozen=True, slots=True)
class Allocated:
    """The hours of the month that go to one commitment."""

    commitment: str
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Allocation:
    """The hours of each target, in order, and those that none can take; together, the hours of the month."""

    allocations: tuple[Allocated, ...]
    unallocated: Decimal
    explanation: Explanation


def allocation(
    month: date,
    placement_period: Period,
    hours: Decimal,
    targets: Sequence[Target],
    holiday_zone: str = DEFAULT_ZONE,
) -> Allocation:
    """Share the hours of one month (its first day) of one work contract over several commitments.

    The days are those over which counting spreads the month. Each target weighs its weight times those of
    them inside its execution; hours are split by largest remainder. Hours that no target can take, because
    none has a day or a weight, stay unallocated.

    Raises `FactError` beyond two decimals of an hour.
    """
    check_month("month", month)
    check_hours("hours", hours)
    calendar = calendar_of(holiday_zone)
    month_first, month_end = month_ordinals(month)
    first = max(month_first, placement_period.first_ordinal)
    end = max(first, min(month_end, placement_period.end_ordinal))
    count, are_working_days = counter_of_days(calendar, first, end)
    days = [_days_inside(target.execution, first, end, count) for target in targets]
    weights = [Fraction(target.weight) * inside for target, inside in zip(targets, days, strict=True)]
    parts = largest_remainder(hours, weights) if any(weights) else [Decimal("0.00")] * len(targets)
    unallocated = Decimal("0.00") if any(weights) else hundredths(in_hundredths(hours))
    whole = count(first, end)
    counted = (
        french.several(whole, "jour ouvré", "jours ouvrés")
        if are_working_days
        else french.several(whole, "jour", "jours")
    )
    steps = [
        step(f"Heures de {french.month(month)} à répartir.", french.hours(hours), FACT),
        step(f"Jours du mois au contrat de travail ({holiday_zone}).", counted, SUM),
        *(
            _target_step(target, inside, whole, part)
            for target, inside, part in zip(targets, days, parts, strict=True)
        ),
    ]
    if not any(weights):
        text = "Aucun engagement n'a à la fois un poids et un jour dans ce mois : rien n'est réparti."
        steps.append(step(text, french.hours(unallocated), SUM))
    allocated = tuple(Allocated(target.commitment, part) for target, part in zip(targets, parts, strict=True))
    return Allocation(allocated, unallocated, tuple(steps))


def _days_inside(execution: Period, first: int, end: int, count: Callable[[int, int], int]) -> int:
    return count(max(first, execution.first_ordinal), min(end, execution.end_ordinal))


def _target_step(target: Target, inside: int, whole: int, part: Decimal) -> Step:
    text = (
        f"Engagement {target.commitment} : {french.several(inside, 'jour', 'jours')} sur "
        f"{french.number(whole)} dans sa période d'exécution, poids {french.exact(target.weight)}."
    )
    return step(text, french.hours(part), AGREEMENT)


@dataclass(frozen=True, slots=True)
class Worked:
    """The hours of one month (its first day) of one work contract, all clauses together."""

    placement: str
    month: date
    hours: Decimal

    def __post_init__(self) -> None:
        check_code("placement", self.placement)
        check_month("month", self.month, about=self.placement)
        check_hours("hours", self.hours, about=self.placement)


@dataclass(frozen=True, slots=True)
class GivenOut:
    """Hours of one month (its first day) of one work contract that go to one commitment."""

    placement: str
    month: date
    commitment: str
    hours: Decimal

    def __post_init__(self) -> None:
        check_code("placement", self.placement)
        check_month("month", self.month, about=self.placement)
        check_code("commitment", self.commitment, about=self.placement)
        check_hours("hours", self.hours, about=self.placement)


@dataclass(frozen=True, slots=True)
class Violation:
    """A month of a work contract that gives out more hours than were worked."""

    placement: str
    month: date
    worked: Decimal
    allocated: Decimal


@dataclass(frozen=True, slots=True)
class DoubleCounting:
    """Every month that gives out more than was worked, by work contract then by month, and why."""

    violations: tuple[Violation, ...]
    explanation: Explanation


def double_counting(worked: Iterable[Worked], allocated: Iterable[GivenOut]) -> DoubleCounting:
    """The months of work contracts whose hours serve twice: more given out than worked.

    Several rows of one month add up; a month that nobody declared has 0 hour worked.
    """
    done: dict[tuple[str, str], int] = {}
    given: dict[tuple[str, str], int] = {}
    months: dict[str, date] = {}
    for row in worked:
        key = row.placement, row.month.isoformat()
        done[key] = done.get(key, 0) + in_hundredths(row.hours)
    for part in allocated:
        key = part.placement, part.month.isoformat()
        months[key[1]] = part.month
        given[key] = given.get(key, 0) + in_hundredths(part.hours)
    violations = tuple(
        Violation(key[0], months[key[1]], hundredths(done.get(key, 0)), hundredths(hours))
        for key, hours in sorted(given.items())
        if hours > done.get(key, 0)
    )
    return DoubleCounting(violations, _why(violations, len(given)))


def _why(violations: Sequence[Violation], examined: int) -> Explanation:
    told = french.several(examined, "mois de contrat de travail", "mois de contrats de travail")
    steps = [step("Mois dont des heures sont réparties.", told, FACT)]
    for found in violations:
        text = (
            f"Contrat de travail {found.placement}, {french.month(found.month)} : "
            f"{french.hours(found.allocated)} réparties pour {french.hours(found.worked)} travaillées."
        )
        beyond = french.hours(found.allocated - found.worked)
        steps.append(step(text, f"{beyond} de trop", SUM))
    if not violations:
        steps.append(step("Aucun mois ne répartit plus d'heures qu'il n'en a.", "aucun", SUM))
    return tuple(steps)
