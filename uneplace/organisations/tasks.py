from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.timezone import localtime

from uneplace.journal.actions import record
from uneplace.journal.chain import seal_entries
from uneplace.journal.verify import verify
from uneplace.kit.jobs import every, job
from uneplace.kit.mails import send_mail_later
from uneplace.kit.scope import every_service

from .actor import Nobody
from .dormant import tell_of_dormant_accounts
from .guesses import BURST, WINDOW, forget_guesses
from .links import KEPT, forget_links
from .mails import send_guesses_notice, send_password_link
from .models import Capacity, Role, User
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


@every("0 7 1 1,4,7,10 *")
def tell_of_dormant(timestamp: int) -> None:
    """On the first day of each quarter, tell who administers which accounts do not serve any more."""
    with every_service():
        tell_of_dormant_accounts(at=datetime.fromtimestamp(timestamp, UTC))


@every("17 3 * * *")
def forget_sign_ins(timestamp: int) -> None:
    """Remove ended sessions, counts of guesses that bind nobody any more, and links that ended a year ago."""
    at = datetime.fromtimestamp(timestamp, UTC)
    forget_sessions(before=at)
    forget_guesses(before=at - timedelta(days=1))
    with every_service():
        forget_links(before=at - KEPT)


@every("45 1 * * *")
def verify_journal(timestamp: int) -> None:
    """Each night, the whole journal is read again; who runs the installation is told when it does not fit."""
    verdict = verify()
    if verdict.is_whole:
        seal_entries(at=datetime.fromtimestamp(timestamp, UTC))
    else:
        send_mail_later(
            administrators(),
            "Le journal des actes a été altéré" if verdict.faults else "Le journal n’a pas pu être vérifié",
            "organisations/mails/journal_altered.txt",
            {"verdict": verdict, "faults": verdict.faults[:40]},
        )


def administrators() -> list[str]:
    """`UNEPLACE_ADMIN_MAIL`, else the administrators of every service."""
    if settings.ADMIN_MAIL:
        return [settings.ADMIN_MAIL]
    admins = User.objects.filter(
        is_active=True,
        memberships__ended_at=None,
        memberships__role=Role.ADMIN,
        memberships__organisation__capacities__contains=[Capacity.FACILITATOR],
    )
    return list(admins.values_list("email", flat=True).distinct())
