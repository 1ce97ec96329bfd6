from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity

from .models import Participant, Support


def can_decide(actor: Actor, participant: Participant) -> bool:
    """Only the service's facilitators decide on eligibility, and never on somebody made anonymous."""
    return actor.writes and actor.serves(participant) and participant.anonymised_at is None


def can_correct(actor: Actor, participant: Participant) -> bool:
    """The service's facilitators and the structures that follow the person keep its identity right; an
    anonymised file is given no name again."""
    is_known = participant.anonymised_at is None
    return is_known and actor.writes and (actor.serves(participant) or follows(actor, participant))


def can_read_grounds(actor: Actor, participant: Participant) -> bool:
    """The service's facilitators and the structures that follow the person, each reading being written down;
    never a company or a buyer."""
    return actor.serves(participant) or follows(actor, participant)


def follows(actor: Actor, participant: Participant) -> bool:
    """Whether one works for a structure that follows the person."""
    return (
        actor.can(Capacity.REFERRER, Capacity.INSERTION_EMPLOYER)
        and Support.objects.filter(participant=participant, organisation=actor.organisation).exists()
    )
