from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMessage
from procrastinate.contrib.django import app

from .jobs import Patient, job


@job(retry=Patient(days=7, exceptions=(SMTPException, OSError)))
def send_mail(to: str, subject: str, body: str) -> None:
    """Hand one mail to the mail server; tried again for a week while that fails."""
    EmailMessage(subject, body, to=[to]).send()


@app.periodic(cron="*/5 * * * *")
@app.task(name="uneplace.kit.tasks.retry_stalled_jobs", queueing_lock="stalled", pass_context=True)
async def retry_stalled_jobs(context: Any, timestamp: int) -> None:
    """Do again the jobs whose worker died in the middle of them."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs():
        await manager.retry_job(stalled)
