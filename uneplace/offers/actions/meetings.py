"""Agreeing on a moment to meet: one side proposes up to three, the other takes one or proposes others."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.offers import mails
from uneplace.offers.models import Application
from uneplace.offers.perms import IN_COMPANY_HANDS, represented
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

from .answers import why_not_choose
from .moves import meanwhile

MOST_SLOTS = 3
DURATIONS = (15, 30, 45, 60)  # minutes
FURTHEST = timedelta(days=92)
Side, Status = Application.Side, Application.Status
CHANGED = "Quelqu’un vient de changer cet entretien. Relisez-le avant de continuer."


def why_not_propose_meeting(application: Application, *, side: str) -> list[str]:
    """The reasons that keep one side from proposing moments; the structure only answers a proposal."""
    if side == Side.STRUCTURE and application.status != Status.MEETING:
        return [meanwhile(application)]
    return why_not_choose(application)


@transaction.atomic
def propose_meeting(
    application: Application,
    *,
    slots: Iterable[datetime],
    minutes: int = 30,
    place: str,
    side: str = Side.COMPANY,
    by: Actor,
    at: datetime,
) -> None:
    """Propose moments to come and a place, for the company or for the structure; they replace the former
    ones, and a moment already agreed on."""
    if reasons := why_not_propose_meeting(application, side=side):
        raise Refused(*reasons)
    moments = sorted(set(slots))
    if not moments:
        raise Refused("Proposez au moins un moment.")
    if len(moments) > MOST_SLOTS:
        raise Refused("Proposez trois moments au plus.")
    if moments[0] <= at:
        raise Refused("Choisissez un moment à venir pour l’entretien.")
    if moments[-1] > at + FURTHEST:
        raise Refused("Choisissez un moment dans les trois prochains mois.")
    _change(
        application,
        at=at,
        status=Status.MEETING,
        meeting_at=None,
        meeting_slots=moments,
        meeting_minutes=minutes,
        meeting_asked_by=side,
        meeting_place=place.strip(),
    )
    behalf = represented(by, _of(application, side))
    record("application.meeting_proposed", about=application, by=by, at=at, on_behalf_of=behalf)
    _tell_the_other(application, side, at)


def why_not_accept_meeting(application: Application, *, side: str) -> list[str]:
    """The reasons that keep one side from taking a moment that the other proposed."""
    if application.status != Status.MEETING:
        return [meanwhile(application)]
    if application.meeting_at is not None:
        return ["Un moment est déjà choisi pour cet entretien."]
    if application.meeting_asked_by == side:
        return ["Ces moments viennent de vous\u00a0: c’est à l’autre de choisir."]
    return why_not_choose(application)


@transaction.atomic
def accept_meeting(application: Application, *, slot: datetime, side: str, by: Actor, at: datetime) -> None:
    """Take one of the moments that the other side proposed."""
    if reasons := why_not_accept_meeting(application, side=side):
        raise Refused(*reasons)
    if slot not in application.meeting_slots:
        raise Refused(CHANGED)
    if slot <= at:
        raise Refused("Ce moment est passé\u00a0: choisissez-en un autre, ou proposez-en d’autres.")
    _change(application, at=at, meeting_at=slot, meeting_slots=[])
    behalf = represented(by, _of(application, side))
    record("application.meeting_accepted", about=application, by=by, at=at, on_behalf_of=behalf)
    _tell_the_other(application, side, at)


def _change(application: Application, *, at: datetime, **changes) -> None:
    # Only as it was read: of two who propose or choose at once, the second reads again.
    rows = Application.objects.filter(
        pk=application.pk, status__in=IN_COMPANY_HANDS, meeting_revision=application.meeting_revision
    )
    if not rows.update(meeting_revision=application.meeting_revision + 1, acted_at=at, **changes):
        now = Application.objects.get(pk=application.pk)
        raise Refused(CHANGED if now.status in IN_COMPANY_HANDS else meanwhile(now))
    application.refresh_from_db()


def _of(application: Application, side: str) -> Organisation:
    is_company = side == Side.COMPANY
    return application.job_sheet.commitment.company if is_company else application.organisation


def _tell_the_other(application: Application, side: str, at: datetime) -> None:
    if side == Side.COMPANY:
        mails.tell_structure_of_meeting(application)
    else:
        mails.tell_company_of_meeting(application, at=at)
