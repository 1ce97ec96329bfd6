from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from uneplace.offers.models import Application, JobSheet
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.people.models import EligibilityDecision, Participant, Support
from uneplace.web.work import Stake, WorkItem

MOST = 20


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """People kept for a job whose eligibility is to decide; for their structures, files to complete."""
    items: list[WorkItem] = []
    if actor.is_facilitator:
        items += [_to_decide(person) for person in _undecided(actor, on)[:MOST]]
    if actor.can(Capacity.REFERRER, Capacity.INSERTION_EMPLOYER):
        items += [_to_complete(decision) for decision in _incomplete(actor)[:MOST]]
    return items[:MOST]


def waiting(actor: Actor, *, on: date) -> int:
    """How many people await this actor."""
    if actor.is_facilitator:
        return _undecided(actor, on).count()
    return _incomplete(actor).count()


def _undecided(actor: Actor, on: date) -> QuerySet[Participant]:
    """Kept for a job still open, without a decision under which they may start."""
    kept = Application.objects.filter(
        participant=OuterRef("pk"),
        status=Application.Status.SHORTLISTED,
        job_sheet__status=JobSheet.Status.PUBLISHED,
    )
    decided = EligibilityDecision.objects.in_force().filter(
        participant=OuterRef("pk"), decided_on__lte=on, valid_until__gt=on
    )
    return Participant.objects.filter(Exists(kept), ~Exists(decided), service=actor.organisation).by_name()


def _incomplete(actor: Actor) -> QuerySet[EligibilityDecision]:
    """The last decision asks for something, and the structure follows the person."""
    last = (
        EligibilityDecision.objects.filter(participant=OuterRef("participant"))
        .order_by("-decided_on", "-pk")
        .values("pk")[:1]
    )
    followed = Support.objects.filter(organisation=actor.organisation).values("participant")
    return (
        EligibilityDecision.objects.filter(
            participant__in=followed, status=EligibilityDecision.Status.TO_COMPLETE, pk=Subquery(last)
        )
        .select_related("participant")
        .order_by("decided_on", "pk")
    )


def _to_decide(person: Participant) -> WorkItem:
    return WorkItem(
        Stake.PERSON,
        "patch-check",
        f"{person}, éligibilité à décider",
        "Son dossier est retenu\u00a0: la décision doit être prise avant le premier jour.",
        "Décider",
        reverse("people:decide", args=[person.pk]),
        weight="1 personne",
    )


def _to_complete(decision: EligibilityDecision) -> WorkItem:
    return WorkItem(
        Stake.PERSON,
        "patch-question",
        f"{decision.participant}, dossier à compléter",
        decision.reason,
        "Lire",
        decision.participant.get_absolute_url(),
        weight="1 personne",
    )
