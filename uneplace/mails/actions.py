from collections.abc import Iterable
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from django.db.models import Model

from uneplace.kit.jobs import defer_many
from uneplace.kit.mails import body_of, each_once, one_line

from .models import Mail
from .tasks import send


@dataclass(frozen=True)
class Letter:
    """One text for one or several addresses, about one or several files."""

    to: str | Iterable[str]
    subject: str
    template: str
    context: dict[str, Any] | None
    about: Model | Iterable[Model]


def write_mail(
    to: str | Iterable[str],
    subject: str,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    about: Model | Iterable[Model],
) -> None:
    """Send a mail about one or several files, which show what becomes of it: see `kit.mails.send_mail_later`.

    Each file is a row of a service; the reader of the mail is told no more than the template says.
    """
    write_mails([Letter(to, subject, template, context, about)])


def write_mails(letters: Iterable[Letter]) -> None:
    """Send many mails, in two statements whatever their number."""
    rows: list[Mail] = []
    jobs: list[dict[str, str]] = []
    for letter in letters:
        things = [letter.about] if isinstance(letter.about, Model) else list(letter.about)
        body, subject = body_of(letter.template, letter.context), one_line(letter.subject)
        for address in each_once(letter.to):
            token = token_urlsafe(24)
            rows += [
                Mail(
                    service_id=thing.service_id,
                    token=token,
                    about_kind=thing._meta.model_name,
                    about_id=thing.pk,
                    address=address,
                    subject=subject[:250],
                )
                for thing in things
            ]
            jobs.append({"token": token, "to": address, "subject": subject, "body": body})
    Mail.objects.bulk_create(rows)
    defer_many(send, jobs)
