"""Asking for the hours of a month: when it is over, again before the day they are due, and once late.

Each morning, one mail at most to each address for what is awaited, one for what is late. What was asked is
kept: days on which nothing could be sent shift what follows instead of sending it all at once.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from uneplace.journal.actions import record_many
from uneplace.kit.refused import Refused
from uneplace.offers.doors import Door
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.organisations.queries import is_partner
from uneplace.rules.dates import add_months

from . import mails
from .actions import why_not_declare
from .doors import doors_to, draw_door
from .models import Statement

BEFORE = timedelta(days=3)  # a first reminder, when nothing came
AFTER = timedelta(days=2)  # the last one, once late; then it is the service's to call
BETWEEN = timedelta(days=2)  # two mails about the same month
TOO_OLD = timedelta(days=45)  # a statement late for so long is not asked for by a machine


@transaction.atomic
def ask_for_hours(service: Organisation, *, at: datetime) -> int:
    """Ask for what is due in one service; answers how many statements were asked for.

    Of two at once, the second waits for the first and finds nothing left to ask.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=service.pk)
    by, on = Actor(None, service), localtime(at).date()
    asked = [(one, doors_to(one, by=by, at=at)) for one in due_to_ask(service, on=on)]
    told: dict[tuple[str, bool], list[tuple[Statement, Door]]] = defaultdict(list)
    for statement, doors in asked:
        for door in doors:
            told[door.address, on > statement.due_on].append((statement, door))
    for (_, late), ones in told.items():
        mails.ask_for_hours(ones, late=late)
    statements = [statement for statement, doors in asked if doors]
    for verb, ones in {
        "statement.asked": [one for one in statements if one.asks == 0],
        "statement.reminded": [one for one in statements if one.asks],
    }.items():
        record_many(verb, about=ones, by=by, at=at)
    kept = Statement.objects.filter(pk__in=[one.pk for one in statements])
    kept.update(asks=F("asks") + 1, asked_on=on)
    return len(statements)


def due_to_ask(service: Organisation, *, on: date) -> list[Statement]:
    """The statements to ask for that day, oldest first; what was sent back has its own mail, of that day."""
    awaited = (
        Statement.objects.filter(service=service, asks__lt=3, due_on__gte=on - TOO_OLD)
        .awaited_from_declarant()
        .exclude(status=Statement.Status.RETURNED)
        .select_related("service", "declarant", "commitment__company", "commitment__clause__lot__contract")
        .order_by("month", "pk")
    )
    return [one for one in awaited if _is_due(one, on)]


def _is_due(statement: Statement, on: date) -> bool:
    if statement.asked_on is not None and on < statement.asked_on + BETWEEN:
        return False
    return on >= [_first_day(statement), statement.due_on - BEFORE, statement.due_on + AFTER][statement.asks]


def _first_day(statement: Statement) -> date:
    """The day after the month, or after the quarter, half-year or year that the clause asks for at once."""
    every = statement.commitment.clause.statement_every
    last = -(-statement.month.month // every) * every
    return add_months(statement.month.replace(month=1), last)


def why_not_send_link(statement: Statement, *, on: date) -> list[str]:
    """The reasons that keep a link from being sent to the declarant of a statement."""
    declarant = statement.declarant
    if declarant.has_account:
        return [f"{declarant} a un compte\u00a0: c’est par lui que l’on déclare."]
    if not is_partner(declarant, statement.service):
        return [f"{declarant} n’est plus parmi vos partenaires."]
    return why_not_declare(statement, on=on)


@transaction.atomic
def send_link(statement: Statement, *, email: str, by: Actor, at: datetime) -> None:
    """Send the declarant of a statement a link to declare it, at an address that the service knows."""
    if reasons := why_not_send_link(statement, on=localtime(at).date()):
        raise Refused(*reasons)
    door = draw_door(statement, email=email, by=by, at=at)
    mails.ask_for_hours([(statement, door)], late=False)
