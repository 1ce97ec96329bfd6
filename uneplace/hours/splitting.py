"""A month worked for several contracts, typed as a whole and shared by the rule (globalisation).

Each contract's agreement is its allocation: days and share of the time. The parts become the lines of the
statements, which are then read again and sent as the others.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, F, Value, When

from uneplace.contracts.models import Clause
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules.allocation import Target, allocation
from uneplace.rules.dates import Period
from uneplace.rules.explanation import Explanation
from uneplace.rules.numbers import largest_remainder

from .actions import CHANGED_MEANWHILE, CLAUSE_CLOSED, sum_worked_months
from .models import Allocation, Placement, Statement, StatementLine, WorkedMonth, month_name
from .perms import represented
from .shares import EDITABLE, WHOLE, month_period, overlap

ZERO = Decimal(0)
ELSEWHERE = "Hors de ces marchés"
NO_DAY = "Aucun de ces marchés n’a de jour dans ce mois. Vérifiez les affectations."


@dataclass(frozen=True)
class Shared:
    """One commitment that the month serves: its days and shares, its statement, what is kept there now."""

    pieces: tuple[Allocation, ...]
    statement: Statement | None
    line: StatementLine | None

    @property
    def commitment(self):
        """The commitment served."""
        return self.pieces[0].commitment


@dataclass(frozen=True)
class Part:
    """What goes to one commitment; training is part of the hours."""

    shared: Shared
    hours: Decimal
    training_hours: Decimal


@dataclass(frozen=True)
class Split:
    """A month shared: its parts and the hours worked elsewhere, for none of these contracts, sum to exactly
    what was worked. The latter are kept nowhere."""

    parts: tuple[Part, ...]
    elsewhere: Decimal
    explanation: Explanation

    @property
    def digest(self) -> str:
        """What was read on the page, so that nothing else is kept, and nothing typed meanwhile is lost."""
        said = [
            (part.shared.commitment.pk, part.shared.statement.version, part.hours, part.training_hours)
            for part in self.parts
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()


def months_to_split(placement: Placement) -> list[date]:
    """The months that this work contract shares between several statements still to send, oldest first."""
    allocations = _allocations(placement)
    waiting: dict[date, int] = defaultdict(int)
    for statement in _statements(placement, allocations).filter(status__in=EDITABLE):
        its = [one for one in allocations if one.commitment_id == statement.commitment_id]
        if any(overlap(one.period, month_period(statement.month)) for one in its):
            waiting[statement.month] += 1
    return sorted(month for month, count in waiting.items() if count > 1)


def shared_month(placement: Placement, month: date) -> list[Shared]:
    """The commitments that a month of a work contract serves, in the order of its allocations."""
    pieces: dict[int, list[Allocation]] = defaultdict(list)
    for one in _allocations(placement):
        if overlap(one.period, month_period(month)):
            pieces[one.commitment_id].append(one)
    statements = {
        statement.commitment_id: statement
        for statement in Statement.objects.filter(
            commitment__in=pieces, declarant=placement.declared_by_id, month=month
        )
    }
    lines = {
        line.statement_id: line
        for line in StatementLine.objects.filter(
            statement__in=statements.values(), worked_month__placement=placement
        )
    }
    return [
        Shared(tuple(its), statements.get(pk), lines.get(statements[pk].pk) if pk in statements else None)
        for pk, its in pieces.items()
    ]


def why_not_split(shared: list[Shared], *, month: date, on: date) -> list[str]:
    """The reasons that keep a month from being shared."""
    reasons = []
    if month > on:
        reasons.append("Ce mois n’a pas commencé.")
    if len(shared) < 2:
        reasons.append("Ce mois n’est travaillé que pour un marché\u00a0: déclarez-le sur son relevé.")
    for one in shared:
        contract = one.commitment.clause.lot.contract
        if one.statement is None:
            reasons.append(f"{contract}\u00a0: le relevé de {month_name(month)} n’est pas ouvert.")
        elif not one.statement.is_editable:
            reasons.append(f"{contract}\u00a0: le relevé est déjà envoyé, sa part ne change plus.")
        elif one.commitment.clause.status == Clause.Status.CLOSED:
            reasons.append(f"{contract}\u00a0: {CLAUSE_CLOSED[0].lower()}{CLAUSE_CLOSED[1:]}")
    return reasons


def split_month(
    placement: Placement, shared: list[Shared], *, month: date, hours: Decimal, training_hours: Decimal
) -> Split:
    """Share the hours of a month between the commitments it serves: by share of the time, and by days of the
    allocation inside the execution of the clause. The share of each day that serves none of them is worked
    elsewhere. Raises Refused when no contract has a day of it."""
    targets, owners = [], []
    for place, one in enumerate(shared):
        execution = one.commitment.clause.execution
        for piece in one.pieces:
            if inside := days_inside(piece.period, execution):
                targets.append(Target(str(one.commitment.clause.lot.contract), piece.share, inside))
                owners.append(place)
    zone = shared[0].commitment.clause.holiday_zone
    window = Period(placement.period.lower, placement.period.upper)
    among = Takers(targets, owners, len(shared), zone)
    parts = share_out(among, month, window, hours=hours, training_hours=training_hours)
    given = (
        Part(one, part, trained)
        for one, part, trained in zip(shared, parts.hours, parts.training_hours, strict=False)
    )
    return Split(tuple(given), parts.hours[-1], parts.explanation)


def days_inside(days: DateRange, execution: DateRange) -> Period | None:
    """The days of an allocation that are in the execution of a clause; None without any."""
    if not overlap(days, execution):
        return None
    ends = [end for end in (days.upper, execution.upper) if end is not None]
    return Period(max(days.lower, execution.lower), min(ends) if ends else None)


@dataclass(frozen=True)
class Takers:
    """Who takes a part of a month: `owners` is the rank of the taker of each target, of `count` in all."""

    targets: list[Target]
    owners: list[int]
    count: int
    zone: str


@dataclass(frozen=True)
class Parts:
    """The hours of each taker, in order, then those worked elsewhere; and the training among them."""

    hours: list[Decimal]
    training_hours: list[Decimal]
    explanation: Explanation


def share_out(
    takers: Takers, month: date, window: Period, *, hours: Decimal, training_hours: Decimal
) -> Parts:
    """Share the hours of a month worked inside a window. Raises Refused when no taker has a day of it."""
    targets, zone = takers.targets, takers.zone
    if allocation(month, window, hours, targets, zone).unallocated:
        raise Refused(NO_DAY)
    rest = _elsewhere(targets, month, window)
    answer = allocation(month, window, hours, [*targets, *rest], zone)
    parts = [ZERO] * (takers.count + 1)
    for place, given in zip([*takers.owners, *[-1] * len(rest)], answer.allocations, strict=True):
        parts[place] += given.hours
    # By the hours of each part, so that training is never more than the hours it is part of.
    trained = largest_remainder(training_hours, parts) if training_hours else [ZERO] * len(parts)
    return Parts(parts, trained, answer.explanation)


def _elsewhere(targets: list[Target], month: date, window: Period) -> list[Target]:
    """What is left of the time on each day of the month, from one change of the shares to the next."""
    days = month_period(month)
    changes = {days.lower, days.upper, window.start}
    changes |= {day for one in targets for day in (one.execution.start, one.execution.end)}
    inside = sorted(day for day in changes if day is not None and days.lower <= day <= days.upper)
    rest = []
    for first, end in pairwise(inside):
        left = WHOLE - sum(one.weight for one in targets if first in one.execution)
        if left > 0:
            rest.append(Target(ELSEWHERE, left, Period(first, end)))
    return rest


@transaction.atomic
def keep_split(
    placement: Placement,
    *,
    month: date,
    hours: Decimal,
    training_hours: Decimal,
    shown: str,
    by: Actor,
    on: date,
    at: datetime,
) -> Split:
    """Write each part in its statement, which is still to be sent, and keep the whole: its statements never
    declare more. `shown` is the digest of what was read.

    Raises Refused when something changed since, or when a statement left.
    """
    clauses = [one.commitment.clause_id for one in shared_month(placement, month)]
    list(Clause.objects.select_for_update(no_key=True).filter(pk__in=clauses).order_by("pk"))
    shared = shared_month(placement, month)
    if reasons := why_not_split(shared, month=month, on=on):
        raise Refused(*reasons)
    split = split_month(placement, shared, month=month, hours=hours, training_hours=training_hours)
    if split.digest != shown:
        raise Refused(CHANGED_MEANWHILE)
    for part in sorted(split.parts, key=lambda part: part.shared.statement.pk):
        _open(part.shared.statement)
    _write(placement, month, split, whole=hours)
    for part in split.parts:
        statement = part.shared.statement
        representing = represented(by, statement.declarant)
        record("statement.split", about=statement, by=by, at=at, on_behalf_of=representing)
    return split


def _open(statement: Statement) -> None:
    kept = Case(
        When(status=Statement.Status.RETURNED, then=Value(Statement.Status.RETURNED)),
        default=Value(Statement.Status.DRAFT),
    )
    rows = Statement.objects.filter(pk=statement.pk, version=statement.version, status__in=EDITABLE)
    if not rows.update(status=kept, version=F("version") + 1):
        raise Refused(CHANGED_MEANWHILE)


def _write(placement: Placement, month: date, split: Split, *, whole: Decimal) -> None:
    worked, _ = WorkedMonth.objects.get_or_create(
        placement=placement, month=month, defaults={"hours": ZERO, "service_id": placement.service_id}
    )
    StatementLine.objects.bulk_create(
        [
            StatementLine(
                service_id=placement.service_id,
                statement=part.shared.statement,
                worked_month=worked,
                hours=part.hours,
                training_hours=part.training_hours,
            )
            for part in split.parts
        ],
        update_conflicts=True,
        unique_fields=["statement", "worked_month"],
        update_fields=["hours", "training_hours"],
    )
    sum_worked_months([placement.pk], month, whole=whole)


def _allocations(placement: Placement) -> list[Allocation]:
    rows = placement.allocations.select_related("commitment__company", "commitment__clause__lot__contract")
    return list(rows.order_by("period__startswith", "pk"))


def _statements(placement: Placement, allocations: list[Allocation]):
    commitments = {one.commitment_id for one in allocations}
    return Statement.objects.filter(commitment__in=commitments, declarant=placement.declared_by_id)
