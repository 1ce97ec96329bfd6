"""Meetings about what a company owes: noted by the service, read by the company and the buyer."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.contracts.models import Clause, Commitment
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor

from .control_records import Meeting


def why_not_note_meeting(commitment: Commitment) -> list[str]:
    """The reasons that keep a meeting from being noted; none means that it can be."""
    if commitment.clause.status == Clause.Status.DRAFT:
        return ["La clause est encore un brouillon\u00a0: l’entreprise ne la connaît pas."]
    return []


@transaction.atomic
def note_meeting(
    commitment: Commitment, *, held_on: date, attended: str, decided: str, by: Actor, at: datetime
) -> Meeting:
    """Keep that a meeting was held, who was there and what was decided. Raises `Refused`."""
    reasons = why_not_note_meeting(commitment)
    if held_on > localtime(at).date():
        reasons.append("La date de la réunion n’est pas encore passée.")
    if reasons:
        raise Refused(*reasons)
    meeting = Meeting.objects.create(
        service_id=commitment.service_id,
        commitment=commitment,
        held_on=held_on,
        attended=attended,
        decided=decided,
        recorded_at=at,
        recorded_by=by.user,
    )
    record("meeting.noted", about=meeting, by=by, at=at, held_on=held_on.isoformat())
    return meeting
