"""The figures of one year, as every page, document and command shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from uneplace.rules.explanation import Source
from uneplace.rules.numbers import round2
from uneplace.rules.parameters import PARAMETERS

SMALLEST_CELL = 5
UNKNOWN = "non renseigné"
TOO_FEW = f"moins de {SMALLEST_CELL}"
MASKED = "masqué"


@dataclass(frozen=True)
class Row:
    """One line of a breakdown: hours counted, and the people who have some.

    `masked` says why the figures are withheld (then None); a code of "" is what nobody filled in.
    """

    code: str
    label: str
    hours: Decimal | None
    participants: int | None
    masked: str = ""


@dataclass(frozen=True)
class FullTime:
    """Hours told as full-time jobs: how many, the hours that stand for one, and where that divisor comes
    from."""

    value: Decimal
    divisor: Decimal
    source: Source


@dataclass(frozen=True)
class Totals:
    """The key figures. A thing is counted once it has more than zero hour counted in the year.

    `declared` are the hours that employers declared; what of them does not count is `declared - hours`.
    `participants` is None when it is too small to be shown.
    """

    hours: Decimal
    declared: Decimal
    participants: int | None
    contracts: int
    placements: int
    companies: int
    buyers: int

    @property
    def not_counted(self) -> Decimal:
        """Hours declared and checked that do not count, each with its reason in the ledger."""
        return self.declared - self.hours

    @property
    def hours_each(self) -> Decimal | None:
        """Hours for one person, on average."""
        return round2(self.hours / self.participants) if self.participants else None


@dataclass(frozen=True)
class YearlyFigures:
    """What one year of counted hours amounts to, in total and one breakdown at a time.

    The hours of each breakdown sum to the total; its people do not when one person can be in two lines.
    """

    year: int
    totals: Totals
    by_month: tuple[Row, ...]
    by_modality: tuple[Row, ...]
    by_ground: tuple[Row, ...]
    by_sex: tuple[Row, ...]
    by_age: tuple[Row, ...]
    by_trade: tuple[Row, ...]
    by_commune: tuple[Row, ...]

    @property
    def full_time(self) -> FullTime:
        """The hours as full-time jobs, by the divisor in force on the last day of the year."""
        parameter = PARAMETERS.etp_hours
        divisor = parameter.on(date(self.year, 12, 31))
        return FullTime(round2(self.totals.hours / divisor), divisor, parameter.source)

    def breakdown(self, name: str) -> tuple[Row, ...]:
        """The lines of `by_month`, `by_modality`…"""
        return getattr(self, name)

    def for_others(self) -> "YearlyFigures":
        """The same figures for those who hold no file: nothing tells of fewer than five people."""
        participants = self.totals.participants
        if participants is not None and 0 < participants < SMALLEST_CELL:
            participants = None
        return replace(
            self,
            totals=replace(self.totals, participants=participants),
            **{name: mask_small_cells(self.breakdown(name)) for name in BREAKDOWNS},
        )


BREAKDOWNS = [field.name for field in fields(YearlyFigures) if field.name.startswith("by_")]


def mask_small_cells(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The lines without those of fewer than five people, nor as many others as it takes to hide them.

    Since totals are shown, one hidden line could be found by subtraction: lines are hidden too, the smallest
    first, until at least two are and they hold at least five people together.
    """
    shown = sorted((row for row in rows if row.participants), key=lambda row: row.participants or 0)
    hidden: dict[str, str] = {}
    held = 0
    for row in shown:
        people = row.participants or 0
        if people < SMALLEST_CELL:
            hidden[row.code] = TOO_FEW
        elif hidden and (len(hidden) < 2 or held < SMALLEST_CELL):
            hidden[row.code] = MASKED
        else:
            break
        held += people
    return tuple(
        replace(row, hours=None, participants=None, masked=hidden[row.code]) if row.code in hidden else row
        for row in rows
    )
