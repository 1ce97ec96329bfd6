"""What was known of some commitments on any day: the facts of a forecast, today or on a past day.

The same reading serves both, so that what is tried on closed clauses is what is told of those under way.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django.utils.timezone import localtime

from uneplace.contracts.models import Commitment
from uneplace.hours.models import Allocation, LedgerEntry, Statement, StatementLine
from uneplace.hours.queries import next_month, window_ends
from uneplace.rules.curve import MonthDone, SignedWork
from uneplace.rules.dates import Period
from uneplace.rules.forecast import Known
from uneplace.rules.numbers import round2
from uneplace.rules.progress import PlannedWork, hours_to_come

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Declared:
    """The hours of one line: when they were sent, and when and for how many they were entered.

    A correction has no hours declared of its own. `entered_on` is None while the line waits for validation.
    """

    commitment: int
    placement: int
    month: date
    declared: Decimal
    counted: Decimal
    sent_on: date
    entered_on: date | None

    def is_waiting(self, on: date) -> bool:
        """Sent by that day and not entered yet."""
        return self.sent_on <= on and (self.entered_on is None or on < self.entered_on)

    def is_entered(self, on: date) -> bool:
        """In the ledger by that day."""
        return self.entered_on is not None and self.entered_on <= on


@dataclass(frozen=True)
class Signed:
    """A work contract for a commitment: since when it is known, and how it was before it was broken."""

    commitment: int
    placement: int
    work: PlannedWork
    zone: str
    known_on: date
    broken_on: date | None = None
    was_until: date | None = None

    def as_known(self, on: date) -> PlannedWork | None:
        """The work as one foresaw it that day; None before it was recorded."""
        if self.known_on > on:
            return None
        if self.broken_on is None or self.broken_on <= on:
            return self.work
        end = self.was_until + timedelta(days=1) if self.was_until else None
        return replace(self.work, period=Period(self.work.period.start, end))


@dataclass(frozen=True)
class Ledger:
    """All that was ever known of some commitments, by commitment."""

    declared: dict[int, list[Declared]]
    signed: dict[int, list[Signed]]

    def known_on(self, on: date, commitments: Iterable[int], *, due: Decimal, execution: Period) -> Known:
        """The facts of a forecast on these commitments together, as they were known that day."""
        counted, waiting = NOTHING, NOTHING
        undeclared = foreseen = Fraction(0)
        for commitment in commitments:
            undeclared_from = self._undeclared_from(commitment, on)
            for one in self.declared.get(commitment, []):
                if one.is_entered(on):
                    counted += one.counted
                elif one.is_waiting(on):
                    waiting += one.declared
            for one in self.signed.get(commitment, []):
                work = one.as_known(on)
                if work is None:
                    continue
                not_declared = undeclared_from.get(one.placement, date.min)
                first = max(work.period.start, execution.start, not_declared)
                to_come = hours_to_come(work, execution, max(first, on), one.zone)
                undeclared += hours_to_come(work, execution, first, one.zone) - to_come
                foreseen += to_come
        return Known(due, max(counted, NOTHING), waiting, round2(undeclared), round2(foreseen))

    def _undeclared_from(self, commitment: int, on: date) -> dict[int, date]:
        """The first day of each work contract that no statement sent by that day tells."""
        found: dict[int, date] = {}
        for one in self.declared.get(commitment, []):
            if one.sent_on <= on:
                after = next_month(one.month)
                found[one.placement] = max(after, found.get(one.placement, after))
        return found

    def finished(self, commitments: Iterable[int]) -> Decimal:
        """The hours counted in the end."""
        entries = (one.counted for pk in commitments for one in self.declared.get(pk, []))
        return max(sum(entries, NOTHING), NOTHING)

    def by_month(self, commitments: Iterable[int]) -> dict[date, MonthDone]:
        """Hours counted and waiting, by the month in which they were worked."""
        months: dict[date, MonthDone] = {}
        for pk in commitments:
            for one in self.declared.get(pk, []):
                so_far = months.get(one.month, MonthDone())
                waiting = one.declared if one.entered_on is None else NOTHING
                months[one.month] = MonthDone(so_far.counted + one.counted, so_far.to_validate + waiting)
        return months

    def works(self, commitments: Iterable[int], *, on: date) -> list[SignedWork]:
        """The work contracts as they stand, each from the first day that is not declared by that day."""
        works = []
        for pk in commitments:
            undeclared_from = self._undeclared_from(pk, on)
            for one in self.signed.get(pk, []):
                works.append(SignedWork(one.work, one.zone, undeclared_from.get(one.placement, date.min)))
        return works


def ledger_of(commitments: Iterable[Commitment]) -> Ledger:
    """All that was ever known of these commitments; a constant number of queries."""
    keys = [one.pk for one in commitments]
    declared, signed = defaultdict(list), defaultdict(list)
    for one in (*_entered(keys), *_waiting(keys)):
        declared[one.commitment].append(one)
    for one in _signed(keys):
        signed[one.commitment].append(one)
    return Ledger(dict(declared), dict(signed))


def _entered(keys: list[int]) -> Iterable[Declared]:
    rows = LedgerEntry.objects.filter(commitment__in=keys).order_by("pk")
    for commitment, placement, month, declared, counted, corrects, entered_at, sent_at in rows.values_list(
        "commitment",
        "placement",
        "month",
        "declared",
        "counted",
        "corrects",
        "entered_at",
        "line__statement__submitted_at",
    ):
        entered_on = _day(entered_at)
        sent_on = entered_on if corrects or sent_at is None else min(_day(sent_at), entered_on)
        yield Declared(commitment, placement, month, declared, counted, sent_on, entered_on)


def _waiting(keys: list[int]) -> Iterable[Declared]:
    rows = StatementLine.objects.filter(
        statement__commitment__in=keys, statement__status=Statement.Status.SUBMITTED
    ).order_by("pk")
    for commitment, placement, month, hours, sent_at in rows.values_list(
        "statement__commitment",
        "worked_month__placement",
        "statement__month",
        "hours",
        "statement__submitted_at",
    ):
        yield Declared(commitment, placement, month, hours, NOTHING, _day(sent_at), None)


def _signed(keys: list[int]) -> Iterable[Signed]:
    rows = list(
        Allocation.objects.filter(commitment__in=keys)
        .select_related("placement__broken", "commitment__clause")
        .order_by("pk")
    )
    ends = window_ends(rows)
    for row in rows:
        broken = getattr(row.placement, "broken", None)
        # Only the piece that the break cut short would have gone on.
        is_cut = broken is not None and row.period.upper == broken.last_day + timedelta(days=1)
        yield Signed(
            row.commitment_id,
            row.placement_id,
            PlannedWork(
                Period(row.period.lower, row.period.upper),
                row.placement.weekly_hours,
                row.share,
                ends[row.placement_id, row.commitment.clause_id],
            ),
            row.commitment.clause.holiday_zone,
            _day(row.placement.recorded_at),
            _day(broken.recorded_at) if is_cut else None,
            broken.was_until if is_cut else None,
        )


def _day(moment: datetime) -> date:
    return localtime(moment).date()
