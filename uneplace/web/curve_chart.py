"""The curve of a clause: hours expected, counted, waiting and foreseen by month, and where they will end.

Shapes come out in the units of one fixed drawing, colours by CSS class.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from uneplace.rules.curve import CurvePoint
from uneplace.rules.dates import Period, add_months
from uneplace.rules.french import hours, month, number
from uneplace.web.charts import GridLine, round_top, units

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 28, 26, 28
MOST_LABELS = 7
NOTHING = Decimal(0)
Place = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class CurveFacts:
    """What one curve tells. `low`, `at_end` and `high` are None when nothing is forecast; the hours of a
    point are None where they are not told apart, those counted in the months to come too."""

    points: Sequence[CurvePoint]
    execution: Period
    due: Decimal
    on: date
    low: Decimal | None = None
    at_end: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class MonthLabel:
    x: str
    text: str


@dataclass(frozen=True)
class Curve:
    """What the template draws: lines and areas as lists of points, marks, and the figures in words."""

    expected: str
    counted: str
    to_validate: str
    foreseen: str
    due_y: str
    due_label: str
    today_x: str
    today_anchor: str
    end_x: str
    low_y: str
    high_y: str
    at_end_y: str
    grid: tuple[GridLine, ...]
    months: tuple[MonthLabel, ...]
    label: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = field(default=WIDTH - RIGHT)
    base: int = field(default=HEIGHT - BOTTOM)
    top: int = TOP


def draw(facts: CurveFacts) -> Curve:
    """The curve of these facts."""
    scale = _Scale.of(facts)
    done = [point for point in facts.points if point.counted is not None]
    today = scale.x(_within(facts.on, scale))
    start = (scale.x(scale.first), NOTHING)
    counted = [start, *((_end(point, facts, scale), point.counted or NOTHING) for point in done)]
    waiting = [start, *((_end(point, facts, scale), _declared(point)) for point in done)]
    base = waiting[-1][1]
    to_come = [
        (scale.x(_limit(point, facts)), base + point.to_come) for point in facts.points if point.to_come
    ]
    foreseen = [(waiting[-1][0], base), *to_come] if to_come else []
    has_end = facts.at_end is not None and facts.low is not None and facts.high is not None
    return Curve(
        expected=_line([(scale.x(facts.execution.start), NOTHING), *_expected(facts, scale)], scale),
        counted=_area(counted, [(counted[-1][0], NOTHING), (counted[0][0], NOTHING)], scale),
        to_validate=_area(waiting, list(reversed(counted)), scale) if base > counted[-1][1] else "",
        foreseen=_area(foreseen, [(foreseen[-1][0], base)], scale) if foreseen else "",
        due_y=units(scale.y(facts.due)),
        due_label=f"{hours(facts.due)} dues",
        today_x=units(today) if scale.first <= facts.on < scale.last else "",
        today_anchor="end" if today > WIDTH * Decimal("0.8") else "start" if today < 140 else "middle",
        end_x=units(scale.x(facts.execution.end)) if has_end and facts.execution.end else "",
        low_y=units(scale.y(facts.low)) if has_end and facts.low is not None else "",
        high_y=units(scale.y(facts.high)) if has_end and facts.high is not None else "",
        at_end_y=units(scale.y(facts.at_end)) if has_end and facts.at_end is not None else "",
        grid=tuple(
            GridLine(units(scale.y(scale.most * third / 3)), number(scale.most * third / 3))
            for third in range(4)
        ),
        months=tuple(_labels(facts.points, scale)),
        label=_words(facts, done),
    )


@dataclass(frozen=True)
class _Scale:
    """From days and hours to the units of the drawing."""

    first: date
    last: date
    most: Decimal

    @classmethod
    def of(cls, facts: CurveFacts) -> "_Scale":
        first, last = facts.points[0].month, add_months(facts.points[-1].month, 1)
        highest = max([facts.due, facts.high or NOTHING, *(point.total for point in facts.points)])
        return cls(first, last, round_top(highest))

    def x(self, day: date) -> Decimal:
        share = Decimal((day - self.first).days) / (self.last - self.first).days
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, value: Decimal) -> Decimal:
        return HEIGHT - BOTTOM - value / self.most * (HEIGHT - BOTTOM - TOP)


def _declared(point: CurvePoint) -> Decimal:
    return (point.counted or NOTHING) + (point.to_validate or NOTHING)


def _within(day: date, scale: _Scale) -> date:
    return min(max(day, scale.first), scale.last)


def _limit(point: CurvePoint, facts: CurveFacts) -> date:
    """The end of a month, or of the execution when it comes before."""
    end = add_months(point.month, 1)
    return min(end, max(facts.execution.end, facts.on)) if facts.execution.end else end


def _end(point: CurvePoint, facts: CurveFacts, scale: _Scale) -> Decimal:
    """Where the hours of a month are drawn: at its end, or today for the month under way."""
    return scale.x(_within(min(add_months(point.month, 1), max(facts.on, point.month)), scale))


def _expected(facts: CurveFacts, scale: _Scale) -> Iterable[Place]:
    for point in facts.points:
        yield scale.x(_limit(point, facts)), point.expected


def _line(places: Iterable[Place], scale: _Scale) -> str:
    return " ".join(f"{units(x)},{units(scale.y(value))}" for x, value in places)


def _area(upper: Sequence[Place], lower: Sequence[Place], scale: _Scale) -> str:
    return _line([*upper, *lower], scale)


def _labels(points: Sequence[CurvePoint], scale: _Scale) -> Iterable[MonthLabel]:
    every = -(-len(points) // MOST_LABELS)
    for rank in range(0, len(points), every):
        start = points[rank].month
        yield MonthLabel(units(scale.x(start)), f"{start:%m/%Y}")


def _words(facts: CurveFacts, done: Sequence[CurvePoint]) -> str:
    """The drawing for whoever hears it: today, then the end."""
    parts = [f"{hours(facts.due)} dues"]
    if done:
        last = done[-1]
        parts.append(f"{hours(last.counted or NOTHING)} comptées jusqu’en {month(last.month)}")
        parts.append(f"{hours(last.to_validate or NOTHING)} à valider")
    if undeclared := facts.points[-1].undeclared:
        parts.append(f"{hours(undeclared)} travaillées et pas encore déclarées")
    parts.append(f"{hours(facts.points[-1].foreseen or NOTHING)} prévues par les contrats signés")
    if facts.at_end is not None and facts.low is not None and facts.high is not None:
        low, at_end, high = (hours(round(value)) for value in (facts.low, facts.at_end, facts.high))
        parts.append(f"{at_end} prévues à la fin, entre {low} et {high}")
    return ", ".join(parts)
