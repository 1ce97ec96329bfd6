"""Who is entitled to what on contracts, clauses and commitments; possible now is another question."""

from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity, Role

from .models import Clause, ComingContract, Commitment, Contract, Lot


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


def can_decide_service_policy(actor: Actor) -> bool:
    """What a service proposes for its next clauses: its administrators."""
    return actor.is_facilitator and actor.role == Role.ADMIN


def can_invite(actor: Actor, commitment: Commitment) -> bool:
    """Invite its company: the facilitators of its service."""
    return actor.serves(commitment) and actor.writes


def can_see_people(actor: Actor, commitment: Commitment) -> bool:
    """The names of those who work for it: the service and the company itself, never the buyer."""
    if actor.serves(commitment):
        return True
    is_firm = actor.can(Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
    return is_firm and actor.stands_for(commitment.company_id)


def can_ask_clause(actor: Actor) -> bool:
    """Ask for a clause on a coming contract: buyers, and facilitators for a buyer."""
    return actor.can(Capacity.BUYER, Capacity.FACILITATOR) and actor.writes


def can_change_request(actor: Actor, coming: ComingContract) -> bool:
    """Its buyer; the service for what it typed itself."""
    return actor.writes and (
        actor.stands_for(coming.buyer_id) or (actor.serves(coming) and coming.typed_by_service)
    )


def can_answer(actor: Actor, coming: ComingContract) -> bool:
    """The facilitators of its service."""
    return actor.serves(coming) and actor.writes


def can_move_coming(actor: Actor, coming: ComingContract) -> bool:
    """Launch its consultation, award it, drop it: its buyer or its service, whoever knows first."""
    return actor.writes and (actor.serves(coming) or actor.stands_for(coming.buyer_id))


def can_edit_texts(actor: Actor) -> bool:
    """The texts for consultation documents: the facilitators, for their service."""
    return actor.is_facilitator and actor.writes
