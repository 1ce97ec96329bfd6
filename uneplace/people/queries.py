from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from .models import EligibilityDecision, Participant

Status = EligibilityDecision.Status
TOLD = ("situation", "explanation")  # what a decision was taken on: not even opened where nobody reads it


@dataclass(frozen=True)
class Standing:
    """Where a person stands on one day, without a word of the grounds: what everybody concerned may read."""

    status: str
    until: date | None = None
    decided_on: date | None = None
    reason: str = ""

    @property
    def is_eligible(self) -> bool:
        return self.status == Status.ELIGIBLE


def decision_for(participant: Participant, *, on: date) -> EligibilityDecision | None:
    """The decision under which the person may start that day; None when there is none."""
    return decisions_for([participant], on=on).get(participant.pk)


def decisions_for(participants: Iterable[Participant], *, on: date) -> dict[int, EligibilityDecision]:
    """The decision under which each of these people may start that day, in one query."""
    rows = (
        EligibilityDecision.objects.in_force()
        .filter(participant__in=list(participants), decided_on__lte=on, valid_until__gt=on)
        .order_by("participant_id", "-decided_on", "-pk")
        .distinct("participant_id")
        .defer(*TOLD)
    )
    return {row.participant_id: row for row in rows}


def standings(participants: Iterable[Participant], *, on: date) -> dict[int, Standing]:
    """Where each of these people stands that day, in one query; absent when nobody decided anything.

    A decision in force that day comes before whatever was asked for since.
    """
    in_force = Q(status=Status.ELIGIBLE, revoked_on=None, decided_on__lte=on, valid_until__gt=on)
    rows = (
        EligibilityDecision.objects.filter(participant__in=[person.pk for person in participants])
        .annotate(is_past=~Q(in_force))
        .order_by("participant_id", "is_past", "-decided_on", "-pk")
        .distinct("participant_id")
        .defer(*TOLD, "grounds", "main_ground")
    )
    return {row.participant_id: standing_of(row, on=on) for row in rows}


def standing_of(decision: EligibilityDecision, *, on: date) -> Standing:
    """What a decision is worth that day: it expires on its own at the end of its validity."""
    status = decision.status
    ended = decision.revoked_on is not None and decision.revoked_on <= on
    if status == Status.ELIGIBLE and (ended or decision.valid_until <= on):
        status = Status.EXPIRED
    return Standing(status, decision.valid_until, decision.decided_on, decision.reason)
