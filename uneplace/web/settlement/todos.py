from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause
from uneplace.contracts.words import owed
from uneplace.kit.periods import last_day
from uneplace.organisations.actor import Actor
from uneplace.rules.french import day
from uneplace.settlement.ending import ends_to_note
from uneplace.settlement.exposure import Exposure, exposures_of
from uneplace.settlement.models import PenaltyCase
from uneplace.settlement.morning_alert_records import MorningAlert
from uneplace.settlement.queries import Party, held_by, with_context
from uneplace.web.work import Stake, WorkItem

MOST_LINES = 20
PATIENCE = timedelta(days=14)  # a gap that nobody spoke of for two weeks is late

TITLES = {
    Party.SERVICE: "{company}, des {what} manquent",
    Party.COMPANY: "Expliquer {gap} manquantes",
    Party.BUYER: "{company}, une suite à décider",
}
VERBS = {Party.SERVICE: "Échanger", Party.COMPANY: "Répondre", Party.BUYER: "Décider"}


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """The penalty cases that wait for this actor, the most hours first; then, for a service, the commitments
    in alert of which there is no case yet, and the executions that are over."""
    held = with_context(held_by(actor, on=on))
    cases = list(held.order_by("-missing_hours", "-missing_actions", "pk")[:MOST_LINES])
    exposures = exposures_of(cases, on=on)
    alerts = _raised(actor).select_related("commitment__company", "commitment__clause__lot__contract")
    worst = alerts.order_by("-pace", "-late", "pk")[:MOST_LINES]
    ends = _ends(actor, on).select_related("lot__contract__buyer").order_by("-hours_due", "pk")[:MOST_LINES]
    return [
        *(_item(case, exposures[case.pk], on) for case in cases),
        *map(_alert, worst),
        *map(_end, ends),
    ]


def waiting(actor: Actor, *, on: date) -> list[QuerySet]:
    """The cases that wait for this actor, the commitments in alert, and the ends to note."""
    return [held_by(actor, on=on), _raised(actor), _ends(actor, on)]


def _raised(actor: Actor) -> QuerySet[MorningAlert]:
    """The commitments in alert of clauses still running that no open case follows."""
    if not actor.is_facilitator:
        return MorningAlert.objects.none()
    cases = PenaltyCase.objects.filter(commitment=OuterRef("commitment"), status__in=PenaltyCase.OPEN)
    raised = MorningAlert.objects.filter(service=actor.organisation)
    return raised.filter(~Exists(cases), commitment__clause__status=Clause.Status.RUNNING)


def _ends(actor: Actor, on: date) -> QuerySet[Clause]:
    """The clauses of a service whose execution is over, and whose end it has not noted on these figures."""
    if not actor.is_facilitator:
        return Clause.objects.none()
    return ends_to_note(Clause.objects.filter(service=actor.organisation), on=on)


def _end(clause: Clause) -> WorkItem:
    contract, end = clause.lot.contract, last_day(clause.execution)
    late_hours = clause.status == Clause.Status.NOT_MET
    why = (
        "Des heures ont été validées depuis\u00a0: plus rien ne manque."
        if late_hours
        else f"L’exécution a fini le {day(end)}."
    )
    return WorkItem(
        stake=Stake.ANSWER,
        icon="flag",
        title=f"Fin à constater, {contract}",
        detail=f"{contract.buyer}. {why}",
        verb="Constater la fin",
        url=reverse("settlement:note_end", args=[clause.pk]),
        weight=owed(clause) if clause.owes_actions else "",
        hours=clause.hours_due or None,
    )


def _alert(alert: MorningAlert) -> WorkItem:
    commitment = alert.commitment
    owes_actions = commitment.clause.owes_actions
    level = "clause critique" if alert.is_critical else "clause en alerte"
    why = ", ".join(alert.reasons)
    return WorkItem(
        stake=Stake.MONEY,
        icon="exclamation-triangle",
        title=f"{commitment.company}, {level}",
        detail=f"{why[:1].upper()}{why[1:]}. {commitment.clause.lot.contract}.",
        verb="Voir la clause" if owes_actions else "Voir comment rattraper",
        url=reverse("contracts:clause" if owes_actions else "contracts:outlook", args=[commitment.clause_id]),
        weight=owed(commitment.clause) if owes_actions else "",
        hours=alert.late or None,
        is_late=alert.is_critical,
    )


def _item(case: PenaltyCase, exposure: Exposure, on: date) -> WorkItem:
    party, commitment = Party(case.holder), case.commitment
    limit = case.answer_before if party == Party.COMPANY or case.status == PenaltyCase.Status.NOTICE else None
    title, verb = TITLES[party], VERBS[party]
    if party == Party.SERVICE and case.status != PenaltyCase.Status.GAP:
        title, verb = "{company}, une difficulté à étudier", "Répondre"
    opened_on, contract = localtime(case.opened_at).date(), commitment.clause.lot.contract
    return WorkItem(
        stake=Stake.MONEY,
        icon="exclamation-octagon" if case.status == PenaltyCase.Status.NOTICE else "cash-coin",
        title=title.format(company=commitment.company, what=case.what.lower(), gap=case.gap),
        detail=f"{case.get_status_display()}\u00a0: {case.gap} manquantes. {contract}.",
        verb=verb,
        url=case.get_absolute_url(),
        weight="" if case.missing_hours else case.gap,
        hours=case.missing_hours,
        euros=exposure.total if exposure.is_priced else None,
        limit=limit,
        is_late=limit <= on if limit else party == Party.SERVICE and opened_on + PATIENCE < on,
    )
