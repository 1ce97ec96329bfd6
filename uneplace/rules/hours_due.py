"""How many insertion hours a clause owes, its dated versions and its split among companies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Protocol, TypeVar

from uneplace.rules import french
from uneplace.rules.checks import check_choice, check_day, check_number, check_positive, check_share
from uneplace.rules.errors import FactError
from uneplace.rules.explanation import CONTRACT, SUM, Explanation, Source, Step, step
from uneplace.rules.names import FRENCH
from uneplace.rules.numbers import largest_remainder, round2


class Rounding(StrEnum):
    """What the clause does with the hours that its method gives."""

    NONE = "NONE"
    HOUR = "HOUR"
    UP_35 = "UP_35"

    @property
    def label(self) -> str:
        return _ROUNDING_LABELS[self]

    def apply(self, exact: Fraction) -> Decimal:
        """The hours: to the hundredth, to the nearest hour (half up), or to the next multiple of 35."""
        if self is Rounding.HOUR:
            return round2((2 * exact + 1) // 2)
        if self is Rounding.UP_35:
            return round2(-(-exact // 35) * 35)
        return round2(exact)


_ROUNDING_LABELS = {
    Rounding.NONE: "au centième d’heure",
    Rounding.HOUR: "à l’heure la plus proche",
    Rounding.UP_35: "au multiple de 35 heures supérieur",
}


class EventKind(StrEnum):
    """What happened to the clause; the kind has no effect of its own, only the changes have."""

    AMENDMENT = "AMENDMENT"
    TRANCHE = "TRANCHE"
    RENEWAL = "RENEWAL"
    SUSPENSION = "SUSPENSION"
    REDUCTION = "REDUCTION"

    @property
    def label(self) -> str:
        return _EVENT_LABELS[self]


_EVENT_LABELS = {
    EventKind.AMENDMENT: "Avenant",
    EventKind.TRANCHE: "Tranche affermie",
    EventKind.RENEWAL: "Reconduction",
    EventKind.SUSPENSION: "Suspension",
    EventKind.REDUCTION: "Réduction",
}

START = "START"
"""The kind of the first version, before any event."""


class Method(Protocol):
    """A way of sizing a clause: a frozen dataclass whose fields are its inputs."""

    @property
    def exact_hours(self) -> Fraction: ...

    def steps(self) -> Explanation: ...


@dataclass(frozen=True, slots=True)
class LabourShare:
    """Hours from the amount: amount × labour share × insertion rate ÷ hourly cost.

    Amount and hourly cost in euros before tax; shares from 0 to 1.
    """

    amount: Decimal
    labour_share: Decimal
    insertion_rate: Decimal
    hourly_cost: Decimal

    def __post_init__(self) -> None:
        check_number("amount", self.amount)
        check_share("labour_share", self.labour_share)
        check_share("insertion_rate", self.insertion_rate)
        check_positive("hourly_cost", self.hourly_cost)

    @property
    def exact_hours(self) -> Fraction:
        insertion_cost = Fraction(self.amount) * Fraction(self.labour_share) * Fraction(self.insertion_rate)
        return insertion_cost / Fraction(self.hourly_cost)

    def steps(self) -> Explanation:
        amount, cost = french.euros(self.amount), french.euros(self.hourly_cost)
        labour, rate = french.percent(self.labour_share), french.percent(self.insertion_rate)
        return (
            step("Montant du marché, hors taxes.", amount, CONTRACT),
            step("Part de la main-d'œuvre dans ce montant.", labour, CONTRACT),
            step("Taux d'insertion : part de cette main-d'œuvre réservée à l'insertion.", rate, CONTRACT),
            step("Coût d'une heure de travail, charges comprises.", cost, CONTRACT),
            step(f"{amount} × {labour} × {rate} ÷ {cost}.", french.hours(self.exact_hours), SUM),
        )


@dataclass(frozen=True, slots=True)
class Fixed:
    """A volume of hours written in the contract."""

    hours: Decimal

    def __post_init__(self) -> None:
        check_number("hours", self.hours)

    @property
    def exact_hours(self) -> Fraction:
        return Fraction(self.hours)

    def steps(self) -> Explanation:
        return (step("Volume d'heures fixé par le marché.", french.hours(self.hours), CONTRACT),)


@dataclass(frozen=True, slots=True)
class Event:
    """What changes inputs of the method from one day: an amendment, a tranche, a renewal…

    `changes` gives the new value of each input changed, by its name in the method.
    """

    on: date
    kind: str
    changes: Mapping[str, Decimal]

    def __post_init__(self) -> None:
        check_day("on", self.on)
        check_choice("kind", self.kind, tuple(EventKind))


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the clause that one company takes, from 0 to 1."""

    company: str
    share: Decimal

    def __post_init__(self) -> None:
        check_share("share", self.share, about=self.company)


