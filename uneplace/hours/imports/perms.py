from uneplace.hours.models import HoursImport, Placement
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity, Organisation


def can_import(actor: Actor) -> bool:
    """Who declares hours, and the services' facilitators for them; never by a link."""
    declares = actor.can(Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
    is_let_in = actor.is_facilitator or (declares and bool(actor.services))
    return actor.writes and actor.link is None and is_let_in


def can_handle(actor: Actor, hours_import: HoursImport) -> bool:
    """The organisation that imports goes on with its import."""
    return can_import(actor) and actor.stands_for(hours_import.importer_id)


def services_for(actor: Actor):
    """The services in whose files one may import, by name."""
    services = Organisation.objects.filter(pk__in=actor.services)
    if actor.is_facilitator:
        return services.filter(pk=actor.organisation.pk)
    return services.order_by("name", "pk")


def senders_for(actor: Actor):
    """Whose files one may import: one's own; for a service, those of who declares hours in its file."""
    if not actor.is_facilitator:
        return Organisation.objects.filter(pk=actor.organisation.pk)
    declaring = Placement.objects.filter(service=actor.organisation).values("declared_by")
    return Organisation.objects.filter(pk__in=declaring).order_by("name", "pk")
