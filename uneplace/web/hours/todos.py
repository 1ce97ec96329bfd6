from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause
from uneplace.hours.models import Break, FollowUp, Placement, RecountNotice, Statement
from uneplace.hours.planned import planned_hours
from uneplace.kit.periods import period
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.rules.french import several
from uneplace.web.hours.difference_todos import (
    difference_item,
    differences_waiting,
    host_item,
    months_to_confirm,
)
from uneplace.web.hours.document_todos import asked_in_vain, asking_item, document_item, documents_waiting
from uneplace.web.stakes import hours_left
from uneplace.web.templatetags.ui import signed_hours
from uneplace.web.work import Stake, WorkItem

MOST = 20
AHEAD = 7  # days
CALL_BACK = 2  # days to call somebody whose contract was broken
WHO = ("placement__participant", "placement__employer")


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """Statements to declare, correct or control, and work contracts to confirm."""
    statements = (
        _statements(actor)
        .with_late_from()
        .select_related("declarant", "commitment__company", "commitment__clause__lot__contract")
        .annotate(total=Sum("lines__hours"), people=Count("lines"))
        .order_by("late_from", "pk")[:MOST]
    )
    placements = (
        _placements(actor).select_related("participant", "employer").order_by("recorded_at", "pk")[:MOST]
    )
    statements = list(statements)
    planned = planned_hours(one for one in statements if one.is_editable)
    notices = _notices(actor).select_related("clause__lot__contract").order_by("-lines", "pk")[:MOST]
    return [
        *(_confirm_item(placement, on) for placement in placements),
        *(_statement_item(one, planned.get(one.pk), on) for one in statements),
        *(_recount_item(notice) for notice in notices),
        *(
            document_item(one, on)
            for one in documents_waiting(actor)
            .with_late_from()
            .select_related("evidence", "sender", "commitment__clause__lot__contract")
            .order_by("late_from", "pk")[:MOST]
        ),
        *(
            asking_item(one)
            for one in asked_in_vain(actor, on)
            .select_related("evidence", "sender", "commitment__clause__lot__contract")
            .order_by("late_from", "pk")[:MOST]
        ),
        *(
            difference_item(one)
            for one in differences_waiting(actor)
            .select_related("placement__participant", "placement__declared_by", "organisation")
            .order_by("answered_at", "pk")[:MOST]
        ),
        *(
            host_item(one)
            for one in months_to_confirm(actor)
            .select_related("declarant", "commitment__clause__lot__contract")
            .order_by("month", "pk")[:MOST]
        ),
        *(_broken_item(one) for one in _breaks(actor).select_related(*WHO).order_by("recorded_at")[:MOST]),
        *(
            _follow_item(one, on)
            for one in _follow_ups(actor, on).select_related(*WHO).order_by("due_on", "pk")[:MOST]
        ),
    ]


def waiting(actor: Actor, *, on: date) -> list[QuerySet]:
    """The statements, work contracts, clauses to count again, documents, those to ask for by oneself,
    differences, months of lent people and people to hear that await this actor."""
    return [
        _statements(actor),
        _placements(actor),
        _notices(actor),
        documents_waiting(actor),
        asked_in_vain(actor, on),
        differences_waiting(actor),
        months_to_confirm(actor),
        _breaks(actor),
        _follow_ups(actor, on),
    ]


def _statements(actor: Actor) -> QuerySet[Statement]:
    if actor.is_facilitator:
        return Statement.objects.filter(service=actor.organisation, status=Statement.Status.SUBMITTED)
    return Statement.objects.filter(declarant=actor.organisation).awaited_from_declarant()


def _placements(actor: Actor) -> QuerySet[Placement]:
    return Placement.objects.filter(employer=actor.organisation, confirmed_at=None)


def _notices(actor: Actor) -> QuerySet[RecountNotice]:
    if not actor.is_facilitator:
        return RecountNotice.objects.none()
    return RecountNotice.objects.filter(service=actor.organisation).exclude(
        clause__status=Clause.Status.CLOSED
    )


def _breaks(actor: Actor) -> QuerySet[Break]:
    if not actor.is_facilitator:
        return Break.objects.none()
    return Break.objects.filter(service=actor.organisation, replaced_at=None)


