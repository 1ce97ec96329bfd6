"""Without a mail server, mails are files of the data folder, which /dev/mails shows."""

import os
import time
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Writes each mail as an `.eml` file that any mail program opens."""

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        folder: Path = settings.MAIL_FOLDER
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for number, message in enumerate(email_messages):
            name = f"{time.time_ns():020d}-{os.getpid()}-{number}"
            draft = folder / f"{name}.draft"
            draft.write_bytes(message.message().as_bytes())
            draft.rename(folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class StoredMail:
    """A mail that was written in the data folder."""

    name: str
    message: Parsed

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def to(self) -> str:
        return str(self.message["To"] or "")

    @property
    def sent_at(self) -> datetime | None:
        date = self.message["Date"]
        return None if date is None else date.datetime

    @property
    def text(self) -> str:
        part = self.message.get_body(("plain",))
        return part.get_content() if part else ""


def stored_mails() -> list[StoredMail]:
    """The mails of the data folder, latest first."""
    return [_read(path) for path in sorted(settings.MAIL_FOLDER.glob("*.eml"), reverse=True)]


def stored_mail(name: str) -> StoredMail | None:
    """One mail by its name; None when there is none such."""
    path = settings.MAIL_FOLDER / f"{name}.eml"
    return _read(path) if path.is_file() else None


def _read(path: Path) -> StoredMail:
    return StoredMail(path.stem, message_from_bytes(path.read_bytes(), policy=policy.default))