@dataclass(frozen=True, slots=True)
class Version:
    """The hours due as they stand after an event; `on` is None and `kind` START before any of them."""

    on: date | None
    kind: str
    hours: Decimal


@dataclass(frozen=True, slots=True)
class CommitmentDue:
    """The hours that one company owes, and why."""

    company: str
    hours: Decimal
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class HoursDue:
    """The hours due on the day asked for, every version up to it, the split among companies, and why."""

    hours: Decimal
    versions: tuple[Version, ...]
    commitments: tuple[CommitmentDue, ...]
    explanation: Explanation


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

    Events dated no later than `as_of` replace inputs, in date order and, on one day, in the order given.
    Shares must sum to exactly 1; the rounded hours are split by largest remainder. What is already validated
    is no concern of this rule: the action that applies a fall keeps it.

    Raises `FactError` for an event without `as_of`, a change to an input that the method does not have,
    shares that do not sum to 1 and impossible values.
    """
    check_choice("rounding", rounding, tuple(Rounding))
    rule = Rounding(rounding)
    steps = [*inputs.steps(), *_rounding_steps(rule, inputs.exact_hours)]
    versions = [Version(None, START, rule.apply(inputs.exact_hours))]
    for event, changed in _applied(inputs, events):
        if as_of is None:
            raise FactError("as_of", "une date est nécessaire pour appliquer des événements.")
        check_day("as_of", as_of)
        if event.on > as_of:
            continue
        versions.append(Version(event.on, event.kind, rule.apply(changed.exact_hours)))
        steps.append(_event_step(event, versions[-1].hours))
    hours = versions[-1].hours
    commitments = _split(hours, shares, tuple(steps))
    steps += [commitment.explanation[-1] for commitment in commitments]
    return HoursDue(hours, tuple(versions), commitments, tuple(steps))


def _applied(inputs: M, events: Iterable[Event]) -> Iterable[tuple[Event, M]]:
    # Later events are read too: an impossible one is told now, not on its day.
    for event in sorted(events, key=lambda event: event.on):
        inputs = _changed(inputs, event)
        yield event, inputs


def _changed(inputs: M, event: Event) -> M:
    names = [field.name for field in fields(inputs)]  # type: ignore[arg-type]  # every method is a dataclass
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


def _event_step(event: Event, hours: Decimal) -> Step:
    kind, day = EventKind(event.kind).label, french.day(event.on)
    changes = [f"{FRENCH[name].lower()} {_shown(name, value)}" for name, value in event.changes.items()]
    text = f"{kind} du {day} : {french.listed(changes)}." if changes else f"{kind} du {day}, sans changement."
    return step(text, french.hours(hours), Source("contrat", f"{kind} du {day}"))


def _shown(name: str, value: Decimal) -> str:
    if name in ("labour_share", "insertion_rate"):
        return french.percent(value)
    return french.hours(value) if name == "hours" else french.euros(value)


def _split(hours: Decimal, shares: Sequence[Share], clause: Explanation) -> tuple[CommitmentDue, ...]:
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
