from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.urls import reverse

from uneplace.evidence.models import Evidence
from uneplace.hours.models import Placement
from uneplace.hours.renewals import Renewal, lapsing, renewals_of
from uneplace.matching.next_jobs import ending
from uneplace.offers.models import Application, JobSheet
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.people.models import DecisionProof, EligibilityDecision, Participant, Support
from uneplace.rules import french
from uneplace.rules.french import several
from uneplace.rules.parameters import PARAMETERS
from uneplace.web.people.mine import placements_followed
from uneplace.web.work import Stake, WorkItem

MOST = 20


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """People kept for a job whose eligibility is to decide; for their structures, files to complete."""
    items: list[WorkItem] = []
    if actor.is_facilitator:
        items += [_asked(request) for request in _requests(actor)[:MOST]]
        items += [_completed(decision) for decision in _received(actor)[:MOST]]
        items += [_to_decide(person) for person in _undecided(actor, on)[:MOST]]
        decisions = lapsing(actor.organisation, on=on).select_related("participant")[:MOST]
        items += [_to_renew(renewal) for renewal in renewals_of(decisions, on=on)]
    return [*_to_carry_on(actor, on), *items, *_of_structure(actor)][:MOST]


def _of_structure(actor: Actor) -> list[WorkItem]:
    if not actor.can(Capacity.REFERRER, Capacity.INSERTION_EMPLOYER):
        return []
    return [_to_complete(decision) for decision in _incomplete(actor)[:MOST]]


def waiting(actor: Actor, *, on: date) -> list[QuerySet]:
    """The people who await this actor."""
    ending_soon = _without_next_job(actor, on)[:1]  # all of them are one line
    if actor.is_facilitator:
        lapsing_soon = lapsing(actor.organisation, on=on)
        return [ending_soon, _requests(actor), _received(actor), _undecided(actor, on), lapsing_soon]
    return [ending_soon, _incomplete(actor)]


def _requests(actor: Actor) -> QuerySet[EligibilityDecision]:
    """What structures ask the service to decide, the oldest first."""
    return (
        EligibilityDecision.objects.filter(
            service=actor.organisation,
            status=EligibilityDecision.Status.REQUESTED,
            participant__anonymised_at=None,
            participant__merge=None,
        )
        .select_related("participant", "requested_by")
        .order_by("requested_on", "pk")
    )


def _proof_to_read() -> Exists:
    """Whether a file came since a decision that asked for one."""
    proofs = DecisionProof.objects.filter(decision=OuterRef("pk"), evidence__status=Evidence.Status.RECEIVED)
    return Exists(proofs)


def _received(actor: Actor) -> QuerySet[EligibilityDecision]:
    """Files to complete for which the proof that was missing has come, the oldest first."""
    return (
        _last_ones()
        .filter(
            _proof_to_read(),
            service=actor.organisation,
            participant__anonymised_at=None,
            participant__merge=None,
        )
        .select_related("participant")
        .order_by("decided_on", "pk")
    )


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
    asked = EligibilityDecision.objects.filter(
        participant=OuterRef("pk"), status=EligibilityDecision.Status.REQUESTED
    )
    people = Participant.objects.filter(Exists(kept), ~Exists(decided), ~Exists(asked))
    return people.filter(service=actor.organisation).by_name()


def _incomplete(actor: Actor) -> QuerySet[EligibilityDecision]:
    """The last decision asks for something that has not come, and the structure follows the person."""
    followed = Support.objects.filter(organisation=actor.organisation).values("participant")
    return (
        _last_ones()
        .filter(~_proof_to_read(), participant__in=followed)
        .select_related("participant")
        .order_by("decided_on", "pk")
    )


def _last_ones() -> QuerySet[EligibilityDecision]:
    """The decisions that ask for something and that nothing followed, neither a decision nor a request."""
    last = (
        EligibilityDecision.objects.filter(participant=OuterRef("participant"))
        .order_by(F("decided_on").desc(nulls_first=True), "-pk")
        .values("pk")[:1]
    )
    return EligibilityDecision.objects.filter(
        status=EligibilityDecision.Status.TO_COMPLETE, pk=Subquery(last)
    )


def _without_next_job(actor: Actor, on: date) -> QuerySet[Placement]:
    """The work contracts that end soon and after which nothing is under way, of the people one follows."""
    if not actor.can(Capacity.FACILITATOR, Capacity.REFERRER, Capacity.INSERTION_EMPLOYER):
        return Placement.objects.none()
    return ending(placements_followed(actor), on=on).filter(is_under_way=False)


def _to_carry_on(actor: Actor, on: date) -> list[WorkItem]:
    """One line for all whose work contract ends soon and for whom nothing is under way."""
    placements = _without_next_job(actor, on)
    count = placements.count()
    if not count:
        return []
    first = placements.select_related("participant").first()
    days = several(PARAMETERS.next_job_days.whole_on(on), "jour", "jours")
    what = several(count, "contrat de travail finit", "contrats de travail finissent")
    return [
        WorkItem(
            Stake.PERSON,
            "signpost-2",
            f"{what} d’ici {days}, sans suite connue",
            f"D’abord {first.participant}, le {french.day(first.last_day)}.",
            "Chercher la suite",
            reverse("people:next_jobs"),
            weight=several(count, "personne", "personnes"),
            limit=first.last_day,
        )
    ]


def _asked(request: EligibilityDecision) -> WorkItem:
    return WorkItem(
        Stake.PERSON,
        "patch-check",
        f"{request.participant}, décision d’éligibilité demandée",
        f"{request.requested_by or 'Une structure'} l’a demandée le {french.day(request.requested_on)}.",
        "Décider",
        reverse("people:decide", args=[request.participant_id]),
        weight="1 personne",
    )


def _completed(decision: EligibilityDecision) -> WorkItem:
    return WorkItem(
        Stake.PERSON,
        "patch-check",
        f"{decision.participant}, justificatif reçu",
        "Son dossier était à compléter : le justificatif qui manquait est arrivé.",
        "Décider",
        reverse("people:decide", args=[decision.participant_id]),
        weight="1 personne",
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


def _to_renew(renewal: Renewal) -> WorkItem:
    decision = renewal.decision
    what = renewal.placement or (renewal.application and renewal.application.job_sheet)
    start = french.day(renewal.start)
    detail = (
        f"Sa décision se termine avant le premier jour, le {start}."
        if renewal.is_cut
        else (f"Le premier jour est prévu le {start}\u00a0: sa décision se termine peu après.")
    )
    return WorkItem(
        Stake.PERSON,
        "patch-check",
        f"{decision.participant}, éligibilité à renouveler",
        f"{detail} Poste\u00a0: {getattr(what, 'job', '') or what}.",
        "Décider",
        reverse("people:decide", args=[decision.participant_id]),
        weight="1 personne",
        limit=decision.valid_until,
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
