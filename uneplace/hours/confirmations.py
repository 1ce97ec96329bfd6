"""A month confirmed by the person, or a difference told: what they read, what they answer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules.french import day

from . import mails
from .models import (
    MONTH_HOURS,
    Confirmation,
    MonthLink,
    Placement,
    Statement,
    StatementLine,
    of_month,
)
from .month_links import PersonActor

Party = Confirmation.Party
SENT = (Statement.Status.SUBMITTED, Statement.Status.VALIDATED)
CHANGED = "Les heures déclarées viennent de changer\u00a0: relisez-les avant de répondre."


@dataclass(frozen=True)
class MonthTold:
    """What was declared of one month of a work contract, on all its commitments; training within hours."""

    hours: Decimal
    training_hours: Decimal
    is_sent: bool  # every statement that tells of it was sent, and none is being corrected


def month_told(placement: Placement, month: date, *, commitment: int | None = None) -> MonthTold:
    """The hours declared for a person in one month: on all commitments, or on one."""
    rows = StatementLine.objects.filter(worked_month__placement=placement, worked_month__month=month)
    if commitment is not None:
        rows = rows.filter(statement__commitment=commitment)
    return _told(rows.select_related("statement"))


def _told(lines: Iterable[StatementLine]) -> MonthTold:
    lines = list(lines)
    return MonthTold(
        sum((line.hours for line in lines), Decimal(0)),
        sum((line.training_hours for line in lines), Decimal(0)),
        bool(lines) and all(line.statement.status in SENT for line in lines),
    )


def last_answer(placement: Placement, month: date) -> Confirmation | None:
    """What the person last answered of a month; None when they never did."""
    answers = Confirmation.objects.filter(placement=placement, month=month, party=Party.PERSON)
    return answers.order_by("-answered_at", "-pk").first()


def why_not_confirm(placement: Placement, month: date) -> list[str]:
    """The reasons that keep the person from answering about a month; none means that they can."""
    return _why_not(month, month_told(placement, month), last_answer(placement, month))


def _why_not(month: date, told: MonthTold, last: Confirmation | None) -> list[str]:
    if not told.is_sent:
        return [f"Vos heures {of_month(month)} ne sont pas encore déclarées, ou sont en cours de correction."]
    if last is not None and last.is_open:
        return ["Vous avez dit que ce n’est pas ça\u00a0: le service s’en occupe."]
    if last is not None and told.hours == (last.declared if last.agrees else last.kept):
        return [f"Vous avez déjà répondu pour ce mois, {_on(last.answered_at)}. Merci."]
    return []


def why_not_answer(*, agrees: bool, hours: Decimal | None, declared: Decimal, words: str) -> list[str]:
    """The reasons that keep this answer from being taken."""
    if agrees:
        return []
    reasons = []
    if hours is None and not words.strip():
        reasons.append("Écrivez vos heures, ou ce qui ne va pas.")
    if hours is not None and hours > MONTH_HOURS:
        reasons.append(f"Un mois n’a que {MONTH_HOURS} heures.")
    if hours == declared:
        reasons.append(
            "Ce sont les heures déclarées\u00a0: si c’est bien ça, choisissez «\u00a0C’est bien ça\u00a0»."
        )
    return reasons


@transaction.atomic
def confirm_month(
    link: MonthLink,
    *,
    agrees: bool,
    shown: Decimal,
    hours: Decimal | None = None,
    words: str = "",
    at: datetime,
) -> Confirmation:
    """Take the person's answer about the month of their link; a « no » opens a difference, of which the
    service and the declarant are told. `shown` are the hours that the person was reading. Raises `Refused`.

    Of two answers at once, the second waits for the first and is told that it came.
    """
    placement = Placement.objects.select_for_update(no_key=True, of=("self",)).get(pk=link.placement_id)
    reasons = why_not_confirm(placement, link.month)
    if not reasons:
        declared = month_told(placement, link.month).hours
        if declared != shown:
            reasons = [CHANGED]
        else:
            reasons = why_not_answer(agrees=agrees, hours=hours, declared=declared, words=words)
    if reasons:
        raise Refused(*reasons)
    answer = Confirmation.objects.create(
        service_id=placement.service_id,
        placement=placement,
        month=link.month,
        party=Party.PERSON,
        agrees=agrees,
        declared=declared,
        said=declared if agrees else hours,
        words="" if agrees else words.strip(),
        answered_at=at,
    )
    verb = "confirmation.agreed" if agrees else "confirmation.differed"
    record(verb, about=placement, by=PersonActor(link), at=at, month=link.month.isoformat())
    if not agrees:
        mails.tell_of_differences([answer])
    return answer


def people_to_ask(statement: Statement) -> list[Placement]:
    """The work contracts of a statement whose person may answer now, by name; three queries."""
    if statement.status not in SENT:
        return []
    placements = list(
        Placement.objects.filter(worked_months__lines__statement=statement, participant__anonymised_at=None)
        .select_related("participant", "employer", "declared_by", "service")
        .order_by("participant__last_name", "participant__first_name", "pk")
    )
    of_each = {"worked_month__placement__in": placements, "worked_month__month": statement.month}
    lines: dict[int, list[StatementLine]] = defaultdict(list)
    for line in StatementLine.objects.filter(**of_each).select_related("statement", "worked_month"):
        lines[line.worked_month.placement_id].append(line)
    answers = Confirmation.objects.filter(
        placement__in=placements, month=statement.month, party=Party.PERSON
    ).order_by("answered_at", "pk")
    last = {answer.placement_id: answer for answer in answers}
    return [
        one for one in placements if not _why_not(statement.month, _told(lines[one.pk]), last.get(one.pk))
    ]


def answers_by_line(
    lines: Iterable[StatementLine], *, by: Actor | None = None
) -> dict[int, list[Confirmation]]:
    """What was last said of the month of each line, by its key: by the person, and by the company where they
    work; of all that was said, or of what this actor may read.

    Lines need their statement and worked month at hand. One query.
    """
    lines = list(lines)
    rows = Confirmation.objects.all() if by is None else Confirmation.objects.visible_to(by)
    found: dict[tuple, dict[tuple, Confirmation]] = defaultdict(dict)
    rows = rows.filter(
        placement__in={line.worked_month.placement_id for line in lines},
        month__in={line.worked_month.month for line in lines},
    ).select_related("organisation")
    for row in rows.order_by("answered_at", "pk"):
        found[row.placement_id, row.month][row.party, row.commitment_id] = row
    return {
        line.pk: [
            answer
            for (_, commitment), answer in found[
                line.worked_month.placement_id, line.worked_month.month
            ].items()
            if commitment in (None, line.statement.commitment_id)
        ]
        for line in lines
    }


def open_differences_of(statements: Iterable[Statement]) -> dict[int, int]:
    """How many open differences each statement has, by its key; those without are left out. Two queries."""
    said = Confirmation.objects.filter(
        placement=OuterRef("worked_month__placement"), month=OuterRef("worked_month__month")
    )
    lines = StatementLine.objects.filter(Exists(said), statement__in=[one.pk for one in statements])
    lines = list(lines.select_related("statement", "worked_month"))
    counts: dict[int, int] = defaultdict(int)
    answers = answers_by_line(lines)
    for line in lines:
        counts[line.statement_id] += sum(answer.is_open for answer in answers[line.pk])
    return {pk: count for pk, count in counts.items() if count}


def _on(moment: datetime) -> str:

    return f"le {day(localtime(moment).date())}"
