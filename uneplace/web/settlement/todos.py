from datetime import date, timedelta

from django.utils.timezone import localtime

from uneplace.organisations.actor import Actor
from uneplace.rules.french import euros, hours
from uneplace.settlement.models import PenaltyCase
from uneplace.settlement.queries import Party, exposure, held_by, with_context
from uneplace.web.work import Stake, WorkItem

MOST_LINES = 20
PATIENCE = timedelta(days=14)  # a gap that nobody spoke of for two weeks is late

TITLES = {
    Party.SERVICE: "{company}, des heures manquent",
    Party.COMPANY: "Expliquer {hours} manquantes",
    Party.BUYER: "{company}, une suite à décider",
}
VERBS = {Party.SERVICE: "Échanger", Party.COMPANY: "Répondre", Party.BUYER: "Décider"}


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """The penalty cases that wait for this actor, the most hours first."""
    cases = with_context(held_by(actor, on=on)).order_by("-missing_hours", "pk")[:MOST_LINES]
    return [_item(case, on) for case in cases]


def waiting(actor: Actor, *, on: date) -> int:
    """How many cases wait for this actor."""
    return held_by(actor, on=on).count()


def _item(case: PenaltyCase, on: date) -> WorkItem:
    party, commitment = Party(case.holder), case.commitment
    money = exposure(commitment, case.missing_hours)
    limit = case.answer_before if case.status == PenaltyCase.Status.NOTICE else None
    opened_on, contract = localtime(case.opened_at).date(), commitment.clause.lot.contract
    return WorkItem(
        stake=Stake.MONEY,
        icon="exclamation-octagon" if case.status == PenaltyCase.Status.NOTICE else "cash-coin",
        title=TITLES[party].format(company=commitment.company, hours=hours(case.missing_hours)),
        detail=f"{case.get_status_display()}\u00a0: {hours(case.missing_hours)} manquantes. {contract}.",
        verb=VERBS[party],
        url=case.get_absolute_url(),
        weight=euros(money) if money else hours(case.missing_hours),
        limit=limit,
        is_late=limit <= on if limit else party == Party.SERVICE and opened_on + PATIENCE < on,
    )
