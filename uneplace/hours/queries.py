from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet, Sum

from uneplace.contracts.models import Clause, Commitment
from uneplace.kit.periods import last_day
from uneplace.organisations.models import Organisation
from uneplace.rules.counting.windows import standings
from uneplace.rules.dates import Period
from uneplace.rules.numbers import round2
from uneplace.rules.partners import Entrusted
from uneplace.rules.progress import PlannedWork, hours_to_come, progress

from .counting import decisions_by_person, placements_that_matter, rule_decision, rule_placement
from .group import credited, entrusted_on, with_partners
from .models import Allocation, LedgerEntry, Placement, Statement, StatementLine

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Progress:
    """Where one commitment or clause stands on one day, in hours."""

    due: Decimal
    counted: Decimal
    to_validate: Decimal
    foreseen: Decimal
    expected: Decimal

    @property
    def missing(self) -> Decimal:
        """Hours owed that are not counted yet."""
        return max(self.due - self.counted, ZERO)


def progress_of(commitments: Iterable[Commitment], *, on: date) -> dict[int, Progress]:
    """Where each commitment stands that day, by its key; a constant number of queries.

    What partners do of the hours that it owes is its own; what it does for others is theirs. Commitments need
    their clause at hand.
    """
    asked = list(commitments)
    entrusted = entrusted_on({one.clause_id for one in asked})
    group = with_partners(asked, entrusted)
    stands = _progress("pk", {one.pk: (one.hours_due, one.period) for one in group}, group, on)
    if entrusted:
        stands = _towards_what_is_owed(stands, group, entrusted)
    return {one.pk: stands[one.pk] for one in asked}


def _towards_what_is_owed(
    stands: dict[int, Progress], group: list[Commitment], entrusted: dict[int, list[Entrusted]]
) -> dict[int, Progress]:
    # Hours counted are shared first, then those to validate, then those foreseen.
    so_far: dict[int, Decimal] = defaultdict(lambda: ZERO)
    reached: dict[int, Decimal] = dict.fromkeys(stands, ZERO)
    for name in ("counted", "to_validate", "foreseen"):
        for pk, stand in stands.items():
            so_far[pk] += getattr(stand, name)
        then = credited(group, so_far, entrusted)
        stands = {pk: replace(one, **{name: then[pk] - reached[pk]}) for pk, one in stands.items()}
        reached = then
    return stands


def progress_of_clauses(clauses: Iterable[Clause], *, on: date) -> dict[int, Progress]:
    """Where each clause stands that day, all its commitments together; a constant number of queries."""
    clauses = list(clauses)
    commitments = Commitment.objects.filter(clause__in=clauses).select_related("clause")
    duties = {clause.pk: (clause.hours_due, clause.execution) for clause in clauses}
    return _progress("clause_id", duties, commitments, on)


def total_progress(parts: Iterable[Progress]) -> Progress:
    """Several clauses seen as one gauge."""
    parts = list(parts)
    return Progress(
        due=sum((part.due for part in parts), ZERO),
        counted=sum((part.counted for part in parts), ZERO),
        to_validate=sum((part.to_validate for part in parts), ZERO),
        foreseen=sum((part.foreseen for part in parts), ZERO),
        expected=sum((part.expected for part in parts), ZERO),
    )


def _progress(key: str, duties: dict, commitments: Iterable[Commitment], on: date) -> dict[int, Progress]:
    owner = {commitment.pk: getattr(commitment, key) for commitment in commitments}
    counted = _summed(LedgerEntry.objects.filter(commitment__in=owner), "commitment", "counted", owner)
    waiting = _summed(
        StatementLine.objects.filter(
            statement__commitment__in=owner, statement__status=Statement.Status.SUBMITTED
        ),
        "statement__commitment",
        "hours",
        owner,
    )
    planned = _planned_work(commitments, owner, on)
    answers = {}
    for pk, (due, execution) in duties.items():
        span = Period(execution.lower, execution.upper)
        answers[pk] = Progress(
            due=due,
            counted=counted[pk],
            to_validate=waiting[pk],
            foreseen=_foreseen(span, on, planned[pk]),
            expected=progress(due, span, on).expected,
        )
    return answers


def _foreseen(span: Period, on: date, works: list[tuple[PlannedWork, str]]) -> Decimal:
    # A work contract that has not begun brings its hours from its own first day.
    exact = (hours_to_come(work, span, max(on, work.period.start), zone) for work, zone in works)
    return round2(sum(exact, Fraction(0)))


def _summed(rows: QuerySet, by: str, field: str, owner: dict[int, int]) -> dict[int, Decimal]:
    totals: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for pk, total in rows.values_list(by).annotate(total=Sum(field)).order_by():
        totals[owner[pk]] += total
    return totals


def _planned_work(commitments, owner: dict[int, int], on: date) -> dict[int, list[tuple[PlannedWork, str]]]:
    """What is to be worked, by whom it is owed, each with the zone of its public holidays."""
    planned = defaultdict(list)
    rows = list(
        Allocation.objects.filter(commitment__in=owner)
        .filter(period__endswith__gt=on)
        .select_related("placement", "commitment__clause")
    ) + list(
        Allocation.objects.filter(commitment__in=owner, period__upper_inf=True).select_related(
            "placement", "commitment__clause"
        )
    )
    ends = window_ends(rows)
    for row in rows:
        period = Period(row.period.lower, row.period.upper)
        work = PlannedWork(
            period, row.placement.weekly_hours, row.share, ends[row.placement_id, row.commitment.clause_id]
        )
        planned[owner[row.commitment_id]].append((work, row.commitment.clause.holiday_zone))
    return planned


