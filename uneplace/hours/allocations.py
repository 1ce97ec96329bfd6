"""What a work contract works for: one or several commitments, each over some days with its share of the work.

The shares of one day never exceed the whole, and an allocation stays inside its work contract: the database
holds both when the transaction ends. Acts hold the person's file, the clause, then the work contract, before
they look.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause, Commitment
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.people.merged import hold_file
from uneplace.rules import french

from .expected import expect_statements, forget_statements
from .models import Allocation, Piece, Placement, Statement, WorkedMonth
from .recount import clauses_counting, note_recounts
from .shares import (
    CHANGED,
    EDITABLE,
    WHOLE,
    lines_left,
    month_period,
    overlap,
    why_not_allocate,
    why_not_leave,
    why_not_remove,
    without,
)


@transaction.atomic
def add_allocation(
    placement: Placement,
    commitment: Commitment,
    *,
    period: DateRange,
    share: Decimal,
    taken_from: Allocation | None = None,
    by: Actor,
    at: datetime,
) -> Allocation:
    """Make a work contract work for one more commitment over these days, with this share of the work.

    `taken_from` is the allocation that gives its share on those days; it keeps the rest, and its other days.
    Raises Refused.
    """
    held, commitment = _hold(placement, commitment)
    if taken_from is not None:
        given = Allocation.objects.select_related("commitment__clause").filter(pk=taken_from.pk).first()
        if given is None or given.share < share:
            raise Refused(CHANGED if given is None else _too_little(given))
        _rewrite(given, without(given, period, share), by=by, at=at)
    if reasons := why_not_allocate(held, commitment, period=period, share=share):
        raise Refused(*reasons)
    allocation = allocate(held, commitment, period=period, share=share, by=by, at=at)
    note_recounts(clauses_counting(held.participant), at=at)
    return allocation


def allocate(
    placement: Placement,
    commitment: Commitment,
    *,
    period: DateRange | None = None,
    share: Decimal = WHOLE,
    by: Actor,
    at: datetime,
) -> Allocation:
    """Write that a placement works for a commitment, for all its dates when no period is given, and expect
    its statements. Whoever was filling one of them is asked to read it again."""
    period = placement.period if period is None else period
    allocation = Allocation.objects.create(
        service=commitment.service, placement=placement, commitment=commitment, period=period, share=share
    )
    record(
        "placement.allocated", about=placement, by=by, at=at, commitment=commitment.pk, share=_plain(share)
    )
    _to_read_again(allocation, [period])
    expect_statements(on=localtime(at).date(), placements=[placement.pk])
    return allocation


@transaction.atomic
def change_allocation(
    allocation: Allocation, *, period: DateRange, share: Decimal, read: str, by: Actor, at: datetime
) -> None:
    """Change the days or the share of an allocation; `read` is the mark of what its author was reading.
    Raises Refused.

    Months for which hours are declared keep a day at least.
    """
    held, fresh = _hold_allocation(allocation)
    if fresh.piece.mark != read:
        raise Refused(CHANGED)
    reasons = why_not_allocate(
        held, fresh.commitment, period=period, share=share, except_for=fresh.pk
    ) or why_not_leave(fresh, [period])
    if reasons:
        raise Refused(*reasons)
    _rewrite(fresh, [Piece(period, share)], by=by, at=at)
    expect_statements(on=localtime(at).date(), placements=[held.pk])
    note_recounts(clauses_counting(held.participant), at=at)
    allocation.refresh_from_db()


@transaction.atomic
def remove_allocation(allocation: Allocation, *, by: Actor, at: datetime) -> None:
    """Take a work contract away from a commitment for which nothing was declared. Raises Refused."""
    held, fresh = _hold_allocation(allocation)
    if reasons := why_not_remove(fresh):
        raise Refused(*reasons)
    _rewrite(fresh, [], by=by, at=at)
    note_recounts(clauses_counting(held.participant), at=at)


def _rewrite(allocation: Allocation, pieces: Sequence[Piece], *, by: Actor, at: datetime) -> None:
    """Put these pieces in the place of an allocation, none to remove it: what was declared stays covered."""
    if reasons := why_not_leave(allocation, [piece.period for piece in pieces]):
        raise Refused(*reasons)
    before, placement = allocation.period, allocation.placement
    facts = {"commitment": allocation.commitment_id}
    if pieces:
        first, *others = pieces
        Allocation.objects.filter(pk=allocation.pk).update(period=first.period, share=first.share)
        Allocation.objects.bulk_create(
            [
                Allocation(
                    service_id=allocation.service_id,
                    placement=placement,
                    commitment_id=allocation.commitment_id,
                    period=piece.period,
                    share=piece.share,
                )
                for piece in others
            ]
        )
        shares = [_plain(piece.share) for piece in pieces]
        record("placement.allocation_changed", about=placement, by=by, at=at, shares=shares, **facts)
    else:
        Allocation.objects.filter(pk=allocation.pk).delete()
        record("placement.allocation_removed", about=placement, by=by, at=at, **facts)
    _forget_empty_lines(allocation, [piece.period for piece in pieces])
    forget_statements([allocation.commitment_id], declarant=placement.declared_by_id)
    _to_read_again(allocation, [before, *(piece.period for piece in pieces)])


def _forget_empty_lines(allocation: Allocation, kept: Sequence[DateRange]) -> None:
    """A line of no hours for a month that the allocation left goes, while its statement may still change."""
    lines = lines_left(allocation, kept).filter(hours=0, statement__status__in=EDITABLE, ledger_entries=None)
    months = list(lines.values_list("worked_month", flat=True))
    lines.delete()
    WorkedMonth.objects.filter(pk__in=months, lines=None).delete()


def _to_read_again(allocation: Allocation, periods: Iterable[DateRange]) -> None:
    """Whoever is filling a statement of these days is told that it changed: somebody came, or left."""
    waiting = Statement.objects.filter(
        commitment=allocation.commitment_id,
        declarant=allocation.placement.declared_by_id,
        status__in=EDITABLE,
    )
    periods = list(periods)
    touched = [
        pk
        for pk, month in waiting.values_list("pk", "month")
        if any(overlap(month_period(month), period) for period in periods)
    ]
    Statement.objects.filter(pk__in=touched, status__in=EDITABLE).update(version=F("version") + 1)


def hold_clauses(clauses: Iterable[int]) -> None:
    """Keep these clauses as they are until the transaction ends; always in one order."""
    list(Clause.objects.select_for_update(no_key=True).filter(pk__in=clauses).order_by("pk"))


def _hold(placement: Placement, commitment: Commitment) -> tuple[Placement, Commitment]:
    """Nobody closes the clause nor allocates the work contract otherwise until the transaction ends."""
    hold_file(placement.participant)  # people first, then the clause: the order of those who record contracts
    clause = Clause.objects.select_for_update(no_key=True).get(pk=commitment.clause_id)
    held = (
        Placement.objects.select_for_update(no_key=True, of=("self",))
        .select_related("participant", "employer", "declared_by")
        .get(pk=placement.pk)
    )
    commitment.clause = clause
    return held, commitment


def _hold_allocation(allocation: Allocation) -> tuple[Placement, Allocation]:
    held, commitment = _hold(allocation.placement, allocation.commitment)
    fresh = Allocation.objects.filter(pk=allocation.pk).first()
    if fresh is None:
        raise Refused("Quelqu’un d’autre vient de retirer cette affectation.")
    fresh.placement, fresh.commitment = held, commitment
    return held, fresh


def _too_little(given: Allocation) -> str:
    return (
        f"Cette affectation ne prend que {french.percent(given.share)} du temps de travail\u00a0: "
        "on ne peut pas en prendre plus."
    )


def _plain(share: Decimal) -> str:
    return f"{Decimal(share).normalize():f}"
