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
    for how many days its oldest missing document has been late; 0 when none is. `relieved`: of the hours
    expected, those that relief granted does not ask any more."""

    counted: Decimal
    expected: Decimal
    elapsed: Decimal
    days_late: int = 0
    relieved: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        check_number("counted", self.counted)
        check_number("expected", self.expected)
        check_share("share", self.elapsed)
        check_whole("days", self.days_late)
        check_number("relieved", self.relieved)

    @property
    def asked(self) -> Decimal:
        """The hours expected that are still asked."""
        return max(self.expected - self.relieved, Decimal(0))


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
    """The level of a running clause that owes hours; None while nothing is asked and no document is late."""
    late = tracked.days_late > thresholds.documents_days
    if not tracked.asked:
        return Alert(Pace.CRITICAL, (_documents(tracked.days_late),)) if late else None
    pace = _pace(tracked, thresholds)
    reasons = []
    if pace != Pace.ON_PACE:
        share = int(tracked.counted * 100 / tracked.asked)
        relieved = f", {french.hours(tracked.relieved)} exonérées déduites" if tracked.relieved else ""
        reasons.append(f"{share}\u00a0% des heures attendues à ce jour{relieved}")
    if late:
        pace = Pace.CRITICAL
    if tracked.days_late and (late or pace != Pace.ON_PACE):
        reasons.append(_documents(tracked.days_late))
    return Alert(pace, tuple(reasons))


def alert_when_done(days_late: int, thresholds: Thresholds) -> Alert | None:
    """The level of a clause that owes no hour any more: to watch while a document is late, else None."""
    if days_late > thresholds.documents_days:
        return Alert(Pace.WATCH, (_documents(days_late),))
    return None


def alert_of_actions(missed: int, days_late: int, thresholds: Thresholds) -> Alert | None:
    """The level of a clause that counts actions: in alert once its time is over and some are missing. Before,
    a few actions have no pace: only a document that is late is to watch."""
    papers = alert_when_done(days_late, thresholds)
    if not missed:
        return papers
    told = french.several(missed, "action manque", "actions manquent")
    reasons = (f"{told} et l’exécution est finie", *(papers.reasons if papers else ()))
    return Alert(Pace.ALERT, reasons)


def _pace(tracked: Tracked, thresholds: Thresholds) -> Pace:
    counted, expected = tracked.counted * 100, tracked.asked
    if counted >= thresholds.watch_below * expected:
        return Pace.ON_PACE
    if counted >= thresholds.alert_below * expected:
        return Pace.WATCH
    is_far = tracked.elapsed * 100 >= thresholds.critical_from
    return Pace.CRITICAL if is_far and counted < thresholds.critical_below * expected else Pace.ALERT


def _documents(days_late: int) -> str:
    days = french.several(days_late, "jour", "jours")
    return f"un document en retard de {days}"
