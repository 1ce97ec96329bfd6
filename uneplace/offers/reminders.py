"""Telling those who owe an act, then the other contacts of their organisation, then the service.

Each morning, one mail at most to each address. What was told is kept: nobody is told the same thing twice,
and days on which nothing could be sent shift what follows instead of sending it all at once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record_many
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.organisations.queries import addresses_of, contacts_of
from uneplace.rules.delays import next_reminder_on, rung_of

from .delays import delays_of
from .doors import addresses_for
from .models import Act, Application, JobSheet, Reminder
from .models.reminders import LEVELS
from .reminder_mails import Awaited, Telling, write_mails
from .whose_turn import Party, steps_of_applications, steps_of_sheets, with_act

Addresses = Callable[[Organisation], list[str]]
Level = Reminder.Level
Sheet = JobSheet.Status
ON_SHEETS = (Act.SHARE, Act.AGREE, Act.AGREE_TOO, Act.PUBLISH, Act.SEEK, Act.NOBODY, Act.OTHERS)
"""What is awaited on a sheet itself. Structures that have to propose somebody read the morning's digest."""


@transaction.atomic
def send_reminders(service: Organisation, *, at: datetime) -> int:
    """Remind of what is late, or silent for too long, in one service; answers how many reminders were kept.

    Of two at once, the second waits for the first and finds nothing left to tell.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=service.pk)
    by, on = Actor(None, service), localtime(at).date()
    contacts, everybody = cache(contacts_of), cache(addresses_of)
    tellings = [
        _telling(one, number, service, contacts, everybody)
        for one, number in _due(awaited_in(service, at=at), on=on)
    ]
    sent = write_mails(tellings, by=by, at=at)
    Reminder.objects.bulk_create(
        Reminder(
            service=service,
            job_sheet=one.awaited.sheet,
            application=one.awaited.application,
            act=one.awaited.step.act,
            since=one.awaited.step.since,
            number=one.number,
            level=one.level,
            told=one.told,
            sent_to=sorted(sent[one.awaited.key]),
            sent_at=at,
        )
        for one in tellings
    )
    note("reminded", [one.awaited for one in tellings], by=by, at=at)
    return len(tellings)


def note(done: str, things: Iterable[Awaited], *, by: Actor, at: datetime) -> None:
    """Write in the journal that something was told of each of these, on its own file."""
    things = list(things)
    files = [one.application for one in things if one.application is not None]
    record_many(f"application.{done}", about=files, by=by, at=at)
    record_many(
        f"job_sheet.{done}", about=[one.sheet for one in things if one.application is None], by=by, at=at
    )


def awaited_in(service: Organisation, *, at: datetime) -> list[Awaited]:
    """All that is awaited in one service, but from the structures that have to propose somebody."""
    around = ("job_sheet__commitment__company", "job_sheet__commune", "job_sheet__service", "organisation")
    files = with_act(Application.objects.filter(service=service)).select_related(*around)
    files = {one.pk: one for one in files if one.act != "WAIT"}
    steps = steps_of_applications(files.values(), at=at)
    found = [Awaited(one.job_sheet, one, steps[pk]) for pk, one in files.items() if pk in steps]
    sheets = JobSheet.objects.filter(
        service=service, status__in=[Sheet.DRAFT, Sheet.TO_AGREE, Sheet.PUBLISHED]
    ).select_related("commitment__company", "commune", "service")
    of_sheets = steps_of_sheets(sheets, at=at)
    return found + [
        Awaited(sheet, None, step)
        for sheet in sheets
        for step in of_sheets[sheet.pk]
        if step.act in ON_SHEETS
    ]


def _due(awaited: list[Awaited], *, on: date) -> Iterable[tuple[Awaited, int]]:
    """Each turn of which a reminder is due that day, with the number of that reminder."""
    sent: dict[tuple, list[date]] = defaultdict(list)
    numbered = Reminder.objects.filter(job_sheet__in={one.sheet.pk for one in awaited}, number__isnull=False)
    for reminder in numbered.order_by("number"):
        key = (reminder.job_sheet_id, reminder.application_id, reminder.act, reminder.since)
        sent[key].append(localtime(reminder.sent_at).date())
    delays = delays_of(one.sheet.service_id for one in awaited)
    for one in awaited:
        since, before = localtime(one.step.since).date(), one.step.before
        in_force = delays.at(one.sheet.service_id, one.step.since)
        if since <= on and next_reminder_on(since, before, in_force, sent[one.key]) <= on:
            yield one, len(sent[one.key]) + 1


def _telling(
    awaited: Awaited, number: int, service: Organisation, contacts_of: Addresses, addresses_of: Addresses
) -> Telling:
    """To whom this reminder goes: the service at once, when nobody else can be written to."""
    step, level = awaited.step, LEVELS[rung_of(number)]
    if step.party != Party.SERVICE and step.who is not None and level != Level.SERVICE:
        by_link = step.stand_in is not None or step.by_link
        contacts = _linked(awaited) if by_link else contacts_of(step.who)
        addresses = contacts[:1] if level == Level.OWES else contacts[1:]
        if addresses:
            return Telling(awaited, number, level, step.who, tuple(addresses), by_link)
    is_its_own = step.party == Party.SERVICE or step.stand_in is not None
    level = Level.OWES if is_its_own and number == 1 else Level.SERVICE
    return Telling(awaited, number, level, service, tuple(addresses_of(service)))


def _linked(awaited: Awaited) -> list[str]:
    """Where a link may be sent to a company without account; structures are stood in for by the service."""
    if awaited.step.party != Party.COMPANY:
        return []
    return addresses_for(awaited.sheet)
