"""Reading and writing an import at once, or by the worker when it is long."""

from datetime import date, datetime

from uneplace.hours.models import HoursImport
from uneplace.kit.refused import Refused
from uneplace.kit.scope import working_with
from uneplace.kit.spreadsheets import UnreadableSheet
from uneplace.organisations.actor import Actor

from . import actions
from .reading import NoLongerAwaited, read_lines

SHORT_FILE = 256 * 1024  # bytes, read while one waits
SHORT_IMPORT = 5000  # lines, written while one waits


def read_import(hours_import: HoursImport, *, on: date) -> None:
    """Read a file whose columns are told, and show what it comes to.

    Nothing is kept of one that somebody dropped meanwhile. Done again from its beginning when a worker
    stopped in the middle. Opens its own scopes.
    """
    lines, failure = 0, ""
    try:
        lines = read_lines(hours_import)
    except NoLongerAwaited:
        return
    except UnreadableSheet as error:
        failure = str(error)
    with working_with([hours_import.service_id]):
        actions.end_reading(hours_import, on=on, lines=lines, failure=failure)


def write_import(hours_import: HoursImport, *, shown: str, sends: bool, by: Actor, at: datetime) -> None:
    """Accept an import for whoever asked; when that is refused, its page says why. In the caller's scope."""
    try:
        actions.accept_import(hours_import, shown=shown, sends=sends, by=by, at=at)
    except Refused as refusal:
        hours_import.refresh_from_db()
        actions.give_back(hours_import, reasons=refusal.reasons)
