"""What was sent to the company of a job sheet, by what door, and what may be sent or asked for now."""

from datetime import datetime
from typing import Any

from uneplace.offers import actions, perms
from uneplace.offers.models import JobSheet
from uneplace.offers.queries import sendings_of
from uneplace.organisations.actor import Actor
from uneplace.organisations.links import links_to


def to_company(actor: Actor, sheet: JobSheet, *, at: datetime) -> dict[str, Any]:
    """The part of a sheet's page that tells it: the service alone reads of sendings and of links."""
    serves = actor.serves(sheet)
    return {
        "sendings": sendings_of(sheet) if serves else [],
        "links": links_to(sheet) if serves else [],
        "now": at,
        "may_send_link": perms.can_manage(actor, sheet) and not actions.why_not_send_link(sheet),
        "may_ask": perms.can_agree_for_company(actor, sheet) and not actions.why_not_ask_for_others(sheet),
    }
