"""Acts on statements: kept, submitted, returned, validated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause
from uneplace.journal.actions import record
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor

from . import mails
from .checks.actions import answer_by_returning
from .doors import doors_to
from .evidence_calendar import open_proofs
from .models import LedgerEntry, Placement, Statement, StatementLine, WorkedMonth
from .perms import represented
from .queries import rows_of
from .validating import CHANGED_SINCE, JUST_HANDLED, count_statements
from .wholes import beyond_the_month

CHANGED_MEANWHILE = "Quelqu’un d’autre vient de modifier ce relevé. Relisez-le avant de recommencer."
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
    A page keeps as one types: the journal tells it once, until somebody else acts or the day ends; the
    history of the lines has each change.
    """
    is_told = _is_keeping(statement, by=by, at=at)
    _keep(statement, entries, version=version, comment=comment, at=at)
    if not is_told:
        representing = represented(by, statement.declarant)
        record("statement.kept", about=statement, by=by, at=at, on_behalf_of=representing)


def _is_keeping(statement: Statement, *, by: Actor, at: datetime) -> bool:
    last = entries_about(statement).first()
    return (
        last is not None
        and last.verb == "statement.kept"
        and last.user_id == (by.user.pk if by.user else None)
        and last.organisation_id == by.organisation.pk
        and last.details.get("link") == (by.link.pk if by.link else None)
        and localtime(last.at).date() == localtime(at).date()
    )


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
    _move(statement, statement.status, Statement.Status.SUBMITTED, submitted_by=by.user, submitted_at=at)
    total = sum((entry.hours for entry in entries), Decimal(0))
    record(
        "statement.submitted",
        about=statement,
        by=by,
        at=at,
        on_behalf_of=represented(by, statement.declarant),
        hours=str(total),
    )
    open_proofs(Statement.objects.filter(pk=statement.pk), on=localtime(at).date())
    mails.tell_service_statement_received(statement.pk)


@transaction.atomic
def return_statement(
    statement: Statement, *, reason: str, version: int | None = None, by: Actor, at: datetime
) -> None:
    """Send the statement back to its declarant, who reads what to correct. Raises Refused.

    `version` is the one that the reason speaks of, when it was read on a page.
    """
    if not reason.strip():
        raise Refused("Écrivez ce qu’il faut corriger.")
    hold_clause(statement)
    check_as_read(statement, version)
    answer_by_returning(statement, by=by, at=at)  # as it was read: a returned one awaits no proof
    _move(statement, Statement.Status.SUBMITTED, Statement.Status.RETURNED, return_reason=reason.strip())
    record("statement.returned", about=statement, by=by, at=at)  # the reason may name people: not here
    mails.tell_declarant_statement_returned(statement, doors_to(statement, by=by, at=at))


def check_as_read(statement: Statement, version: int | None) -> None:
    """Hold a statement as it was read, to the end; raises Refused when it changed since."""
    held = Statement.objects.select_for_update(no_key=True).get(pk=statement.pk)
    if version is not None and held.version != version:
        raise Refused(CHANGED_SINCE)


@transaction.atomic
def validate_statement(statement: Statement, *, by: Actor, at: datetime) -> list[LedgerEntry]:
    """Count what was declared: each line enters the ledger with its explanation.

    The clause starts running with its first hours. Raises Refused when somebody handled it meanwhile, or for
    what the checks of the service do not let pass.
    """
    hold_clause(statement)
    counted = count_statements([statement], by=by, at=at)[statement.pk]
    if counted.reasons:
        raise Refused(*counted.reasons)
    statement.refresh_from_db()
    return list(counted.entries)


def _keep(statement, entries, *, version, comment, at) -> None:
    on = localtime(at).date()
    if reasons := why_not_declare(statement, on=on):
        raise Refused(*reasons)
    hold_clause(statement)
    allowed = {row.placement.pk for row in rows_of(statement)}
    if any(entry.placement.pk not in allowed for entry in entries):
        raise Refused("Une personne de ce relevé n’y travaille plus. Rechargez la page.")
    editable = [Statement.Status.EXPECTED, Statement.Status.DRAFT, Statement.Status.RETURNED]
    # The row is held until the end: whoever read the same version after us is told.
    rows = Statement.objects.filter(pk=statement.pk, version=version, status__in=editable)
    # What was returned stays to be corrected until it is sent again, however often it is kept meanwhile.
    kept = Case(
        When(status=Statement.Status.RETURNED, then=Value(Statement.Status.RETURNED)),
        default=Value(Statement.Status.DRAFT),
    )
    if not rows.update(status=kept, version=version + 1, comment=comment.strip()):
        raise Refused(CHANGED_MEANWHILE)
    statement.refresh_from_db()
    filled = [entry for entry in entries if entry.hours is not None]
    if reasons := beyond_the_month(statement, {one.placement: one.hours for one in filled}):
        raise Refused(*reasons)
    _write_lines(statement, filled)


def _write_lines(statement: Statement, entries: Sequence[Declared]) -> None:
    typed = [entry.placement.pk for entry in entries]
    dropped = statement.lines.exclude(worked_month__placement__in=typed)
    touched = [*typed, *dropped.values_list("worked_month__placement", flat=True)]
    # A line that the ledger names stays, with no hours: its month was counted, then opened again.
    dropped.exclude(ledger_entries=None).update(hours=0, training_hours=0, comment="")
    dropped.filter(ledger_entries=None).delete()
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
    sum_worked_months(touched, statement.month)


def sum_worked_months(placements: Sequence[int], month: date, **changes: Decimal) -> None:
    """A worked month is the sum of its parts, on whatever commitment; without any it goes, unless its whole
    was typed."""
    rows = WorkedMonth.objects.filter(placement__in=placements, month=month)
    rows.filter(lines=None, whole=None).delete()
    parts = StatementLine.objects.filter(worked_month=OuterRef("pk")).order_by().values("worked_month")

    def total(name: str) -> Coalesce:
        return Coalesce(Subquery(parts.annotate(total=Sum(name)).values("total")), Value(Decimal(0)))

    rows.update(hours=total("hours"), training_hours=total("training_hours"), **changes)


def _move(statement: Statement, source: str, target: str, **changes) -> None:
    # The row moves only if it still is where we read it: two people clicking at once cannot both win.
    rows = Statement.objects.filter(pk=statement.pk, status=source)
    if not rows.update(status=target, **changes):
        raise Refused(JUST_HANDLED)
    statement.refresh_from_db()
