from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

from .models import Placement, Statement


def can_record_placement(actor: Actor, application) -> bool:
    """Only the service's facilitators record a work contract."""
    return actor.writes and actor.serves(application)


def can_confirm_placement(actor: Actor, placement: Placement) -> bool:
    """The employer, or the service for an employer without account."""
    return actor.writes and _is_or_stands_for(actor, placement, placement.employer)


def can_declare(actor: Actor, statement: Statement) -> bool:
    """The declarant, or the service for a declarant without account."""
    return actor.writes and _is_or_stands_for(actor, statement, statement.declarant)


def can_control(actor: Actor, statement: Statement) -> bool:
    """The service's facilitators return or validate what was declared."""
    return actor.writes and actor.serves(statement)


def represented(actor: Actor, organisation: Organisation) -> Organisation | None:
    """The organisation that the actor acts for, when it is not its own."""
    return None if actor.stands_for(organisation.pk) else organisation


def _is_or_stands_for(actor: Actor, thing, organisation: Organisation) -> bool:
    if actor.stands_for(organisation.pk):
        return True
    return actor.serves(thing) and not organisation.has_account
