"""Links that a facilitator sends, and takes back."""

from datetime import datetime

from django.db import transaction

from uneplace.kit.refused import Refused
from uneplace.offers import mails
from uneplace.offers.models import JobSheet
from uneplace.organisations.actor import Actor
from uneplace.organisations.links import withdraw_link
from uneplace.organisations.queries import is_partner

__all__ = ["send_link", "why_not_send_link", "withdraw_link"]

Status = JobSheet.Status


def why_not_send_link(sheet: JobSheet) -> list[str]:
    """The reasons that keep a link from being sent to the company of a sheet."""
    company = sheet.commitment.company
    if company.has_account:
        return [f"{company} a un compte\u00a0: c’est par lui qu’elle répond."]
    if not is_partner(company, sheet.service):
        return [f"{company} n’est plus parmi vos partenaires."]
    if sheet.status == Status.DRAFT:
        return ["Partagez d’abord la fiche avec l’entreprise."]
    if sheet.status == Status.CLOSED:
        return ["Cette fiche est close."]
    return []


@transaction.atomic
def send_link(sheet: JobSheet, *, email: str, by: Actor, at: datetime) -> None:
    """Send the company of a sheet a link to read and answer, at an address that the service knows."""
    if reasons := why_not_send_link(sheet):
        raise Refused(*reasons)
    mails.send_link(sheet, email=email, by=by, at=at)
