"""Letting an organisation without account answer, by a link sent to an address that the service knows.

A token is 256 bits drawn at random; it is looked for by its hash, so that neither the database nor the time
that an answer takes tells anything of it. Reading the page of a link spends nothing: mail programs open links
before their reader does.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models, transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.kit.scope import every_service, working_with
from uneplace.rules.french import day

from . import mails
from .actor import Actor
from .models import AccessLink, Organisation
from .queries import is_partner

LIFE = timedelta(days=7)
RENEWED_WITHIN = timedelta(days=60)  # of the link that somebody asks to renew
BETWEEN = timedelta(minutes=15)  # so that whoever holds an old link cannot fill a mailbox
KEPT = timedelta(days=365)  # once it works no more
TAKEN = "Ce lien a déjà servi."


def digest(secret: str) -> str:
    """What is kept of a token, or of the secret of a session."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def draw_link(
    thing: models.Model, *, organisation: Organisation, email: str, by: Actor, at: datetime
) -> tuple[AccessLink, str]:
    """A new link to this thing of a service's file for one organisation, and its whole address for a mail.

    The caller writes the mail; the journal tells of the link on the thing's own file.
    """
    if organisation.has_account:
        raise Refused(f"{organisation} a un compte\u00a0: c’est par lui que l’on répond.")
    if not is_partner(organisation, thing.service):
        raise Refused(f"{organisation} n’est plus parmi vos partenaires.")
    if not email.strip():
        raise Refused(f"Indiquez une adresse électronique pour {organisation}.")
    token = secrets.token_urlsafe(32)
    link = AccessLink.objects.create(
        service_id=thing.service_id,
        organisation=organisation,
        email=email.strip().lower(),
        thing_kind=thing._meta.label_lower,
        thing_id=thing.pk,
        token_hash=digest(token),
        created_at=at,
        created_by=by.user,
        expires_at=localtime(at + LIFE).replace(hour=23, minute=59, second=59),  # the mail names the day
    )
    record("link.sent", about=thing, by=by, at=at, link=link.pk)
    return link, mails.access_link(token)


def links_to(thing: models.Model) -> models.QuerySet[AccessLink]:
    """Every link sent about this thing, newest first."""
    return (
        AccessLink.objects.filter(
            service=thing.service_id, thing_kind=thing._meta.label_lower, thing_id=thing.pk
        )
        .select_related("created_by", "organisation")
        .order_by("-created_at", "-pk")
    )


def last_address(organisation: Organisation, *, service: Organisation) -> str:
    """Where this service last wrote a link to an organisation; empty when it never did, or withdrew them."""
    links = AccessLink.objects.filter(organisation=organisation, service=service, withdrawn_at=None)
    return links.order_by("-created_at", "-pk").values_list("email", flat=True).first() or ""


def is_withdrawn(email: str, organisation: Organisation, *, service: Organisation) -> bool:
    """Whether the service withdrew the last link it sent there: it then writes there of its own hand only."""
    links = AccessLink.objects.filter(organisation=organisation, service=service, email=email.strip().lower())
    last = links.order_by("-created_at", "-pk").first()
    return last is not None and last.withdrawn_at is not None


def link_with(token: str) -> AccessLink | None:
    """The link of this token, whatever became of it; None when there never was one."""
    return _found(token_hash=digest(token))


def link_of_session(secret: str) -> AccessLink | None:
    """The link that started the session of this secret, over or not."""
    return _found(session_hash=digest(secret)) if secret else None


def _found(**key: str) -> AccessLink | None:
    with every_service():  # nobody is known yet: the link tells the service
        return AccessLink.objects.filter(**key).select_related("organisation", "service").first()


def thing_of(link: AccessLink) -> models.Model:
    """What the link is about; read in the scope of its service."""
    return apps.get_model(link.thing_kind)._base_manager.get(pk=link.thing_id)


def actor_by(link: AccessLink) -> Actor:
    """Whoever comes by this link: the organisation, for that thing alone."""
    return Actor(None, link.organisation, link=link)


