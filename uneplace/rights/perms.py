from uneplace.organisations.actor import Actor
from uneplace.people.models import Participant
from uneplace.people.perms import follows


def can_answer(actor: Actor, participant: Participant) -> bool:
    """The service that holds the file answers for it: it reads, hands over, erases and keeps."""
    return actor.writes and actor.serves(participant)


def can_record(actor: Actor, participant: Participant) -> bool:
    """A person asks the service, or the structure that follows them, which then writes it down."""
    return actor.writes and (actor.serves(participant) or follows(actor, participant))


def can_keep(actor: Actor, participant: Participant) -> bool:
    """Whoever is told that a file is to be anonymised may ask to keep it: the service and the structures."""
    return can_record(actor, participant)
