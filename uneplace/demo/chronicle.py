"""The journal of the demo: recent acts, told in the order in which they were done."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from uneplace.journal.actions import record
from uneplace.organisations.actor import Actor


@dataclass
class Chronicle:
    """Acts noted while the demo is built, then written down oldest first; none is later than `now`."""

    now: datetime
    acts: list[tuple[datetime, str, models.Model, Actor, dict[str, Any]]] = field(default_factory=list)

    def note(self, verb: str, about: models.Model, *, by: Actor, at: datetime, **details: Any) -> None:
        """Keep an act for the end."""
        self.acts.append((min(at, self.now), verb, about, by, details))

    def write(self) -> None:
        """Write everything noted in the journal."""
        for at, verb, about, by, details in sorted(self.acts, key=lambda act: act[0]):
            record(verb, about=about, by=by, at=at, **details)
