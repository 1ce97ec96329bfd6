import logging
from datetime import UTC, datetime
from smtplib import SMTPException

from procrastinate.contrib.django import app

from uneplace.rules.parameters import PARAMETERS

from .jobs import Patient, every, job
from .mail_delivery import UndeliverableError, deliver
from .stray_files import remove_stray_files

logger = logging.getLogger(__name__)


@job(retry=Patient(days=7, exceptions=(SMTPException, OSError)))
def send_mail(to: str, subject: str, body: str) -> None:
    """Hand one mail to the mail server; tried again for a week, unless the server refuses it for good."""
    try:
        deliver(to, subject, body)
    except UndeliverableError as error:
        logger.warning("a mail was refused for good: %s", error.status or "no status")


@every("*/5 * * * *")
async def retry_stalled_jobs(timestamp: int) -> None:
    """Do again the jobs whose worker died in the middle of them."""
    for stalled in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(stalled)


@every("45 2 * * *")
async def forget_old_jobs(timestamp: int) -> None:
    """Remove the jobs that ended or failed long ago: the messages that they held name people."""
    days = PARAMETERS.message_retention_days.whole_on(datetime.fromtimestamp(timestamp, UTC).date())
    await app.job_manager.delete_old_jobs(
        nb_hours=days * 24, include_failed=True, include_cancelled=True, include_aborted=True
    )


@every("15 3 * * *")
def remove_stray_files_of_the_night(timestamp: int) -> None:
    """Every night, remove the files that no row names."""
    if number := remove_stray_files(at=datetime.fromtimestamp(timestamp, UTC)):
        logger.warning("%s file(s) that no row named were removed", number)
