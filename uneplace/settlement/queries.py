from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from uneplace.contracts.models import Clause, Commitment
from uneplace.hours.queries import Progress, progress_of
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules import french
from uneplace.rules.explanation import CONTRACT, FACT, SUM, StepRecord, as_json, step
from uneplace.rules.parameters import PARAMETERS

from .control_records import Difficulty, Notice
from .exposure import actions_done, missed_actions
from .models import Exchange, PenaltyCase
from .relieved import NONE, Relieved, relieved_of

Status = PenaltyCase.Status
SETTLED = [Clause.Status.DRAFT, Clause.Status.MET, Clause.Status.CLOSED]


class Party(StrEnum):
    """Who has to act on a case."""

    SERVICE = "SERVICE"
    COMPANY = "COMPANY"
    BUYER = "BUYER"


def with_holder(cases: QuerySet[PenaltyCase], *, on: date) -> QuerySet[PenaltyCase]:
    """The same cases with `holder`, the Party who acts next; None once a case is ended.

    The service speaks to the company first; the company says what it has to say, or lets the day of a letter
    go by; then the buyer decides. A difficulty that the company declared is first for the service to answer.
    Formal notice gives the company until its limit.
    """
    said = Exchange.objects.filter(case=OuterRef("pk"), organisation=OuterRef("commitment__company"))
    declared = Difficulty.objects.filter(commitment=OuterRef("commitment"))
    has_spoken = Exists(said.filter(held_on__gte=OuterRef("asked_on"))) | Exists(
        declared.filter(declared_at__date__gte=OuterRef("asked_on"))
    )
    has_answered = Exists(said.filter(held_on__gte=OuterRef("notice_on")))
    holder = Case(
        When(~Q(status__in=PenaltyCase.OPEN), then=None),
        When(status=Status.GAP, then=Value(Party.SERVICE)),
        When(Exists(declared.filter(outcome="")), then=Value(Party.SERVICE)),
        When(status=Status.RELIEF, then=Value(Party.BUYER)),
        When(has_spoken, status=Status.EXCHANGE, then=Value(Party.BUYER)),
        When(status=Status.EXCHANGE, answer_before__lte=on, then=Value(Party.BUYER)),
        When(status=Status.EXCHANGE, then=Value(Party.COMPANY)),
        When(has_answered, status=Status.NOTICE, then=Value(Party.BUYER)),
        When(status=Status.NOTICE, answer_before__lte=on, then=Value(Party.BUYER)),
        When(status=Status.NOTICE, then=Value(Party.COMPANY)),
        default=None,
        output_field=CharField(null=True),
    )
    letters = Notice.objects.filter(
        case=OuterRef("pk"), kind__in=[Notice.Kind.REMINDER, Notice.Kind.LETTER]
    ).order_by("-number")
    asked_on = Coalesce(Subquery(letters.values("sent_at__date")[:1]), Value(date(1900, 1, 1)))
    return cases.annotate(asked_on=asked_on).annotate(holder=holder)


def held_by(actor: Actor, *, on: date) -> QuerySet[PenaltyCase]:
    """The cases on which this actor's organisation acts next."""
    mine = actor.organisation
    return with_holder(PenaltyCase.objects.visible_to(actor), on=on).filter(
        Q(holder=Party.SERVICE, service=mine)
        | Q(holder=Party.COMPANY, commitment__company=mine)
        | Q(holder=Party.BUYER, commitment__clause__lot__contract__buyer=mine)
    )


def party_of(actor: Actor, case: PenaltyCase) -> Party | None:
    """The part that this actor's organisation has in a case."""
    if actor.serves(case):
        return Party.SERVICE
    if actor.stands_for(case.commitment.company_id):
        return Party.COMPANY
    if actor.stands_for(case.commitment.clause.lot.contract.buyer_id):
        return Party.BUYER
    return None


def organisation_of(case: PenaltyCase, party: Party) -> Organisation:
    """The organisation that has this part in a case."""
    if party == Party.SERVICE:
        return case.service
    if party == Party.COMPANY:
        return case.commitment.company
    return case.commitment.clause.lot.contract.buyer


