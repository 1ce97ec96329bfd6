"""What awaits somebody between the companies of a clause: to accept, or to validate."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from uneplace.contracts.models import Subcontracting, Transfer
from uneplace.hours.transfers import UNDER_WAY
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Membership
from uneplace.rules.french import hours
from uneplace.web.work import Stake, WorkItem

MOST = 20
Status = Transfer.Status


def transfers_waiting(actor: Actor) -> QuerySet[Transfer]:
    """The transfers that wait for this actor's organisation: to accept, or for a service to validate.

    A service answers too for a company without account. Nothing waits on a clause suspended or over.
    """
    if not actor.writes:
        return Transfer.objects.none()
    visible = Transfer.objects.visible_to(actor).filter(clause__status__in=UNDER_WAY)
    if actor.is_facilitator:
        return visible.to_decide() | visible.filter(
            _awaited("owner", _has_no_account("owner")) | _awaited("partner", _has_no_account("partner")),
            status=Status.PROPOSED,
        )
    mine = actor.organisation
    return visible.filter(
        _awaited("owner", Q(owner__company=mine)) | _awaited("partner", Q(partner__company=mine)),
        status=Status.PROPOSED,
    )


def _awaited(side: str, whose: Q) -> Q:
    return Q(**{f"{side}_agreed_at": None}) & whose


def _has_no_account(side: str) -> Q:
    signs_in = Membership.objects.current().filter(
        organisation=OuterRef(f"{side}__company"), user__is_active=True
    )
    return ~Q(Exists(signs_in))


def subcontractings_waiting(actor: Actor) -> QuerySet[Subcontracting]:
    """The subcontractors that wait for this service."""
    if not (actor.is_facilitator and actor.writes):
        return Subcontracting.objects.none()
    return Subcontracting.objects.visible_to(actor).to_decide().filter(clause__status__in=UNDER_WAY)


def partner_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """One line for each, the oldest first."""
    rows = transfers_waiting(actor).select_related(
        "clause__lot__contract", "owner__company", "partner__company"
    )
    items = [_transfer_item(one, actor) for one in rows.order_by("proposed_at", "pk")[:MOST]]
    declared = subcontractings_waiting(actor).select_related(
        "clause__lot__contract", "company", "principal__company"
    )
    return items + [_declared_item(one) for one in declared.order_by("declared_at", "pk")[:MOST]]


def _transfer_item(one: Transfer, actor: Actor) -> WorkItem:
    decides = one.status == Status.AGREED
    return WorkItem(
        Stake.ANSWER,
        "arrow-repeat",
        f"Transfert d’heures à {'valider' if decides else 'accepter'}, {one.clause.lot.contract}",
        f"{hours(one.hours)}, de {one.giver.company} à {one.taker.company}.",
        "Décider" if decides else "Répondre",
        one.get_absolute_url(),
        hours=one.hours,
    )


def _declared_item(one: Subcontracting) -> WorkItem:
    return WorkItem(
        Stake.ANSWER,
        "person-plus",
        f"Sous-traitante à valider, {one.clause.lot.contract}",
        f"{one.company}, déclarée par {one.principal.company}\u00a0: aucune heure ne lui est confiée avant.",
        "Décider",
        one.get_absolute_url(),
    )
