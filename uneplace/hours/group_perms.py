"""Who arranges what between the companies of a clause; possible now is another question."""

from uneplace.contracts.models import Clause, Commitment, MemberRole, Subcontracting, Transfer
from uneplace.organisations.actor import Actor


def leads(actor: Actor, clause: Clause) -> bool:
    """Whether one works for the mandataire of a clause."""
    return clause.commitments.filter(company=actor.organisation, role=MemberRole.MANDATAIRE).exists()


def sees_each_member(actor: Actor, clause: Clause) -> bool:
    """Whether one reads the hours of each company, as totals: the service, the buyer and the mandataire."""
    return actor.serves(clause) or actor.stands_for(clause.lot.contract.buyer_id) or leads(actor, clause)


def member_of(actor: Actor, clause: Clause) -> Commitment | None:
    """The engagement of the company that one works for, on a clause."""
    own = clause.commitments.filter(company=actor.organisation).select_related("company", "clause")
    return own.order_by("pk").first()


def can_arrange(actor: Actor, member: Commitment | None) -> bool:
    """Propose transfers and declare subcontractors: whoever works for a company of the clause."""
    return actor.writes and member is not None and actor.stands_for(member.company_id)


def can_answer_for(actor: Actor, transfer: Transfer) -> list[Commitment]:
    """The companies for which one may answer: one's own; for the service, one without account."""
    if not actor.writes:
        return []
    return [
        one
        for one in transfer.awaited
        if actor.stands_for(one.company_id) or (actor.serves(transfer) and not one.company.has_account)
    ]


def can_decide(actor: Actor, thing: Transfer | Subcontracting) -> bool:
    """Validate or refuse: the facilitators of its service."""
    return actor.writes and actor.serves(thing)


def can_withdraw(actor: Actor, transfer: Transfer) -> bool:
    """Take back a proposal: the company that made it."""
    proposer = transfer.proposed_for
    return actor.writes and proposer is not None and actor.stands_for(proposer.company_id)


def can_withdraw_declaration(actor: Actor, declared: Subcontracting) -> bool:
    """Take back a declaration: the company that made it."""
    return actor.writes and actor.stands_for(declared.principal.company_id)
