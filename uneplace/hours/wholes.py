"""The hours of a whole month worked for several contracts, once typed: the most that its statements may
declare together. The database holds it; only the whole itself, corrected, gives more room.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Sum

from uneplace.contracts.models import Clause
from uneplace.journal.actions import record_many
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules import french

from .models import MONTH_HOURS, Placement, Statement, StatementLine, WorkedMonth
from .perms import represented
from .shares import EDITABLE

ZERO = Decimal(0)
CHANGED = "Quelqu’un d’autre vient de changer ce mois. Relisez-le avant de recommencer."
ALL_SENT = (
    "Tous les relevés de ce mois sont envoyés\u00a0: demandez au service d’en renvoyer un à corriger d’abord."
)
SAME = "Rien ne change\u00a0: c’est déjà le mois entier."


def beyond_the_month(statement: Statement, hours: Mapping[Placement, Decimal]) -> list[str]:
    """Whose hours, with those declared for other commitments, would be more than was worked in the whole
    month once it is typed, and than a month has otherwise.

    Holds the worked months: of two statements at once, the second reads what the first has taken.
    """
    months = WorkedMonth.objects.filter(placement__in=list(hours), month=statement.month).order_by("pk")
    wholes = dict(months.select_for_update(no_key=True).values_list("placement", "whole"))
    others = dict(
        StatementLine.objects.filter(
            worked_month__placement__in=list(hours), worked_month__month=statement.month
        )
        .exclude(statement=statement)
        .values_list("worked_month__placement")
        .annotate(total=Sum("hours"))
        .order_by()
    )
    reasons = []
    for placement, here in hours.items():
        taken, whole = others.get(placement.pk, ZERO), wholes.get(placement.pk)
        if whole is not None and taken + here > whole:
            reasons.append(f"{placement.participant}\u00a0: {_over_the_whole(whole, taken)}")
        elif taken and taken + here > MONTH_HOURS:
            reasons.append(
                f"{placement.participant}\u00a0: {french.hours(taken)} sont déjà déclarées"
                f" sur un autre marché, et un mois n’en a que {MONTH_HOURS}."
            )
    return reasons


def _over_the_whole(whole: Decimal, taken: Decimal) -> str:
    elsewhere = f", dont {french.hours(taken)} déclarées sur un autre marché" if taken else ""
    return (
        f"le mois entier saisi est de {french.hours(whole)}{elsewhere}. Ici, {french.hours(whole - taken)} "
        "au plus. Si le mois entier est faux, corrigez-le par «\u00a0Répartir le mois entier\u00a0»\u00a0; "
        "sans compte, demandez-le au service."
    )


def whole_month(placement: Placement, month: date) -> WorkedMonth | None:
    """The month of a work contract that was typed as a whole; None when it was not."""
    return WorkedMonth.objects.filter(placement=placement, month=month, whole__isnull=False).first()


def why_not_correct(placement: Placement, month: date) -> list[str]:
    """The reasons that keep the whole of a month from being corrected: nothing of it can be declared anew."""
    open_ones = Statement.objects.filter(
        commitment__allocations__placement=placement,
        declarant=placement.declared_by_id,
        month=month,
        status__in=EDITABLE,
    ).exclude(commitment__clause__status=Clause.Status.CLOSED)
    return [] if open_ones.exists() else [ALL_SENT]


@transaction.atomic
def correct_whole(
    placement: Placement, *, month: date, hours: Decimal, read: Decimal, by: Actor, at: datetime
) -> None:
    """Say again how much was worked in a whole month; its parts stay as they are declared. Raises Refused.

    `read` is the whole that was read. Whoever reads one of its statements reads again.
    """
    statements = Statement.objects.filter(
        lines__worked_month__placement=placement, lines__worked_month__month=month
    )
    clauses = Clause.objects.filter(commitments__in=statements.values("commitment"))
    held = Clause.objects.filter(pk__in=clauses.values("pk")).order_by("pk").select_for_update(no_key=True)
    list(held.values_list("pk"))
    rows = Statement.objects.filter(pk__in=statements.values("pk")).order_by("pk")
    touched = list(rows.select_for_update(no_key=True, of=("self",)).select_related("declarant"))
    months = WorkedMonth.objects.select_for_update(no_key=True)
    worked = months.filter(placement=placement, month=month).first()
    if worked is None or worked.whole != read:
        raise Refused(CHANGED)
    if reasons := why_not_correct(placement, month) or _why_not_that_much(worked, hours):
        raise Refused(*reasons)
    WorkedMonth.objects.filter(pk=worked.pk).update(whole=hours)
    # An import that wrote there can no longer be undone by itself: more than the whole could come back.
    waiting = [one.pk for one in touched if one.status != Statement.Status.VALIDATED]
    Statement.objects.filter(pk__in=waiting).update(version=F("version") + 1)
    record_many(
        "statement.month_corrected",
        about=touched,
        by=by,
        at=at,
        on_behalf_of=lambda statement: represented(by, statement.declarant),
    )


def _why_not_that_much(worked: WorkedMonth, hours: Decimal) -> list[str]:
    if hours < worked.hours:
        return [
            f"{french.hours(worked.hours)} sont déjà déclarées sur les relevés de ce mois\u00a0: "
            "corrigez d’abord un relevé."
        ]
    return [SAME] if hours == worked.whole else []
