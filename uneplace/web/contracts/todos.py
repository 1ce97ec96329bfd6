"""What awaits a service on its contracts: clauses that award data announce, and drafts to finish."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from uneplace.contracts.models import Clause, Lot
from uneplace.contracts.queries import State, in_state
from uneplace.organisations.actor import Actor
from uneplace.rules.french import hours, several
from uneplace.web.work import Stake, WorkItem

MOST = 20


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """One line for the clauses to open, one for each draft, the most hours first."""
    if not actor.is_facilitator:
        return []
    drafts = _drafts(actor).select_related("lot__contract__buyer").order_by("-hours_due", "pk")[: MOST - 1]
    count = _to_open(actor).count()
    return [_draft_item(clause) for clause in drafts] + ([_opening_item(count)] if count else [])


def waiting(actor: Actor, *, on: date) -> int:
    """How many of these lines await this actor."""
    if not actor.is_facilitator:
        return 0
    return _drafts(actor).count() + _to_open(actor).exists()


def _drafts(actor: Actor) -> QuerySet[Clause]:
    return Clause.objects.filter(service=actor.organisation, status=Clause.Status.DRAFT)


def _to_open(actor: Actor) -> QuerySet[Lot]:
    return Lot.objects.visible_to(actor).filter(in_state(State.TO_OPEN, actor=actor))


def _draft_item(clause: Clause) -> WorkItem:
    contract = clause.lot.contract
    return WorkItem(
        Stake.ANSWER,
        "pencil",
        f"Clause à valider, {contract}",
        f"{contract.buyer}. L’entreprise et l’acheteur ne la voient pas encore.",
        "Reprendre",
        clause.get_absolute_url(),
        weight=hours(clause.hours_due),
    )


def _opening_item(count: int) -> WorkItem:
    return WorkItem(
        Stake.ANSWER,
        "building",
        "Ouvrir une clause" if count == 1 else "Ouvrir des clauses",
        "Les données reçues annoncent une clause sociale que personne n’a encore ouverte.",
        "Voir",
        f"{reverse('contracts:list')}?etat={State.TO_OPEN}",
        weight=several(count, "marché", "marchés"),
    )
