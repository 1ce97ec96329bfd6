from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from uneplace.contracts.models import Clause, Commitment
from uneplace.organisations.models import Organisation
from uneplace.rules.counting.windows import standings
from uneplace.rules.dates import Period
from uneplace.rules.progress import PlannedWork, progress

from .counting import decisions_by_person, rule_decision, rule_placement
from .models import Allocation, LedgerEntry, Statement, StatementLine

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

    Commitments need their clause at hand.
    """
    commitments = list(commitments)
    return _progress("pk", {c.pk: (c.hours_due, c.period) for c in commitments}, commitments, on)


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
            foreseen=_foreseen(due, span, on, planned[pk]),
            expected=progress(due, span, on).expected,
        )
    return answers


def _foreseen(due: Decimal, span: Period, on: date, works: list[PlannedWork]) -> Decimal:
    # A work contract that has not begun brings its hours from its own first day.
    total = ZERO
    for work in works:
        total += progress(due, span, max(on, work.period.start), [work]).foreseen
    return total


def _summed(rows: QuerySet, by: str, field: str, owner: dict[int, int]) -> dict[int, Decimal]:
    totals: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for pk, total in rows.values_list(by).annotate(total=Sum(field)).order_by():
        totals[owner[pk]] += total
    return totals


def _planned_work(commitments, owner: dict[int, int], on: date) -> dict[int, list[PlannedWork]]:
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
    ends = _window_ends(rows)
    for row in rows:
        period = Period(row.period.lower, row.period.upper)
        work = PlannedWork(
            period, row.placement.weekly_hours, row.share, ends[row.placement_id, row.commitment.clause_id]
        )
        planned[owner[row.commitment_id]].append(work)
    return planned


def _window_ends(rows: list[Allocation]) -> dict[tuple[int, int], date | None]:
    """The first day outside each placement’s window on its clause; its first day when it has no window."""
    people = {row.placement.participant_id for row in rows}
    decisions = {
        person: [rule_decision(decision) for decision in its]
        for person, its in decisions_by_person(people).items()
    }
    together = defaultdict(dict)
    past = Allocation.objects.filter(
        placement__participant__in=people, commitment__clause__in={row.commitment.clause_id for row in rows}
    ).select_related("placement", "commitment")
    for row in past:
        clause = row.commitment.clause_id
        together[row.placement.participant_id, clause][row.placement_id] = rule_placement(row.placement)
    policies = {row.commitment.clause_id: row.commitment.clause.policy for row in rows}
    ends = {}
    for (person, clause), placements in together.items():
        for standing in standings(policies[clause], decisions.get(person, []), list(placements.values())):
            start = standing.placement.period.start
            end = standing.window.end if standing.window else start
            ends[int(standing.placement.id), clause] = end
    return ends


@dataclass(frozen=True)
class Row:
    """One person to declare in a statement: what is declared now, and what was the month before."""

    allocation: Allocation
    line: StatementLine | None
    previous: Decimal | None


def rows_of(statement: Statement) -> list[Row]:
    """The people to declare in a statement, by name: its declarant’s, allocated that month."""
    allocations = (
        Allocation.objects.filter(
            commitment=statement.commitment,
            placement__declared_by=statement.declarant,
            period__overlap=month_range(statement.month),
        )
        .select_related("placement__participant", "placement__employer")
        .order_by("placement__participant__last_name", "placement__participant__first_name", "placement")
        .distinct()
    )
    lines = {
        line.worked_month.placement_id: line
        for line in statement.lines.select_related("worked_month__placement__participant")
    }
    earlier = dict(
        StatementLine.objects.filter(
            statement__commitment=statement.commitment,
            statement__declarant=statement.declarant,
            statement__month=previous_month(statement.month),
        ).values_list("worked_month__placement", "hours")
    )
    seen: dict[int, Row] = {}
    for allocation in allocations:
        pk = allocation.placement_id
        seen.setdefault(pk, Row(allocation, lines.get(pk), earlier.get(pk)))
    return list(seen.values())


def hours_by_person(people: Iterable[int], *, service: Organisation) -> dict[int, Decimal]:
    """Hours counted for each person in one service's file."""
    rows = LedgerEntry.objects.filter(participant__in=people, service=service)
    return dict(rows.values_list("participant").annotate(total=Sum("counted")).order_by())


def hours_by_placement(placements: Iterable[int]) -> dict[int, Decimal]:
    """Hours counted for each work contract."""
    rows = LedgerEntry.objects.filter(placement__in=placements)
    return dict(rows.values_list("placement").annotate(total=Sum("counted")).order_by())


def month_range(month: date) -> tuple[date, date]:
    """The days of a month, half-open."""
    return month, next_month(month)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def previous_month(month: date) -> date:
    """The first day of the month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
