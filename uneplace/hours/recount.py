"""Counting again what was validated, when a rule of the clause or a fact has changed since.

Nothing changes by itself: the differences are shown, then confirmed with a reason, and the ledger gets signed
corrections beside what it already says.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from uneplace.contracts.models import Clause
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.people.models import Participant
from uneplace.rules.explanation import as_json

from .counting import Verdict, verdicts
from .models import LedgerEntry, Placement, RecountNotice, Statement, StatementLine

ZERO = Decimal("0.00")
AT_ONCE = 50  # clauses whose lines are read together, at night
CLOSED = (
    "La clause est close\u00a0: ses comptes sont arrêtés, et l’acheteur a pu décider d’une pénalité dessus. "
    "Ses heures ne se recomptent plus."
)
CHANGED_SINCE = (
    "Les différences ont changé depuis que vous les avez lues\u00a0: "
    "relisez-les ci-dessous avant de confirmer."
)
NO_REASON = "Écrivez pourquoi ces heures sont recomptées."
NO_LINE = "Cochez au moins une ligne à corriger."


@dataclass(frozen=True)
class Difference:
    """A validated line that would count otherwise today: what the ledger says, and what the rule answers."""

    line: StatementLine
    entries: list[LedgerEntry]
    verdict: Verdict

    @property
    def before(self) -> Decimal:
        """What the ledger counts for this line, its corrections included."""
        return sum((entry.counted for entry in self.entries), ZERO)

    @property
    def after(self) -> Decimal:
        """What it would count today."""
        return self.verdict.counted.counted

    @property
    def gap(self) -> Decimal:
        """Hours that a correction adds, or takes back when negative."""
        return self.after - self.before

    @property
    def reasons(self) -> list[str]:
        """Why some of it does not count today, in words that a company may read; empty when it all counts."""
        return [part.reason.label for part in self.verdict.counted.excluded]


def lines_of(clauses: Iterable[Clause]):
    """The validated lines of these clauses with all that counting reads, by person and month."""
    return (
        StatementLine.objects.filter(
            statement__commitment__clause__in=clauses, statement__status=Statement.Status.VALIDATED
        )
        .select_related(
            "statement__commitment__clause",
            "statement__commitment__company",
            "worked_month__placement__participant",
        )
        .order_by(
            "worked_month__placement__participant__last_name",
            "worked_month__placement__participant__first_name",
            "worked_month__month",
            "pk",
        )
    )


def differences(clauses: Iterable[Clause]) -> list[Difference]:
    """Every validated line of these clauses that would count otherwise; a constant number of queries."""
    lines = list(lines_of(clauses))
    entered = defaultdict(list)
    for entry in LedgerEntry.objects.filter(line__in=lines).defer("explanation").order_by("pk"):
        entered[entry.line_id].append(entry)
    answers = verdicts(lines)
    found = [Difference(line, entered[line.pk], answers[line.pk]) for line in lines if entered[line.pk]]
    return [difference for difference in found if difference.gap]


def digest(found: Iterable[Difference]) -> str:
    """What stands for the differences that somebody has read: another line or figure gives another."""
    said = [f"{one.line.pk}:{one.before}:{one.after}" for one in found]
    return hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()


def why_not_recount(clause: Clause) -> list[str]:
    """The reasons that keep a clause from being counted again; none means that it can be."""
    if clause.status == Clause.Status.DRAFT:
        return ["Cette clause est encore un brouillon\u00a0: rien n’y est compté."]
    return [CLOSED] if clause.status == Clause.Status.CLOSED else []


@transaction.atomic
def recount(
    clause: Clause, *, shown: str, lines: Collection[int], reason: str, by: Actor, at: datetime
) -> list[LedgerEntry]:
    """Enter in the ledger the corrections of the lines chosen among the differences that were shown, with the
    reason of whoever confirms.

    `shown` is the digest of what was read, `lines` are keys of statement lines. When nothing differs any
    more, nothing is entered: confirming twice corrects once. Raises `Refused`.
    """
    # The clause stays as it is until the end: neither closed, nor amended, nor counted again meanwhile.
    held = Clause.objects.select_for_update(no_key=True).get(pk=clause.pk)
    if reasons := why_not_recount(held):
        raise Refused(*reasons)
    found = differences([held])
    if not found:
        return []
    if digest(found) != shown:
        raise Refused(CHANGED_SINCE)
    chosen = [one for one in found if one.line.pk in lines]
    if not chosen:
        raise Refused(NO_LINE)
    if not reason.strip():
        raise Refused(NO_REASON)
    entries = [entry for one in chosen for entry in _corrections(one, reason.strip(), by, at)]
    LedgerEntry.objects.bulk_create(entries)
    total = sum((one.gap for one in chosen), ZERO)
    record("clause.recounted", about=clause, by=by, at=at, lines=len(chosen), hours=str(total))
    note_recounts([held], at=at)
    return entries


def _corrections(one: Difference, reason: str, by: Actor, at: datetime) -> list[LedgerEntry]:
    """The signed entries of one line: what is taken back from each decision, then what the new one carries.

    Hours declared stay those of the first entry: a correction declares nothing.
    """
    carried: dict[int | None, Decimal] = defaultdict(lambda: ZERO)
    for entry in one.entries:
        carried[entry.decision_id] -= entry.counted
    decision = one.verdict.decision.pk if one.verdict.decision else None
    carried[decision] = carried.pop(decision, ZERO) + one.after
    counted = one.verdict.counted
    return [
        LedgerEntry(
            service_id=one.line.service_id,
            line=one.line,
            commitment_id=one.line.statement.commitment_id,
            placement_id=one.line.worked_month.placement_id,
            participant_id=one.line.worked_month.placement.participant_id,
            decision_id=carrier,
            month=one.line.statement.month,
            declared=ZERO,
            counted=hours,
            excluded=[{"reason": part.reason, "hours": str(part.hours)} for part in counted.excluded],
            explanation=as_json(one.verdict.explanation),
            corrects=one.entries[-1],
            reason=reason,
            entered_at=at,
            entered_by=by.user,
        )
        for carrier, hours in carried.items()
        if hours
    ]


def counted_by_line(statement: Statement) -> dict[int, Decimal]:
    """What each line of a statement counts for, its corrections included."""
    rows = LedgerEntry.objects.filter(line__statement=statement).order_by()
    return dict(rows.values_list("line").annotate(total=Sum("counted")))


@transaction.atomic
def note_recounts(clauses: Sequence[Clause], *, at: datetime) -> int:
    """Write down how many lines of each of these clauses would count otherwise; how many clauses are noted.

    It is a reminder and no act: the ledger does not change.
    """
    noted = [clause for clause in clauses if not why_not_recount(clause)]
    by_clause: dict[int, list[Difference]] = defaultdict(list)
    for one in differences(noted):
        by_clause[one.line.statement.commitment.clause_id].append(one)
    RecountNotice.objects.filter(clause__in=clauses).delete()
    RecountNotice.objects.bulk_create(
        [
            RecountNotice(
                service_id=clause.service_id,
                clause=clause,
                lines=len(by_clause[clause.pk]),
                hours=sum((one.gap for one in by_clause[clause.pk]), ZERO),
                found_at=at,
            )
            for clause in noted
            if clause.pk in by_clause
        ]
    )
    return len(by_clause)


def note_all_recounts(*, at: datetime) -> int:
    """The same for every clause in scope that may still be counted again, a few at a time."""
    clauses = Clause.objects.exclude(status__in=[Clause.Status.DRAFT, Clause.Status.CLOSED]).order_by("pk")
    RecountNotice.objects.filter(clause__status=Clause.Status.CLOSED).delete()
    keys = list(clauses.values_list("pk", flat=True))
    return sum(
        note_recounts(list(clauses.filter(pk__in=keys[start : start + AT_ONCE])), at=at)
        for start in range(0, len(keys), AT_ONCE)
    )


def clauses_counting(participant: Participant) -> list[Clause]:
    """The clauses on which hours of this person are already counted: a late decision may change them.

    From the person to the clauses, step by step: a planner without statistics read every clause's entries.
    """
    placements = list(Placement.objects.filter(participant=participant).values_list("pk", flat=True))
    entries = LedgerEntry.objects.filter(placement__in=placements).order_by()
    commitments = set(entries.values_list("commitment", flat=True).distinct())
    return list(Clause.objects.filter(commitments__in=commitments).distinct())
