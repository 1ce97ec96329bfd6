"""« Règles en vigueur »: each value of law and usage as the product applies it, and since when."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from uneplace.rules import french
from uneplace.rules.parameters import FROM_THE_START, GROUPS, PARAMETERS, STATUSES, Parameter
from uneplace.rules.policy_terms import TERMS
from uneplace.rules.presets import PRESETS, Preset

SINGULAR = {"mois": "mois", "jours": "jour", "ans": "an", "jours ouvrés": "jour ouvré"}


@dataclass(frozen=True)
class Since:
    """One value of a parameter and the days in which it applies; None: no limit on that side."""

    value: str
    first_day: date | None
    last_day: date | None

    def holds(self, on: date) -> bool:
        """Whether it is the value in force that day."""
        begun = self.first_day is None or self.first_day <= on
        return begun and (self.last_day is None or on <= self.last_day)


@dataclass(frozen=True)
class Rule:
    """One parameter as the page tells it."""

    parameter: Parameter
    in_force: str
    values: list[Since]


@dataclass(frozen=True)
class Group:
    """The rules of one subject."""

    name: str
    title: str
    rules: list[Rule]


def in_words(value: Decimal, unit: str) -> str:
    """`24 mois`, `le 12 du mois`, `niveau 3`, `5 %`, `1 600 heures par an`."""
    if unit == "niveau":
        return f"niveau{french.NBSP}{french.number(value)}"
    if unit == "jour du mois":
        return f"le {french.number(value)} du mois"
    if unit == "part":
        return french.percent(value)
    if unit == "oui (1) ou non (0)":
        return "oui" if value else "non"
    if unit.startswith("euros"):
        return french.euros(value) + unit.removeprefix("euros")
    word = SINGULAR.get(unit, unit) if abs(value) < 2 else unit
    return f"{french.number(value)}{french.NBSP}{word}"


def rule_of(parameter: Parameter, *, on: date) -> Rule:
    """A parameter with its value of the day, and those of before and after."""
    values = []
    for rank, (since, value) in enumerate(parameter.values):
        later = parameter.values[rank + 1][0] if rank + 1 < len(parameter.values) else None
        first = None if since == FROM_THE_START else since
        last = None if later is None else later - timedelta(days=1)
        values.append(Since(in_words(value, parameter.unit), first, last))
    held = next((one for one in values if one.holds(on)), None)
    return Rule(parameter, held.value if held else "", values)


def groups(*, query: str, status: str, on: date) -> list[Group]:
    """The subjects that have a rule answering the search, in the order of the page."""
    found = []
    for name, title in GROUPS.items():
        rules = [
            rule_of(one, on=on)
            for one in PARAMETERS.all()
            if one.group == name
            and (not status or one.status == status)
            and _answers(f"{title} {one.label} {one.citation}", query)
        ]
        if rules:
            found.append(Group(name, title, rules))
    return found


def _answers(text: str, query: str) -> bool:
    """Whether each word of the search is in the text, whatever its accents and capitals."""
    plain = _plain(text)
    return all(word in plain for word in _plain(query).split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode().casefold()


def counts_by_status() -> dict[str, int]:
    """How many rules have each status, in the order of their strength."""
    return {status: sum(one.status == status for one in PARAMETERS.all()) for status in STATUSES}


@dataclass(frozen=True)
class TermRow:
    """One term, and what each preset writes of it; empty where its source is silent."""

    label: str
    cells: list[tuple[Preset, str]]


def presets_shown(*, query: str, status: str) -> list[Preset]:
    """The presets that answer the search."""
    return [
        one
        for one in PRESETS.by_name.values()
        if (not status or one.status == status) and _answers(f"{one.label} {one.citation}", query)
    ]


def compared(presets: list[Preset], *, on: date) -> list[TermRow]:
    """What these presets write that day, side by side, in the order of the terms."""
    said = {one.name: one.own_values(on) for one in presets}
    return [
        TermRow(
            term.label,
            [(one, term.say(said[one.name][name]) if name in said[one.name] else "") for one in presets],
        )
        for name, term in TERMS.items()
        if any(name in values for values in said.values())
    ]
