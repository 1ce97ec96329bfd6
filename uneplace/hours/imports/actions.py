"""Acts on an import of hours: received, its columns told, its doubts settled, accepted, dropped."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.timezone import localtime

from uneplace.hours import mails
from uneplace.hours.models import ColumnMemory, HoursImport, ImportDoubt, ImportLine
from uneplace.hours.perms import represented
from uneplace.journal.actions import record, record_many
from uneplace.kit.refused import Refused
from uneplace.kit.spreadsheets import UnreadableSheet
from uneplace.kit.uploads import FileRefused, antivirus, tidy_name
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

from . import writing
from .checking import check_lines, outcome_of
from .columns import why_not_read
from .reading import headings_of_file
from .sending import send_whole_statements

Status = HoursImport.Status
UNDER_WAY = (Status.TO_MAP, Status.READING, Status.READY, Status.WRITING, Status.FAILED)
JUST_HANDLED = "Quelqu’un vient de traiter cet import. Rechargez la page."
CHANGED_SINCE = "Des relevés ont changé depuis cette lecture\u00a0: rien n’a été importé. Relisez la page."
NOTHING_TO_KEEP = "Aucune ligne de ce fichier n’est à importer."
TO_CHOOSE = "Faites d’abord les choix que le fichier laisse ouverts, ou laissez ces lignes de côté."
KEPT_FOR = timedelta(days=30)
BATCH = 2000


def digest_of(file: BinaryIO) -> str:
    """What stands for the content of a file."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()


def same_file(digest: str, *, service: Organisation, importer: Organisation) -> HoursImport | None:
    """The import in force that this organisation made of the very same file, with nothing left to enter.

    A file with lines refused or left out may be read again, once what they lacked is there; so may one whose
    month was told on the page: the same hours may be those of the next.
    """
    done = HoursImport.objects.filter(service=service, importer=importer, status=Status.DONE)
    known = done.filter(digest=digest, month=None).order_by("-pk").first()
    if known is None:
        return None
    entered = (
        known.lines.filter(reason__in=["", ImportLine.Reason.UNCHANGED]).values("number").distinct().count()
    )
    return known if entered == known.lines_read else None


@transaction.atomic
def receive_file(
    file: BinaryIO,
    name: str,
    size: int,
    *,
    service: Organisation,
    sender: Organisation,
    by: Actor,
    at: datetime,
) -> HoursImport:
    """Keep a file, its headings read and its columns proposed. Raises Refused when it is no table."""
    name = tidy_name(name)
    try:
        headings, table = headings_of_file(file, name, size)
        if settings.CLAMAV:
            file.seek(0)
            antivirus.scan(file.read())
    except (UnreadableSheet, FileRefused) as error:
        raise Refused(str(error))
    hours_import = HoursImport(
        service=service,
        importer=by.organisation,
        sender=sender,
        name=name,
        size=size,
        digest=digest_of(file),
        headings={
            "row": headings.row,
            "key": headings.key,
            "sheet": table.sheet,
            "other_sheets": list(table.other_sheets),
            "titles": {column.rank: column.name for column in headings.columns},
            "columns": [[column.rank, column.title, list(column.samples)] for column in headings.columns],
        },
        received_at=at,
        received_by=by.user,
    )
    file.seek(0)
    hours_import.file.save(name, File(file, name), save=False)
    hours_import.save()
    record("hours_import.received", about=hours_import, by=by, at=at, **on_behalf(hours_import, by))
    return hours_import


@transaction.atomic
def tell_columns(
    hours_import: HoursImport, columns: Mapping[str, int], *, month: date | None, by: Actor, at: datetime
) -> None:
    """Say what each column holds; the file can be read then, and the next one of its sender looks the same.

    Raises Refused when something that reading needs is not told.
    """
    if reasons := why_not_read(columns, has_month=month is not None):
        raise Refused(*reasons)
    move(
        hours_import,
        (Status.TO_MAP, Status.READY, Status.FAILED),
        Status.READING,
        columns=dict(columns),
        month=month,
        failure="",
        lines_read=0,
    )
    ColumnMemory.objects.update_or_create(
        service=hours_import.service,
        sender=hours_import.sender,
        key=key_of(hours_import),
        defaults={"columns": dict(columns), "told_at": at},
    )
    record("hours_import.columns_told", about=hours_import, by=by, at=at)


