"""The levels of alert on a clause: its hours against those expected, and documents that do not come.

Four levels; a service may change their thresholds, and those it starts from are in `parameters.yaml`.
"""

from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from uneplace.rules import french
from uneplace.rules.checks import check_number, check_share, check_whole
from uneplace.rules.parameters import PARAMETERS

LONGEST_WAIT = 90


class Pace(StrEnum):
    """How the hours counted stand against those expected today, from the calmest."""

    ON_PACE = "ON_PACE"
    WATCH = "WATCH"
    ALERT = "ALERT"
    CRITICAL = "CRITICAL"


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Under which share of the hours expected each level begins, in percent; from which part of the execution
    hours alone may be critical; after how many days a missing document is."""

    watch_below: int
    alert_below: int
    critical_below: int
    critical_from: int
    documents_days: int


NAMES = tuple(field.name for field in fields(Thresholds))


@dataclass(frozen=True, slots=True)
class Tracked:
    """A clause or commitment on a day: hours counted and expected, the share of the execution gone by, and
    for how many days its oldest missing document has been late; 0 when none is."""

    counted: Decimal
    expected: Decimal
    elapsed: Decimal
    days_late: int = 0

    def __post_init__(self) -> None:
        check_number("counted", self.counted)
        check_number("expected", self.expected)
        check_share("share", self.elapsed)
        check_whole("days", self.days_late)


@dataclass(frozen=True, slots=True)
class Alert:
    """The level, and why in words; no word on a clause in its stride."""

    pace: Pace
    reasons: tuple[str, ...] = ()


def usual_thresholds(*, on: date) -> Thresholds:
    """What a service that decided nothing works with."""
    return Thresholds(**{name: getattr(PARAMETERS, f"alert_{name}").whole_on(on) for name in NAMES})


def bounds_of(name: str) -> tuple[int, int]:
    """The least and the most that a threshold may be."""
    return {"documents_days": (1, LONGEST_WAIT), "critical_from": (0, 100)}.get(name, (1, 100))


def why_not_thresholds(thresholds: Thresholds) -> dict[str, str]:
    """What is impossible in these thresholds, by the name of the one to change; nothing when all may be."""
    reasons = {}
    for name, value in asdict(thresholds).items():
        least, most = bounds_of(name)
        if not least <= value <= most:
            reasons[name] = f"Écrivez un nombre entre {least} et {most}."
    if reasons:
        return reasons
    if thresholds.alert_below >= thresholds.watch_below:
        reasons["alert_below"] = "L’alerte commence plus bas que la surveillance."
    if thresholds.critical_below >= thresholds.alert_below:
        reasons["critical_below"] = "Le niveau critique commence plus bas que l’alerte."
    return reasons


def alert_of(tracked: Tracked, thresholds: Thresholds) -> Alert | None:
    """The level of a running clause that day; None while nothing is expected and no document is late."""
    late = tracked.days_late > thresholds.documents_days
    if not tracked.expected:
        return Alert(Pace.CRITICAL, (_documents(tracked),)) if late else None
    pace = _pace(tracked, thresholds)
    reasons = []
    if pace != Pace.ON_PACE:
        share = int(tracked.counted * 100 / tracked.expected)
        reasons.append(f"{share}\u00a0% des heures attendues à ce jour")
    if late:
        pace = Pace.CRITICAL
    if tracked.days_late and (late or pace != Pace.ON_PACE):
        reasons.append(_documents(tracked))
    return Alert(pace, tuple(reasons))


def _pace(tracked: Tracked, thresholds: Thresholds) -> Pace:
    counted, expected = tracked.counted * 100, tracked.expected
    if counted >= thresholds.watch_below * expected:
        return Pace.ON_PACE
    if counted >= thresholds.alert_below * expected:
        return Pace.WATCH
    is_far = tracked.elapsed * 100 >= thresholds.critical_from
    return Pace.CRITICAL if is_far and counted < thresholds.critical_below * expected else Pace.ALERT


def _documents(tracked: Tracked) -> str:
    days = french.several(tracked.days_late, "jour", "jours")
    return f"un document en retard de {days}"
