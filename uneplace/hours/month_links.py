"""Letting a person without account confirm one month, by a code printed for them or a link to their address.

As `organisations/links.py` does for an organisation: 256 bits drawn at random, kept by their hash, spent by
« Continuer » and not by reading, two hours to answer. A link by e-mail goes to the address that the person's
file holds, and to no other.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.mails import absolute
from uneplace.kit.refused import Refused
from uneplace.kit.scope import every_service, working_with
from uneplace.organisations.actor import Actor
from uneplace.organisations.links import digest
from uneplace.rules.french import day

from . import mails
from .models import MonthLink, Placement

LIFE = timedelta(days=14)  # a paper is given by hand, and read when one comes home
BETWEEN = timedelta(minutes=15)
KEPT = timedelta(days=365)
RENEWED_WITHIN = timedelta(days=60)
TAKEN = "Ce code a déjà servi."


@dataclass(frozen=True)
class PersonActor:
    """A person come by the link of a month: nobody for the journal, which names no participant."""

    month_link: MonthLink
    user: None = None
    organisation: None = None

    @property
    def means(self) -> str:
        """How the person came."""
        return "la personne, sans compte"  # not how: that they have an address is the service's to know


@transaction.atomic
def draw_month_link(
    placement: Placement, month: date, *, email: str = "", by: Actor | PersonActor, at: datetime
) -> tuple[MonthLink, str]:
    """A new link to one month of a work contract, and its whole address; printed when it has no address."""
    token = secrets.token_urlsafe(32)
    user, giver = by.user, by.organisation.pk if by.organisation else placement.service_id
    link = MonthLink.objects.create(
        service_id=placement.service_id,
        placement=placement,
        month=month,
        organisation_id=giver,
        email=email,
        token_hash=digest(token),
        created_at=at,
        created_by=user,
        expires_at=localtime(at + LIFE).replace(hour=23, minute=59, second=59),  # the paper names the day
    )
    verb = "month_link.sent" if email else "month_link.printed"
    record(verb, about=placement, by=by, at=at, month=month.isoformat(), month_link=link.pk)
    return link, absolute(reverse("my_month:open", args=[token]))


def link_with(token: str) -> MonthLink | None:
    """The link of this token, whatever became of it; None when there never was one."""
    return _found(token_hash=digest(token))


def link_of_session(secret: str) -> MonthLink | None:
    """The link that started the session of this secret, over or not."""
    return _found(session_hash=digest(secret)) if secret else None


def _found(**key: str) -> MonthLink | None:
    with every_service():  # nobody is known yet: the link tells the service
        rows = MonthLink.objects.select_related(
            "service", "placement__participant", "placement__employer", "placement__declared_by"
        )
        return rows.filter(**key).first()


def why_not_open(link: MonthLink, *, at: datetime) -> list[str]:
    """The reasons that keep a link from letting the person in."""
    if link.placement.participant.anonymised_at is not None:
        return ["Vos données ont été effacées\u00a0: ce code n’ouvre plus rien."]
    if link.opened_at is not None:
        return [f"{TAKEN[:-1]}, le {_day(link.opened_at)}. Un code ne sert qu’une fois."]
    if at >= link.expires_at:
        return [f"Ce code était valable jusqu’au {_day(link.expires_at)}."]
    return []


@transaction.atomic
def open_month_link(link: MonthLink, *, at: datetime) -> str:
    """Spend the link; answers the secret of the session that starts. Of two at once, one gets in."""
    if reasons := why_not_open(link, at=at):
        raise Refused(*reasons)
    secret = secrets.token_urlsafe(32)
    with working_with([link.service_id]):
        rows = MonthLink.objects.filter(pk=link.pk, opened_at=None, expires_at__gt=at)
        if not rows.update(opened_at=at, session_hash=digest(secret)):
            raise Refused(TAKEN)
        record("month_link.opened", about=link.placement, by=PersonActor(link), at=at, month_link=link.pk)
    return secret


def is_live(link: MonthLink, *, at: datetime) -> bool:
    """Whether the session that the link started still goes on."""
    return (
        link.session_ends_at is not None
        and link.left_at is None
        and at < link.session_ends_at
        and link.placement.participant.anonymised_at is None
    )


@transaction.atomic
def leave(link: MonthLink, *, at: datetime) -> None:
    """End the session that the link started."""
    with working_with([link.service_id]):
        MonthLink.objects.filter(pk=link.pk, left_at=None).update(left_at=at)


@transaction.atomic
def send_month_link(placement: Placement, month: date, *, by: Actor | PersonActor, at: datetime) -> bool:
    """Send the person a link to a month, to the address of their file; answers whether it left.

    Nothing leaves without an address, nor when a link to that month was sent a moment ago.
    """
    email = placement.participant.email
    recent = MonthLink.objects.filter(
        placement=placement, month=month, opened_at=None, created_at__gt=at - BETWEEN
    )
    if not email or any(link.email for link in recent):
        return False
    link, address = draw_month_link(placement, month, email=email, by=by, at=at)
    mails.ask_person_to_confirm(link, address)
    return True


@transaction.atomic
def renew_month_link(link: MonthLink, *, at: datetime) -> bool:
    """Send a new link to the same month, to the address of the person's file if it has one."""
    is_too_old = at >= link.created_at + RENEWED_WITHIN
    if is_too_old or link.placement.participant.anonymised_at is not None:
        return False
    with working_with([link.service_id]):
        return send_month_link(link.placement, link.month, by=PersonActor(link), at=at)


def forget_month_links(*, before: datetime) -> int:
    """Remove the links that stopped working before that moment."""
    forgotten, _ = MonthLink.objects.filter(expires_at__lt=before).delete()
    return forgotten


def _day(moment: datetime) -> str:
    return day(localtime(moment).date())
