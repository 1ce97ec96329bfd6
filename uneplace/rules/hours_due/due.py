"""The rule: the hours due on a day, every version up to it, and the split among companies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from uneplace.rules import french
from uneplace.rules.checks import check_choice, check_day, check_share
from uneplace.rules.errors import FactError
from uneplace.rules.explanation import CONTRACT, FACT, SUM, Explanation, Source, Step, step
from uneplace.rules.hours_due.events import START, Event, EventKind, Version
from uneplace.rules.hours_due.inputs import shown
from uneplace.rules.hours_due.invoiced import Invoiced
from uneplace.rules.hours_due.methods import Actions, Method, count_of
from uneplace.rules.hours_due.registry import inputs_of
from uneplace.rules.hours_due.rounding import Rounding
from uneplace.rules.names import FRENCH
from uneplace.rules.numbers import largest_remainder


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the clause that one company takes, from 0 to 1."""

    company: str
    share: Decimal

    def __post_init__(self) -> None:
        check_share("share", self.share, about=self.company)


@dataclass(frozen=True, slots=True)
class CommitmentDue:
    """The hours that one company owes, and why."""

    company: str
    hours: Decimal
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class HoursDue:
    """The hours due on the day asked for, every version up to it, the split among companies, and why.

    `actions` is None, except for a clause of actions, whose hours are 0. `foreseeable` is None, except for
    hours that follow invoices: the hours once the orders are invoiced, never less than `hours`; it has its
    own explanation.
    """

    hours: Decimal
    versions: tuple[Version, ...]
    commitments: tuple[CommitmentDue, ...]
    explanation: Explanation
    actions: int | None = None
    foreseeable: Decimal | None = None
    foreseeable_explanation: Explanation = ()


M = TypeVar("M", bound=Method)


def hours_due(
    inputs: Method,
    *,
    rounding: str = Rounding.NONE,
    events: Iterable[Event] = (),
    as_of: date | None = None,
    shares: Sequence[Share] = (),
) -> HoursDue:
    """The hours that a clause owes, in hours to the hundredth.

    Events dated no later than `as_of` replace inputs, in date order and, on one day, in the order given; for
    hours that follow invoices, `as_of` is that of the inputs when it is left out. Each version is the result
    at `as_of`, not on the day of the event, with the inputs as they stand after it. Shares must sum to
    exactly 1; the rounded hours are split by largest remainder. What is already validated is no concern of
    this rule: the action that applies a fall keeps it.

    Raises `FactError` for an event without `as_of`, a change to an input that the method does not have,
    shares that do not sum to 1 or that split actions, and impossible values.
    """
    check_choice("rounding", rounding, tuple(Rounding))
    rule = Rounding(rounding)
    if as_of is None and isinstance(inputs, Invoiced):
        as_of = inputs.as_of
    steps = [*inputs.steps(), *_rounding_steps(rule, inputs.exact_hours)]
    versions = [_version(None, START, inputs, rule)]
    current = inputs
    for event, changed in _applied(inputs, events):
        if as_of is None:
            raise FactError("as_of", "une date est nécessaire pour appliquer des événements.")
        check_day("as_of", as_of)
        if event.on > as_of:
            continue
        current = changed
        versions.append(_version(event.on, event.kind, changed, rule))
        steps.append(_event_step(event, versions[-1]))
    hours = versions[-1].hours
    if shares and isinstance(current, Actions):
        raise FactError("shares", "un nombre d’actions ne se partage pas.")
    commitments = split(hours, shares, tuple(steps))
    steps += [commitment.explanation[-1] for commitment in commitments]
    foreseeable, why = _foreseeable(current, rule, hours)
    return HoursDue(hours, tuple(versions), commitments, tuple(steps), versions[-1].actions, foreseeable, why)


def _version(on: date | None, kind: str, inputs: Method, rounding: Rounding) -> Version:
    actions = inputs.actions if isinstance(inputs, Actions) else None
    return Version(on, kind, rounding.apply(inputs.exact_hours), actions)


def _applied(inputs: M, events: Iterable[Event]) -> Iterable[tuple[Event, M]]:
    # Later events are read too: an impossible one is told now, not on its day.
    for event in sorted(events, key=lambda event: event.on):
        inputs = _changed(inputs, event)
        yield event, inputs


def _changed(inputs: M, event: Event) -> M:
    names = inputs_of(type(inputs))
    for name in event.changes:
        if name not in names:
            raise FactError("changes", f"la méthode de calcul n’a pas de donnée «\u00a0{name}\u00a0».")
    return replace(inputs, **event.changes)  # type: ignore[type-var]  # every method is a dataclass


def _rounding_steps(rounding: Rounding, exact: Fraction) -> list[Step]:
    hours = rounding.apply(exact)
    if exact == hours:
        return []
    source = SUM if rounding is Rounding.NONE else CONTRACT
    return [step(f"Arrondi {rounding.label}.", french.hours(hours), source)]


def _event_step(event: Event, version: Version) -> Step:
    kind, day = EventKind(event.kind).label, french.day(event.on)
    changes = [f"{FRENCH[name].lower()} {shown(name, value)}" for name, value in event.changes.items()]
    text = f"{kind} du {day} : {french.listed(changes)}." if changes else f"{kind} du {day}, sans changement."
    due = french.hours(version.hours) if version.actions is None else count_of(version.actions)
    return step(text, due, Source("contrat", f"{kind} du {day}"))


def _foreseeable(inputs: Method, rounding: Rounding, hours: Decimal) -> tuple[Decimal | None, Explanation]:
    """The hours once the orders are invoiced, never less than those already due."""
    if not isinstance(inputs, Invoiced):
        return None, ()
    ordered = rounding.apply(inputs.exact_foreseeable)
    steps = (*inputs.foreseeable_steps(), *_rounding_steps(rounding, inputs.exact_foreseeable))
    if ordered >= hours:
        return ordered, steps
    return hours, (*steps, step("Les heures déjà dues sont plus nombreuses.", french.hours(hours), FACT))


def split(hours: Decimal, shares: Sequence[Share], clause: Explanation) -> tuple[CommitmentDue, ...]:
    """The part of each company, by largest remainder, with why: the clause's own account, then the part.

    Raises `FactError` when the shares do not sum to exactly 1.
    """
    if not shares:
        return ()
    if sum(Fraction(share.share) for share in shares) != 1:
        raise FactError("shares", "la somme des parts doit être exactement 1.")
    parts = largest_remainder(hours, [Fraction(share.share) for share in shares])
    return tuple(
        CommitmentDue(share.company, part, (*clause, _share_step(share, part, hours)))
        for share, part in zip(shares, parts, strict=True)
    )


def _share_step(share: Share, part: Decimal, hours: Decimal) -> Step:
    text = f"Part prise par {share.company} : {french.percent(share.share)} de {french.hours(hours)}."
    return step(text, french.hours(part), CONTRACT)
