"""What the page of a year draws: figures in words, bars, columns, tables; nothing left to compute."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from uneplace.reports.definitions import (
    BREAKDOWNS,
    DEFINITIONS,
    MASKING_NOTE,
    Breakdown,
    has_masked,
    label_of,
)
from uneplace.reports.figures import TOO_FEW, Row, YearlyFigures
from uneplace.rules import french
from uneplace.web.charts import MonthColumns
from uneplace.web.templatetags.ui import SHORT_MONTHS

DRAWN = ("by_month", "by_modality", "by_sex", "by_age")  # as bars and columns; the others are tables
FIRST_ROWS = 10  # of a long table, before « Voir les autres »
UP, DOWN, SAME = "arrow-up-right", "arrow-down-right", "arrow-right"


@dataclass(frozen=True)
class KeyFigure:
    """One key figure with its order of size, its trend in words and what it counts."""

    value: str
    unit: str
    name: str
    order: str
    trend: str
    trend_icon: str
    why: str


@dataclass(frozen=True)
class Line:
    """One line of a table, in words; `note` says why its figures are withheld."""

    label: str
    code: str
    hours: str
    participants: str
    share: str


@dataclass(frozen=True)
class Table:
    """One breakdown: its first lines, the others behind a click, and its sum."""

    breakdown: Breakdown
    first: tuple[Line, ...]
    others: tuple[Line, ...]
    total: Line
    masking_note: str


@dataclass(frozen=True)
class Page:
    """The drawings and words of one year."""

    keys: tuple[KeyFigure, ...]
    months: MonthColumns
    modality_bars: list[tuple[str, Decimal, str]]
    sex_bars: list[tuple[str, int, str]]
    age_bars: list[tuple[str, int, str]]
    tables: tuple[Table, ...]
    not_counted: str
    masking_note: str
    has_hours: bool
    is_over: bool


def page_of(figures: YearlyFigures, before: YearlyFigures | None, *, is_over: bool) -> Page:
    """The page of a year; `before` is the year before when it has hours.

    A year under way is not compared: it is not over.
    """
    compared = before if is_over else None
    return Page(
        keys=_keys(figures, compared),
        months=_months(figures, before),
        modality_bars=_modality_bars(figures),
        sex_bars=_people_bars(figures, figures.by_sex),
        age_bars=_people_bars(figures, figures.by_age),
        tables=tuple(_table(one, figures) for one in BREAKDOWNS if one.name not in DRAWN),
        not_counted=french.hours(figures.totals.not_counted),
        masking_note=MASKING_NOTE if any(has_masked(figures.breakdown(name)) for name in DRAWN) else "",
        has_hours=figures.totals.hours > 0,
        is_over=is_over,
    )


def _keys(figures: YearlyFigures, before: YearlyFigures | None) -> tuple[KeyFigure, ...]:
    totals, former = figures.totals, before.totals if before else None
    year = figures.year - 1
    each = totals.hours_each
    full_time = figures.full_time
    contracts_order = f"chez {french.several(totals.companies, 'entreprise', 'entreprises')}"
    if totals.buyers > 1:
        contracts_order = f"de {french.number(totals.buyers)} acheteurs, {contracts_order}"
    return (
        KeyFigure(
            french.number(totals.hours),
            "h",
            "heures d’insertion comptées",
            f"environ {french.several(round(full_time.value), 'temps plein', 'temps pleins')}",
            *_trend(totals.hours, former and former.hours, year, in_percent=True),
            why=DEFINITIONS["hours"],
        ),
        KeyFigure(
            TOO_FEW if totals.participants is None else french.number(totals.participants),
            "",
            "personne au travail" if totals.participants in (0, 1) else "personnes au travail",
            f"{french.hours(round(each))} par personne en moyenne" if each else "",
            *_trend(totals.participants, former and former.participants, year),
            why=DEFINITIONS["participants"],
        ),
        KeyFigure(
            french.number(totals.contracts),
            "",
            "marché avec des heures" if totals.contracts < 2 else "marchés avec des heures",
            contracts_order,
            *_trend(totals.contracts, former and former.contracts, year),
            why=DEFINITIONS["contracts"],
        ),
    )


def _trend(
    value: Decimal | int | None, former: Decimal | int | None, year: int, *, in_percent: bool = False
) -> tuple[str, str]:
    """« 6 % de plus qu’en 2018 », with its arrow; nothing when there is nothing to compare."""
    if not value or not former:
        return "", SAME
    gap = value - former
    if in_percent:
        gap = round(Decimal(gap) / Decimal(former) * 100)
    if not gap:
        return f"comme en {year}", SAME
    words = french.number(abs(gap)) + ("\u00a0%" if in_percent else "")
    sense = "de plus" if gap > 0 else "de moins"
    return f"{words} {sense} qu’en {year}", UP if gap > 0 else DOWN


def _months(figures: YearlyFigures, before: YearlyFigures | None) -> MonthColumns:
    return MonthColumns(
        labels=SHORT_MONTHS,
        values=[row.hours for row in figures.by_month],
        former_values=[row.hours for row in before.by_month] if before else (),
        name=str(figures.year),
        former_name=str(before.year) if before else "",
    )


def _modality_bars(figures: YearlyFigures) -> list[tuple[str, Decimal, str]]:
    total = figures.totals.hours
    return [
        (
            label_of(row),
            row.hours or Decimal(0),
            row.masked or f"{french.hours(round(row.hours))}, {_share(row.hours, total)}",
        )
        for row in figures.by_modality
    ]


def _people_bars(figures: YearlyFigures, rows: Sequence[Row]) -> list[tuple[str, int, str]]:
    everybody = figures.totals.participants
    return [
        (label_of(row), row.participants or 0, row.masked or _people_and_share(row, everybody))
        for row in rows
    ]


def _people_and_share(row: Row, everybody: int | None) -> str:
    words = french.number(row.participants)
    return f"{words}, soit {_share(row.participants, everybody)}" if everybody else words


def _share(part: Decimal | int, whole: Decimal | int) -> str:
    if not whole:
        return "0\u00a0%"
    share = Decimal(part) * 100 / Decimal(whole)
    return "moins de 1\u00a0%" if 0 < share < 1 else f"{french.number(round(share))}\u00a0%"


def _table(breakdown: Breakdown, figures: YearlyFigures) -> Table:
    rows = figures.breakdown(breakdown.name)
    lines = tuple(_line(row, figures) for row in rows)
    totals = figures.totals
    everybody = TOO_FEW if totals.participants is None else french.number(totals.participants)
    # What is masked, or far down a long table, waits behind a click; two lines are not worth one.
    shown = [line for row, line in zip(rows, lines, strict=True) if not row.masked][:FIRST_ROWS]
    if len(lines) <= FIRST_ROWS + 2:
        shown = list(lines)
    return Table(
        breakdown,
        tuple(shown),
        tuple(line for line in lines if line not in shown),
        Line("Ensemble", "", french.hours(totals.hours), everybody, "100\u00a0%"),
        MASKING_NOTE if has_masked(rows) else "",
    )


def _line(row: Row, figures: YearlyFigures) -> Line:
    if row.masked:
        return Line(label_of(row), row.code, "masqué", row.masked, "masqué")
    return Line(
        label_of(row),
        row.code,
        french.hours(row.hours),
        french.number(row.participants),
        _share(row.hours, figures.totals.hours),
    )
