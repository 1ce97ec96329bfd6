from datetime import UTC, datetime
from smtplib import SMTPException

from django.utils import timezone

from uneplace.kit.jobs import Patient, every, job
from uneplace.kit.mail_delivery import UndeliverableError, deliver
from uneplace.kit.scope import every_service

from . import outcomes
from .bounces import reason_of


@job(retry=Patient(days=7, exceptions=(SMTPException, OSError)))
def send(token: str, to: str, subject: str, body: str) -> None:
    """Hand one mail about files to the mail server, and note on them what it said."""
    try:
        deliver(to, subject, body, token=token)
    except UndeliverableError as error:
        with every_service():
            outcomes.mark_bounced(token, reason=reason_of(error.status, error.words), at=timezone.now())
    else:
        with every_service():
            outcomes.mark_sent(token, at=timezone.now())


@every("50 2 * * *")
def look_after_mails(timestamp: int) -> None:
    """Each night, say which mails never left, and forget those of last year."""
    at = datetime.fromtimestamp(timestamp, UTC)
    with every_service():
        outcomes.give_up(at=at)
        outcomes.forget(at=at)
