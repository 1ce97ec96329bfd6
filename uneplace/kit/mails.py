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
    """Send a French mail to each address, once the current transaction is committed.

    `template` is a text template; it also receives `site`, the address that links start with. Each address
    gets a mail of its own, so that nobody reads the others'. A mail about a file is written by
    `uneplace.mails`, and the file shows what becomes of it.
    """
    body = body_of(template, context)
    for address in each_once(to):
        defer(send_mail, to=address, subject=one_line(subject), body=body)


def body_of(template: str, context: dict[str, Any] | None) -> str:
    """The text of a mail, written at once: what it tells of may change before it leaves."""
    text = render_to_string(template, {"site": settings.PUBLIC_URL.geturl(), **(context or {})})
    return text.strip() + "\n"


def each_once(to: str | Iterable[str]) -> list[str]:
    """Each address that a mail goes to."""
    return sorted({to} if isinstance(to, str) else set(to))


def one_line(subject: str) -> str:
    """A subject without the line breaks that somebody typed in a name."""
    return " ".join(subject.split())


def absolute(path: str) -> str:
    """The whole address of one of our pages, for a mail."""
    return settings.PUBLIC_URL.geturl() + path
