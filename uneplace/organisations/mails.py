from django.db.models import Model
from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.kit.mails import absolute, send_mail_later
from uneplace.rules.french import day

from .models import Invitation, User


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


def send_password_link(user: User, path: str) -> None:
    """The link that lets somebody choose a new password."""
    send_mail_later(
        user.email,
        "Choisir un nouveau mot de passe",
        "organisations/mails/password.txt",
        {"user": user, "link": absolute(path)},
    )
