"""The whole statements of an import, sent as their declarant would, and what follows from it."""

from datetime import datetime

from django.utils.timezone import localtime

from uneplace.hours.evidence_calendar import open_proofs
from uneplace.hours.models import HoursImport, Statement
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

from . import writing


def send_whole_statements(hours_import: HoursImport, *, by: Actor, at: datetime) -> None:
    """Send those of the statements written in that are whole; whoever can sign in, and is not the one that
    imports, reads its own again and sends it itself."""
    others = hours_import.statements.exclude(statement__declarant=by.organisation)
    by_themselves = Organisation.objects.with_accounts().filter(pk__in=others.values("statement__declarant"))
    writing.send_statements(
        hours_import,
        by_themselves=by_themselves.values_list("pk", flat=True),
        user=by.user and by.user.pk,
        at=at,
    )
    sent = hours_import.statements.filter(is_sent=True)
    open_proofs(Statement.objects.filter(pk__in=sent.values("statement")), on=localtime(at).date())
