"""The counted part of each declared month, and the reason of each part that is not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from uneplace.rules.calendar import calendar_of
from uneplace.rules.counting.explained import explain_counting, explain_line
from uneplace.rules.counting.facts import Decision, Line, Placement, Policy, Training, TrainingCap
from uneplace.rules.counting.spread import Reason, Spread, spread
from uneplace.rules.counting.windows import Standing, Window, standings
from uneplace.rules.errors import FactError
from uneplace.rules.explanation import Explanation
from uneplace.rules.numbers import hundredths, in_hundredths, round_parts


@dataclass(frozen=True, slots=True)
class Excluded:
    """Hours that do not count, and why."""

    reason: Reason
    hours: Decimal


@dataclass(frozen=True, slots=True)
class CountedLine:
    """What one declared month counts for; counted and excluded hours sum to exactly what was declared."""

    id: str
    counted: Decimal
    excluded: tuple[Excluded, ...]
    _policy: Policy = field(repr=False, compare=False)
    _standing: Standing = field(repr=False, compare=False)
    _line: Line = field(repr=False, compare=False)
    _spread: Spread = field(repr=False, compare=False)

    @property
    def decision(self) -> Decision | None:
        """The decision of eligibility that carries its work contract; None when none does."""
        return self._standing.decision

    @property
    def explanation(self) -> Explanation:
        """Why this number. It tells days and never grounds, since companies read it."""
        parts = [(excluded.reason, excluded.hours) for excluded in self.excluded]
        return explain_line(self._policy, self._standing, self._line, self._spread, self.counted, parts)


@dataclass(frozen=True, slots=True)
class Counting:
    """The counted hours of one person for one clause: total, lines, and the window of each work contract."""

    counted: Decimal
    lines: tuple[CountedLine, ...]
    windows: tuple[Window, ...]
    _policy: Policy = field(repr=False, compare=False)

    @property
    def explanation(self) -> Explanation:
        """Why this total: the windows, then what is counted and what is not, by reason."""
        parts = [(excluded.reason, excluded.hours) for line in self.lines for excluded in line.excluded]
        return explain_counting(self._policy, self.windows, self.counted, parts)


def count(
    policy: Policy, decisions: Sequence[Decision], placements: Sequence[Placement], lines: Sequence[Line]
) -> Counting:
    """The counted hours of one person for one clause.

    `placements` holds all the person's work contracts on the clause; with a window scope of PERSON, those on
    other clauses too, since any of them may have opened the window. Hours are counted to the hundredth,
    rounded once.

    Raises `FactError` for two work contracts of one id, a line for an unknown one, or two lines for one month
    of one.
    """
    by_id = _by_id(standings(policy, decisions, placements))
    calendar = calendar_of(policy.holiday_zone)
    cap, cap_reason = _training_rule(policy.training)
    seen: set[tuple[str, date]] = set()
    counted_lines = []
    total = 0
    for line in lines:
        standing = by_id.get(line.placement)
        if standing is None:
            raise FactError("placement", f"contrat de travail inconnu, {line.placement}.", line.id)
        if (line.placement, line.month) in seen:
            raise FactError("lines", "deux lignes pour le même mois du même contrat de travail.", line.id)
        seen.add((line.placement, line.month))
        days = spread(policy, calendar, standing, line)
        counted, excluded = _shares(line, days, cap, cap_reason)
        total += counted
        counted_lines.append(
            CountedLine(line.id, hundredths(counted), excluded, policy, standing, line, days)
        )
    windows = tuple(standing.window for standing in by_id.values() if standing.window is not None)
    return Counting(hundredths(total), tuple(counted_lines), windows, policy)


def _by_id(found: Sequence[Standing]) -> dict[str, Standing]:
    by_id = {standing.placement.id: standing for standing in found}
    if len(by_id) < len(found):
        raise FactError("placements", "deux contrats de travail ont le même identifiant.")
    return by_id


def _training_rule(training: TrainingCap | str) -> tuple[tuple[int, int] | None, Reason]:
    """The share of the hours that training may take, as a ratio (None: any); the reason of what is beyond."""
    if isinstance(training, TrainingCap):
        return training.cap_share.as_integer_ratio(), Reason.TRAINING_CAP
    return (None if training == Training.COUNTED else (0, 1)), Reason.TRAINING


def _shares(
    line: Line, days: Spread, cap: tuple[int, int] | None, cap_reason: Reason
) -> tuple[int, tuple[Excluded, ...]]:
    """The counted hundredths of an hour, and what is excluded: they sum to the line's hours.

    Everything is a whole number over one denominator, days × that of the cap: exact, and fast enough for a
    country.
    """
    hours = in_hundredths(line.hours)
    if days.whole:
        return 0, _excluded([(days.whole, hours)])
    training_hours = in_hundredths(line.training_hours) if cap else 0
    capped, unit = cap or (0, 1)
    beyond = max(0, training_hours * unit - hours * capped) * days.counted_days
    if not (days.outside_execution or days.after_window or beyond):
        return hours, ()
    counted, outside, after, training = round_parts(
        (
            hours * unit * days.counted_days - beyond,
            hours * unit * days.outside_execution,
            hours * unit * days.after_window,
            beyond,
        ),
        days.days * unit,
    )
    return counted, _excluded(
        [(Reason.OUTSIDE_EXECUTION, outside), (Reason.AFTER_WINDOW, after), (cap_reason, training)]
    )


def _excluded(parts: Sequence[tuple[Reason, int]]) -> tuple[Excluded, ...]:
    return tuple(Excluded(reason, hundredths(part)) for reason, part in parts if part)
