"""What the job worker does by itself about hours."""

import logging
from contextlib import suppress
from datetime import UTC, date, datetime

from django.db import InterfaceError, OperationalError
from django.utils.timezone import localtime

from uneplace.kit.jobs import Patient, every, job
from uneplace.kit.refused import Refused
from uneplace.kit.scope import every_service, working_with
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation, User

from .asking import ask_for_hours
from .evidence_calendar import ask_for_documents, open_documents
from .expected import expect_statements
from .imports.actions import end_reading, forget_imports, give_back
from .imports.running import read_import, write_import
from .models import HoursImport
from .month_links import KEPT, forget_month_links
from .recount import note_all_recounts

logger = logging.getLogger(__name__)

SHAKEN = (OperationalError, InterfaceError)
"""PostgreSQL was restarted, or two transactions stood in each other's way: done again later."""
NOT_READ = (
    "La lecture s’est arrêtée sur une erreur de notre fait. Réessayez, ou déposez le fichier de nouveau."
)
NOT_WRITTEN = "L’import s’est arrêté sur une erreur de notre fait. Recommencez."


@every("15 5 * * *")
def open_expected_statements(timestamp: int) -> None:
    """Each morning, open the statements of the months begun; `timestamp` is the moment it was due."""
    on = localtime(datetime.fromtimestamp(timestamp, UTC)).date()
    with every_service():
        expect_statements(on=on)
        open_documents(on=on)  # after: a proof of hours is asked of those who declare them


@every("50 5 * * *")
def ask_for_the_hours_of_the_month(timestamp: int) -> None:
    """Each morning, in each service: ask for the months that are over, remind of those that do not come."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for service in Organisation.objects.facilitators():
        try:
            with working_with([service.pk]):
                ask_for_hours(service, at=at)
        except Exception:  # the others are not to wait for this one
            logger.exception("ask_for_hours failed for service %s", service.pk)


@every("55 5 * * *")
def ask_for_the_documents_of_clauses(timestamp: int) -> None:
    """Each morning, in each service: ask for the documents that clauses await, remind of the late ones."""
    at = datetime.fromtimestamp(timestamp, UTC)
    for service in Organisation.objects.facilitators():
        try:
            with working_with([service.pk]):
                ask_for_documents(service, at=at)
        except Exception:  # the others are not to wait for this one
            logger.exception("ask_for_documents failed for service %s", service.pk)


@every("45 4 * * *")
def look_for_recounts(timestamp: int) -> None:
    """Each night, note the clauses whose validated lines would count otherwise, for « Ma semaine »."""
    with every_service():
        note_all_recounts(at=datetime.fromtimestamp(timestamp, UTC))


@every("25 2 * * *")
def forget_imports_of_the_night(timestamp: int) -> None:
    """Each night, erase the files of the imports that are over thirty days old."""
    with every_service():
        forget_imports(at=datetime.fromtimestamp(timestamp, UTC))


@every("30 2 * * *")
def forget_links_to_months(timestamp: int) -> None:
    """Each night, remove the links to months that stopped working a year ago."""
    with every_service():
        forget_month_links(before=datetime.fromtimestamp(timestamp, UTC) - KEPT)


@job(retry=Patient(days=1, exceptions=SHAKEN))
def read_long_import(pk: int, on: str) -> None:
    """Read a long file of hours; each batch is its own transaction, so that its page shows how far it is.

    An error that nobody foresaw is told on that page, and stays the job's.
    """
    with every_service():
        hours_import = (
            HoursImport.objects.select_related("service", "sender")
            .filter(pk=pk, status=HoursImport.Status.READING)
            .first()
        )
    if hours_import is None:
        return
    day = date.fromisoformat(on)
    try:
        read_import(hours_import, on=day)
    except SHAKEN:
        raise
    except Exception:
        with suppress(Refused), working_with([hours_import.service_id]):
            end_reading(hours_import, on=day, failure=NOT_READ)
        raise


@job(retry=Patient(days=1, exceptions=SHAKEN))
def write_long_import(pk: int, user: int | None, organisation: int, shown: str, sends: bool, at: str) -> None:
    """Write a long import, for who asked, in one transaction: all of it, or nothing and its page says so."""
    with every_service():
        waiting = HoursImport.objects.filter(pk=pk, status=HoursImport.Status.WRITING)
        service = waiting.values_list("service", flat=True).first()
    if service is None:
        return
    by = Actor(User.objects.filter(pk=user).first(), Organisation.objects.get(pk=organisation))
    try:
        with working_with([service]):
            hours_import = HoursImport.objects.select_related("service", "sender").get(pk=pk)
            write_import(hours_import, shown=shown, sends=sends, by=by, at=datetime.fromisoformat(at))
    except SHAKEN:
        raise
    except Exception:
        with suppress(Refused), working_with([service]):
            give_back(HoursImport.objects.get(pk=pk), reasons=(NOT_WRITTEN,))
        raise
