"""What awaits a service about its commitments: difficulties that no open case already shows."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from uneplace.organisations.actor import Actor
from uneplace.settlement.chain import asked_words
from uneplace.settlement.control_records import Difficulty
from uneplace.settlement.models import PenaltyCase
from uneplace.web.work import Stake, WorkItem

MOST = 20


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """One line a difficulty, the oldest first."""
    rows = _waiting(actor).select_related("commitment__company", "commitment__clause__lot__contract")
    return [_item(one) for one in rows.order_by("declared_at", "pk")[:MOST]]


def waiting(actor: Actor, *, on: date) -> list[QuerySet]:
    """The same difficulties, to be counted."""
    return [_waiting(actor)]


def _waiting(actor: Actor) -> QuerySet[Difficulty]:
    if not actor.is_facilitator:
        return Difficulty.objects.none()
    cases = PenaltyCase.objects.filter(commitment=OuterRef("commitment"), status__in=PenaltyCase.OPEN)
    return Difficulty.objects.filter(service=actor.organisation, outcome="").exclude(Exists(cases))


def _item(one: Difficulty) -> WorkItem:
    commitment = one.commitment
    return WorkItem(
        stake=Stake.HOURS,
        icon="exclamation-triangle",
        title=f"{commitment.company}, une difficulté à étudier",
        detail=f"{asked_words(one)}. {commitment.clause.lot.contract}.",
        verb="Répondre",
        url=one.get_absolute_url(),
        hours=commitment.hours_due,
    )
