"""By which door a declarant comes to a statement: its account, else a link sent to an address known of it."""

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.kit.mails import absolute
from uneplace.offers.doors import Door
from uneplace.organisations.actor import Actor
from uneplace.organisations.links import draw_link, is_withdrawn, last_address
from uneplace.organisations.models import Organisation
from uneplace.organisations.queries import addresses_of, is_partner
from uneplace.rules import french

from .models import AwaitedDocument, Statement


def addresses_for(statement: Statement) -> list[str]:
    """Where links for this statement may go: where the last one went, then the declarant's own address.

    None to a declarant that the service works with no more, nor to an address whose links were withdrawn.
    """
    return _addresses_of(statement.declarant, statement.service)


def addresses_of_host(statement: Statement) -> list[str]:
    """The same for the company where the people of this statement are lent."""
    return _addresses_of(statement.commitment.company, statement.service)


def _addresses_of(organisation: Organisation, service: Organisation) -> list[str]:
    if not is_partner(organisation, service):
        return []
    known = [last_address(organisation, service=service)]
    if not is_withdrawn(organisation.email, organisation, service=service):
        known.append(organisation.email)
    return list(dict.fromkeys(address for address in known if address))


def doors_to(statement: Statement, *, by: Actor, at: datetime) -> list[Door]:
    """Each address of the declarant with what opens: the page for those who have an account, else a link.

    Empty when nobody has an account and no address is known, and for a declarant that the service works with
    no more: the service declares for it.
    """
    declarant = statement.declarant
    if not declarant.has_account:
        return [draw_door(statement, email=email, by=by, at=at) for email in addresses_for(statement)[:1]]
    if not is_partner(declarant, statement.service):
        return []
    path = reverse("hours:declare", args=[statement.pk])
    return [Door(address, absolute(path)) for address in addresses_of(declarant)]


def draw_door(
    statement: Statement, *, email: str, by: Actor, at: datetime, to: Organisation | None = None
) -> Door:
    """A new link to the statement, for its declarant unless another organisation is said."""
    link, address = draw_link(statement, organisation=to or statement.declarant, email=email, by=by, at=at)
    return Door(link.email, address, french.day(localtime(link.expires_at).date()))


def doors_to_document(document: AwaitedDocument, *, by: Actor, at: datetime) -> list[Door]:
    """The same for a document of the clause's calendar: its page for those who have an account, else a link
    to the sender's latest statement of that commitment, which shows what is awaited with it.

    Empty for a sender without account that never declared there: the service asks by itself.
    """
    sender = document.sender
    if not sender.has_account:
        statements = Statement.objects.filter(commitment=document.commitment_id, declarant=sender)
        last = statements.select_related("service", "declarant").order_by("-month").first()
        return [] if last is None else doors_to(last, by=by, at=at)
    if not is_partner(sender, document.service):
        return []
    return [Door(address, absolute(document.get_absolute_url())) for address in addresses_of(sender)]
