"""What awaits somebody on contracts: clauses that award data announce, drafts to finish, and transfers."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from uneplace.contracts.models import Clause, Lot
from uneplace.contracts.queries import State, in_state
from uneplace.contracts.words import owed
from uneplace.organisations.actor import Actor
from uneplace.rules.french import several
from uneplace.web.contracts.partner_todos import (
    partner_items,
    subcontractings_waiting,
    transfers_waiting,
)
from uneplace.web.work import Stake, WorkItem

MOST = 20


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """One line for the clauses to open, one for each draft, the most hours first; then what is arranged
    between the companies of a clause."""
    between = partner_items(actor, on=on)
    if not actor.is_facilitator:
        return between
    drafts = _drafts(actor).select_related("lot__contract__buyer").order_by("-hours_due", "pk")[: MOST - 1]
    count = _to_open(actor).count()
    return [
        *(_draft_item(clause) for clause in drafts),
        *([_opening_item(count)] if count else []),
        *between,
    ]


def waiting(actor: Actor, *, on: date) -> list[QuerySet]:
    """What awaits this actor: all the clauses to open are one thing to do."""
    between: list[QuerySet] = [transfers_waiting(actor), subcontractings_waiting(actor)]
    return [_drafts(actor), _to_open(actor)[:1], *between] if actor.is_facilitator else between


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
        weight=owed(clause) if clause.owes_actions else "",
        hours=clause.hours_due,
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
