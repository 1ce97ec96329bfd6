"""Which statements are awaited: one a commitment, month and declarant, as soon as the month begins."""

from collections.abc import Collection
from datetime import date

from django.db import connection

EXPECT = """
    INSERT INTO hours_statement
        (service_id, commitment_id, declarant_id, month, status, due_on, comment, version, return_reason)
    SELECT DISTINCT a.service_id, a.commitment_id, p.declared_by_id, m.month::date, 'EXPECTED',
           (m.month + interval '1 month')::date + (c.statement_due_day - 1), '', 0, ''
    FROM hours_allocation a
    JOIN hours_placement p ON p.id = a.placement_id
    JOIN contracts_commitment k ON k.id = a.commitment_id
    JOIN contracts_clause c ON c.id = k.clause_id
    CROSS JOIN LATERAL generate_series(
        date_trunc('month', greatest(lower(a.period), lower(c.execution))),
        least(%(on)s, upper(a.period) - 1, upper(c.execution) - 1),
        interval '1 month'
    ) AS m(month)
    WHERE c.status IN ('VALIDATED', 'RUNNING', 'MET')
      AND (%(placements)s::bigint[] IS NULL OR p.id = ANY(%(placements)s))
    ON CONFLICT (commitment_id, month, declarant_id) DO NOTHING
"""


def expect_statements(*, on: date, placements: Collection[int] | None = None) -> int:
    """Open the statements of every month begun by that day, for some placements or for all; their number.

    Months outside the work contract or the execution are not awaited; what exists is left alone.
    """
    with connection.cursor() as cursor:
        given = None if placements is None else list(placements)
        cursor.execute(EXPECT, {"on": on, "placements": given})
        return cursor.rowcount
