"""The ways of sizing a clause: frozen dataclasses of their inputs, with their exact hours and their account.

Which one applies, and with which values, is written in the contract: no text of law fixes a formula.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Protocol

from uneplace.rules import french
from uneplace.rules.checks import check_number, check_positive, check_share, check_whole
from uneplace.rules.dates import Period, add_months, check_closed
from uneplace.rules.errors import FactError
from uneplace.rules.explanation import CONTRACT, SUM, Explanation, step
from uneplace.rules.hours_due.inputs import Band, check_all, span


class Method(Protocol):
    """A way of sizing a clause: a frozen dataclass whose fields are its inputs."""

    code: ClassVar[str]
    """Its name in files and in the database."""
    label: ClassVar[str]
    """Its French name on screen."""

    @property
    def exact_hours(self) -> Fraction: ...

    def steps(self) -> Explanation: ...


@dataclass(frozen=True, slots=True)
class LabourShare:
    """Hours from the amount: amount × labour share × insertion rate ÷ hourly cost.

    Amount and hourly cost in euros before tax; shares from 0 to 1.
    """

    code: ClassVar[str] = "LABOUR_SHARE"
    label: ClassVar[str] = "Part de la main-d’œuvre"

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
class WorkedHours:
    """A share of the hours that the work is planned to take: planned hours × insertion rate (0 to 1)."""

    code: ClassVar[str] = "WORKED_HOURS"
    label: ClassVar[str] = "Part des heures de travail prévues"

    planned_hours: Decimal
    insertion_rate: Decimal

    def __post_init__(self) -> None:
        check_number("planned_hours", self.planned_hours)
        check_share("insertion_rate", self.insertion_rate)

    @property
    def exact_hours(self) -> Fraction:
        return Fraction(self.planned_hours) * Fraction(self.insertion_rate)

    def steps(self) -> Explanation:
        planned, rate = french.hours(self.planned_hours), french.percent(self.insertion_rate)
        return (
            step("Heures de travail prévues par le marché.", planned, CONTRACT),
            step("Taux d'insertion : part de ces heures réservée à l'insertion.", rate, CONTRACT),
            step(f"{planned} × {rate}.", french.hours(self.exact_hours), SUM),
        )


@dataclass(frozen=True, slots=True)
class Fixed:
    """A volume of hours written in the contract."""

    code: ClassVar[str] = "FIXED"
    label: ClassVar[str] = "Volume fixe"

    hours: Decimal

    def __post_init__(self) -> None:
        check_number("hours", self.hours)

    @property
    def exact_hours(self) -> Fraction:
        return Fraction(self.hours)

    def steps(self) -> Explanation:
        return (step("Volume d'heures fixé par le marché.", french.hours(self.hours), CONTRACT),)


@dataclass(frozen=True, slots=True)
class PerYear:
    """So many hours for each contract year, the last one in proportion of its days when it is not whole.

    Contract years run from the first day of the period, which must have an end. An incomplete year that would
    end after the last day of the calendar raises `FactError`.
    """

    code: ClassVar[str] = "PER_YEAR"
    label: ClassVar[str] = "Heures par année de marché"

    hours_per_year: Decimal
    period: Period

    def __post_init__(self) -> None:
        check_number("hours_per_year", self.hours_per_year)
        check_closed("period", self.period)

    @property
    def exact_hours(self) -> Fraction:
        years, days, of_days = self._years
        return Fraction(self.hours_per_year) * (years + Fraction(days, of_days))

    @property
    def _years(self) -> tuple[int, int, int]:
        """Whole contract years, the days of the last one, and those that it would have if it were whole."""
        start, end = self.period.start, self.period.last_limit
        years = end.year - start.year
        if add_months(start, 12 * years) > end:
            years -= 1
        last = add_months(start, 12 * years)
        if last == end:
            return years, 0, 1
        return years, (end - last).days, (add_months(start, 12 * (years + 1)) - last).days

    def steps(self) -> Explanation:
        years, days, of_days = self._years
        yearly = french.hours(self.hours_per_year)
        parts = [french.several(years, "année entière", "années entières")] if years else []
        terms = [f"{yearly} × {french.number(years)}"] if years else []
        if days:
            parts.append(f"{french.several(days, 'jour', 'jours')} sur {french.number(of_days)}")
            terms.append(f"{yearly} × {french.number(days)} ÷ {french.number(of_days)}")
        return (
            step("Heures dues par année de marché.", yearly, CONTRACT),
            step(f"Durée du marché, {span(self.period)}.", french.listed(parts), CONTRACT),
            step(f"{' + '.join(terms)}.", french.hours(self.exact_hours), SUM),
        )


@dataclass(frozen=True, slots=True)
class NetStaff:
    """A share of the staff's hours, those of the people taken over from the last contract left out.

    (staff hours − transferred hours, at least 0) × insertion rate (0 to 1).
    """

    code: ClassVar[str] = "NET_STAFF"
    label: ClassVar[str] = "Effectif hors personnel repris"

    staff_hours: Decimal
    transferred_hours: Decimal
    insertion_rate: Decimal

    def __post_init__(self) -> None:
        check_number("staff_hours", self.staff_hours)
        check_number("transferred_hours", self.transferred_hours)
        check_share("insertion_rate", self.insertion_rate)

    @property
    def exact_hours(self) -> Fraction:
        return self._net * Fraction(self.insertion_rate)

    @property
    def _net(self) -> Fraction:
        return max(Fraction(0), Fraction(self.staff_hours) - Fraction(self.transferred_hours))

    def steps(self) -> Explanation:
        net, rate = french.hours(self._net), french.percent(self.insertion_rate)
        return (
            step("Heures de l'effectif du marché.", french.hours(self.staff_hours), CONTRACT),
            step("Heures du personnel repris.", french.hours(self.transferred_hours), CONTRACT),
            step("Heures de l'effectif hors personnel repris.", net, SUM),
            step("Taux d'insertion : part de ces heures réservée à l'insertion.", rate, CONTRACT),
            step(f"{net} × {rate}.", french.hours(self.exact_hours), SUM),
        )


@dataclass(frozen=True, slots=True)
class Bands:
    """Hours read in a table: those of the first band whose limit the amount, in euros, does not reach.

    An amount that no band holds raises `FactError` when the hours are asked for.
    """

    code: ClassVar[str] = "BANDS"
    label: ClassVar[str] = "Barème par montant"

    amount: Decimal
    bands: Sequence[Band]

    def __post_init__(self) -> None:
        check_number("amount", self.amount)
        check_all("bands", self.bands, Band)

    @property
    def exact_hours(self) -> Fraction:
        return Fraction(self._band.hours)

    @property
    def _band(self) -> Band:
        for band in self.bands:
            if band.below is None or self.amount < band.below:
                return band
        raise FactError("bands", f"aucune tranche du barème pour {french.euros(self.amount)}.")

    def steps(self) -> Explanation:
        below = self._band.below
        limit = "la dernière, sans limite" if below is None else f"moins de {french.euros(below)}"
        return (
            step("Montant du marché, hors taxes.", french.euros(self.amount), CONTRACT),
            step(f"Tranche du barème : {limit}.", french.hours(self.exact_hours), CONTRACT),
        )


@dataclass(frozen=True, slots=True)
class Actions:
    """Actions rather than hours: visits, days of discovery, training… The clause owes no hours."""

    code: ClassVar[str] = "ACTIONS"
    label: ClassVar[str] = "Nombre d’actions"

    actions: int

    def __post_init__(self) -> None:
        check_whole("actions", self.actions)

    @property
    def exact_hours(self) -> Fraction:
        return Fraction(0)

    def steps(self) -> Explanation:
        return (step("Actions fixées par le marché.", count_of(self.actions), CONTRACT),)


def count_of(actions: int) -> str:
    """`3 actions`."""
    return french.several(actions, "action", "actions")
