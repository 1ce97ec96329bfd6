from datetime import date

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from uneplace.hours.models import Placement, Statement
from uneplace.organisations.actor import Actor
from uneplace.web.templatetags.ui import hours
from uneplace.web.work import Stake, WorkItem

MOST = 20


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """Statements to declare, correct or control, and work contracts to confirm."""
    statements = (
        _statements(actor)
        .select_related("declarant", "commitment__company", "commitment__clause__lot__contract")
        .annotate(total=Sum("lines__hours"), people=Count("lines"))
        .order_by("due_on", "pk")[:MOST]
    )
    placements = (
        _placements(actor).select_related("participant", "employer").order_by("recorded_at", "pk")[:MOST]
    )
    return [_confirm_item(placement) for placement in placements] + [
        _statement_item(statement, on) for statement in statements
    ]


def waiting(actor: Actor, *, on: date) -> int:
    """How many statements and work contracts await this actor."""
    return _statements(actor).count() + _placements(actor).count()


def _statements(actor: Actor) -> QuerySet[Statement]:
    if actor.is_facilitator:
        return Statement.objects.filter(service=actor.organisation, status=Statement.Status.SUBMITTED)
    return Statement.objects.filter(declarant=actor.organisation).awaited_from_declarant()


def _placements(actor: Actor) -> QuerySet[Placement]:
    return Placement.objects.filter(employer=actor.organisation, confirmed_at=None)


def _confirm_item(placement: Placement) -> WorkItem:
    return WorkItem(
        Stake.PERSON,
        "person-check",
        f"{placement.participant}, contrat de travail à confirmer",
        f"{placement.job}, {placement.get_kind_display()}. Relisez les dates et la durée.",
        "Confirmer",
        reverse("hours:placement", args=[placement.pk]),
        weight="1 personne",
    )


def _statement_item(statement: Statement, on: date) -> WorkItem:
    month = statement.of_month
    contract = statement.commitment.clause.lot.contract
    late = on > statement.due_on
    if statement.status == Statement.Status.SUBMITTED:
        people = f"{statement.people} personne{'s' if statement.people > 1 else ''}"
        return WorkItem(
            Stake.HOURS,
            "clock",
            f"Relevé {month}, {statement.declarant}",
            f"{contract}. {people}.",
            "Contrôler",
            statement.get_absolute_url(),
            weight=hours(statement.total or 0),
        )
    if statement.status == Statement.Status.RETURNED:
        return WorkItem(
            Stake.HOURS,
            "arrow-repeat",
            f"Relevé {month} à corriger",
            f"{contract}. {statement.return_reason}",
            "Corriger",
            reverse("hours:declare", args=[statement.pk]),
            limit=statement.due_on,
            is_late=late,
        )
    return WorkItem(
        Stake.HOURS,
        "clock",
        f"Heures {month} à déclarer",
        str(contract),
        "Déclarer",
        reverse("hours:declare", args=[statement.pk]),
        limit=statement.due_on,
        is_late=late,
    )