def key_of(hours_import: HoursImport) -> str:
    """What stands for the headings of a file."""
    return hashlib.sha256(hours_import.layout.get("key", "").encode()).hexdigest()


def remembered_columns(hours_import: HoursImport) -> dict[str, int] | None:
    """What was told of the last file of this sender that has the same headings."""
    known = ColumnMemory.objects.filter(
        service=hours_import.service, sender=hours_import.sender, key=key_of(hours_import)
    )
    return known.values_list("columns", flat=True).first()


@transaction.atomic
def end_reading(hours_import: HoursImport, *, on: date, lines: int = 0, failure: str = "") -> None:
    """Show what was read, checked against the statements; or why the file cannot be. Part of its reading."""
    if failure:
        move(hours_import, (Status.READING,), Status.FAILED, failure=failure[:300])
        return
    move(hours_import, (Status.READING,), Status.READY, lines_read=lines)
    check_lines(hours_import, on=on)


@transaction.atomic
def settle_doubts(hours_import: HoursImport, answers: Mapping[int, int], *, by: Actor, at: datetime) -> None:
    """Say whose hours these are, for each doubt (its id): the rank of a candidate, or nobody's.

    Raises Refused when a doubt or a candidate is not there.
    """
    move(hours_import, (Status.READY,), Status.READY)
    doubts = {doubt.pk: doubt for doubt in hours_import.doubts.all()}
    for pk, answer in answers.items():
        doubt = doubts.get(pk)
        if doubt is None or not ImportDoubt.NOBODY <= answer < len(doubt.candidates):
            raise Refused(JUST_HANDLED)
        lines = ImportLine.objects.filter(doubt=doubt)
        if answer == ImportDoubt.NOBODY:
            lines.update(placement=None, commitment=None, reason=ImportLine.Reason.LEFT_OUT)
        else:
            placement, commitment = doubt.candidates[answer]
            lines.update(placement=placement, commitment=commitment, reason="")
        ImportDoubt.objects.filter(pk=pk).update(answer=answer)
    check_lines(hours_import, on=localtime(at).date())
    record("hours_import.settled", about=hours_import, by=by, at=at, choices=len(answers))


@transaction.atomic
def check_again(hours_import: HoursImport, *, by: Actor, at: datetime) -> None:
    """Look again at what keeps each line from its statement, after the statements changed."""
    move(hours_import, (Status.READY,), Status.READY)
    check_lines(hours_import, on=localtime(at).date())


@transaction.atomic
def ask_to_write(hours_import: HoursImport, *, by: Actor, at: datetime) -> None:
    """Leave the writing of a long import to the worker; it answers on the page of the import."""
    move(hours_import, (Status.READY,), Status.WRITING, failure="")


@transaction.atomic
def give_back(hours_import: HoursImport, *, reasons: tuple[str, ...]) -> None:
    """The worker could not write: the import is to be looked at again, with the reasons."""
    move(hours_import, (Status.WRITING,), Status.READY, failure=" ".join(reasons)[:300])


