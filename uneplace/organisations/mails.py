from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.db.models import Model
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.timezone import localtime

from uneplace.kit.mails import absolute, send_mail_later
from uneplace.rules.french import day, several

from .models import AccessLink, Invitation, Membership, Organisation, User


def invitation_link(token: str) -> str:
    """The whole address of an invitation; whoever holds it may join."""
    return absolute(reverse("accounts:invitation", args=[token]))


def send_invitation(invitation: Invitation, token: str, *, about: Model | None) -> None:
    """The link, to the person invited."""
    inviter = invitation.invited_by
    send_mail_later(
        invitation.email,
        f"{inviter or 'Uneplace'} vous invite à rejoindre {invitation.organisation}",
        "organisations/mails/invitation.txt",
        {
            "invitation": invitation,
            "inviter": inviter,
            "about": about,
            "link": invitation_link(token),
            "until": day(localtime(invitation.expires_at).date()),
        },
    )


def access_link(token: str) -> str:
    """The whole address of a link that lets an organisation without account answer."""
    return absolute(reverse("doors:open", args=[token]))


def send_link_again(link: AccessLink, thing: Model, address: str) -> None:
    """A new link, to the address of the one that works no more."""
    send_mail_later(
        link.email,
        f"Votre nouveau lien\u00a0: {thing}",
        "organisations/mails/link_again.txt",
        {
            "service": link.service,
            "thing": thing,
            "link": address,
            "until": day(localtime(link.expires_at).date()),
        },
    )


def send_password_link(user: User) -> None:
    """The link that lets somebody choose a new password."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("accounts:password_choose", args=[uid, default_token_generator.make_token(user)])
    send_mail_later(
        user.email,
        "Choisir un nouveau mot de passe",
        "organisations/mails/password.txt",
        {"user": user, "link": absolute(path)},
    )


def send_guesses_notice(user: User, *, kind: str, since: datetime, until: datetime) -> None:
    """Tell the owner that somebody tries passwords or codes on the account."""
    send_mail_later(
        user.email,
        "Des essais répétés sur votre compte Uneplace",
        "organisations/mails/guesses.txt",
        {
            "user": user,
            "kind": kind,
            "since": since,
            "until": until,
            "link": absolute(reverse("accounts:account")),
        },
    )


def send_security_notice(user: User, what: str) -> None:
    """Tell somebody that the ways into the account changed; `what` is the whole French sentence."""
    send_mail_later(
        user.email,
        "La sécurité de votre compte Uneplace a changé",
        "organisations/mails/security.txt",
        {"user": user, "what": what, "link": absolute(reverse("accounts:account"))},
    )


def send_membership_notice(membership: Membership, what: str, *, by: Any) -> None:
    """Tell somebody that the place held in an organisation changed; `what` is the whole French sentence."""
    send_mail_later(
        membership.user.email,
        f"Votre place dans {membership.organisation} a changé",
        "organisations/mails/membership.txt",
        {"what": what, "who": by.user, "organisation": by.organisation},
    )


def send_dormant_notice(
    organisation: Organisation, addresses: Iterable[str], *, own: int, of_partners: int
) -> None:
    """How many accounts sleep, to those who administer the organisation."""
    send_mail_later(
        addresses,
        "Des comptes Uneplace ne servent plus",
        "organisations/mails/dormant.txt",
        {
            "organisation": organisation,
            "own": several(own, "compte", "comptes") if own else "",
            "of_partners": several(of_partners, "compte", "comptes") if of_partners else "",
            "link": absolute(reverse("accounts:dormant")),
        },
    )
