"""La jauge d’heures: from hours to the shapes and the words of one drawing, the same everywhere.

From left to right: hours counted (solid), to validate (hatched), foreseen (dotted), still to find (white);
a bar where the hours due are, a tick where one should be today. Always with its figures in words.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from uneplace.rules.alerts import Pace
from uneplace.rules.french import day, hours, number
from uneplace.rules.parameters import PARAMETERS

from .statuses import NO_MORE, Status, status_of

ZERO = Decimal(0)
THINNEST = Decimal("0.6")  # percent of the width: what exists is seen
TOLERANCE = PARAMETERS.pace_tolerance.latest  # of the scale: closer to the expected hours is on pace


@dataclass(frozen=True)
class GaugeFacts:
    """The hours that one gauge tells, all positive or zero.

    `expected` is what should be counted today (None when nothing is expected yet); `former_due` is the hours
    due before a reduction; `foreseeable` are hours that orders announce but that nothing makes due yet;
    `relieved` are those of the hours due that are not asked any more: `expected` leaves them out already.
    `suspended_on` to `suspended_until` is the suspension under way; `lifted_on` is when the duty was removed.
    """

    counted: Decimal = ZERO
    to_validate: Decimal = ZERO
    foreseen: Decimal = ZERO
    due: Decimal = ZERO
    expected: Decimal | None = None
    former_due: Decimal | None = None
    foreseeable: Decimal = ZERO
    relieved: Decimal = ZERO
    suspended_on: date | None = None
    suspended_until: date | None = None
    lifted_on: date | None = None

    @property
    def announced(self) -> Decimal:
        """All that is counted, waiting or foreseen."""
        return self.counted + self.to_validate + self.foreseen

    @property
    def to_find(self) -> Decimal:
        """Hours due that nobody is foreseen to work."""
        return max(self.due - self.relieved - self.announced, ZERO)

    @property
    def beyond(self) -> Decimal:
        """Hours counted over those due."""
        return max(self.counted - self.due, ZERO) if self.due else ZERO

    @property
    def is_met(self) -> bool:
        return self.due > 0 and self.counted >= self.due

    @property
    def owes_no_more(self) -> bool:
        """Relief stands for all that is not counted."""
        return self.relieved > 0 and self.counted + self.relieved >= self.due

    @property
    def scale(self) -> Decimal:
        """What the full width stands for, in hours."""
        return max(
            self.due,
            self.former_due or ZERO,
            self.foreseeable,
            self.announced,
            self.expected or ZERO,
            Decimal(1),
        )

    @property
    def is_still(self) -> bool:
        """Suspended or lifted: nothing is expected, so nothing is late."""
        return self.suspended_on is not None or self.lifted_on is not None

    @property
    def late(self) -> Decimal:
        """Hours missing today; zero under the tolerance, when met, or when nothing is expected."""
        if self.expected is None or self.is_still or self.is_met or self.owes_no_more:
            return ZERO
        gap = self.expected - self.counted
        return gap if gap > TOLERANCE * self.scale else ZERO

    @property
    def ahead(self) -> Decimal:
        """Hours counted over those expected today; zero under the tolerance."""
        if self.expected is None or self.is_still:
            return ZERO
        gap = self.counted - self.expected
        return gap if gap > TOLERANCE * self.scale else ZERO


@dataclass(frozen=True)
class Segment:
    """One part of the bar, in percent of the width."""

    kind: str  # counted, hatch or dots: the end of its CSS class
    x: str
    width: str
    end: str


@dataclass(frozen=True)
class Mark:
    """A place on the bar, in percent of the width, and the words that go with it."""

    x: str
    label: str
    anchor: str
    at_end: bool


@dataclass(frozen=True)
class LegendEntry:
    kind: str
    word: str
    value: str


@dataclass(frozen=True)
class Gauge:
    """What the template draws: shapes in percent and sentences in French, nothing left to compute."""

    figure: str
    sentence: str
    status: Status | None
    share: str
    counted: str
    due: str
    aria_label: str
    segments: tuple[Segment, ...]
    due_mark: Mark | None
    hollow_mark: Mark | None
    today_mark: Mark | None
    late_rule: Segment | None
    legend: tuple[LegendEntry, ...]
    note: str
    is_suspended: bool


def draw(facts: GaugeFacts) -> Gauge:
    """The gauge of these facts."""
    today = facts.expected
    if facts.is_met and today is not None and today >= facts.due:
        today = None
    return Gauge(
        figure=hours(facts.counted),
        sentence=_sentence(facts),
        status=_status(facts),
        share=_share(facts),
        counted=number(facts.counted),
        due=hours(facts.due) if facts.due else "",
        aria_label=_aria_label(facts, today),
        segments=_segments(facts),
        due_mark=_mark(facts.due, facts.scale, f"{hours(facts.due)} dues") if facts.due else None,
        hollow_mark=_hollow_mark(facts),
        today_mark=_mark(today, facts.scale, f"{_when(facts)}\u00a0: {hours(today)}")
        if today is not None
        else None,
        late_rule=_late_rule(facts),
        legend=_legend(facts),
        note=_note(facts),
        is_suspended=facts.suspended_on is not None,
    )


def _percent(part: Decimal, scale: Decimal) -> Decimal:
    return (part * 100 / scale).quantize(Decimal("0.01"))


def _text(percent: Decimal) -> str:
    return f"{percent.normalize():f}%"


def _segments(facts: GaugeFacts) -> tuple[Segment, ...]:
    segments = []
    x = ZERO
    for kind, value in (("counted", facts.counted), ("hatch", facts.to_validate), ("dots", facts.foreseen)):
        if value > 0:
            width = max(_percent(value, facts.scale), THINNEST)
            segments.append(Segment(kind, _text(x), _text(width), _text(min(x + width, Decimal(100)))))
            x += width
    relieved_from = max(facts.due - facts.relieved, facts.announced)
    if relieved_from < facts.due:
        start, end = _percent(relieved_from, facts.scale), _percent(facts.due, facts.scale)
        segments.append(Segment("relieved", _text(start), _text(end - start), _text(end)))
    return tuple(segments)


def _mark(value: Decimal, scale: Decimal, label: str) -> Mark:
    percent = _percent(value, scale)
    anchor = "start" if percent < 30 else "end" if percent > 70 else "middle"
    return Mark(_text(percent), label, anchor, at_end=percent == 100)


def _hollow_mark(facts: GaugeFacts) -> Mark | None:
    """Where the hours due were before a reduction, or where orders announce them."""
    if facts.former_due and facts.former_due != facts.due:
        return _mark(facts.former_due, facts.scale, f"{hours(facts.former_due)} avant")
    if not facts.due and facts.foreseeable:
        return _mark(facts.foreseeable, facts.scale, f"{hours(facts.foreseeable)} prévisibles")
    return None


def _late_rule(facts: GaugeFacts) -> Segment | None:
    if not facts.late or facts.expected is None:
        return None
    x, end = (_percent(value, facts.scale) for value in (facts.counted, facts.expected))
    return Segment("late", _text(x), _text(end - x), _text(end))


def _when(facts: GaugeFacts) -> str:
    return f"attendu le {day(facts.suspended_on)}" if facts.suspended_on else "attendu aujourd’hui"


def _share(facts: GaugeFacts) -> str:
    """The share of the hours due that is counted, rounded down: 100 % is said only once it is true."""
    if not facts.due:
        return ""
    share = facts.counted * 100 / facts.due
    if 0 < share < 1:
        return "moins de 1\u00a0%"
    return f"{number(share.quantize(Decimal(1), ROUND_DOWN))}\u00a0%"


def _sentence(facts: GaugeFacts) -> str:
    """What follows the figure of the counted hours."""
    if facts.due:
        relieved = f", dont {hours(facts.relieved)} exonérées" if facts.relieved else ""
        return f"comptées sur {hours(facts.due)} dues{relieved}, soit {_share(facts)}"
    if facts.lifted_on:
        return f"comptées. Obligation levée le {day(facts.lifted_on)}"
    if facts.foreseeable:
        return f"comptées. Rien de dû à ce jour, {hours(facts.foreseeable)} prévisibles"
    return "comptées. Rien de dû à ce jour"


def _status(facts: GaugeFacts) -> Status | None:
    if facts.lifted_on:
        return Status("grey", "slash-circle", f"Levée le {day(facts.lifted_on)}")
    if facts.suspended_on:
        return status_of("clause", "SUSPENDED")
    if facts.is_met:
        return status_of("clause", "MET")
    if not facts.due:
        return None
    if facts.owes_no_more:
        return NO_MORE
    if facts.late:
        word = f"{hours(facts.late)} de retard"
        return Status("orange", "clock", word if facts.counted else f"Pas commencé, {word}")
    if not facts.counted:
        return Status("grey", "circle", "Pas commencé")
    if facts.ahead:
        return Status("green", "check-lg", f"{hours(facts.ahead)} d’avance")
    return status_of("pace", Pace.ON_PACE) if facts.expected is not None else None


def _aria_label(facts: GaugeFacts, today: Decimal | None) -> str:
    parts = [f"{hours(facts.counted)} comptées"]
    parts[0] += f" sur {hours(facts.due)} dues" if facts.due else ", rien de dû"
    if facts.relieved:
        parts[0] += f", dont {hours(facts.relieved)} exonérées"
    parts.append(f"{hours(facts.to_validate)} à valider")
    parts.append(f"{hours(facts.foreseen)} prévues")
    if today is not None:
        day_meant = f"le {day(facts.suspended_on)}" if facts.suspended_on else "aujourd’hui"
        parts.append(f"{hours(today)} attendues {day_meant}")
    if facts.late:
        parts.append(f"{hours(facts.late)} de retard")
    return ", ".join(parts)


def _legend(facts: GaugeFacts) -> tuple[LegendEntry, ...]:
    entries = [
        LegendEntry("counted", "Comptées", hours(facts.counted)),
        LegendEntry("hatch", "À valider", hours(facts.to_validate)),
        LegendEntry("dots", "Prévues", hours(facts.foreseen)),
    ]
    if facts.relieved:
        entries.append(LegendEntry("relieved", "Exonérées", hours(facts.relieved)))
    if facts.beyond:
        entries.append(LegendEntry("counted", "Au-delà du dû", hours(facts.beyond)))
    elif facts.due:
        entries.append(LegendEntry("track", "À trouver", hours(facts.to_find)))
    return tuple(entries)


def _note(facts: GaugeFacts) -> str:
    if facts.suspended_on and facts.suspended_until:
        period = f"Suspendue du {day(facts.suspended_on)} au {day(facts.suspended_until)}"
        return f"{period}. Le repère reste où il était."
    if facts.suspended_on:
        return f"Suspendue depuis le {day(facts.suspended_on)}. Le repère reste où il était."
    if facts.former_due and facts.due and facts.former_due != facts.due:
        verb = "Réduites" if facts.due < facts.former_due else "Portées"
        return f"{verb} de {hours(facts.former_due)} à {hours(facts.due)}."
    return ""
