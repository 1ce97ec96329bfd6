"""What becomes of a mail."""

from datetime import datetime, timedelta

from .models import Mail

TRIED_FOR = timedelta(days=8)  # a day more than the job that sends tries
KEPT = timedelta(days=365)


def mark_sent(token: str, *, at: datetime) -> None:
    """The mail server took the mail."""
    Mail.objects.filter(token=token, state=Mail.State.QUEUED).update(state=Mail.State.SENT, ended_at=at)


def mark_bounced(token: str, *, reason: str, at: datetime) -> int:
    """The mail did not reach its reader: refused at once, or come back later; answers on how many files."""
    rows = Mail.objects.filter(token=token).exclude(state=Mail.State.BOUNCED)
    return rows.update(state=Mail.State.BOUNCED, ended_at=at, reason=reason)


def give_up(*, at: datetime) -> int:
    """Say of the mails that the mail server never took that they will not leave any more."""
    never_left = Mail.objects.filter(state=Mail.State.QUEUED, queued_at__lt=at - TRIED_FOR)
    return never_left.update(
        state=Mail.State.BOUNCED,
        ended_at=at,
        reason="Le serveur de courriel n’a pas pris ce message pendant une semaine.",
    )


def forget(*, at: datetime) -> None:
    """Remove what is known of mails written more than a year ago."""
    Mail.objects.filter(queued_at__lt=at - KEPT).delete()