def window_ends(rows: Iterable[Allocation]) -> dict[tuple[int, int], date | None]:
    """The first day outside each placement’s window on its clause, by both keys; its first day when it has no
    window, None when nothing ends it. Allocations need their placement and their commitment's clause."""
    rows = list(rows)
    people = {row.placement.participant_id for row in rows}
    decisions = {
        person: [rule_decision(decision) for decision in its]
        for person, its in decisions_by_person(people).items()
    }
    policies = {
        (row.placement.participant_id, row.commitment.clause_id): row.commitment.clause.policy for row in rows
    }
    ends = {}
    for (person, clause), placements in placements_that_matter(policies).items():
        known = [rule_placement(placement) for placement in placements]
        for standing in standings(policies[person, clause], decisions.get(person, []), known):
            start = standing.placement.period.start
            end = standing.window.end if standing.window else start
            ends[int(standing.placement.id), clause] = end
    return ends


@dataclass(frozen=True)
class Row:
    """One person to declare in a statement: what is declared now, and what was the month before.

    `pieces` are the allocations of this month there, oldest first; `previous_shares` the shares of the month
    before.
    """

    pieces: tuple[Allocation, ...]
    month: date
    line: StatementLine | None
    previous: Decimal | None
    previous_training: Decimal = ZERO
    previous_shares: frozenset[Decimal] = frozenset()

    @property
    def placement(self) -> Placement:
        """The work contract."""
        return self.pieces[0].placement

    @property
    def shares(self) -> frozenset[Decimal]:
        """The shares of the person's time that go there this month; one, unless it changes in the month."""
        return frozenset(piece.share for piece in self.pieces)

    @property
    def share(self) -> Decimal | None:
        """The one share of the month when it is a part of the person's time; None for the whole of it."""
        return next(iter(self.shares)) if len(self.shares) == 1 and self.shares != {Decimal(1)} else None

    @property
    def whole(self) -> Decimal | None:
        """All that was worked in the month, when it was typed as a whole."""
        return self.line.worked_month.whole if self.line else None

    @property
    def is_shared(self) -> bool:
        """Whether some of the person's time goes elsewhere this month."""
        return self.shares != {Decimal(1)}

    @property
    def proposal(self) -> Decimal | None:
        """The hours of the month before, when they may be proposed: neither for a part of a month, nor when
        another share of the person's time goes there."""
        if self.is_part_of_month or (self.previous_shares and self.shares != self.previous_shares):
            return None
        return self.previous

    @property
    def is_part_of_month(self) -> bool:
        """Whether the person works there for a part of this month alone."""
        return self.starts_on is not None or self.ends_on is not None

    @property
    def starts_on(self) -> date | None:
        """The first day there, when it falls within the month; else None."""
        first = self.pieces[0].period.lower
        return first if first > self.month else None

    @property
    def ends_on(self) -> date | None:
        """The last day there, when it falls within the month and is not its last; else None."""
        days = [last_day(piece.period) for piece in self.pieces]
        if None in days:
            return None
        last = max(day for day in days if day is not None)
        return last if last < next_month(self.month) - timedelta(days=1) else None


def rows_of(statement: Statement) -> list[Row]:
    """The people to declare in a statement, by name: its declarant’s, allocated that month."""
    before = previous_month(statement.month)
    allocations = (
        Allocation.objects.filter(
            commitment=statement.commitment,
            placement__declared_by=statement.declarant,
            period__overlap=(before, next_month(statement.month)),
        )
        .select_related("placement__participant", "placement__employer")
        .order_by(
            "placement__participant__last_name",
            "placement__participant__first_name",
            "placement",
            "period__startswith",
        )
    )
    lines = {
        line.worked_month.placement_id: line
        for line in statement.lines.select_related("worked_month__placement__participant")
    }
    earlier = {
        pk: (hours, training)
        for pk, hours, training in StatementLine.objects.filter(
            statement__commitment=statement.commitment,
            statement__declarant=statement.declarant,
            statement__month=before,
        ).values_list("worked_month__placement", "hours", "training_hours")
    }
    pieces: dict[int, list[Allocation]] = defaultdict(list)
    shares: dict[int, set[Decimal]] = defaultdict(set)
    for allocation in allocations:
        if _meets(allocation, statement.month):
            pieces[allocation.placement_id].append(allocation)
        if _meets(allocation, before):
            shares[allocation.placement_id].add(allocation.share)
    return [
        Row(
            tuple(its),
            statement.month,
            lines.get(pk),
            *earlier.get(pk, (None, ZERO)),
            previous_shares=frozenset(shares[pk]),
        )
        for pk, its in pieces.items()
    ]


def _meets(allocation: Allocation, month: date) -> bool:
    period = allocation.period
    return period.lower < next_month(month) and (period.upper is None or period.upper > month)


def hours_by_person(people: Iterable[int], *, service: Organisation) -> dict[int, Decimal]:
    """Hours counted for each person in one service's file."""
    rows = LedgerEntry.objects.filter(placement__participant__in=people, service=service)
    return dict(rows.values_list("placement__participant").annotate(total=Sum("counted")).order_by())


def month_range(month: date) -> tuple[date, date]:
    """The days of a month, half-open."""
    return month, next_month(month)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def previous_month(month: date) -> date:
    """The first day of the month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
