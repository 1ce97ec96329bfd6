"""By which door a company comes to a job sheet: its account, else a link sent to the address known of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from uneplace.kit.mails import absolute
from uneplace.organisations.actor import Actor
from uneplace.organisations.links import draw_link, is_withdrawn, last_address
from uneplace.organisations.queries import addresses_of, is_partner
from uneplace.rules import french

from .models import JobSheet


@dataclass(frozen=True)
class Door:
    """Where to write, and what opens; `until` is the last day of a link, in words, or nothing."""

    address: str
    link: str
    until: str = ""


def addresses_for(sheet: JobSheet) -> list[str]:
    """Where links for this sheet may go: where the last one went, then the company's own address.

    None to a company that the service works with no more, nor to an address whose links were withdrawn.
    """
    company, service = sheet.commitment.company, sheet.service
    if not is_partner(company, service):
        return []
    known = [last_address(company, service=service)]
    if not is_withdrawn(company.email, company, service=service):
        known.append(company.email)
    return list(dict.fromkeys(address for address in known if address))


def doors_to(sheet: JobSheet, path: str, *, by: Actor, at: datetime) -> list[Door]:
    """Each address of the company with what it opens: `path` for those who have an account, else a new link.

    Empty when nobody has an account and no address is known, and for a company that the service works with no
    more: the service tells it by itself.
    """
    company = sheet.commitment.company
    if not company.has_account:
        return [draw_door(sheet, email=email, by=by, at=at) for email in addresses_for(sheet)[:1]]
    if not is_partner(company, sheet.service):
        return []
    return [Door(address, absolute(path)) for address in addresses_of(company)]


def draw_door(sheet: JobSheet, *, email: str, by: Actor, at: datetime) -> Door:
    """A new link to the sheet, for the company."""
    link, address = draw_link(sheet, organisation=sheet.commitment.company, email=email, by=by, at=at)
    return Door(link.email, address, french.day(localtime(link.expires_at).date()))
