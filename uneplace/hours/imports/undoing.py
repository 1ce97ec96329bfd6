"""An import taken back: its statements are put back as they were, as long as nobody went further."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from uneplace.contracts.models import Clause
from uneplace.hours.evidence_calendar import forget_unworked
from uneplace.hours.models import AwaitedDocument, HoursImport, ImportedStatement, Statement
from uneplace.journal.actions import record, record_many
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor

from . import writing
from .actions import JUST_HANDLED, KEPT_FOR, Status, move, on_behalf

TOO_OLD = "Cet import a plus de trente jours\u00a0: corrigez les relevés eux-mêmes."
MOST_NAMED = 3


def why_not_undo(hours_import: HoursImport, *, at: datetime) -> list[str]:
    """The reasons that keep an import from being undone; none means that it can be."""
    if hours_import.status != Status.DONE:
        return [JUST_HANDLED]
    if hours_import.accepted_at + KEPT_FOR < at:
        return [TOO_OLD]
    touched = ImportedStatement.objects.filter(hours_import=hours_import)
    held = touched.filter(
        Q(statement__status=Statement.Status.VALIDATED)
        | Q(statement__commitment__clause__status=Clause.Status.CLOSED)
    )
    if found := _named(held):
        return [f"Des heures de cet import sont déjà validées, ou leur clause close\u00a0: {found}."]
    changed = touched.exclude(
        Q(is_sent=True, statement__status=Statement.Status.SUBMITTED)
        | Q(is_sent=False, statement__status__in=[Statement.Status.DRAFT, Statement.Status.RETURNED]),
        statement__version=F("version_after"),
    )
    if found := _named(changed):
        return [f"Depuis cet import, quelqu’un a modifié ou envoyé {found}. Corrigez les relevés eux-mêmes."]
    return []


def _named(touched) -> str:
    """« le relevé d’avril 2026 de X, et 3 autres »."""
    rows = list(
        touched.select_related("statement__declarant").order_by("statement__month", "pk")[:MOST_NAMED]
    )
    words = [f"le relevé {row.statement.of_month} de {row.statement.declarant}" for row in rows]
    others = touched.count() - len(rows) if len(rows) == MOST_NAMED else 0
    if others:
        words.append(f"et {others} autre{'s' if others > 1 else ''}")
    return ", ".join(words)


@transaction.atomic
def undo_import(hours_import: HoursImport, *, by: Actor, at: datetime) -> None:
    """Put every statement back as it was before an import. Raises Refused once one of them went further."""
    if hours_import.status == Status.DONE:
        writing.hold(hours_import)
    if reasons := why_not_undo(hours_import, at=at):
        raise Refused(*reasons)
    move(hours_import, (Status.DONE,), Status.UNDONE, ended_at=at)
    writing.take_lines_back(hours_import)
    touched = hours_import.statements.values("statement__commitment")
    forget_unworked(AwaitedDocument.objects.filter(commitment__in=touched))
    statements = [row.statement for row in hours_import.statements.select_related("statement__declarant")]
    record_many("statement.import_undone", about=statements, by=by, at=at, hours_import=hours_import.pk)
    record("hours_import.undone", about=hours_import, by=by, at=at, **on_behalf(hours_import, by))
