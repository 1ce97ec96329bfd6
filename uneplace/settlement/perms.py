from uneplace.contracts.models import Clause, Commitment
from uneplace.organisations.actor import Actor

from .models import PenaltyCase


def can_open_case(actor: Actor, commitment: Commitment) -> bool:
    """Only the service's facilitators note that hours are missing."""
    return actor.writes and actor.serves(commitment)


def can_close_clause(actor: Actor, clause: Clause) -> bool:
    """Only the service's facilitators end a clause."""
    return actor.writes and actor.serves(clause)


def can_prepare(actor: Actor, case: PenaltyCase) -> bool:
    """The service's facilitators propose relief, and close a case that has no object any more."""
    return actor.writes and actor.serves(case)


def can_record_exchange(actor: Actor, case: PenaltyCase) -> bool:
    """Whoever has a part in it: the service, the company concerned, the buyer."""
    return actor.writes and (actor.serves(case) or is_company(actor, case) or is_buyer(actor, case))


def can_decide(actor: Actor, case: PenaltyCase) -> bool:
    """Only the buyer gives formal notice, applies or waives; nobody stands for it."""
    return actor.writes and is_buyer(actor, case)


def is_company(actor: Actor, case: PenaltyCase) -> bool:
    """Whether one works for the company that owes the hours."""
    return actor.stands_for(case.commitment.company_id)


def is_buyer(actor: Actor, case: PenaltyCase) -> bool:
    """Whether one works for the buyer of the contract."""
    return actor.stands_for(case.commitment.clause.lot.contract.buyer_id)
