"""Reading and writing `hours_due`: the inputs of each method, the events, the shares."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import cache

from uneplace.rules.cases import values
from uneplace.rules.cases.facts import Facts, objects, period
from uneplace.rules.cases.records import Record, hours
from uneplace.rules.errors import FactError
from uneplace.rules.explanation import as_json
from uneplace.rules.hours_due import (
    INPUTS,
    Band,
    DatedAmount,
    Event,
    InputKind,
    Method,
    Rounding,
    Share,
    Version,
    hours_due,
    method_of,
)


def sized(facts: Facts) -> Record:
    """The hours due of a case, or its actions."""
    method = facts.ask("method", lambda fact, code: method_of(code))
    inputs = _inputs(facts, method)
    events = facts.each_or_none("events", lambda event: _event(event, method))
    shares = facts.each_or_none("shares", lambda one: Share(one.text("company"), one.decimal("share")))
    due = hours_due(
        inputs,
        rounding=facts.ask_or("rounding", values.text, str(Rounding.NONE)),
        events=events,
        as_of=facts.ask_or_none("as_of", values.day),
        shares=shares,
    )
    record: Record = {"hours": hours(due.hours)} if due.actions is None else {"actions": due.actions}
    if due.foreseeable is not None:
        record["foreseeable"] = hours(due.foreseeable)
    if "events" in facts:
        record["versions"] = [_version(version) for version in due.versions]
    if due.commitments:
        record["commitments"] = [
            {"company": one.company, "hours": hours(one.hours)} for one in due.commitments
        ]
    return record | {"explanation": as_json((*due.explanation, *due.foreseeable_explanation))}


def _version(version: Version) -> Record:
    on = version.on.isoformat() if version.on else None
    if version.actions is not None:
        return {"on": on, "kind": version.kind, "actions": version.actions}
    return {"on": on, "kind": version.kind, "hours": hours(version.hours)}


def _inputs(facts: Facts, method: type[Method]) -> Method:
    found = {
        name: facts.ask(name, READERS[INPUTS[name]])
        for name, is_required in _inputs_of(method).items()
        if is_required or name in facts
    }
    return method(**found)


@cache
def _inputs_of(method: type[Method]) -> dict[str, bool]:
    """The inputs of a method, by name, and whether each must be given."""
    return {field.name: field.default is MISSING for field in fields(method)}  # type: ignore[arg-type]


def _event(event: Facts, method: type[Method]) -> Event:
    return Event(
        event.day("on"),
        event.text("kind"),
        _changes(event.inside("changes"), method),
    )


def _changes(changes: Facts, method: type[Method]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in changes:
        if name not in _inputs_of(method):
            raise FactError("changes", f"la méthode de calcul n’a pas de donnée «\u00a0{name}\u00a0».")
        found[name] = changes.ask(name, READERS[INPUTS[name]])
    return found


def _amount(one: Facts) -> DatedAmount:
    return DatedAmount(one.day("on"), one.decimal("amount"))


def _band(one: Facts) -> Band:
    return Band(one.ask_or_none("below", values.decimal), one.decimal("hours"))


READERS: dict[InputKind, Callable[[str, object], object]] = {
    InputKind.EUROS: values.decimal,
    InputKind.HOURS: values.decimal,
    InputKind.SHARE: values.decimal,
    InputKind.COUNT: values.whole,
    InputKind.FLAG: values.flag,
    InputKind.DAY: values.day,
    InputKind.PERIOD: period,
    InputKind.AMOUNTS: objects(_amount),
    InputKind.BANDS: objects(_band),
}
