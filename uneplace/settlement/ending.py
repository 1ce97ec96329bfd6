"""The end of an execution: what was due is there, or is not, as the figures of that day say.

Noting it is an act of the service, which reads the figures first. It is no closing: late hours are still
declared and validated, after which the end is noted again; and the clause goes back under way when it was
noted too early, or when an amendment follows.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause, Commitment
from uneplace.hours.models import LedgerEntry, Statement
from uneplace.hours.queries import progress_of_clauses
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules.french import day, several

from .control_records import Relief
from .exposure import actions_done
from .relieved import of_clause, relieved_of

Status = Clause.Status
ZERO = Decimal("0.00")
CHANGED = "Les chiffres ont changé depuis que vous les avez lus. Relisez-les."
NOTED = (Status.MET, Status.NOT_MET)
BEFORE_END = (Status.VALIDATED, Status.RUNNING)


@dataclass(frozen=True)
class Outcome:
    """What the end of a clause is noted on: hours due, counted and relieved, or actions due and done."""

    due: Decimal
    counted: Decimal
    relieved: Decimal
    actions_due: int = 0
    actions_done: int = 0

    @property
    def missing(self) -> Decimal:
        """Hours neither counted nor relieved."""
        return max(self.due - self.counted - self.relieved, ZERO)

    @property
    def missed_actions(self) -> int:
        return max(self.actions_due - self.actions_done, 0)

    @property
    def status(self) -> Status:
        """What these figures say."""
        return Status.NOT_MET if self.missing or self.missed_actions else Status.MET


def outcome_of(clause: Clause, *, on: date) -> Outcome:
    """What the ledger, relief and the actions say of a whole clause that day."""
    if clause.owes_actions:
        done = actions_done([clause])[clause.pk]
        return Outcome(ZERO, ZERO, ZERO, clause.actions_due or 0, done)
    stands = progress_of_clauses([clause], on=on)[clause.pk]
    commitments = list(Commitment.objects.filter(clause=clause))
    relieved = of_clause(commitments, relieved_of(commitments, on=on))
    return Outcome(stands.due, max(stands.counted, ZERO), relieved.hours)


def is_over(clause: Clause, *, on: date) -> bool:
    """Whether the last day of the execution has passed."""
    return clause.execution.upper is not None and on >= clause.execution.upper


def why_not_note_end(clause: Clause, outcome: Outcome, *, on: date) -> list[str]:
    """The reasons that keep the end from being noted on these figures; none means that it can be."""
    if clause.status == Status.SUSPENDED:
        return ["La clause est suspendue\u00a0: sa fin se constate une fois la suspension terminée."]
    if clause.status not in (*BEFORE_END, *NOTED):
        return [
            f"La clause est «\u00a0{clause.get_status_display()}\u00a0»\u00a0: sa fin ne se constate pas."
        ]
    if not is_over(clause, on=on) and (outcome.status == Status.NOT_MET or on < clause.execution.lower):
        return [_not_over(clause)]
    received = Statement.objects.filter(commitment__clause=clause, status=Statement.Status.SUBMITTED).count()
    if received:
        waiting = several(received, "relevé reçu attend", "relevés reçus attendent")
        return [f"{waiting} votre contrôle\u00a0: validez ou renvoyez d’abord."]
    if clause.status == outcome.status:
        word = outcome.status.label
        return [
            f"C’est déjà constaté\u00a0: «\u00a0{word}\u00a0». Les chiffres disent toujours la même chose."
        ]
    return []


def _not_over(clause: Clause) -> str:
    if clause.execution.upper is None:
        return "L’exécution n’a pas de fin\u00a0: elle se constate une fois tout fait."
    end = day(clause.execution.upper - timedelta(days=1))
    return f"L’exécution va jusqu’au {end}, et tout n’est pas encore fait."


@transaction.atomic
def note_end(clause: Clause, *, shown: str, by: Actor, at: datetime) -> Outcome:
    """Note that what was due is there, or is not; `shown` is the outcome that was read. Raises `Refused`."""
    on = localtime(at).date()
    # Whoever declares or validates holds the clause too: see `hold_clause` in uneplace/hours/actions.py.
    held = Clause.objects.select_for_update(no_key=True).get(pk=clause.pk)
    outcome = outcome_of(held, on=on)
    if outcome.status != shown:
        raise Refused(CHANGED)
    if reasons := why_not_note_end(held, outcome, on=on):
        raise Refused(*reasons)
    Clause.objects.filter(pk=clause.pk).update(status=outcome.status)
    clause.refresh_from_db(fields=["status"])
    figures = (
        {"actions_due": outcome.actions_due, "actions_done": outcome.actions_done}
        if held.owes_actions
        else {
            "due": str(outcome.due),
            "counted": str(outcome.counted),
            "relieved": str(outcome.relieved),
            "missing": str(outcome.missing),
        }
    )
    record("clause.end_noted", about=clause, by=by, at=at, status=outcome.status, **figures)
    return outcome


def why_not_take_back_end(clause: Clause) -> list[str]:
    """The reasons that keep a clause from going back under way; none means that it can."""
    if clause.status in NOTED:
        return []
    if clause.status == Status.CLOSED:
        return ["La clause est close\u00a0: on ne la rouvre pas."]
    return ["La fin de cette clause n’est pas constatée."]


@transaction.atomic
def take_back_end(clause: Clause, *, reason: str, by: Actor, at: datetime) -> None:
    """Put a clause under way again: noted by mistake, or an amendment follows. Raises `Refused`."""
    if not reason.strip():
        raise Refused("Écrivez pourquoi l’exécution reprend.")
    held = Clause.objects.select_for_update(no_key=True).get(pk=clause.pk)
    if reasons := why_not_take_back_end(held):
        raise Refused(*reasons)
    Clause.objects.filter(pk=clause.pk).update(status=Status.RUNNING)
    clause.refresh_from_db(fields=["status"])
    record("clause.end_taken_back", about=clause, by=by, at=at, reason=reason.strip())


def ends_to_note(clauses: QuerySet[Clause], *, on: date) -> QuerySet[Clause]:
    """Those of these clauses whose execution is over and whose end is to be noted: for the first time, or
    again since late hours came. Statements received come first, and those that may still come in time."""
    statements = Statement.objects.filter(commitment__clause=OuterRef("pk"))
    received = statements.filter(status=Statement.Status.SUBMITTED)
    in_time = statements.filter(
        status__in=[Statement.Status.EXPECTED, Statement.Status.DRAFT], due_on__gte=on
    )
    first = Q(status__in=BEFORE_END)
    again = Q(status=Status.NOT_MET, actions_due=None) & (_is_counted() | ~Exists(_behind()))
    over = clauses.filter(first | again, execution__endswith__lte=on)
    return over.filter(~Exists(received), ~Exists(in_time))


def _is_counted() -> Q:
    """Every hour of the clause is counted, by whichever company."""
    counted = LedgerEntry.objects.filter(commitment__clause=OuterRef("pk"))
    return Q(hours_due__lte=_total(counted, "commitment__clause", "counted"))


def _behind() -> QuerySet[Commitment]:
    """The commitments of a clause that miss hours which no relief stands for."""
    counted = LedgerEntry.objects.filter(commitment=OuterRef("pk"))
    granted = Relief.objects.filter(case__commitment=OuterRef("pk"), granted__gt=0)
    return Commitment.objects.filter(clause=OuterRef("pk")).filter(
        hours_due__gt=_total(counted, "commitment", "counted")
        + _total(granted, "case__commitment", "granted")
    )


def _total(rows: QuerySet, by: str, field: str) -> Coalesce:
    totals = rows.order_by().values(by).annotate(total=Sum(field)).values("total")
    number = DecimalField(max_digits=14, decimal_places=2)
    return Coalesce(Subquery(totals), Value(ZERO), output_field=number)
