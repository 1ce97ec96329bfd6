from smtplib import SMTPException

from django.core.mail import EmailMessage

from .jobs import Patient, job


@job(retry=Patient(days=7, exceptions=(SMTPException, OSError)))
def send_mail(to: str, subject: str, body: str) -> None:
    """Hand one mail to the mail server; tried again for a week while that fails."""
    EmailMessage(subject, body, to=[to]).send()
