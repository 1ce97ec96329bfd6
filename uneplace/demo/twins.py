"""Two people whom a second structure has just named again, written otherwise: possible duplicates."""

from datetime import datetime, timedelta

from uneplace.offers.models import Application
from uneplace.people.actions import record_information, register_participant
from uneplace.people.models import Means, Participant
from uneplace.people.twins import note_all_twins

from .territory import Territory


def name_some_again(territory: Territory, *, at: datetime) -> None:
    """Somebody with first and last names swapped, somebody with one letter forgotten; all are compared."""
    one, other = _applicants()
    swapped = {"first_name": one.last_name, "last_name": one.first_name, "sex": one.sex}
    slip = other.last_name[:-2] + other.last_name[-1:]
    mistyped = {"first_name": other.first_name, "last_name": slip, "phone": other.phone}
    for known, identity in ((one, swapped), (other, mistyped)):
        _register(territory, known, identity, at=at - timedelta(days=1))
    note_all_twins(territory.service, at=at)


def _applicants() -> list[Participant]:
    """Two people whose applications are still to be studied, with all that is compared."""
    waiting = Application.objects.filter(status=Application.Status.NEW).select_related("participant")
    people = waiting.filter(participant__born_on__isnull=False).order_by("pk")
    found = {one.participant_id: one.participant for one in people if len(one.participant.last_name) > 5}
    return list(found.values())[:2]


def _register(territory: Territory, known: Participant, identity: dict, *, at: datetime) -> None:
    followed_by = set(known.supports.values_list("organisation", flat=True))
    structure = next(one for one in territory.referrers if one.pk not in followed_by)
    by = territory.actor_of(structure)
    person = register_participant(
        service=territory.service,
        organisation=structure,
        born_on=known.born_on,
        commune=known.commune,
        by=by,
        at=at,
        **identity,
    )
    record_information(
        person, organisation=structure, given_on=at.date(), means=Means.INTERVIEW, by=by, at=at
    )
