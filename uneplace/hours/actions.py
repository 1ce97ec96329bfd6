"""Acts on statements: kept, submitted, returned, validated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules.explanation import as_json

from . import mails
from .counting import verdicts
from .models import LedgerEntry, Placement, Statement, StatementLine, WorkedMonth
from .perms import represented
from .queries import rows_of

CHANGED_MEANWHILE = "Quelqu’un d’autre vient de modifier ce relevé. Relisez-le avant de recommencer."
JUST_HANDLED = "Quelqu’un d’autre vient de traiter ce relevé."
CLAUSE_CLOSED = "La clause est close\u00a0: on n’y déclare et n’y compte plus d’heures."


@dataclass(frozen=True)
class Declared:
    """What the declarant says of one person's month; `hours` include `training_hours`. None: not filled."""

    placement: Placement
    hours: Decimal | None
    training_hours: Decimal = Decimal(0)
    comment: str = ""


def why_not_declare(statement: Statement, *, on: date) -> list[str]:
    """The reasons that keep hours from being typed in this statement."""
    reasons = []
    if not statement.is_editable:
        reasons.append("Ce relevé a déjà été envoyé.")
    if statement.month > on:
        reasons.append("Ce mois n’a pas commencé.")
    if statement.commitment.clause.status == Clause.Status.CLOSED:
        reasons.append(CLAUSE_CLOSED)
    return reasons


def hold_clause(statement: Statement) -> None:
    """Keep the clause of a statement as it is until the end of the transaction: nobody closes it meanwhile.

    Raises Refused when it is closed. Taken before the statement's own row, always in that order.
    """
    clauses = Clause.objects.select_for_update(no_key=True)
    if clauses.get(commitments=statement.commitment_id).status == Clause.Status.CLOSED:
        raise Refused(CLAUSE_CLOSED)


@transaction.atomic
def keep_statement(
    statement: Statement, entries: Sequence[Declared], *, version: int, comment: str, by: Actor, at: datetime
) -> None:
    """Keep what was typed, without sending it.

    `version` is the one that the declarant was reading. Raises Refused when somebody changed it meanwhile.
    """
    _keep(statement, entries, version=version, comment=comment, at=at)
    record("statement.kept", about=statement, by=by, at=at, on_behalf_of=represented(by, statement.declarant))


def why_not_submit(entries: Sequence[Declared]) -> list[str]:
    """The reasons that keep what was typed from being sent; people without hours are filled with 0."""
    unfilled = [entry.placement.participant for entry in entries if entry.hours is None]
    if not entries:
        return ["Personne n’est à déclarer ce mois-ci."]
    return [f"Indiquez les heures de {person} ; écrivez 0 s’il n’y en a pas." for person in unfilled]


@transaction.atomic
def submit_statement(
    statement: Statement, entries: Sequence[Declared], *, version: int, comment: str, by: Actor, at: datetime
) -> None:
    """Hand the month to the facilitator, who is told once it is saved. Raises Refused."""
    if reasons := why_not_submit(entries):
        raise Refused(*reasons)
    _keep(statement, entries, version=version, comment=comment, at=at)
    _move(
        statement, Statement.Status.DRAFT, Statement.Status.SUBMITTED, submitted_by=by.user, submitted_at=at
    )
    total = sum((entry.hours for entry in entries), Decimal(0))
    record(
        "statement.submitted",
        about=statement,
        by=by,
        at=at,
        on_behalf_of=represented(by, statement.declarant),
        hours=str(total),
    )
    mails.tell_service_statement_received(statement.pk)


@transaction.atomic
def return_statement(statement: Statement, *, reason: str, by: Actor, at: datetime) -> None:
    """Send the statement back to its declarant, who reads what to correct. Raises Refused."""
    if not reason.strip():
        raise Refused("Écrivez ce qu’il faut corriger.")
    hold_clause(statement)
    _move(statement, Statement.Status.SUBMITTED, Statement.Status.RETURNED, return_reason=reason.strip())
    record("statement.returned", about=statement, by=by, at=at)  # the reason may name people: not here
    mails.tell_declarant_statement_returned(statement.pk)


