"""What changes a clause after its start, and the hours due as they stood after each change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from uneplace.rules.checks import check_choice, check_day
from uneplace.rules.errors import FactError


class EventKind(StrEnum):
    """What happened to the clause; the kind has no effect of its own, only the changes have."""

    AMENDMENT = "AMENDMENT"
    TRANCHE = "TRANCHE"
    RENEWAL = "RENEWAL"
    SUSPENSION = "SUSPENSION"
    REDUCTION = "REDUCTION"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    EventKind.AMENDMENT: "Avenant",
    EventKind.TRANCHE: "Tranche affermie",
    EventKind.RENEWAL: "Reconduction",
    EventKind.SUSPENSION: "Suspension",
    EventKind.REDUCTION: "Réduction",
}

START = "START"
"""The kind of the first version, before any event."""


@dataclass(frozen=True, slots=True)
class Event:
    """What changes inputs of the method from one day: an amendment, a tranche, a renewal…

    `changes` gives the new value of each input changed, by its name in the method.
    """

    on: date
    kind: str
    changes: Mapping[str, object]

    def __post_init__(self) -> None:
        check_day("on", self.on)
        check_choice("kind", self.kind, tuple(EventKind))
        if not isinstance(self.changes, Mapping):
            raise FactError("changes", "les données changées sont attendues, par leur nom.")


@dataclass(frozen=True, slots=True)
class Version:
    """The hours due as they stand after an event; `on` is None and `kind` START before any of them.

    `actions` is None, except for a clause of actions, which owes no hours.
    """

    on: date | None
    kind: str
    hours: Decimal
    actions: int | None = None
