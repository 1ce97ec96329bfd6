"""« À qui le tour ? »: who acts next on a file, before when, and what happened last."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Whose(StrEnum):
    """The tone of the banner."""

    MINE = "mine"
    LATE = "late"
    OTHER = "other"
    DONE = "done"


@dataclass(frozen=True)
class Turn:
    """The banner of one file as one actor reads it.

    `title` is the whole sentence (« C’est à vous : … », « Au tour de X : … », « Plus rien à faire : … »),
    `holder` the name whose initials are drawn, `verb` and `url` the one button when it is mine.
    """

    whose: Whose
    title: str
    holder: str = ""
    before: date | None = None
    last: str = ""
    verb: str = ""
    url: str = ""
