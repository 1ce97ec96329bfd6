from uneplace.contracts.models import Clause, Commitment
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Role

from .control_records import Difficulty
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


def can_answer_difficulty(actor: Actor, difficulty: Difficulty) -> bool:
    """The service's facilitators, once the act of the clause is recorded or when nothing will change."""
    return actor.writes and actor.serves(difficulty)


def can_declare(actor: Actor, commitment: Commitment) -> bool:
    """Only the company that owes the hours says what keeps it from doing them."""
    return actor.writes and actor.stands_for(commitment.company_id)


def can_note_meeting(actor: Actor, commitment: Commitment) -> bool:
    """Only the service's facilitators note the meetings."""
    return actor.writes and actor.serves(commitment)


def is_company(actor: Actor, case: PenaltyCase) -> bool:
    """Whether one works for the company that owes the hours."""
    return actor.stands_for(case.commitment.company_id)


def is_buyer(actor: Actor, case: PenaltyCase) -> bool:
    """Whether one works for the buyer of the contract."""
    return actor.stands_for(case.commitment.clause.lot.contract.buyer_id)


def can_choose_letterhead(actor: Actor) -> bool:
    """What the papers of a service carry: its administrators."""
    return actor.is_facilitator and actor.role == Role.ADMIN


def can_report(actor: Actor, clause: Clause) -> bool:
    """Only the service's facilitators write the reports of a clause, and freeze them."""
    return actor.writes and actor.serves(clause)


def can_decide_thresholds(actor: Actor) -> bool:
    """When to worry about a clause, in a service: its administrators."""
    return actor.is_facilitator and actor.role == Role.ADMIN
