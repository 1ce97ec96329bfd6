"""A difference between what was declared and what somebody says: messages, then the hours that stand."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules import french

from . import mails
from .confirmations import CHANGED, MonthTold, month_told
from .models import Confirmation, ConfirmationMessage

SETTLED = "Cet écart est déjà réglé."


def told_now(answer: Confirmation) -> MonthTold:
    """The hours declared today for what the answer is about."""
    return month_told(answer.placement, answer.month, commitment=answer.commitment_id)


def why_not_write(answer: Confirmation) -> list[str]:
    """The reasons that keep a message from being written."""
    return [] if answer.is_open else [SETTLED]


def why_not_settle(answer: Confirmation) -> list[str]:
    """The reasons that keep a difference from being closed; the declarant corrects the statement first."""
    if not answer.is_open:
        return [SETTLED]
    if not told_now(answer).is_sent:
        return ["Le relevé est en cours de correction\u00a0: attendez qu’il soit renvoyé."]
    return []


@transaction.atomic
def write_message(answer: Confirmation, *, words: str, by: Actor, at: datetime) -> ConfirmationMessage:
    """Write in the thread of a difference; whoever else has a part in it is told. Raises `Refused`."""
    if not words.strip():
        raise Refused("Écrivez votre message.")
    answer = _held(answer)
    if reasons := why_not_write(answer):
        raise Refused(*reasons)
    message = ConfirmationMessage.objects.create(
        service_id=answer.service_id,
        confirmation=answer,
        organisation=by.organisation,
        written_by=by.user,
        written_at=at,
        words=words.strip(),
    )
    record("confirmation.written", about=answer.placement, by=by, at=at, confirmation=answer.pk)
    mails.tell_of_message(answer, by=by.organisation)
    return message


@transaction.atomic
def settle_difference(answer: Confirmation, *, shown: Decimal, reason: str, by: Actor, at: datetime) -> None:
    """Close a difference: the hours declared today stand, and why. `shown` are those that were read.

    When the hours were to change, the declarant corrected the statement before. Of two people at once, one
    settles. Raises `Refused`.
    """
    if not reason.strip():
        raise Refused("Écrivez comment l’écart est réglé.")
    answer = _held(answer)
    reasons = why_not_settle(answer)
    if not reasons and (now := told_now(answer).hours) != shown:
        reasons = [f"{CHANGED[:-1]}. Elles sont maintenant {french.hours(now)}."]
    if reasons:
        raise Refused(*reasons)
    answer.settled_at, answer.settled_by = at, by.user
    answer.kept, answer.settle_reason = shown, reason.strip()
    answer.save(update_fields=["settled_at", "settled_by", "kept", "settle_reason"])
    record(
        "confirmation.settled",
        about=answer.placement,
        by=by,
        at=at,
        confirmation=answer.pk,
        declared=str(answer.declared),
        kept=str(shown),
    )
    mails.tell_settled(answer, by=by.organisation)


def _held(answer: Confirmation) -> Confirmation:
    rows = Confirmation.objects.select_for_update(of=("self",), no_key=True).select_related(
        "service", "organisation", "placement__participant", "placement__declared_by"
    )
    return rows.get(pk=answer.pk)