def why_not_open(link: AccessLink, *, at: datetime) -> list[str]:
    """The reasons that keep a link from letting anybody in; none means that it does."""
    if link.withdrawn_at is not None:
        return [f"{link.service} a retiré ce lien le {_day(link.withdrawn_at)}."]
    if link.organisation.has_account:
        return [f"{link.organisation} a maintenant un compte\u00a0: connectez-vous pour répondre."]
    if link.opened_at is not None:
        return [f"{TAKEN[:-1]}, le {_day(link.opened_at)}. Un lien ne sert qu’une fois."]
    if at >= link.expires_at:
        return [f"Ce lien était valable jusqu’au {_day(link.expires_at)}."]
    return []


@transaction.atomic
def open_link(link: AccessLink, *, at: datetime) -> str:
    """Spend the link; answers the secret of the session that starts. Of two at once, one gets in."""
    if reasons := why_not_open(link, at=at):
        raise Refused(*reasons)
    secret = secrets.token_urlsafe(32)
    with working_with([link.service_id]):
        rows = AccessLink.objects.filter(pk=link.pk, opened_at=None, withdrawn_at=None, expires_at__gt=at)
        if not rows.update(opened_at=at, session_hash=digest(secret)):
            raise Refused(TAKEN)
        record("link.opened", about=thing_of(link), by=actor_by(link), at=at)
    return secret


def is_live(link: AccessLink, *, at: datetime) -> bool:
    """Whether the session that the link started still goes on."""
    return (
        link.session_ends_at is not None
        and link.left_at is None
        and link.withdrawn_at is None
        and at < link.session_ends_at
    )


@transaction.atomic
def leave(link: AccessLink, *, at: datetime) -> None:
    """End the session that the link started."""
    with working_with([link.service_id]):
        AccessLink.objects.filter(pk=link.pk, left_at=None).update(left_at=at)


@transaction.atomic
def withdraw_link(link: AccessLink, *, by: Actor, at: datetime) -> None:
    """Close every link of this address, and the sessions that they may have started."""
    if not AccessLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=at):
        raise Refused("Ce lien est déjà retiré.")
    others = AccessLink.objects.filter(
        organisation=link.organisation_id, service=link.service_id, email=link.email, withdrawn_at=None
    )
    for one in [link, *others]:
        AccessLink.objects.filter(pk=one.pk).update(withdrawn_at=at)
        record("link.withdrawn", about=thing_of(one), by=by, at=at, link=one.pk)


def withdraw_links_of(organisation: Organisation, *, service: Organisation, at: datetime) -> int:
    """The service closes its file to an organisation: none of its links works any more."""
    links = AccessLink.objects.filter(organisation=organisation, service=service, withdrawn_at=None)
    return links.update(withdrawn_at=at)


def why_not_renew(link: AccessLink, *, at: datetime) -> list[str]:
    """The reasons that keep a new link from being sent to the address of an old one."""
    if link.withdrawn_at is not None or link.organisation.has_account:
        return why_not_open(link, at=at)
    if at >= link.created_at + RENEWED_WITHIN:
        return [f"Ce lien est trop ancien\u00a0: demandez-en un autre à {link.service}."]
    return []


@transaction.atomic
def renew_link(link: AccessLink, *, at: datetime) -> bool:
    """Send a new link about the same thing to the same address, and to no other; answers whether it left.

    Nothing leaves when one was sent there a moment ago, nor once the service closed its file.
    """
    if why_not_renew(link, at=at):
        return False
    with working_with([link.service_id]):
        if not is_partner(link.organisation, link.service):
            return False
        thing = thing_of(link)
        recent = links_to(thing).filter(email=link.email, opened_at=None, created_at__gt=at - BETWEEN)
        if recent.exists():
            return False
        new, address = draw_link(
            thing, organisation=link.organisation, email=link.email, by=actor_by(link), at=at
        )
        mails.send_link_again(new, thing, address)
    return True


def forget_links(*, before: datetime) -> int:
    """Remove the links that stopped working before that moment."""
    forgotten, _ = AccessLink.objects.filter(expires_at__lt=before).delete()
    return forgotten


def _day(moment: datetime) -> str:
    return day(localtime(moment).date())
