from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from uneplace.contracts.models import Clause, Commitment
from uneplace.hours.queries import Progress, progress_of
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rules.numbers import round2

from .models import Exchange, PenaltyCase

Status = PenaltyCase.Status
TOLERANCE = Decimal("0.02")  # of the hours due; the gauge has the same
SETTLED = [Clause.Status.DRAFT, Clause.Status.MET, Clause.Status.CLOSED]


class Party(StrEnum):
    """Who has to act on a case."""

    SERVICE = "SERVICE"
    COMPANY = "COMPANY"
    BUYER = "BUYER"


def with_holder(cases: QuerySet[PenaltyCase], *, on: date) -> QuerySet[PenaltyCase]:
    """The same cases with `holder`, the Party who acts next; None once a case is ended.

    The service speaks to the company first; the company says what it has to say; then the buyer decides.
    Formal notice gives the company until its limit.
    """
    said = Exchange.objects.filter(case=OuterRef("pk"), organisation=OuterRef("commitment__company"))
    has_spoken = Exists(said)
    has_answered = Exists(said.filter(held_on__gte=OuterRef("notice_on")))
    holder = Case(
        When(status=Status.GAP, then=Value(Party.SERVICE)),
        When(status=Status.RELIEF, then=Value(Party.BUYER)),
        When(has_spoken, status=Status.EXCHANGE, then=Value(Party.BUYER)),
        When(status=Status.EXCHANGE, then=Value(Party.COMPANY)),
        When(has_answered, status=Status.NOTICE, then=Value(Party.BUYER)),
        When(status=Status.NOTICE, answer_before__lte=on, then=Value(Party.BUYER)),
        When(status=Status.NOTICE, then=Value(Party.COMPANY)),
        default=None,
        output_field=CharField(null=True),
    )
    return cases.annotate(holder=holder)


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


def rate_of(commitment: Commitment) -> Decimal | None:
    """Euros for one missing hour, as the commitment or its clause says; None when neither does."""
    if commitment.penalty_rate is not None:
        return commitment.penalty_rate
    return commitment.clause.penalty_rate


def exposure(commitment: Commitment, missing: Decimal) -> Decimal | None:
    """What these missing hours would come to, in euros: an indication, never a decision."""
    rate = rate_of(commitment)
    return None if rate is None else round2(missing * rate)


@dataclass(frozen=True)
class Shortfall:
    """A commitment behind what it should have counted by now."""

    commitment: Commitment
    progress: Progress

    @property
    def late(self) -> Decimal:
        """Hours expected by now that are not counted."""
        return self.progress.expected - self.progress.counted

    @property
    def late_hours(self) -> int:
        """The same to the hour: a pace, not an account."""
        return round(self.late)


def is_late(progress: Progress) -> bool:
    """Whether hours are missing against what should be counted by now, beyond what a day off explains."""
    return progress.missing > 0 and progress.expected - progress.counted > progress.due * TOLERANCE


def shortfalls(commitments: QuerySet[Commitment], *, on: date) -> list[Shortfall]:
    """Those of these commitments that are late and have no open case, the latest first."""
    late = [
        Shortfall(commitment, progress)
        for commitment, progress in _progress_of(
            commitments.exclude(clause__status__in=SETTLED).exclude(
                penalty_cases__status__in=PenaltyCase.OPEN
            ),
            on,
        )
        if is_late(progress)
    ]
    return sorted(late, key=lambda shortfall: (-shortfall.late, shortfall.commitment.pk))


def _progress_of(commitments: QuerySet[Commitment], on: date) -> list[tuple[Commitment, Progress]]:
    rows = list(commitments.select_related("company", "clause__lot__contract__buyer"))
    stands = progress_of(rows, on=on)
    return [(row, stands[row.pk]) for row in rows]
