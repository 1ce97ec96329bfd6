"""Simple charts drawn on the server: bars, the parts of a whole, the columns of a year.

Shapes come out in percent or in the units of one fixed drawing, colours by CSS class; the figures are always
written beside or behind the drawing. Bars start at zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from uneplace.rules.french import number

SERIES = 6  # colours told apart by everyone; what comes after is « the rest »
CHART_WIDTH, CHART_HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 8, 26, 28


@dataclass(frozen=True)
class Bar:
    """One line of a list of bars: its label, its words, and its length in percent of the longest."""

    label: str
    words: str
    width: str


@dataclass(frozen=True)
class Part:
    """One part of a whole: its place and width in percent, and the class of its colour."""

    label: str
    words: str
    x: str
    width: str
    series: str


@dataclass(frozen=True)
class MonthColumns:
    """What a year of columns shows: one value a month, and those of the year before as marks."""

    labels: Sequence[str]
    values: Sequence[Decimal | None]
    former_values: Sequence[Decimal | None] = ()
    name: str = ""
    former_name: str = ""
    unit: str = "h"


@dataclass(frozen=True)
class Column:
    """One month: a column, its centre, its label, the words of its figure, and last year's mark."""

    x: str
    y: str
    width: str
    height: str
    centre: str
    label: str
    words: str
    is_named: bool
    mark_y: str
    mark_words: str


@dataclass(frozen=True)
class GridLine:
    y: str
    label: str


@dataclass(frozen=True)
class Columns:
    """The columns of a year, in a drawing of `width` by `height`."""

    columns: tuple[Column, ...]
    grid: tuple[GridLine, ...]
    name: str
    former_name: str
    label: str
    width: int = CHART_WIDTH
    height: int = CHART_HEIGHT
    left: int = LEFT
    right: int = field(default=CHART_WIDTH - RIGHT)
    base: int = field(default=CHART_HEIGHT - BOTTOM)


def bars(rows: Iterable[tuple[str, Decimal | int, str]], whole: Decimal | int | None = None) -> list[Bar]:
    """Bars of (label, value, words): `whole` over the full width when it is given, else the longest."""
    rows = list(rows)
    full = Decimal(whole) if whole else max((Decimal(value) for _, value, _ in rows), default=Decimal(0))
    return [Bar(label, words, _percent(Decimal(value), full)) for label, value, words in rows]


def parts(rows: Iterable[tuple[str, Decimal | int, str]]) -> list[Part]:
    """The parts of one whole, from (label, value, words), in the order of the chart colours."""
    rows = [(label, Decimal(value), words) for label, value, words in rows]
    total = sum((value for _, value, _ in rows), Decimal(0))
    drawn = []
    before = Decimal(0)
    for rank, (label, value, words) in enumerate(rows, start=1):
        series = f"series-{rank}" if rank <= SERIES else "series-rest"
        drawn.append(Part(label, words, _percent(before, total), _percent(value, total), series))
        before += value
    return drawn


def columns(chart: MonthColumns) -> Columns:
    """Columns by month: the highest and the lowest carry their figure, last year is a mark."""
    known = [value for value in [*chart.values, *chart.former_values] if value is not None]
    top = round_top(max(known, default=Decimal(0)))
    base, room = CHART_HEIGHT - BOTTOM, CHART_HEIGHT - BOTTOM - TOP
    step = Decimal(CHART_WIDTH - LEFT - RIGHT) / max(len(chart.labels), 1)
    width = step * Decimal("0.6")
    present = [value for value in chart.values if value]
    named = {max(present), min(present)} if present else set()
    drawn = []
    for rank, label in enumerate(chart.labels):
        value = chart.values[rank]
        former = chart.former_values[rank] if rank < len(chart.former_values) else None
        height = (value or Decimal(0)) / top * room
        centre = LEFT + step * rank + step / 2
        drawn.append(
            Column(
                x=units(centre - width / 2),
                y=units(base - height),
                width=units(width),
                height=units(height),
                centre=units(centre),
                label=label,
                words="" if value is None else number(value),
                is_named=value in named,
                mark_y="" if former is None else units(base - former / top * room),
                mark_words="" if former is None else number(former),
            )
        )
    grid = tuple(
        GridLine(units(base - Decimal(third) / 3 * room), number(top * third / 3)) for third in range(4)
    )
    figures = ", ".join(f"{column.label} {column.words}" for column in drawn if column.words)
    return Columns(tuple(drawn), grid, chart.name, chart.former_name, figures)


def _percent(part: Decimal, whole: Decimal) -> str:
    share = part * 100 / whole if whole else Decimal(0)
    return f"{share.quantize(Decimal('0.01')).normalize():f}%"


def units(value: Decimal) -> str:
    return f"{value.quantize(Decimal('0.1')).normalize():f}"


def round_top(highest: Decimal) -> Decimal:
    """The first round number, divisible by three, that leaves the highest value under the top line."""
    magnitude = Decimal(1)
    while True:
        for factor in (3, 6, 9, 12, 15, 18, 21, 24):
            if factor * magnitude >= highest:
                return factor * magnitude
        magnitude *= 10
