"""Counting again, and what the clause then owes: hours kept because they were validated go when they do."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause
from uneplace.hours.models import LedgerEntry
from uneplace.hours.recount import recount
from uneplace.organisations.actor import Actor

from . import mails
from .changing import why_not_change_duty
from .resizing import resize


@transaction.atomic
def recount_clause(
    clause: Clause, *, shown: str, lines: Collection[int], reason: str, by: Actor, at: datetime
) -> list[LedgerEntry]:
    """Enter the corrections that were shown, then bring what the clause owes up to date. Raises `Refused`.

    A fall had stopped at the hours validated that day; those that a recount takes back are kept no more.
    """
    entries = recount(clause, shown=shown, lines=lines, reason=reason, by=by, at=at)
    clause.refresh_from_db()  # `recount` holds its row until the end of the transaction
    if not entries or why_not_change_duty(clause):
        return entries
    before, act = clause.hours_due, f"Heures recomptées, {reason.strip()}"
    resize(clause, by=by, at=at, act=act)
    if clause.hours_due != before:
        mails.tell_companies_of_new_hours(clause, act=act, on=localtime(at).date())
    return entries
