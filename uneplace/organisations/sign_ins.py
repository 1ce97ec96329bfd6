"""What is kept of each sign-in, so that a stolen account is noticed."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.journal.queries import entries_about
from uneplace.rules.french import day

from .actor import Oneself
from .mails import send_security_notice
from .models import User

SIGNED_IN = "user.signed_in"


@transaction.atomic
def note_sign_in(user: User, *, browser: str, address: str, is_known: bool, at: datetime) -> None:
    """Write in the journal that somebody signed in and from what network; a browser that the account does not
    know is told to its owner, but for the very first."""
    if not is_known and entries_about(user).filter(verb=SIGNED_IN).exists():
        moment = localtime(at)
        send_security_notice(
            user,
            f"Une connexion à votre compte {user.email} a eu lieu le {day(moment.date())} à "
            f"{moment:%H}\u00a0h\u00a0{moment:%M} depuis un navigateur nouveau\u00a0: {browser}, "
            f"réseau {address or 'inconnu'}. "
            "Si ce n’est pas vous, changez votre mot de passe\u00a0: toutes les sessions se fermeront.",
        )
    record(SIGNED_IN, about=user, by=Oneself(user), at=at, address=address, is_known=is_known)
