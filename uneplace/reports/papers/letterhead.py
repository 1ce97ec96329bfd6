"""The letterhead of a service, as its papers print it."""

from uneplace.organisations.models import Organisation
from uneplace.settlement.letterheads import choice_of

from .paper import Letterhead


def letterhead_of(service: Organisation) -> Letterhead:
    """What the service chose; its name in our colour while it chose nothing."""
    choice, _ = choice_of(service)
    return Letterhead(
        name=str(service),
        lines=_lines(choice.postal),
        signature=_lines(choice.signature),
        accent=choice.accent,
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