@transaction.atomic
def validate_statement(statement: Statement, *, by: Actor, at: datetime) -> list[LedgerEntry]:
    """Count what was declared: each line enters the ledger with its explanation.

    The clause starts running with its first hours. Raises Refused when somebody handled it meanwhile.
    """
    hold_clause(statement)
    _move(
        statement,
        Statement.Status.SUBMITTED,
        Statement.Status.VALIDATED,
        validated_by=by.user,
        validated_at=at,
    )
    lines = list(lines_to_count(statement))
    answers = verdicts(lines)
    entries = [ledger_entry(line, answers[line.pk], by=by, at=at) for line in lines]
    LedgerEntry.objects.bulk_create(entries)
    Clause.objects.filter(pk=statement.commitment.clause_id, status=Clause.Status.VALIDATED).update(
        status=Clause.Status.RUNNING
    )
    counted = sum((entry.counted for entry in entries), Decimal(0))
    record("statement.validated", about=statement, by=by, at=at, counted=str(counted))
    mails.tell_declarant_statement_validated(statement.pk)
    return entries


def lines_to_count(statement: Statement):
    """The lines of a statement with all that counting reads."""
    return statement.lines.select_related(
        "statement__commitment__clause", "worked_month__placement__participant"
    ).order_by("pk")


def ledger_entry(line: StatementLine, verdict, *, by: Actor, at: datetime) -> LedgerEntry:
    """The unsaved entry of a line, as the counting rule answered."""
    counted = verdict.counted
    placement = line.worked_month.placement
    return LedgerEntry(
        service_id=line.service_id,
        line=line,
        commitment_id=line.statement.commitment_id,
        placement=placement,
        participant_id=placement.participant_id,
        decision=verdict.decision,
        month=line.statement.month,
        declared=line.hours,
        counted=counted.counted,
        excluded=[{"reason": part.reason, "hours": str(part.hours)} for part in counted.excluded],
        explanation=as_json(counted.explanation),
        entered_at=at,
        entered_by=by.user,
    )


def _keep(statement, entries, *, version, comment, at) -> None:
    on = localtime(at).date()
    if reasons := why_not_declare(statement, on=on):
        raise Refused(*reasons)
    hold_clause(statement)
    allowed = {row.allocation.placement_id for row in rows_of(statement)}
    if any(entry.placement.pk not in allowed for entry in entries):
        raise Refused("Une personne de ce relevé n’y travaille plus. Rechargez la page.")
    editable = [Statement.Status.EXPECTED, Statement.Status.DRAFT, Statement.Status.RETURNED]
    # The row is held until the end: whoever read the same version after us is told.
    rows = Statement.objects.filter(pk=statement.pk, version=version, status__in=editable)
    if not rows.update(status=Statement.Status.DRAFT, version=version + 1, comment=comment.strip()):
        raise Refused(CHANGED_MEANWHILE)
    statement.refresh_from_db()
    filled = [entry for entry in entries if entry.hours is not None]
    _write_lines(statement, filled)


def _write_lines(statement: Statement, entries: Sequence[Declared]) -> None:
    typed = [entry.placement.pk for entry in entries]
    dropped = statement.lines.exclude(worked_month__placement__in=typed)
    touched = [*typed, *dropped.values_list("worked_month__placement", flat=True)]
    dropped.delete()
    months = WorkedMonth.objects.bulk_create(
        [
            WorkedMonth(
                service_id=statement.service_id,
                placement=entry.placement,
                month=statement.month,
                hours=entry.hours,
                training_hours=entry.training_hours,
            )
            for entry in entries
        ],
        update_conflicts=True,
        unique_fields=["placement", "month"],
        update_fields=["service"],
    )
    StatementLine.objects.bulk_create(
        [
            StatementLine(
                service_id=statement.service_id,
                statement=statement,
                worked_month=month,
                hours=entry.hours,
                training_hours=entry.training_hours,
                comment=entry.comment.strip(),
            )
            for entry, month in zip(entries, months, strict=True)
        ],
        update_conflicts=True,
        unique_fields=["statement", "worked_month"],
        update_fields=["hours", "training_hours", "comment"],
    )
    _sum_worked_months(touched, statement.month)


def _sum_worked_months(placements: Sequence[int], month: date) -> None:
    """A worked month is the sum of its parts, on whatever commitment; without any it goes."""
    rows = WorkedMonth.objects.filter(placement__in=placements, month=month)
    rows.filter(lines=None).delete()
    parts = StatementLine.objects.filter(worked_month=OuterRef("pk")).order_by().values("worked_month")
    rows.update(
        hours=Subquery(parts.annotate(total=Sum("hours")).values("total")),
        training_hours=Subquery(parts.annotate(total=Sum("training_hours")).values("total")),
    )


def _move(statement: Statement, source: str, target: str, **changes) -> None:
    # The row moves only if it still is where we read it: two people clicking at once cannot both win.
    rows = Statement.objects.filter(pk=statement.pk, status=source)
    if not rows.update(status=target, **changes):
        raise Refused(JUST_HANDLED)
    statement.refresh_from_db()
