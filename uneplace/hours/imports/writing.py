"""The lines of an import written in their statements, and taken back: a few statements of SQL, whatever the
number of lines, inside the caller's transaction."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection

from uneplace.hours.models import HoursImport

LINE = """
    FROM hours_importline l
    JOIN hours_placement p ON p.id = l.placement_id
    JOIN hours_statement s ON s.commitment_id = l.commitment_id AND s.month = l.month
        AND s.declarant_id = p.declared_by_id
"""
GOOD = "WHERE l.hours_import_id = %(import)s AND l.reason = ''"

# Always clauses, then statements, each in order: nobody closes, sends or changes them meanwhile.
HOLD_CLAUSES = f"""
    SELECT c.id FROM contracts_clause c WHERE c.id IN (
        SELECT k.clause_id FROM contracts_commitment k WHERE k.id IN (
            SELECT l.commitment_id FROM hours_importline l {GOOD}))
    ORDER BY c.id FOR NO KEY UPDATE
"""
HOLD_STATEMENTS = f"""
    SELECT s.id FROM hours_statement s WHERE s.id IN (SELECT s.id {LINE} {GOOD})
    ORDER BY s.id FOR NO KEY UPDATE
"""
TOUCH = f"""
    INSERT INTO hours_importedstatement (service_id, hours_import_id, statement_id, status_before,
        submitted_at_before, submitted_by_before_id, version_after, is_sent)
    SELECT DISTINCT s.service_id, l.hours_import_id, s.id, s.status, s.submitted_at, s.submitted_by_id,
        s.version + 1, false
    {LINE} {GOOD}
"""
# As on screen, what was returned stays to be corrected until it is sent again.
OPEN = """
    UPDATE hours_statement s SET version = t.version_after,
        status = CASE s.status WHEN 'RETURNED' THEN s.status ELSE 'DRAFT' END
    FROM hours_importedstatement t
    WHERE t.statement_id = s.id AND t.hours_import_id = %(import)s
"""
# A line that was shared is a month typed as a whole: what was its whole before comes back when it is undone.
NOTE_WHOLES = f"""
    UPDATE hours_importline l SET before_whole = w.whole FROM hours_workedmonth w
    {GOOD} AND l.whole IS NOT NULL AND w.placement_id = l.placement_id AND w.month = l.month
"""
# A worked month is the sum of its parts: each part adds what it changes.
CHANGES = f"""
    SELECT l.service_id, l.placement_id, l.month, sum(l.hours - coalesce(l.before_hours, 0)) AS hours,
        sum(l.training_hours - coalesce(l.before_training_hours, 0)) AS training,
        max(l.whole) AS whole, max(l.before_whole) AS before_whole
    FROM hours_importline l {GOOD} GROUP BY l.service_id, l.placement_id, l.month
"""
ADD_TO_MONTHS = f"""
    UPDATE hours_workedmonth w
    SET hours = w.hours + d.hours, training_hours = w.training_hours + d.training,
        whole = coalesce(d.whole, w.whole)
    FROM ({CHANGES}) d WHERE w.placement_id = d.placement_id AND w.month = d.month
"""
NEW_MONTHS = f"""
    INSERT INTO hours_workedmonth AS w (service_id, placement_id, month, hours, training_hours, whole)
    SELECT d.service_id, d.placement_id, d.month, d.hours, d.training, d.whole FROM ({CHANGES}) d
    WHERE NOT EXISTS (
        SELECT FROM hours_workedmonth k WHERE k.placement_id = d.placement_id AND k.month = d.month)
    ORDER BY d.placement_id, d.month  -- all looked for before the first is written
    ON CONFLICT (placement_id, month) DO UPDATE
    SET hours = w.hours + EXCLUDED.hours, training_hours = w.training_hours + EXCLUDED.training_hours
"""
LINES = f"""
    INSERT INTO hours_statementline
        (service_id, statement_id, worked_month_id, hours, training_hours, comment)
    SELECT l.service_id, s.id, w.id, l.hours, l.training_hours, ''
    {LINE} JOIN hours_workedmonth w ON w.placement_id = l.placement_id AND w.month = l.month {GOOD}
    ON CONFLICT (statement_id, worked_month_id) DO UPDATE
    SET hours = EXCLUDED.hours, training_hours = EXCLUDED.training_hours
