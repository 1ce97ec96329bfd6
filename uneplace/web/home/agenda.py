"""What awaits an actor, gathered from every area: the lines of the first page and the counts of the menu."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from uneplace.organisations.actor import Actor
from uneplace.rules.french import several
from uneplace.web.accounts import todos as accounts
from uneplace.web.contracts import todos as contracts
from uneplace.web.hours import todos as hours
from uneplace.web.offers import todos as offers
from uneplace.web.people import todos as people
from uneplace.web.rights import todos as rights
from uneplace.web.settlement import todos as settlement
from uneplace.web.work import STAKE_TITLES, Stake, WorkItem

AT_ONCE = 6

# Each area by the key of its entry in the menu.
AREAS = {
    "contracts": contracts,
    "people": people,
    "offers": offers,
    "hours": hours,
    "settlement": settlement,
    "rights": rights,
    "partners": accounts,
}


@dataclass(frozen=True)
class Group:
    """Lines with the same consequence, the most pressing first."""

    stake: Stake
    items: tuple[WorkItem, ...]

    @property
    def title(self) -> str:
        """« Une personne peut décrocher »."""
        return STAKE_TITLES[self.stake]

    @property
    def first(self) -> tuple[WorkItem, ...]:
        """The lines seen at once: all of them when few are left."""
        return self.items if len(self.items) <= AT_ONCE + 1 else self.items[:AT_ONCE]

    @property
    def rest(self) -> tuple[WorkItem, ...]:
        """The lines that one asks for."""
        return self.items[len(self.first) :]

    @property
    def caption(self) -> str:
        """How many lines, and how many of them are late."""
        late = sum(item.is_late for item in self.items)
        lines = several(len(self.items), "ligne", "lignes")
        return f"{lines}, dont {late} en retard" if late else lines


def work_items(actor: Actor, *, on: date) -> list[WorkItem]:
    """All that awaits this actor, area by area."""
    return [item for area in AREAS.values() for item in area.work_items(actor, on=on)]


def grouped(items: Iterable[WorkItem]) -> list[Group]:
    """The lines by consequence: people, money, hours, answers; late ones first, then the nearest limit."""
    items = sorted(items, key=lambda item: (not item.is_late, item.limit or date.max))
    groups = [Group(stake, tuple(item for item in items if item.stake == stake)) for stake in Stake]
    return [group for group in groups if group.items]


def nav_counts(actor: Actor, *, on: date) -> Mapping[str, int]:
    """How many things await this actor at each entry of the menu; « home » is all of them."""
    counts = {name: area.waiting(actor, on=on) for name, area in AREAS.items()}
    counts["candidates"] = offers.files_waiting(actor, on=on)
    counts["candidates"] = offers.files_waiting(actor, on=on)
    return {"home": sum(counts.values()), **counts}
