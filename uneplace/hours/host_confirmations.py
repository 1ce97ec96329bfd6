"""The company where lent people work confirms the month that their employer declared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.links import BETWEEN, links_to
from uneplace.organisations.models import Organisation

from . import mails
from .confirmations import CHANGED, SENT, answers_by_line
from .doors import addresses_of_host, draw_door
from .models import MONTH_HOURS, Confirmation, Placement, Statement, StatementLine

Party = Confirmation.Party


@dataclass(frozen=True)
class HostAnswer:
    """What the company says of one line: the hours that it read, those that it says, and a few words."""

    line: StatementLine
    shown: Decimal
    hours: Decimal
    words: str = ""


def lines_to_confirm(statement: Statement) -> list[StatementLine]:
    """The lines of a sent statement that the company has not answered about, or that changed since."""
    if statement.status not in SENT or statement.declarant_id == statement.commitment.company_id:
        return []
    lines = list(
        statement.lines.select_related(
            "statement", "worked_month__placement__participant", "worked_month__placement__declared_by"
        ).order_by("worked_month__placement__participant__last_name", "pk")
    )
    answers = answers_by_line(lines)
    return [line for line in lines if _is_to_answer(line, answers[line.pk])]


def _is_to_answer(line: StatementLine, answers: Sequence[Confirmation]) -> bool:
    mine = [one for one in answers if one.party == Party.HOST]
    if not mine:
        return True
    last = mine[-1]
    return not last.is_open and line.hours != (last.declared if last.agrees else last.kept)


def statements_to_confirm(company: Organisation) -> QuerySet[Statement]:
    """The statements received from who lends people to this company, that wait for its word: of somebody it
    never answered about, or whose hours are no longer those that stood after its answer."""
    said = Confirmation.objects.filter(
        party=Party.HOST,
        placement=OuterRef("worked_month__placement"),
        month=OuterRef("worked_month__month"),
        commitment=OuterRef("statement__commitment"),
    )
    stood = said.annotate(stood=Case(When(agrees=True, then=F("declared")), default=F("kept")))
    lines = StatementLine.objects.annotate(
        stood=Subquery(stood.order_by("-answered_at", "-pk").values("stood")[:1])
    )
    changed = Q(hours__lt=F("stood")) | Q(hours__gt=F("stood"))  # nothing stands in an open difference
    to_answer = lines.filter(~Exists(said) | changed, statement=OuterRef("pk"))
    received = Statement.objects.filter(
        commitment__company=company, status=Statement.Status.SUBMITTED
    ).exclude(declarant=F("commitment__company"))
    return received.filter(Exists(to_answer))


@transaction.atomic
def confirm_as_host(
    statement: Statement, answers: Sequence[HostAnswer], *, by: Actor, at: datetime
) -> list[Confirmation]:
    """Take what the company says of each person lent to it; another figure opens a difference, of which the
    service and the declarant are told in one mail. Raises `Refused`.

    Of two answers at once, the second waits for the first and is told that it came.
    """
    if not answers:
        raise Refused("Il n’y a rien à confirmer dans ce relevé.")
    keys = sorted(one.line.worked_month.placement_id for one in answers)
    list(Placement.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=keys).order_by("pk"))
    now = {
        line.pk: line
        for line in lines_to_confirm(Statement.objects.select_related("commitment").get(pk=statement.pk))
    }
    if any(one.line.pk not in now or now[one.line.pk].hours != one.shown for one in answers):
        raise Refused(CHANGED)
    if any(one.hours > MONTH_HOURS for one in answers):
        raise Refused(f"Un mois n’a que {MONTH_HOURS} heures.")
    made = []
    for one in answers:
        agrees = one.hours == one.shown
        answer = Confirmation.objects.create(
            service_id=statement.service_id,
            placement=one.line.worked_month.placement,
            month=statement.month,
            party=Party.HOST,
            commitment_id=statement.commitment_id,
            organisation=by.organisation,
            agrees=agrees,
            declared=one.shown,
            said=one.hours,
            words="" if agrees else one.words.strip(),
            answered_at=at,
            answered_by=by.user,
        )
        verb = "confirmation.agreed" if agrees else "confirmation.differed"
        record(verb, about=answer.placement, by=by, at=at, month=statement.month.isoformat())
        made.append(answer)
    if differences := [one for one in made if not one.agrees]:
        mails.tell_of_differences(differences)
    return made


def why_not_ask_host(statement: Statement) -> list[str]:
    """The reasons that keep a link to confirm the month from being sent to the company; none means that it
    can be."""
    company = statement.commitment.company
    if company.has_account:
        return [f"{company} a un compte\u00a0: c’est par lui qu’elle confirme."]
    if not addresses_of_host(statement):
        return [f"Aucune adresse n’est connue pour {company}."]
    if not lines_to_confirm(statement):
        return ["Il n’y a rien à confirmer dans ce relevé."]
    return []


@transaction.atomic
def ask_host(statement: Statement, *, by: Actor, at: datetime) -> str:
    """Send the company where lent people work a link to confirm the month, and answer the address. Raises
    `Refused`, also when one that works was sent there a moment ago."""
    list(Statement.objects.select_for_update(no_key=True).filter(pk=statement.pk))
    if reasons := why_not_ask_host(statement):
        raise Refused(*reasons)
    company, email = statement.commitment.company, addresses_of_host(statement)[0]
    recent = links_to(statement).filter(
        organisation=company, email=email, opened_at=None, withdrawn_at=None, created_at__gt=at - BETWEEN
    )
    if recent.exists():
        raise Refused(f"Un lien vient d’être envoyé à {email}.")
    mails.ask_host_to_confirm(statement, draw_door(statement, email=email, by=by, at=at, to=company))
    return email
