"""Mails leave by a job: the text is written at once, the sending waits for the mail server."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from .jobs import defer
from .tasks import send_mail


def send_mail_later(
    to: str | Iterable[str], subject: str, template: str, context: dict[str, Any] | None = None
) -> None:
    """Send a French text mail to each address, once the current transaction is committed.

    `template` is a text template; it also receives `site`, the address that links start with. Each address
    gets a mail of its own, so that nobody reads the others'.
    """
    text = render_to_string(template, {"site": settings.PUBLIC_URL.geturl(), **(context or {})})
    body = text.strip() + "\n"
    for address in sorted({to} if isinstance(to, str) else set(to)):
        defer(send_mail, to=address, subject=" ".join(subject.split()), body=body)


def absolute(path: str) -> str:
    """The whole address of one of our pages, for a mail."""
    return settings.PUBLIC_URL.geturl() + path
