"""What a service prints on its papers: the colour, the postal lines, who signs; and how it changes."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.organisations.versions import Words, add_version, latest_of, what_changed
from uneplace.rules.contrast import why_not_accent

from .models import ServiceLetterhead

ACCENT = "#0b5563"
MOST_LINES, LONGEST_LINE = 6, 80
WORDS = Words(
    "Quelqu’un d’autre vient de changer cet en-tête. "
    "Relisez-le\u00a0: ce que vous avez écrit est encore dans le formulaire.",
    "Rien ne change\u00a0: modifiez la couleur ou une ligne.",
)
TOO_LONG = f"Écrivez au plus {MOST_LINES} lignes de {LONGEST_LINE} signes."


@dataclass(frozen=True)
class Choice:
    """What a service chose to print; the lines are apart by line breaks."""

    accent: str = ACCENT
    postal: str = ""
    signature: str = ""


def choice_of(service: Organisation) -> tuple[Choice, int]:
    """What the service prints now, and the number of that version: 0 while it keeps to ours."""
    latest = latest_of(ServiceLetterhead, service)
    if latest is None:
        return Choice(), 0
    return Choice(latest.accent, latest.postal, latest.signature), latest.number


def why_not_choose(choice: Choice) -> dict[str, str]:
    """What is wrong with each part of it; empty when nothing is."""
    reasons = {}
    if wrong := why_not_accent(choice.accent):
        reasons["accent"] = wrong[0]
    for name in ("postal", "signature"):
        lines = getattr(choice, name).split("\n")
        if len(lines) > MOST_LINES or any(len(line) > LONGEST_LINE for line in lines):
            reasons[name] = TOO_LONG
    return reasons


@transaction.atomic
def choose_letterhead(
    service: Organisation, choice: Choice, *, read: int, by: Actor, at: datetime
) -> ServiceLetterhead:
    """Change what the service prints on its papers from now on.

    `read` is the number of the latest version that was read, 0 when there was none. Raises `Refused`.
    """
    if reasons := why_not_choose(choice):
        raise Refused(*reasons.values())
    before, after = asdict(choice_of(service)[0]), asdict(choice)
    chosen = add_version(
        ServiceLetterhead, service, after, before=before, read=read, words=WORDS, by=by, at=at
    )
    changed = list(what_changed(before, after)["after"])
    record("service_letterhead.chosen", about=service, by=by, at=at, number=chosen.number, changed=changed)
    return chosen
