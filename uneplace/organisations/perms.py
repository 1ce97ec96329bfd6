from django.db.models import QuerySet

from .actor import Actor
from .models import Capacity, Membership, Organisation, Partnership, Role
from .partnerships import held_alone


def administers(actor: Actor, organisation: Organisation) -> bool:
    """Whether one manages the members of this organisation."""
    return actor.stands_for(organisation.pk) and actor.role == Role.ADMIN


def can_invite(actor: Actor, organisation: Organisation) -> bool:
    """Its administrators; and a facilitator, who brings in any organisation but another service."""
    if administers(actor, organisation):
        return True
    return actor.is_facilitator and actor.writes and not organisation.can(Capacity.FACILITATOR)


def can_add_partner(actor: Actor) -> bool:
    """A facilitator brings organisations into the chain, lets them into the file and lets them go."""
    return actor.is_facilitator and actor.writes


def can_change_role(actor: Actor, membership: Membership) -> bool:
    """The administrators of the organisation; oneself included, while somebody else administers it."""
    return administers(actor, membership.organisation)


def reviews_dormant(actor: Actor) -> bool:
    """Who administers looks after the accounts that sleep."""
    return actor.user is not None and actor.role == Role.ADMIN


def can_end_membership(actor: Actor, membership: Membership) -> bool:
    """The administrators of the organisation; and oneself, who may leave."""
    if actor.user is not None and membership.user_id == actor.user.pk:
        return actor.stands_for(membership.organisation_id)
    return administers(actor, membership.organisation)


def resets_factors_in(actor: Actor) -> QuerySet[Organisation]:
    """Of whose people one may ever reset the second factor: of one's own organisation; for a service, of the
    partners that no other service works with."""
    own = {actor.organisation.pk}
    if actor.is_facilitator:
        partners = Partnership.objects.in_force().filter(service=actor.organisation)
        own |= held_alone(partners.values_list("organisation", flat=True), service=actor.organisation)
    return Organisation.objects.filter(pk__in=own)


def can_reset_factors(actor: Actor, membership: Membership) -> bool:
    """The administrators of the organisation; for the only one, those of a service. Never oneself."""
    if actor.role != Role.ADMIN or actor.user is None or membership.user_id == actor.user.pk:
        return False
    if administers(actor, membership.organisation):
        return True
    administrators = membership.organisation.memberships.current().filter(
        role=Role.ADMIN, user__is_active=True
    )
    is_only_one = [one.pk for one in administrators] == [membership.pk]
    return is_only_one and actor.is_facilitator and not membership.organisation.can(Capacity.FACILITATOR)
