"""What keeps a line read from its statement, decided by the database for all lines at once."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Min, Q, Sum

from uneplace.hours.models import MONTH_HOURS, HoursImport, ImportLine

Reason = ImportLine.Reason
ZERO = Decimal(0)

# The statement of a line is that of its commitment, month and declarant. A line already declared to the
# hundredth is unchanged, whatever became of its statement: the same file again is never a fault.
CHECK = """
    WITH told AS (
        SELECT l.id, l.hours, l.training_hours, l.month, s.id AS statement_id, s.status,
               c.status AS clause_status, sl.hours AS held, sl.training_hours AS held_training,
               count(*) OVER (PARTITION BY l.placement_id, l.commitment_id, l.month) AS times,
               coalesce(w.hours, 0) + sum(l.hours - coalesce(sl.hours, 0))
                   OVER (PARTITION BY l.placement_id, l.month) AS summed, coalesce(l.whole, w.whole) AS whole,
               (%(sender)s::bigint IS NULL OR p.declared_by_id = %(sender)s) AND EXISTS (
                   SELECT FROM hours_allocation a
                   WHERE a.placement_id = l.placement_id AND a.commitment_id = l.commitment_id
                     AND a.period && daterange(l.month, (l.month + interval '1 month')::date)
               ) AS is_on_it
        FROM hours_importline l
        JOIN hours_placement p ON p.id = l.placement_id
        JOIN contracts_commitment k ON k.id = l.commitment_id
        JOIN contracts_clause c ON c.id = k.clause_id
        LEFT JOIN hours_statement s ON s.commitment_id = l.commitment_id AND s.month = l.month
            AND s.declarant_id = p.declared_by_id
        LEFT JOIN hours_workedmonth w ON w.placement_id = l.placement_id AND w.month = l.month
        LEFT JOIN hours_statementline sl ON sl.statement_id = s.id AND sl.worked_month_id = w.id
        WHERE l.hours_import_id = %(import)s AND l.reason NOT IN ('DOUBT', 'LEFT_OUT')
    ), answered AS (
        SELECT id, held, held_training, CASE
            WHEN times > 1 THEN 'TWICE'
            WHEN month > %(on)s THEN 'NOT_BEGUN'
            WHEN NOT is_on_it THEN 'NOT_ON_IT'
            WHEN statement_id IS NULL THEN 'NO_STATEMENT'
            WHEN held = hours AND held_training = training_hours THEN 'UNCHANGED'
            WHEN clause_status = 'CLOSED' THEN 'CLOSED'
            WHEN status NOT IN ('EXPECTED', 'DRAFT', 'RETURNED') THEN 'SENT'
            WHEN summed > whole THEN 'OVER_WHOLE'
            WHEN summed > %(most)s THEN 'OVER_MONTH'
            ELSE '' END AS reason
        FROM told
    )
    UPDATE hours_importline l
    SET reason = a.reason, before_hours = a.held, before_training_hours = a.held_training
    FROM answered a
    WHERE a.id = l.id AND (l.reason, l.before_hours, l.before_training_hours)
        IS DISTINCT FROM (a.reason, a.held, a.held_training)
"""

# What keeps one part of a line out keeps them all.
TOGETHER = """
    UPDATE hours_importline l SET reason = t.reason
    FROM (
        SELECT number, max(reason) AS reason FROM hours_importline
        WHERE hours_import_id = %(import)s AND whole IS NOT NULL AND reason NOT IN ('', 'UNCHANGED')
        GROUP BY number
    ) t
    WHERE l.hours_import_id = %(import)s AND l.number = t.number AND l.reason <> t.reason
"""


@dataclass(frozen=True)
class Outcome:
    """What an import comes to: how many lines of each reason, and the hours of the good ones.

    Of the good ones, `replaced` take the place of hours that were there, `before` in all; `shared` name no
    market and are shared, but for the hours worked `elsewhere`.
    """

    by_reason: Mapping[str, int]
    problems: int
    good: int
    hours: Decimal
    replaced: int = 0
    before: Decimal = ZERO
    before_training: Decimal = ZERO
    shared: int = 0
    elsewhere: Decimal = ZERO

    @property
    def unchanged(self) -> int:
        return self.by_reason.get(Reason.UNCHANGED, 0)

    @property
    def doubtful(self) -> int:
        return self.by_reason.get(Reason.DOUBT, 0)

    @property
    def refused(self) -> int:
        """Lines that will not enter: a cell is wrong, or the file or the statements say no."""
        known = (Reason.UNCHANGED, Reason.DOUBT, Reason.LEFT_OUT)
        return self.problems + sum(n for reason, n in self.by_reason.items() if reason not in known)

    @property
    def left_out(self) -> int:
        return self.by_reason.get(Reason.LEFT_OUT, 0)

    @property
    def digest(self) -> str:
        """What stands for what somebody read before accepting."""
        taken = f"{self.replaced}:{self.before:.2f}:{self.before_training:.2f}"
        return f"{self.good}:{self.hours:.2f}:{self.unchanged}:{taken}"


def check_lines(hours_import: HoursImport, *, on: date) -> None:
    """Decide again, for each line, what keeps it from its statement that day."""
    sender = hours_import.sender_id if hours_import.sender_id != hours_import.service_id else None
    given = {"import": hours_import.pk, "sender": sender, "on": on, "most": MONTH_HOURS}
    with connection.cursor() as cursor:
        cursor.execute(CHECK, given)
        cursor.execute(TOGETHER, given)


def outcome_of(hours_import: HoursImport) -> Outcome:
    """What an import comes to, as last decided; three queries."""
    rows = list(
        ImportLine.objects.filter(hours_import=hours_import)
        .values_list("reason")
        .annotate(
            count=Count("pk", filter=Q(whole=None)),
            total=Sum("hours"),
            replaced=Count("before_hours", filter=Q(whole=None)),
            before=Sum("before_hours", default=ZERO),
            before_training=Sum("before_training_hours", default=ZERO),
        )
        .order_by()
    )
    shared, replaced, elsewhere = _shared(hours_import)
    by_reason = Counter({reason: count for reason, count, *_ in rows}) + shared
    problems = hours_import.problems.aggregate(lines=Count("number", distinct=True))["lines"]
    figures = next((figures for reason, _, *figures in rows if not reason), (ZERO, 0))
    hours, ones_replaced, *before = figures
    good = by_reason.pop("", 0)
    taken = ones_replaced + replaced
    return Outcome(by_reason, problems, good, hours, taken, *before, shared=shared[""], elsewhere=elsewhere)


def _shared(hours_import: HoursImport) -> tuple[Counter[str], int, Decimal]:
    """The lines shared between several contracts, each once, by what becomes of them: good as soon as a part
    enters; of the good ones, how many take the place of hours, and the hours that they leave to none."""
    counts: Counter[str] = Counter()
    replaced, elsewhere = 0, ZERO
    lines = ImportLine.objects.filter(hours_import=hours_import, whole__isnull=False).order_by()
    told = lines.values_list("number").annotate(told=Min("reason"), all=Min("whole"), kept=Sum("hours"))
    for _, reason, whole, kept, held in told.annotate(held=Count("before_hours")):
        counts[reason] += 1
        if not reason:
            replaced += bool(held)
            elsewhere += whole - kept
    return counts, replaced, elsewhere


def good_lines(hours_import: HoursImport):
    """The lines that will enter, or did."""
    return ImportLine.objects.filter(Q(reason=""), hours_import=hours_import)
