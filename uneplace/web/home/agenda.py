"""What awaits an actor, gathered from every area: the lines of the first page and the counts of the menu."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from uneplace.kit.counts import Question, as_one
from uneplace.organisations.actor import Actor
from uneplace.rules.french import several
from uneplace.web import lost_mails
from uneplace.web.accounts import todos as accounts
from uneplace.web.coming import todos as coming
from uneplace.web.contracts import todos as contracts
from uneplace.web.control import todos as control
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
    "coming": coming,
    "people": people,
    "offers": offers,
    "hours": hours,
    "settlement": settlement,
    "control": control,
    "rights": rights,
    "partners": accounts,
    "mails": lost_mails,
}


@dataclass(frozen=True)
class Group:
    """Lines with the same consequence: late, this week, later; in each, what weighs most first."""

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


def grouped(items: Iterable[WorkItem], *, on: date) -> list[Group]:
    """The lines by consequence: people, money, hours, answers; in each, as `rules.consequence` says."""
    items = sorted(items, key=lambda item: item.at_stake.order(on))
    groups = [Group(stake, tuple(item for item in items if item.stake == stake)) for stake in Stake]
    return [group for group in groups if group.items]


def nav_counts(actor: Actor, *, on: date) -> Mapping[str, int]:
    """How many things await this actor at each entry of the menu; « home » is all of them."""
    counts = _question(_Asking(actor.organisation.pk, actor.capacities, actor.services, on, actor)).answer()
    return {"home": sum(counts.values()), **counts}


@dataclass(frozen=True)
class _Asking:
    """Who asks what awaits them, by all that the question hangs on."""

    organisation_id: int
    capacities: frozenset[str]
    services: tuple[int, ...]
    on: date
    actor: Actor = field(compare=False)


@lru_cache(maxsize=500)
def _question(asking: _Asking) -> Question:
    """What the menu asks, written once for all the pages of a day: writing takes longer than the answer."""
    rows = {name: area.waiting(asking.actor, on=asking.on) for name, area in AREAS.items()}
    return as_one({**rows, "candidates": offers.files_waiting(asking.actor, on=asking.on)})