@transaction.atomic
def accept_import(hours_import: HoursImport, *, shown: str, sends: bool, by: Actor, at: datetime) -> None:
    """Write every good line in its statement, all or none; with `sends`, whole statements leave at once, and
    the service is told once. What a service imports for somebody who can sign in stays a draft.

    `shown` is the digest of what was read on the page. Raises Refused when that is no longer so.
    """
    move(hours_import, (Status.READY, Status.WRITING), Status.DONE, accepted_at=at, sends=sends, failure="")
    writing.hold(hours_import)
    check_lines(hours_import, on=localtime(at).date())
    outcome = outcome_of(hours_import)
    if outcome.doubtful:
        raise Refused(TO_CHOOSE)
    if outcome.digest != shown:
        raise Refused(CHANGED_SINCE)
    if not outcome.good:
        raise Refused(NOTHING_TO_KEEP)
    writing.write_lines(hours_import)
    if sends:
        send_whole_statements(hours_import, by=by, at=at)
    kept = {"lines_kept": outcome.good, "hours_kept": outcome.hours}
    HoursImport.objects.filter(pk=hours_import.pk).update(**kept)
    hours_import.refresh_from_db()
    _record_statements(hours_import, by=by, at=at)
    figures = {"lines": outcome.good, "hours": str(outcome.hours), "refused": outcome.refused}
    record(
        "hours_import.accepted", about=hours_import, by=by, at=at, **figures, **on_behalf(hours_import, by)
    )
    sent = hours_import.statements.filter(is_sent=True).count()
    if sent and by.organisation.pk != hours_import.service_id:
        mails.tell_service_of_import(hours_import, sent=sent)


def _record_statements(hours_import: HoursImport, *, by: Actor, at: datetime) -> None:
    """Each statement tells in its own history what was imported in it, a few at a time."""
    touched = hours_import.statements.select_related("statement__declarant").order_by("pk")
    for verb, is_sent in (("statement.submitted", True), ("statement.kept", False)):
        rows = touched.filter(is_sent=is_sent)
        for start in range(0, rows.count(), BATCH):
            record_many(
                verb,
                about=[row.statement for row in rows[start : start + BATCH]],
                by=by,
                at=at,
                on_behalf_of=lambda statement: represented(by, statement.declarant),
                hours_import=hours_import.pk,
            )


@transaction.atomic
def drop_import(hours_import: HoursImport, *, by: Actor, at: datetime) -> None:
    """Import nothing of a file: what was read of it is erased."""
    move(hours_import, UNDER_WAY, Status.DROPPED, ended_at=at)
    forget_what_was_read(hours_import)
    record("hours_import.dropped", about=hours_import, by=by, at=at)


def forget_what_was_read(hours_import: HoursImport) -> None:
    """Erase the file of an import, and what is kept of its lines."""
    hours_import.lines.all().delete()
    hours_import.doubts.all().delete()
    hours_import.problems.all().delete()
    stored = hours_import.file.name
    nameless = f"fichier{Path(hours_import.name).suffix}"  # the name that it came with may be somebody's
    HoursImport.objects.filter(pk=hours_import.pk).update(file="", name=nameless, headings={})
    if stored:
        storage = hours_import.file.storage
        transaction.on_commit(lambda: storage.delete(stored))
    hours_import.refresh_from_db()


def forget_imports(*, at: datetime) -> int:
    """Erase the files and lines of the imports in scope that are over thirty days old; how many there were.

    One that nobody accepted is dropped.
    """
    old = HoursImport.objects.filter(received_at__lt=at - KEPT_FOR).exclude(file="")
    imports = list(old.exclude(accepted_at__gte=at - KEPT_FOR))
    for hours_import in imports:
        if hours_import.status in UNDER_WAY:
            move(hours_import, UNDER_WAY, Status.DROPPED, ended_at=at)
        forget_what_was_read(hours_import)
    return len(imports)


def on_behalf(hours_import: HoursImport, by: Actor) -> dict[str, Organisation | None]:
    """For whom an import is made, as the journal writes it: its sender, when somebody else imports."""
    sender = hours_import.sender
    return {"on_behalf_of": None if sender.pk == hours_import.service_id else represented(by, sender)}


def move(hours_import: HoursImport, sources: tuple[str, ...], target: str, **changes: object) -> None:
    """Take an import to its next status; raises Refused when it is no longer where it was read."""
    # The row moves only if it still is where we read it: two people clicking at once cannot both win.
    rows = HoursImport.objects.filter(pk=hours_import.pk, status__in=sources)
    if not rows.update(status=target, **changes):
        raise Refused(JUST_HANDLED)
    hours_import.refresh_from_db()
