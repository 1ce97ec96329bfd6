"""What nobody touches closes by itself: announced first, then closed with its reason, and everybody told."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localtime

from uneplace.journal.actions import record_many
from uneplace.kit.mails import absolute
from uneplace.kit.refused import Refused
from uneplace.mails.actions import write_mail
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.organisations.queries import addresses_of
from uneplace.rules import french
from uneplace.rules.delays import SHORTEST_CLOSING, closes_on, notice_on

from . import mails
from .actions.closing import close_job_sheet
from .actions.moves import end_applications
from .actions.telling import tell_answers
from .delays import delays_of
from .models import Application, JobSheet, Reminder
from .whose_turn import start_of, with_act

Sheet = JobSheet.Status
Reason = Application.DeclineReason
NOTICE = Reminder.Level.NOTICE


@dataclass(frozen=True)
class Silent:
    """A sheet, or an application of it, that nobody has touched `since` a moment; whom to tell of it.

    `told_on` is the day on which its closing was announced, `closes_on` the day on which it closes; both are
    None until then.
    """

    sheet: JobSheet
    application: Application | None
    since: datetime
    told: Organisation
    notice_on: date
    told_on: date | None = None
    closes_on: date | None = None

    @property
    def thing(self) -> JobSheet | Application:
        """What is about to close."""
        return self.application or self.sheet


@transaction.atomic
def announce_closings(service: Organisation, *, at: datetime) -> int:
    """Announce what will close unless somebody acts; answers how many closings were announced."""
    Organisation.objects.select_for_update(no_key=True).get(pk=service.pk)
    on, by = localtime(at).date(), Actor(None, service)
    due = [one for one in silent_in(service) if one.told_on is None and one.notice_on <= on]
    notices = Reminder.objects.bulk_create(
        Reminder(
            service=service,
            job_sheet=one.sheet,
            application=one.application,
            since=one.since,
            level=NOTICE,
            told=one.told,
            sent_to=addresses_of(one.told),
            sent_at=at,
        )
        for one in due
    )
    announced = {(one.job_sheet_id, one.application_id): one for one in notices}
    _tell_of_closings(
        [one for one in silent_in(service) if (one.sheet.pk, _pk(one.application)) in announced], service
    )
    for verb, things in _verbs(due, "closing_announced"):
        record_many(verb, about=things, by=by, at=at)
    return len(due)


@transaction.atomic
def close_silent(service: Organisation, *, at: datetime) -> int:
    """Close what was announced and that nobody has touched since; answers how many were closed.

    Whoever acts at the same moment wins: what has just been touched stays open.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=service.pk)
    on, by = localtime(at).date(), Actor(None, service)
    due = [one for one in silent_in(service) if one.closes_on is not None and one.closes_on <= on]
    # Sheets before files, as whoever chooses a person does: locked in two orders, they would wait for ever.
    sheets = JobSheet.objects.filter(pk__in={one.sheet.pk for one in due})
    list(sheets.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    files = [one.application.pk for one in due if one.application]
    untouched = Application.objects.filter(pk__in=files, acted_at__lt=at - timedelta(days=SHORTEST_CLOSING))
    ended = end_applications(
        untouched,
        Application.Status.DECLINED,
        by=by,
        at=at,
        decline_reason=Reason.NO_ANSWER,
        answered_by=None,
        answered_through="",
    )
    record_many("application.closed_by_silence", about=ended, by=by, at=at)
    tell_answers(ended, by=by, at=at)
    mails.tell_companies_of_loss(ended, at=at)
    closed = [one for one in due if one.application is None and _close(one, service, by=by, at=at)]
    return len(ended) + len(closed)


def _close(silent: Silent, service: Organisation, *, by: Actor, at: datetime) -> bool:
    """Close one sheet, unless somebody has just touched it or one of its files; answers whether it closed."""
    sheet = JobSheet.objects.get(pk=silent.sheet.pk)
    if _touched(sheet) != silent.since:
        return False
    words = f"Aucune action depuis le {french.day(localtime(silent.since).date())}."
    try:
        close_job_sheet(sheet, kind=JobSheet.ClosingKind.SILENCE, words=words, by=by, at=at)
    except Refused:  # closed by somebody in the meantime
        return False
    return True


def silent_in(service: Organisation) -> list[Silent]:
    """Every sheet and application of a service that may close by itself, with when."""
    files = with_act(Application.objects.filter(service=service, status__in=Application.OPEN))
    files = files.select_related("job_sheet__commitment__company", "job_sheet__service", "organisation")
    sheets = (
        JobSheet.objects.filter(service=service, status__in=[Sheet.DRAFT, Sheet.TO_AGREE, Sheet.PUBLISHED])
        .annotate(last_file=Max("applications__acted_at"))
        .select_related("commitment__company", "service")
    )
    things = [(one.job_sheet, one, one.since, one.organisation) for one in files]
    for sheet in sheets:
        company = sheet.commitment.company
        told = company if sheet.status != Sheet.DRAFT and addresses_of(company) else sheet.service
        things.append((sheet, None, _since(sheet, sheet.last_file), told))
    notices = {
        (notice.job_sheet_id, notice.application_id, notice.since): localtime(notice.sent_at).date()
        for notice in Reminder.objects.filter(service=service, level=NOTICE)
    }
    delays = delays_of([service.pk])
    found = []
    for sheet, application, since, told in things:
        in_force, first = delays.at(service.pk, since), localtime(since).date()
        told_on = notices.get((sheet.pk, _pk(application), since))
        last = closes_on(first, in_force, told_on=told_on) if told_on else None
        found.append(Silent(sheet, application, since, told, notice_on(first, in_force), told_on, last))
    return found


def closing_of(thing: JobSheet | Application) -> date | None:
    """The day on which a file closes by itself: once it is announced, and as long as nobody acts."""
    notices = Reminder.objects.filter(level=NOTICE).order_by("-sent_at")
    if isinstance(thing, Application):
        notice = notices.filter(application=thing).first()
        still = with_act(Application.objects.filter(pk=thing.pk, status__in=Application.OPEN))
        since = still.values_list("since", flat=True).first() if notice else None
    else:
        notice = notices.filter(job_sheet=thing, application=None).first()
        is_open = thing.status in (Sheet.DRAFT, Sheet.TO_AGREE, Sheet.PUBLISHED)
        since = _touched(thing) if notice and is_open else None
    if notice is None or notice.since != since:
        return None
    in_force = delays_of([thing.service_id]).at(thing.service_id, since)
    told_on = localtime(notice.sent_at).date()
    return closes_on(localtime(since).date(), in_force, told_on=told_on)


def _touched(sheet: JobSheet) -> datetime:
    return _since(sheet, sheet.applications.aggregate(last=Max("acted_at"))["last"])


def _since(sheet: JobSheet, last_file: datetime | None) -> datetime:
    """When a sheet or one of its files was last touched; structures have until their deadline."""
    moments = [sheet.acted_at, last_file]
    if sheet.status == Sheet.PUBLISHED and sheet.apply_before:
        moments.append(start_of(sheet.apply_before))
    return max(moment for moment in moments if moment is not None)


def _tell_of_closings(announced: Iterable[Silent], service: Organisation) -> None:
    """One mail to each organisation, and one to the service, that says what closes and when."""
    by_reader: dict[Organisation, list[Silent]] = defaultdict(list)
    for one in announced:
        for reader in {one.told, service}:
            by_reader[reader].append(one)
    for reader, ones in by_reader.items():
        lines = [
            {
                "sheet": one.sheet,
                "company": one.sheet.commitment.company,
                "is_file": one.application is not None,
                "on": french.day(one.closes_on) if one.closes_on else "",
                "link": absolute(one.thing.get_absolute_url()),
            }
            for one in ones
        ]
        write_mail(
            addresses_of(reader),
            f"Sans réponse\u00a0: {french.several(len(lines), 'clôture annoncée', 'clôtures annoncées')}",
            "offers/mails/closing_announced.txt",
            {"lines": lines},
            about=[one.thing for one in ones],
        )


def _verbs(silent: Iterable[Silent], done: str) -> list[tuple[str, list]]:
    things = [one.thing for one in silent]
    return [
        (f"application.{done}", [one for one in things if isinstance(one, Application)]),
        (f"job_sheet.{done}", [one for one in things if isinstance(one, JobSheet)]),
    ]


def _pk(application: Application | None) -> int | None:
    return application.pk if application else None
