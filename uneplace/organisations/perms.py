from .actor import Actor
from .models import Capacity, Membership, Organisation, Role


def administers(actor: Actor, organisation: Organisation) -> bool:
    """Whether one manages the members of this organisation."""
    return actor.stands_for(organisation.pk) and actor.role == Role.ADMIN


def can_invite(actor: Actor, organisation: Organisation) -> bool:
    """Its administrators; and a facilitator, who brings in any organisation but another service."""
    if administers(actor, organisation):
        return True
    return actor.is_facilitator and actor.writes and not organisation.can(Capacity.FACILITATOR)


def can_add_partner(actor: Actor) -> bool:
    """A facilitator brings organisations into the chain."""
    return actor.is_facilitator and actor.writes


def can_end_membership(actor: Actor, membership: Membership) -> bool:
    """The administrators of the organisation; and oneself, who may leave."""
    if actor.user is not None and membership.user_id == actor.user.pk:
        return actor.stands_for(membership.organisation_id)
    return administers(actor, membership.organisation)
