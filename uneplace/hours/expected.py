"""Which statements are awaited: one a commitment, month and declarant, as soon as the month begins.

A clause may ask for them by quarter, half-year or year: each month is still told apart, and all those of the
period are due on the day that follows it. One that opens late, for a work contract recorded after, leaves
from its opening as many days as the clause leaves after a month. A month of work all suspended awaits none.
"""

from collections.abc import Collection
from datetime import date

from django.db import connection

from uneplace.rules.dates import add_months

from .models import Allocation, Statement

EXPECT = """
    INSERT INTO hours_statement
        (service_id, commitment_id, declarant_id, month, status, due_on, comment, version, return_reason,
         asks)
    SELECT DISTINCT a.service_id, a.commitment_id, p.declared_by_id, m.month::date, 'EXPECTED',
           greatest(
               (date_trunc('year', m.month) + make_interval(months => c.statement_every
                   * ((extract(month FROM m.month)::int - 1) / c.statement_every + 1)))::date
                   + (c.statement_due_day - 1),
               %(on)s::date + c.statement_due_day), '', 0, '', 0
    FROM hours_allocation a
    JOIN hours_placement p ON p.id = a.placement_id
    JOIN contracts_commitment k ON k.id = a.commitment_id
    JOIN contracts_clause c ON c.id = k.clause_id
    CROSS JOIN LATERAL generate_series(
        date_trunc('month', greatest(lower(a.period), lower(c.execution))),
        least(%(on)s, upper(a.period) - 1, upper(c.execution) - 1),
        interval '1 month'
    ) AS m(month)
    LEFT JOIN LATERAL (
        SELECT range_agg(daterange(d.on, d.until, '[]')) AS days
        FROM contracts_dutychange d
        WHERE d.clause_id = c.id AND d.kind = 'SUSPENSION'
    ) AS suspended ON true
    WHERE c.status IN ('VALIDATED', 'RUNNING', 'SUSPENDED', 'MET')
      AND NOT coalesce(
          daterange(m.month::date, (m.month + interval '1 month')::date) * a.period * c.execution
              <@ suspended.days, false)
      AND (%(placements)s::bigint[] IS NULL OR p.id = ANY(%(placements)s))
    ON CONFLICT (commitment_id, month, declarant_id) DO NOTHING
"""


def forget_statements(commitments: Collection[int], *, declarant: int, after: date | None = None) -> None:
    """Await no more the months for which this declarant has nobody left to declare, those after a day when
    one is given."""
    awaited = Statement.objects.filter(
        commitment__in=commitments,
        declarant=declarant,
        status__in=[Statement.Status.EXPECTED, Statement.Status.DRAFT, Statement.Status.RETURNED],
        lines=None,
    )
    if after is not None:
        awaited = awaited.filter(month__gt=after)
    held = Allocation.objects.filter(commitment__in=commitments, placement__declared_by=declarant)
    periods = list(held.values_list("commitment", "period"))
    idle = [
        statement.pk
        for statement in awaited
        if not any(
            commitment == statement.commitment_id
            and period.lower < add_months(statement.month, 1)
            and (period.upper is None or period.upper > statement.month)
            for commitment, period in periods
        )
    ]
    Statement.objects.filter(pk__in=idle).delete()


def expect_statements(*, on: date, placements: Collection[int] | None = None) -> int:
    """Open the statements of every month begun by that day, for some placements or for all; their number.

    Months outside the work contract or the execution are not awaited; what exists is left alone.
    """
    with connection.cursor() as cursor:
        given = None if placements is None else list(placements)
        cursor.execute(EXPECT, {"on": on, "placements": given})
        return cursor.rowcount
