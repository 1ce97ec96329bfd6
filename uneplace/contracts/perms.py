"""Who is entitled to what on contracts, clauses and commitments; possible now is another question."""

from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity

from .models import Clause, Commitment, Contract, Lot


def can_add_contracts(actor: Actor) -> bool:
    """Import award data or type a contract: the facilitators, for their service."""
    return actor.is_facilitator and actor.writes


def can_edit_contract(actor: Actor, contract: Contract) -> bool:
    """Correct it, add a lot: the facilitators of its service."""
    return actor.serves(contract) and actor.writes


def can_open_clause(actor: Actor, lot: Lot) -> bool:
    """The facilitators of its service."""
    return actor.serves(lot) and actor.writes


def can_edit_clause(actor: Actor, clause: Clause) -> bool:
    """Edit, share or validate it: the facilitators of its service."""
    return actor.serves(clause) and actor.writes


def can_invite(actor: Actor, commitment: Commitment) -> bool:
    """Invite its company: the facilitators of its service."""
    return actor.serves(commitment) and actor.writes


def can_see_people(actor: Actor, commitment: Commitment) -> bool:
    """The names of those who work for it: the service and the company itself, never the buyer."""
    if actor.serves(commitment):
        return True
    is_firm = actor.can(Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
    return is_firm and actor.stands_for(commitment.company_id)
