"""Mails that come back: the report that a mail server sends when it could not deliver."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

TOKEN = re.compile(r"<mail-([A-Za-z0-9_-]{20,40})@")

WORDS = {
    "5.1.1": "Cette adresse n’existe pas.",
    "5.1.2": "Le domaine de cette adresse n’existe pas.",
    "5.1.3": "Cette adresse est mal écrite.",
    "5.1.10": "Le domaine de cette adresse ne reçoit pas de courriel.",
    "5.2.1": "Cette boîte n’est plus utilisée.",
    "5.2.2": "Cette boîte est pleine.",
    "5.4.1": "Le serveur de cette adresse n’a pas répondu.",
    "5.4.4": "Le domaine de cette adresse n’a pas été trouvé.",
    "5.4.7": "Le serveur de cette adresse n’a pas répondu à temps.",
    "5.7.1": "Le serveur de cette adresse a refusé le message.",
}
"""What the enhanced status codes of RFC 3463 mean for who wrote the mail."""


@dataclass(frozen=True)
class Bounce:
    """A report: of which of our mails, and why it came back, in French."""

    token: str
    reason: str


def reason_of(status: str, words: str = "") -> str:
    """Why a mail came back: the sentence of its status (« 5.1.1 »), else the server's own words."""
    if status in WORDS:
        return WORDS[status]
    words = " ".join(words.split())[:200]
    said = f" Réponse du serveur\u00a0: {words}" if words else ""
    return f"Le message n’a pas pu être remis.{said}"


def read_bounce(raw: bytes) -> Bounce | None:
    """The bounce that a delivery report (RFC 3464) tells; None for anything else.

    A report of delay or of success is not a bounce, and neither is one about a mail that is not ours.
    """
    report = message_from_bytes(raw, policy=policy.default)
    parts = list(report.walk())
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    if status is None:
        return None
    failed = next((block for block in _blocks(status) if _action(block) == "failed"), None)
    token = TOKEN.search("\n".join(_message_ids(parts)))
    if failed is None or token is None:
        return None
    code = str(failed.get("Status", "")).strip()
    return Bounce(token[1], reason_of(code, str(failed.get("Diagnostic-Code", ""))))


def _blocks(status: EmailMessage) -> list[Message]:
    payload = status.get_payload()
    return payload if isinstance(payload, list) else []


def _action(block: Message) -> str:
    return str(block.get("Action", "")).strip().lower()


def _message_ids(parts: list[EmailMessage]) -> list[str]:
    """The ids of the mail that came back: it is joined whole, or by its headers alone."""
    found = []
    for part in parts:
        if part.get_content_type() == "text/rfc822-headers":
            headers = message_from_bytes(part.get_payload(decode=True), policy=policy.default)
            found.append(str(headers.get("Message-ID", "")))
        elif part.get_content_type() == "message/rfc822":
            found += [str(inner.get("Message-ID", "")) for inner in part.get_payload()]
    return found
