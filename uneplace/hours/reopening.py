"""A validated month opened again: an act, with its reason; what it counted is taken back by signed entries.

Nothing is erased: the ledger keeps what was counted, what took it back, and, once the month is validated
anew, what it counts then.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from uneplace.contracts.models import Clause
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules import french
from uneplace.rules.explanation import as_json, step
from uneplace.rules.totals import LEDGER

from . import mails
from .actions import JUST_HANDLED, check_as_read, hold_clause
from .models import LedgerEntry, Statement

ZERO = Decimal("0.00")
NO_REASON = "Écrivez pourquoi ce mois est rouvert."
NOT_VALIDATED = "Ce relevé n’est pas validé\u00a0: il n’y a rien à rouvrir."
CLOSED = (
    "La clause est close\u00a0: ses comptes sont arrêtés, et l’acheteur a pu décider d’une pénalité dessus. "
    "Ses mois ne se rouvrent plus."
)


def why_not_reopen(statement: Statement) -> list[str]:
    """The reasons that keep a month from being opened again; none means that it can be."""
    if statement.commitment.clause.status == Clause.Status.CLOSED:
        return [CLOSED]
    return [] if statement.status == Statement.Status.VALIDATED else [NOT_VALIDATED]


@transaction.atomic
def reopen_statement(
    statement: Statement, *, reason: str, version: int | None = None, by: Actor, at: datetime
) -> list[LedgerEntry]:
    """Take back what a validated statement counts, and put it under control again; its companies are told.

    `version` is the one that was read on a page. Raises `Refused`: without a reason, on a closed clause, or
    when somebody reopened it meanwhile, were it validated again since.
    """
    if reasons := why_not_reopen(statement):
        raise Refused(*reasons)
    if not reason.strip():
        raise Refused(NO_REASON)
    hold_clause(statement)
    check_as_read(statement, version)
    rows = Statement.objects.filter(pk=statement.pk, status=Statement.Status.VALIDATED)
    if not rows.select_for_update(no_key=True).values_list("pk").first():
        raise Refused(JUST_HANDLED)
    entered = defaultdict(list)
    for entry in LedgerEntry.objects.filter(line__statement=statement).order_by("pk"):
        entered[entry.line_id].append(entry)
    entries = [back for its in entered.values() for back in _taken_back(its, reason.strip(), by, at)]
    LedgerEntry.objects.bulk_create(entries)
    # Last: the database lets a validated statement go only once nothing of it counts any more.
    changes = {"validated_at": None, "validated_by": None, "version": F("version") + 1}
    rows.update(status=Statement.Status.SUBMITTED, **changes)
    statement.refresh_from_db()
    counted = sum((entry.counted for entry in entries), ZERO)
    # The reason may name people: it is in the ledger and in the mail, not here.
    record("statement.reopened", about=statement, by=by, at=at, counted=str(counted))
    mails.tell_statement_reopened(statement.pk, reason=reason.strip())
    return entries


def _taken_back(entries: Sequence[LedgerEntry], reason: str, by: Actor, at: datetime) -> list[LedgerEntry]:
    """The signed entries that bring a line to nothing: one a decision, the first with what was declared."""
    carried: dict[int | None, Decimal] = {entries[0].decision_id: ZERO}
    for entry in entries:
        carried[entry.decision_id] = carried.get(entry.decision_id, ZERO) - entry.counted
    declared = sum((entry.declared for entry in entries), ZERO)
    last = entries[-1]
    return [
        LedgerEntry(
            service_id=last.service_id,
            line_id=last.line_id,
            commitment_id=last.commitment_id,
            placement_id=last.placement_id,
            participant_id=last.participant_id,
            decision_id=decision,
            month=last.month,
            declared=ZERO if rank else -declared,
            counted=hours,
            excluded=[] if rank else _excluded_back(entries),
            explanation=_explained(hours),
            corrects=last,
            reason=reason,
            entered_at=at,
            entered_by=by.user,
        )
        for rank, (decision, hours) in enumerate(carried.items())
        if hours or not rank
    ]


def _explained(hours: Decimal) -> list:
    return as_json([step("Mois rouvert : ce qu'il comptait est repris.", french.hours(hours), LEDGER)])


def _excluded_back(entries: Iterable[LedgerEntry]) -> list[dict[str, str]]:
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for entry in entries:
        if entry.declares:
            for part in entry.excluded:
                totals[part["reason"]] -= Decimal(part["hours"])
    return [{"reason": reason, "hours": str(hours)} for reason, hours in totals.items() if hours]