"""
# A statement is whole when each person to declare has a line, as on screen. Whoever can sign in reads its own
# again and sends it itself, unless it is the one that imports.
SEND = """
    UPDATE hours_statement s SET status = 'SUBMITTED', submitted_at = %(at)s, submitted_by_id = %(user)s
    FROM hours_importedstatement t
    WHERE t.statement_id = s.id AND t.hours_import_id = %(import)s
        AND s.declarant_id <> ALL(%(by_themselves)s::bigint[]) AND NOT EXISTS (
        SELECT FROM hours_allocation a JOIN hours_placement p ON p.id = a.placement_id
        WHERE a.commitment_id = s.commitment_id AND p.declared_by_id = s.declarant_id
          AND a.period && daterange(s.month, (s.month + interval '1 month')::date)
          AND NOT EXISTS (
              SELECT FROM hours_statementline sl JOIN hours_workedmonth w ON w.id = sl.worked_month_id
              WHERE sl.statement_id = s.id AND w.placement_id = p.id AND w.month = s.month))
"""
NOTE_SENT = """
    UPDATE hours_importedstatement t SET is_sent = true FROM hours_statement s
    WHERE s.id = t.statement_id AND s.status = 'SUBMITTED' AND t.hours_import_id = %(import)s
"""

REMOVE_LINES = f"""
    DELETE FROM hours_statementline sl USING (
        SELECT s.id AS statement, w.id AS month
        {LINE} JOIN hours_workedmonth w ON w.placement_id = l.placement_id AND w.month = l.month
        {GOOD} AND l.before_hours IS NULL
    ) d WHERE sl.statement_id = d.statement AND sl.worked_month_id = d.month
"""
PUT_LINES_BACK = f"""
    UPDATE hours_statementline sl SET hours = d.hours, training_hours = d.training
    FROM (
        SELECT s.id AS statement, w.id AS month, l.before_hours AS hours,
            l.before_training_hours AS training
        {LINE} JOIN hours_workedmonth w ON w.placement_id = l.placement_id AND w.month = l.month
        {GOOD} AND l.before_hours IS NOT NULL
    ) d WHERE sl.statement_id = d.statement AND sl.worked_month_id = d.month
"""
REMOVE_MONTHS = f"""
    DELETE FROM hours_workedmonth w USING ({CHANGES}) d
    WHERE w.placement_id = d.placement_id AND w.month = d.month
      AND CASE WHEN d.whole IS NULL THEN w.whole ELSE d.before_whole END IS NULL
      AND NOT EXISTS (SELECT FROM hours_statementline sl WHERE sl.worked_month_id = w.id)
"""
TAKE_FROM_MONTHS = f"""
    UPDATE hours_workedmonth w
    SET hours = w.hours - d.hours, training_hours = w.training_hours - d.training,
        whole = CASE WHEN d.whole IS NULL THEN w.whole ELSE d.before_whole END
    FROM ({CHANGES}) d WHERE w.placement_id = d.placement_id AND w.month = d.month
"""
PUT_STATEMENTS_BACK = """
    UPDATE hours_statement s SET status = t.status_before, submitted_at = t.submitted_at_before,
        submitted_by_id = t.submitted_by_before_id, version = s.version + 1
    FROM hours_importedstatement t
    WHERE t.statement_id = s.id AND t.hours_import_id = %(import)s
"""


def hold(hours_import: HoursImport) -> None:
    """Keep the clauses and the statements of the good lines as they are until the end of the transaction."""
    _run(hours_import, HOLD_CLAUSES, HOLD_STATEMENTS)


def write_lines(hours_import: HoursImport) -> None:
    """Write the good lines in their statements, drafts then or still to be corrected."""
    _run(hours_import, TOUCH, OPEN, NOTE_WHOLES, ADD_TO_MONTHS, NEW_MONTHS, LINES)


def send_statements(
    hours_import: HoursImport, *, by_themselves: Collection[int], user: int | None, at: datetime
) -> None:
    """Send those of the statements written in that are whole, but those of who sends by itself."""
    _run(hours_import, SEND, NOTE_SENT, by_themselves=list(by_themselves), user=user, at=at)


def take_lines_back(hours_import: HoursImport) -> None:
    """Put the statements back as they were before the import."""
    _run(hours_import, REMOVE_LINES, PUT_LINES_BACK, REMOVE_MONTHS, TAKE_FROM_MONTHS, PUT_STATEMENTS_BACK)


def _run(hours_import: HoursImport, *statements: str, **given: object) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, {"import": hours_import.pk, **given})
