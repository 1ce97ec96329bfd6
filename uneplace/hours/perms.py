from uneplace.contracts.models import Clause
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity, Organisation, Role

from .models import AwaitedDocument, Confirmation, Placement, Statement


def can_record_placement(actor: Actor, application) -> bool:
    """Only the service's facilitators record a work contract."""
    return actor.writes and actor.serves(application)


def can_confirm_placement(actor: Actor, placement: Placement) -> bool:
    """The employer, or the service for an employer without account."""
    return actor.writes and _is_or_stands_for(actor, placement, placement.employer)


def can_allocate(actor: Actor, placement: Placement) -> bool:
    """Only the service's facilitators say what a work contract works for."""
    return actor.writes and actor.serves(placement)


def reads_whole(actor: Actor, placement: Placement) -> bool:
    """Whether one reads all that a work contract works for: the service, who employs, who declares.

    A company where the person works reads what is its own.
    """
    return actor.serves(placement) or any(
        actor.stands_for(organisation) for organisation in (placement.employer_id, placement.declared_by_id)
    )


def can_follow_up(actor: Actor, placement: Placement) -> bool:
    """The service's facilitators, and the insertion employer of the person; never a company."""
    return actor.writes and (
        actor.serves(placement)
        or (actor.can(Capacity.INSERTION_EMPLOYER) and actor.stands_for(placement.employer_id))
    )


def can_break(actor: Actor, placement: Placement) -> bool:
    """The service's facilitators and the employer."""
    return actor.writes and (actor.serves(placement) or actor.stands_for(placement.employer_id))


def can_declare(actor: Actor, statement: Statement) -> bool:
    """The declarant, or the service for a declarant without account."""
    return actor.writes and _is_or_stands_for(actor, statement, statement.declarant)


def can_split(actor: Actor, placement: Placement) -> bool:
    """Who declares the work contract's hours, or the service for a declarant without account."""
    return actor.writes and _is_or_stands_for(actor, placement, placement.declared_by)


def can_control(actor: Actor, statement: Statement) -> bool:
    """The service's facilitators return or validate what was declared."""
    return actor.writes and actor.serves(statement)


def can_send_document(actor: Actor, document: AwaitedDocument) -> bool:
    """Whoever it is awaited from, or the service for a sender without account."""
    return actor.writes and _is_or_stands_for(actor, document, document.sender)


def can_judge_document(actor: Actor, document: AwaitedDocument) -> bool:
    """The service's facilitators see, accept, refuse or give up a document."""
    return actor.writes and actor.serves(document)


def can_decide_checks(actor: Actor) -> bool:
    """How far each check goes, in a service: its administrators."""
    return actor.is_facilitator and actor.role == Role.ADMIN


def can_hand_codes(actor: Actor, statement: Statement) -> bool:
    """The service and who declares the hours: a code opens the whole month of a person, of which the company
    where lent people work reads its own part alone."""
    return actor.writes and (actor.serves(statement) or actor.stands_for(statement.declarant_id))


def can_write_on_difference(actor: Actor, answer: Confirmation) -> bool:
    """The service, who declares the hours, and the company that said something else."""
    return actor.writes and (
        actor.serves(answer)
        or actor.stands_for(answer.placement.declared_by_id)
        or actor.stands_for(answer.organisation_id)
    )


def can_settle_difference(actor: Actor, answer: Confirmation) -> bool:
    """The service's facilitators close a difference."""
    return actor.writes and actor.serves(answer)


def can_confirm_as_host(actor: Actor, statement: Statement) -> bool:
    """The company where lent people work, of the hours that their employer declares."""
    company = statement.commitment.company_id
    return actor.writes and actor.stands_for(company) and statement.declarant_id != company


def can_recount(actor: Actor, clause: Clause) -> bool:
    """The service's facilitators count again what was validated."""
    return actor.writes and actor.serves(clause)


def represented(actor: Actor, organisation: Organisation) -> Organisation | None:
    """The organisation that the actor acts for, when it is not its own."""
    return None if actor.stands_for(organisation.pk) else organisation


def _is_or_stands_for(actor: Actor, thing, organisation: Organisation) -> bool:
    if actor.stands_for(organisation.pk):
        return True
    return actor.serves(thing) and not organisation.has_account
