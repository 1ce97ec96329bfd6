"""What was declared enters the ledger: one statement or many at once, in a constant number of queries."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.timezone import localtime

from uneplace.contracts.models import Clause
from uneplace.journal.actions import record_many
from uneplace.organisations.actor import Actor
from uneplace.rules.explanation import as_json

from . import mails
from .checks.actions import answer, why_blocked
from .checks.told import Found, anomalies_of, levels_in, still_told
from .confirmations import open_differences_of
from .counting import Verdict, lines_of, verdicts
from .models import Anomaly, LedgerEntry, Statement, StatementLine

ZERO = Decimal("0.00")
BATCH = 2000
JUST_HANDLED = "Quelqu’un d’autre vient de traiter ce relevé."
CHANGED_SINCE = "Ce relevé a changé depuis que vous l’avez lu\u00a0: relisez-le, puis recommencez."
VALIDATED_ANEW = "Mois rouvert, puis validé de nouveau."


@dataclass(frozen=True)
class Counted:
    """What a statement counts for, line by line; or why it stays as it is."""

    entries: tuple[LedgerEntry, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def hours(self) -> Decimal:
        """All that it counts for."""
        return sum((entry.counted for entry in self.entries), ZERO)


def reading(statement: Statement, told: Iterable[Found], differences: int) -> str:
    """What stands for a statement as it is read: its version, what its checks tell, its open differences."""
    said = [statement.version, sorted(one.key for one in told), differences]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def count_statements(
    statements: Collection[Statement], *, read: Mapping[int, str] | None = None, by: Actor, at: datetime
) -> dict[int, Counted]:
    """Validate those of these statements that still wait and that nothing blocks, by their key: each line
    enters the ledger with its explanation, and their clauses start running.

    `read` is the `reading` of each by its key, when it was read on a page: what changed since is left. Part
    of an action, which holds their clauses, none of them closed. They are of one service.
    """
    keys = [one.pk for one in statements]
    waiting = Statement.objects.filter(pk__in=keys, status=Statement.Status.SUBMITTED)
    locked = list(waiting.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    held = list(mails.told_of(Statement.objects.filter(pk__in=locked)))
    counted = {pk: Counted(reasons=(JUST_HANDLED,)) for pk in keys}
    if not held:
        return counted
    lines = lines_of(held)
    answers = verdicts(lines)
    levels, on = levels_in(held[0].service_id), localtime(at).date()
    found = anomalies_of(held, levels=levels, on=on, lines=lines, counted=answers)
    told = {one.pk: still_told(found[one.pk]) for one in held}
    entries = _entries(lines, answers, by=by, at=at)
    changed = set() if read is None else _changed_since(read, held, told)
    for one in held:
        if one.pk in changed:
            counted[one.pk] = Counted(reasons=(CHANGED_SINCE,))
        else:
            counted[one.pk] = _counted(told[one.pk], entries[one.pk])
    passing = [one for one in held if not counted[one.pk].reasons]
    answer([each for one in passing for each in told[one.pk]], Anomaly.Answer.VALIDATED, by=by, at=at)
    _enter(passing, counted, by=by, at=at)
    return counted


def _changed_since(
    read: Mapping[int, str], held: Collection[Statement], told: Mapping[int, Sequence[Found]]
) -> set[int]:
    """The keys of those that would not be read now as they were."""
    differences = open_differences_of(held)
    return {
        one.pk for one in held if read.get(one.pk) != reading(one, told[one.pk], differences.get(one.pk, 0))
    }


def _counted(told: Sequence[Found], entries: Sequence[LedgerEntry]) -> Counted:
    if blocking := [why_blocked(one) for one in told if one.blocks]:
        return Counted(reasons=tuple(blocking))
    return Counted(tuple(entries))


def _enter(statements: Sequence[Statement], counted: dict[int, Counted], *, by: Actor, at: datetime) -> None:
    entries = [entry for one in statements for entry in counted[one.pk].entries]
    _say_anew(entries)
    Statement.objects.filter(pk__in=[one.pk for one in statements]).update(
        status=Statement.Status.VALIDATED, validated_by=by.user, validated_at=at
    )
    LedgerEntry.objects.bulk_create(entries, batch_size=BATCH)
    Clause.objects.filter(
        pk__in={one.commitment.clause_id for one in statements}, status=Clause.Status.VALIDATED
    ).update(status=Clause.Status.RUNNING)
    record_many(
        "statement.validated",
        about=statements,
        by=by,
        at=at,
        told=lambda one: {"counted": str(counted[one.pk].hours)},
    )
    mails.tell_declarants_of_validation(statements)


def _say_anew(entries: Sequence[LedgerEntry]) -> None:
    """The lines of a month that was opened again already have entries: the new ones come after them."""
    earlier = LedgerEntry.objects.filter(line__in=[entry.line_id for entry in entries]).order_by("pk")
    last = {entry.line_id: entry for entry in earlier.defer("explanation", "excluded")}
    for entry in entries:
        if entry.line_id in last:
            entry.corrects, entry.reason = last[entry.line_id], VALIDATED_ANEW


def _entries(
    lines: Sequence[StatementLine], answers: dict[int, Verdict], *, by: Actor, at: datetime
) -> dict[int, list[LedgerEntry]]:
    found = defaultdict(list)
    for line in lines:
        found[line.statement_id].append(ledger_entry(line, answers[line.pk], by=by, at=at))
    return found


def ledger_entry(line: StatementLine, verdict: Verdict, *, by: Actor, at: datetime) -> LedgerEntry:
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
        explanation=as_json(verdict.explanation),
        entered_at=at,
        entered_by=by.user,
    )
