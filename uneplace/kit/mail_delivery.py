"""Handing a mail to the mail server: its text, and a page made of the very same text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parseaddr
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

PERMANENT = 500  # from this reply code on, the mail server will answer the same tomorrow
ENHANCED = re.compile(r"\b5\.\d{1,3}\.\d{1,3}\b")


class UndeliverableError(Exception):
    """The mail server refuses this mail for good: its status (« 5.1.1 », or nothing) and its words."""

    def __init__(self, reply: bytes) -> None:
        self.words = reply.decode("utf-8", "replace")
        found = ENHANCED.search(self.words)
        self.status = found[0] if found else ""
        super().__init__(self.words)


@dataclass
class Block:
    """A part of a mail: a paragraph, the lines of a list, or a link on a line of its own."""

    kind: str
    lines: list[str] = field(default_factory=list)


def deliver(to: str, subject: str, body: str, *, token: str = "") -> None:
    """Hand one mail over. `token` names it in its Message-ID, for the report that may come back.

    Raises `UndeliverableError` when the server will never take it; what else goes wrong may be tried again.
    """
    headers = {"From": settings.DEFAULT_FROM_EMAIL}
    if token:
        headers["Message-ID"] = f"<mail-{token}@{_domain()}>"
    sender = settings.BOUNCE_ADDRESS or settings.DEFAULT_FROM_EMAIL
    mail = EmailMultiAlternatives(subject, body, sender, to=[to], headers=headers)
    page = {
        "subject": unbroken(subject),
        "blocks": list(blocks_of(unbroken(body))),
        "site": settings.PUBLIC_URL.geturl(),
    }
    mail.attach_alternative(render_to_string("mails/page.html", page), "text/html")
    try:
        mail.send()
    except SMTPRecipientsRefused as error:
        code, reply = next(iter(error.recipients.values()))
        if code >= PERMANENT:
            raise UndeliverableError(reply) from error
        raise
    except SMTPDataError as error:
        if error.smtp_code >= PERMANENT:
            raise UndeliverableError(error.smtp_error) from error
        raise


def blocks_of(body: str) -> Iterator[Block]:
    """The parts of a text: blank lines end a paragraph, « - » starts a line of a list, which goes on below,
    and an address of this site alone on its line is a link to press. No other address is made a link: some
    words of a mail were typed by an outside organisation."""
    site = settings.PUBLIC_URL.geturl()
    block: Block | None = None
    for line in body.splitlines():
        words = line.strip()
        if not words:
            kind = ""
        elif words.startswith("- "):
            kind = "list"
        elif words.startswith(f"{site}/") and " " not in words:
            kind = "link"
        else:
            kind = "list" if block is not None and block.kind == "list" and line[0] == " " else "text"
        if block is not None and (kind != block.kind or kind == "link"):
            yield block
            block = None
        if not kind:
            continue
        block = block or Block(kind)
        if kind == "list" and not words.startswith("- "):
            block.lines[-1] += f"\n{words}"
        else:
            block.lines.append(words.removeprefix("- ") if kind == "list" else words)
    if block is not None:
        yield block


def unbroken(text: str) -> str:
    """The text, with no line break inside French quotation marks nor before a double sign."""
    return re.sub("(?<=«) | (?=[»:;!?%€])", "\u00a0", text)


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
