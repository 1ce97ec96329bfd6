"""The main navigation: what each capacity comes for, in its own words.

An entry whose route does not exist in this installation is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity

PHONE_PLACES = 4


@dataclass(frozen=True)
class Entry:
    """One entry before anybody reads it: its words, icon, route, and the key of what awaits there."""

    label: str
    short_label: str
    icon: str
    route: str
    count: str
    on_phone: bool = True


@dataclass(frozen=True)
class Link:
    """One entry as one person reads it."""

    label: str
    short_label: str
    icon: str
    route: str
    url: str
    count: int
    on_phone: bool
    is_current: bool = False


@dataclass(frozen=True)
class Navigation:
    """The entries of one person: all of them on a desk; four, then « Plus », on a phone."""

    links: tuple[Link, ...] = ()
    capacity: str = ""

    @property
    def phone(self) -> tuple[Link, ...]:
        """The links of the bar at the bottom of a phone."""
        if len(self.links) <= PHONE_PLACES:
            return self.links
        return tuple(link for link in self.links if link.on_phone)[:PHONE_PLACES]

    @property
    def more(self) -> tuple[Link, ...]:
        """The others, behind « Plus »."""
        return tuple(link for link in self.links if link not in self.phone)

    @property
    def is_in_more(self) -> bool:
        """Whether the page shown is behind « Plus »."""
        return any(link.is_current for link in self.more)


ENTRIES: dict[str, tuple[Entry, ...]] = {
    Capacity.FACILITATOR: (
        Entry("Ma semaine", "Semaine", "calendar2-week", "home:home", "home"),
        Entry("Marchés et clauses", "Marchés", "building", "contracts:list", "contracts"),
        Entry("Clauses à venir", "À venir", "signpost-2", "coming:list", "coming", on_phone=False),
        Entry("Fiches de poste", "Fiches", "person-badge", "offers:list", "offers"),
        Entry("Personnes", "Personnes", "people", "people:list", "people", on_phone=False),
        Entry("Heures", "Heures", "clock-history", "hours:list", "hours"),
        Entry(
            "Relances et pénalités",
            "Relances",
            "envelope-exclamation",
            "settlement:list",
            "settlement",
            False,
        ),
        Entry("Partenaires", "Partenaires", "diagram-3", "accounts:partners", "partners", on_phone=False),
        Entry("Bilans", "Bilans", "bar-chart-line", "reports:bilan", "reports", on_phone=False),
    ),
    Capacity.BUYER: (
        Entry("À décider", "À décider", "clipboard-check", "home:home", "home"),
        Entry("Mes marchés", "Marchés", "building", "contracts:list", "contracts"),
        Entry("Clauses à venir", "Clauses", "signpost-2", "coming:list", "coming"),
        Entry("Pénalités", "Pénalités", "cash-coin", "settlement:list", "settlement"),
        Entry("Indicateurs", "Indicateurs", "bar-chart-line", "reports:bilan", "reports"),
    ),
    Capacity.COMPANY: (
        Entry("Ce mois", "Ce mois", "calendar-event", "home:home", "home"),
        Entry("Mes marchés", "Marchés", "building", "contracts:list", "contracts"),
        Entry("Fiches de poste", "Fiches", "person-badge", "offers:list", "offers", on_phone=False),
        Entry("Candidats", "Candidats", "person-check", "offers:candidates", "candidates"),
        Entry("Heures", "Heures", "clock-history", "hours:list", "hours"),
    ),
    Capacity.INSERTION_EMPLOYER: (
        Entry("Aujourd’hui", "Auj.", "sun", "home:home", "home"),
        Entry("Offres et candidats", "Offres", "signpost-2", "offers:list", "offers"),
        Entry("Personnes", "Personnes", "people", "people:list", "people"),
        Entry("Contrats et heures", "Heures", "clock-history", "hours:list", "hours"),
    ),
    Capacity.REFERRER: (
        Entry("Mes personnes", "Personnes", "people", "people:list", "people"),
        Entry("Offres", "Offres", "signpost-2", "offers:list", "offers"),
        Entry("Réponses reçues", "Réponses", "envelope-open", "offers:answers", "answers"),
    ),
}


def navigation(actor: Actor | None, *, path: str, counts: Mapping[str, int]) -> Navigation:
    """What this actor may go to from the page at `path`, with how many things await at each place."""
    if actor is None:
        return Navigation()
    capacities = [capacity for capacity in ENTRIES if capacity in actor.capacities]
    links: dict[str, Link] = {}
    for capacity in capacities:
        for entry in ENTRIES[capacity]:
            # Two capacities of one organisation may lead to the same page: the first one names it.
            if entry.route not in links and (link := _link(entry, counts)):
                links[entry.route] = link
    current = _current(links, path)
    return Navigation(
        tuple(Link(**{**vars(link), "is_current": link.route == current}) for link in links.values()),
        ", ".join(Capacity(capacity).label for capacity in capacities),
    )


def _link(entry: Entry, counts: Mapping[str, int]) -> Link | None:
    try:
        url = reverse(entry.route)
    except NoReverseMatch:
        return None
    return Link(
        entry.label,
        entry.short_label,
        entry.icon,
        entry.route,
        url,
        counts.get(entry.count) or 0,
        entry.on_phone,
    )


def _current(links: Mapping[str, Link], path: str) -> str:
    """The route of the entry that the page belongs to: the closest address above it, else the same area."""
    above = [
        link for link in links.values() if path == link.url or (link.url != "/" and path.startswith(link.url))
    ]
    if above:
        return max(above, key=lambda link: len(link.url)).route
    try:
        area = resolve(path).namespace
    except Resolver404:
        return ""
    if area in {"home", "accounts"}:  # searching, or one's own organisation, is none of the entries
        return ""
    return next((route for route in links if area and route.split(":")[0] == area), "")
