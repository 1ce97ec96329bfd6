from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.people.models import Participant
from uneplace.rights.models import RightsRequest
from uneplace.rules.french import several
from uneplace.web.work import Stake, WorkItem

MOST = 20


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """What people asked about their data, to answer within the month; and files about to be anonymised."""
    waiting_requests = _requests(actor).select_related("participant").order_by("due_on", "pk")[:MOST]
    items = [_to_answer(request, on) for request in waiting_requests]
    if soon := announced_to(actor).count():
        items.append(_soon(soon))
    return items


def waiting(actor: Actor, *, on: date) -> list[QuerySet]:
    """The requests that await this actor."""
    return [_requests(actor)]


def announced_to(actor: Actor) -> QuerySet[Participant]:
    """The people whose anonymisation is announced to this actor."""
    if not actor.can(Capacity.FACILITATOR, Capacity.REFERRER, Capacity.INSERTION_EMPLOYER):
        return Participant.objects.none()
    return Participant.objects.visible_to(actor).known().filter(announced_on__isnull=False)


def _requests(actor: Actor) -> QuerySet[RightsRequest]:
    if not actor.is_facilitator:
        return RightsRequest.objects.none()
    return RightsRequest.objects.open().filter(service=actor.organisation)


def _to_answer(request: RightsRequest, on: date) -> WorkItem:
    return WorkItem(
        Stake.ANSWER,
        "shield-check",
        f"{request.participant}\u00a0: {request.get_kind_display().lower()}",
        "La personne exerce un droit sur ses données\u00a0: la loi donne un mois pour répondre.",
        "Répondre",
        reverse("rights:answer", args=[request.pk]),
        weight="1 personne",
        limit=request.due_on,
        is_late=request.is_late(on),
    )


def _soon(count: int) -> WorkItem:
    return WorkItem(
        Stake.ANSWER,
        "hourglass",
        several(count, "dossier bientôt anonymisé", "dossiers bientôt anonymisés"),
        "Plus de nouvelles depuis longtemps. Un dossier se garde avec un motif.",
        "Lire",
        reverse("rights:soon"),
        weight=several(count, "personne", "personnes"),
    )
