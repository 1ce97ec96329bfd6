from uneplace.hours.models import Placement
from uneplace.organisations.actor import Actor


def can_certify(actor: Actor, placement: Placement) -> bool:
    """The service, and the employer of that work contract; never the host company, nor the declarant."""
    return actor.serves(placement) or actor.stands_for(placement.employer_id)


def can_certify_all(actor: Actor) -> bool:
    """Whoever writes in the service takes out the certificates of everybody: it is an act of the journal."""
    return actor.is_facilitator and actor.writes