def with_context(cases: QuerySet[PenaltyCase]) -> QuerySet[PenaltyCase]:
    """The same cases with all that a line or a page says of them."""
    return cases.select_related(
        "service", "commitment__company", "commitment__clause__lot__contract__buyer"
    ).prefetch_related("exchanges__organisation", "exchanges__recorded_by")


def open_first(cases: QuerySet[PenaltyCase]) -> QuerySet[PenaltyCase]:
    """Open cases first, then the latest opened."""
    is_ended = Case(When(status__in=PenaltyCase.OPEN, then=False), default=True)
    return cases.annotate(is_ended=is_ended).order_by("is_ended", "-opened_at", "-pk")


@dataclass(frozen=True)
class Shortfall:
    """A commitment behind what is asked of it by now, or whose actions were not all done in time."""

    commitment: Commitment
    progress: Progress
    missed_actions: int = 0
    relieved: Relieved = NONE

    @property
    def late(self) -> Decimal:
        """Hours asked by now that are not counted."""
        return self.relieved.asked(self.progress).expected - self.progress.counted

    @property
    def late_hours(self) -> int:
        """The same to the hour: a pace, not an account."""
        return round(self.late)

    @property
    def done_actions(self) -> int:
        """The actions done in time, of a clause that counts them."""
        return (self.commitment.clause.actions_due or 0) - self.missed_actions

    @property
    def explanation(self) -> list[StepRecord]:
        """Why so many hours are late."""
        return late_explanation(self.progress, self.relieved)


def late_explanation(progress: Progress, relieved: Relieved = NONE) -> list[StepRecord]:
    """From what is due to what is late: what time makes expected, less relief and what is counted."""
    asked = relieved.asked(progress)
    relief = (
        step(
            "Exonérées par l’acheteur : elles ne sont plus demandées.",
            french.hours(relieved.by_now),
            CONTRACT,
        ),
    )
    return as_json(
        (
            step("Heures dues.", french.hours(progress.due), CONTRACT),
            step(
                "Attendues à ce jour : dues en proportion des jours de l’exécution déjà passés.",
                french.hours(progress.expected),
                SUM,
            ),
            *(relief if relieved.by_now else ()),
            step("Heures comptées.", french.hours(progress.counted), FACT),
            step(
                "Retard : attendues moins comptées, exonérées déduites."
                if relieved.by_now
                else "Retard : attendues moins comptées.",
                french.hours(asked.expected - progress.counted),
                SUM,
            ),
        )
    )


def is_late(progress: Progress, *, on: date) -> bool:
    """Whether hours are missing against what should be counted by now, beyond what a day off explains.

    `progress` is of what is asked: relief set apart (see `relieved.py`).
    """
    tolerance = progress.due * PARAMETERS.pace_tolerance.on(on)
    return progress.missing > 0 and progress.expected - progress.counted > tolerance


def shortfalls(commitments: QuerySet[Commitment], *, on: date) -> list[Shortfall]:
    """Those of these commitments that are late, or miss actions, and have no open case, the latest first."""
    open_ones = commitments.exclude(clause__status__in=SETTLED).exclude(
        penalty_cases__status__in=PenaltyCase.OPEN
    )
    stands = _progress_of(open_ones, on)
    done = actions_done({row.clause_id for row, _ in stands if row.clause.owes_actions})
    relieved = relieved_of([row for row, _ in stands], on=on)
    found = [
        Shortfall(
            row,
            progress,
            missed_actions(row.clause, done[row.clause_id], on=on),
            relieved.get(row.pk, NONE),
        )
        for row, progress in stands
    ]
    late = [one for one in found if is_late(one.relieved.asked(one.progress), on=on) or one.missed_actions]
    return sorted(late, key=lambda one: (-one.late, -one.missed_actions, one.commitment.pk))


def _progress_of(commitments: QuerySet[Commitment], on: date) -> list[tuple[Commitment, Progress]]:
    rows = list(commitments.select_related("company", "clause__lot__contract__buyer"))
    stands = progress_of(rows, on=on)
    return [(row, stands[row.pk]) for row in rows]
