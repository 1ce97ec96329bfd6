"""Who is at work, as the history of each row tells it (`journal.history`): a request, a job or a command.

Said once at the door; whatever opens a scope (`kit.scope`) hands it to the database for the length of its
transaction, where the triggers read it. A change made outside any scope has no author: somebody's hand on
the database.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

SETTING = "pghistory.context_metadata"
_author: ContextVar[str] = ContextVar("author", default="")


@contextmanager
def changes_by(**author: str | int | None) -> Iterator[None]:
    """What is changed inside this block is told to be done by them: ids and codes, never a name."""
    token = _author.set(json.dumps({name: value for name, value in author.items() if value is not None}))
    try:
        yield
    finally:
        _author.reset(token)


def current_author() -> str:
    """The author as the database keeps it; empty when nobody was told."""
    return _author.get()