def _follow_ups(actor: Actor, on: date) -> QuerySet[FollowUp]:
    """The points of this week and those that are late: the service's, or those of who employs the person."""
    awaited = FollowUp.objects.awaited().filter(due_on__lte=on + timedelta(days=AHEAD))
    if actor.is_facilitator:
        return awaited.filter(service=actor.organisation)
    if not actor.can(Capacity.INSERTION_EMPLOYER):
        return awaited.none()
    return awaited.filter(placement__employer=actor.organisation)


def _broken_item(found: Break) -> WorkItem:
    limit = localtime(found.recorded_at).date() + timedelta(days=CALL_BACK)
    return WorkItem(
        Stake.PERSON,
        "person-exclamation",
        f"{found.placement.participant} a quitté son poste",
        f"{found.placement.job}, {found.placement.employer}. {found.get_reason_display()}. "
        "Appelez la personne, et voyez s’il faut chercher quelqu’un d’autre.",
        "Voir",
        found.placement.get_absolute_url(),
        weight="1 personne",
        limit=limit,
        hours=_lost(found),
    )


def _lost(found: Break) -> Decimal | None:
    """The hours that the work contract would still have brought; None when nothing said until when."""
    first = found.last_day + timedelta(days=1)
    if found.was_until is None or found.was_until < first:
        return None
    return hours_left(period(first, found.was_until), found.placement.weekly_hours, on=first)


def _follow_item(one: FollowUp, on: date) -> WorkItem:
    return WorkItem(
        Stake.PERSON,
        "chat-dots",
        f"{one.placement.participant}, faire le point",
        f"{one.get_point_display()}\u00a0: {one.placement.job}, {one.placement.employer}.",
        "Faire le point",
        one.get_absolute_url(),
        weight="1 personne",
        limit=one.due_on,
        is_late=one.due_on < on,
        hours=hours_left(one.placement.period, one.placement.weekly_hours, on=on),
    )


def _recount_item(notice: RecountNotice) -> WorkItem:
    lines = several(notice.lines, "ligne validée compterait", "lignes validées compteraient")
    return WorkItem(
        Stake.HOURS,
        "arrow-repeat",
        f"{lines} autrement",
        f"{notice.clause.lot.contract}. Une règle ou un fait a changé depuis\u00a0: rien ne bouge sans vous.",
        "Voir les différences",
        reverse("hours:recount", args=[notice.clause_id]),
        weight=signed_hours(notice.hours),
        hours=abs(notice.hours),
    )


def _confirm_item(placement: Placement, on: date) -> WorkItem:
    return WorkItem(
        Stake.PERSON,
        "person-check",
        f"{placement.participant}, contrat de travail à confirmer",
        f"{placement.job}, {placement.get_kind_display()}. Relisez les dates et la durée.",
        "Confirmer",
        reverse("hours:placement", args=[placement.pk]),
        weight="1 personne",
        hours=hours_left(placement.period, placement.weekly_hours, on=on),
    )


def _statement_item(statement: Statement, planned: Decimal | None, on: date) -> WorkItem:
    month = statement.of_month
    contract = statement.commitment.clause.lot.contract
    late = on > statement.late_from
    if statement.status == Statement.Status.SUBMITTED:
        people = f"{statement.people} personne{'s' if statement.people > 1 else ''}"
        return WorkItem(
            Stake.HOURS,
            "clock",
            f"Relevé {month}, {statement.declarant}",
            f"{contract}. {people}.",
            "Contrôler",
            statement.get_absolute_url(),
            hours=statement.total,
        )
    if statement.status == Statement.Status.RETURNED:
        return WorkItem(
            Stake.HOURS,
            "arrow-repeat",
            f"Relevé {month} à corriger",
            f"{contract}. {statement.return_reason}",
            "Corriger",
            reverse("hours:declare", args=[statement.pk]),
            limit=statement.late_from,
            is_late=late,
            hours=planned,
        )
    return WorkItem(
        Stake.HOURS,
        "clock",
        f"Heures {month} à déclarer",
        str(contract),
        "Déclarer",
        reverse("hours:declare", args=[statement.pk]),
        limit=statement.late_from,
        is_late=late,
        hours=planned,
    )
