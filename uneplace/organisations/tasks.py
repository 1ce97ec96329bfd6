from datetime import UTC, datetime, timedelta

from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.kit.jobs import every, job

from .actor import Nobody
from .guesses import BURST, WINDOW, forget_guesses
from .mails import send_guesses_notice, send_password_link
from .models import User
from .queries import user_with
from .sessions import forget_sessions


@job()
def report_guesses(kind: str, account: str, address: str, at: str) -> None:
    """Write a burst of wrong guesses in the journal and tell the owner, when the account exists.

    `account` is the address typed when passwords are guessed, the account's number when codes are; `address`
    is the shortened network address of the last guess.
    """
    moment = datetime.fromisoformat(at)
    user = user_with(account) if kind == "password" else User.objects.filter(pk=int(account)).first()
    if user is None:
        return
    record("account.guessed", about=user, by=Nobody(), at=moment, kind=kind, guesses=BURST, address=address)
    if user.is_active:
        send_guesses_notice(user, kind=kind, since=localtime(moment - WINDOW), until=localtime(moment))


@job()
def send_reset_link(email: str) -> None:
    """Send the link that lets the owner of this address choose a new password, when there is an account."""
    user = user_with(email)
    # An account without a password waits for its invitation, or belongs to the demo.
    if user is not None and user.is_active and user.has_usable_password():
        send_password_link(user)


@every("17 3 * * *")
def forget_sign_ins(timestamp: int) -> None:
    """Remove ended sessions, and counts of guesses that bind nobody any more."""
    at = datetime.fromtimestamp(timestamp, UTC)
    forget_sessions(before=at)
    forget_guesses(before=at - timedelta(days=1))
