from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity, Role

from .models import Participant, Support


def can_decide(actor: Actor, participant: Participant) -> bool:
    """Only the service's facilitators decide on eligibility, and never on somebody made anonymous."""
    return actor.writes and actor.serves(participant) and participant.anonymised_at is None


def can_correct(actor: Actor, participant: Participant) -> bool:
    """The service's facilitators and the structures that follow the person keep its identity right; an
    anonymised file is given no name again."""
    is_known = participant.anonymised_at is None
    return is_known and actor.writes and (actor.serves(participant) or follows(actor, participant))


def can_merge(actor: Actor, participant: Participant) -> bool:
    """Which files are one person's: the facilitators of the service, who see them all."""
    return actor.writes and actor.serves(participant)


def can_decide_proof_policy(actor: Actor) -> bool:
    """How old proofs may be for a service: its administrators."""
    return actor.is_facilitator and actor.role == Role.ADMIN


def can_read_grounds(actor: Actor, participant: Participant) -> bool:
    """The service's facilitators and the structures that follow the person, each reading being written down;
    never a company or a buyer."""
    return actor.serves(participant) or follows(actor, participant)


def can_request_decision(actor: Actor, participant: Participant) -> bool:
    """The structures that follow the person ask the service to decide."""
    return actor.writes and participant.anonymised_at is None and follows(actor, participant)


def can_join_proof(actor: Actor, participant: Participant) -> bool:
    """Who may read the proofs may join the file of one, unless they only read."""
    is_known = participant.anonymised_at is None
    return is_known and actor.writes and can_read_grounds(actor, participant)


def can_take_proof_file_back(actor: Actor, participant: Participant) -> bool:
    """Only the service's facilitators take out a file joined by mistake."""
    return actor.writes and actor.serves(participant)


def follows(actor: Actor, participant: Participant) -> bool:
    """Whether one works for a structure that follows the person."""
    return (
        actor.can(Capacity.REFERRER, Capacity.INSERTION_EMPLOYER)
        and Support.objects.filter(participant=participant, organisation=actor.organisation).exists()
    )
