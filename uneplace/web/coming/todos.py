"""What awaits on coming contracts: the service's answers, the buyer's consultations and awards."""

from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from uneplace.contracts.models import ComingContract
from uneplace.contracts.words import owed
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.rules.french import euros
from uneplace.web.work import Stake, WorkItem

MOST = 20
Status = ComingContract.Status


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """The answers that a service owes, by their limit; what a buyer has to launch or to award."""
    items = []
    for coming in _to_answer(actor).select_related("buyer").order_by("answer_before", "pk")[:MOST]:
        items.append(_answer_item(coming, on))
    for coming in _to_move(actor, on).order_by("consultation_on", "pk")[:MOST]:
        items.append(_move_item(coming, on))
    return items


def waiting(actor: Actor, *, on: date) -> list[QuerySet]:
    """What awaits this actor."""
    if not actor.can(Capacity.FACILITATOR, Capacity.BUYER):
        return []
    return [_to_answer(actor), _to_move(actor, on)]


def _to_answer(actor: Actor) -> QuerySet[ComingContract]:
    if not actor.is_facilitator:
        return ComingContract.objects.none()
    return ComingContract.objects.to_answer().filter(service=actor.organisation)


def _to_move(actor: Actor, on: date) -> QuerySet[ComingContract]:
    """Answered with a clause and not launched; launched, and not awarded when the work should have begun."""
    if not actor.can(Capacity.BUYER):
        return ComingContract.objects.none()
    awaited = Q(status=Status.ANSWERED) | Q(status=Status.PUBLISHED, starts_on__lt=on)
    rows = ComingContract.objects.visible_to(actor).to_award()
    return rows.filter(awaited, buyer=actor.organisation)


def _answer_item(coming: ComingContract, on: date) -> WorkItem:
    obligation = " La loi demande une condition sociale." if coming.social_condition else ""
    return WorkItem(
        Stake.ANSWER,
        "signpost-2",
        f"{coming.buyer} demande une clause",
        f"{coming}.{obligation}",
        "Répondre",
        coming.get_absolute_url(),
        weight=euros(coming.estimated_amount),
        limit=coming.answer_before,
        is_late=coming.is_late(on),
    )


def _move_item(coming: ComingContract, on: date) -> WorkItem:
    is_answered = coming.status == Status.ANSWERED
    limit = coming.consultation_on if is_answered else coming.starts_on
    return WorkItem(
        Stake.ANSWER,
        "megaphone" if is_answered else "flag",
        "Clause prête pour votre consultation" if is_answered else "Ce marché est-il attribué\u00a0?",
        f"{coming}.",
        "Voir la réponse" if is_answered else "Le dire",
        coming.get_absolute_url() if is_answered else reverse("coming:award", args=[coming.pk]),
        weight=owed(coming),
        limit=limit,
        is_late=limit < on,
    )
