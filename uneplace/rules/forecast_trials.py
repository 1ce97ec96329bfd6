"""How far past forecasts fell from what clauses came to: the only source of the interval of a new one.

A trial is a closed clause looked at again as it was known on a past day, at one stage of its execution: what
each reading of its facts announced for the end, and what it came to. All is told in millionths of the hours
due, so that a large clause weighs no more than a small one.

A clause learns from its peers: the quarter of the trials of its stage that announced the share of the hours
due nearest to its own. One that signed all that it owes learns nothing from those that had signed nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from uneplace.rules.checks import check_number, check_positive
from uneplace.rules.parameters import PARAMETERS

MILLION = 10**6
LOW, MIDDLE, HIGH = 1, 5, 9  # tenths: eight times out of ten, in between
PEERS = 4  # one in so many


class Reading(StrEnum):
    """What one may read the end of a clause from, in the order of preference when both err as much."""

    CONTRACTS = "CONTRACTS"
    PACE = "PACE"


READINGS = {
    Reading.CONTRACTS: "les contrats signés",
    Reading.PACE: "le rythme tenu",
}
Share = int
"""Millionths of the hours due."""


def share_of(hours: Decimal, due: Decimal) -> Share:
    """These hours in millionths of those due, to the one below."""
    return int(Fraction(hours) * MILLION // Fraction(due))


@dataclass(frozen=True, slots=True)
class Trial:
    """A closed clause at one stage: the hours due, done in the end, and announced by each reading."""

    due: Decimal
    finished: Decimal
    contracts: Decimal
    pace: Decimal

    def __post_init__(self) -> None:
        check_positive("due", self.due)
        for name in ("finished", "contracts", "pace"):
            check_number(name, getattr(self, name))

    def announced(self, reading: Reading) -> Share:
        """What a reading announced."""
        return share_of(self.contracts if reading == Reading.CONTRACTS else self.pace, self.due)

    def error(self, reading: Reading) -> Share:
        """What was done beyond what was announced; negative when less was."""
        return share_of(self.finished, self.due) - self.announced(reading)


@dataclass(frozen=True, slots=True)
class Experience:
    """What the peers of a clause teach.

    `kept` is the reading whose median error is the least; `low`, `middle` and `high` are its errors, of which
    one in ten is lower than the first and one in ten higher than the last.
    """

    clauses: int
    median_errors: dict[Reading, Share]
    kept: Reading
    low: Share
    middle: Share
    high: Share


@dataclass(frozen=True, slots=True)
class Record:
    """How forecasts did at one stage: the median error of each reading as it is, and of what would have been
    announced, each clause being forecast from the others alone; the share of them that ended within its
    interval."""

    clauses: int
    median_errors: dict[Reading, Share]
    median_error: Share
    inside: Fraction


def least_clauses() -> int:
    """How many closed clauses an experience takes."""
    return int(PARAMETERS.forecast_least_clauses.latest)


def experience_of(trials: Sequence[Trial], announced: Mapping[Reading, Share]) -> Experience | None:
    """What these trials of one stage teach to a clause of which each reading announces so much; None when
    they are too few to teach anything."""
    if len(trials) < least_clauses():
        return None
    return _taught({reading: _places(trials, reading) for reading in Reading}, announced)


def record_of(trials: Sequence[Trial]) -> Record | None:
    """How forecasts did on these trials of one stage; None when they are too few to say."""
    if len(trials) <= least_clauses():
        return None
    places = {reading: _places(trials, reading) for reading in Reading}
    errors, inside = [], 0
    for rank, trial in enumerate(trials):
        others = {reading: its[:rank] + its[rank + 1 :] for reading, its in places.items()}
        taught = _taught(others, {reading: trial.announced(reading) for reading in Reading})
        error = trial.error(taught.kept)
        errors.append(abs(error - taught.middle))
        inside += taught.low <= error <= taught.high
    return Record(
        clauses=len(trials),
        median_errors={
            reading: _ranked(sorted(abs(error) for _, error in its), MIDDLE)
            for reading, its in places.items()
        },
        median_error=_ranked(sorted(errors), MIDDLE),
        inside=Fraction(inside, len(trials)),
    )


def _places(trials: Sequence[Trial], reading: Reading) -> list[tuple[Share, Share]]:
    """What each trial announced, and its error."""
    return [(trial.announced(reading), trial.error(reading)) for trial in trials]


def _taught(
    places: Mapping[Reading, list[tuple[Share, Share]]], announced: Mapping[Reading, Share]
) -> Experience:
    errors = {reading: _errors_of_peers(its, announced[reading]) for reading, its in places.items()}
    medians = {reading: _ranked(sorted(map(abs, its)), MIDDLE) for reading, its in errors.items()}
    kept = min(Reading, key=lambda reading: medians[reading])
    found = errors[kept]
    return Experience(
        clauses=len(found),
        median_errors=medians,
        kept=kept,
        low=_ranked(found, LOW),
        middle=_ranked(found, MIDDLE),
        high=_ranked(found, HIGH),
    )


def _errors_of_peers(places: list[tuple[Share, Share]], own: Share) -> list[Share]:
    """The errors, in order, of those that announced the nearest share, and of all that are as near."""
    number = max(least_clauses(), -(-len(places) // PEERS))
    farthest = sorted(abs(share - own) for share, _ in places)[: max(number, 1)][-1]
    return sorted(error for share, error in places if abs(share - own) <= farthest)


def _ranked(ordered: Sequence[Share], tenths: int) -> Share:
    """The least of these values that at least so many tenths of them do not exceed."""
    return ordered[max(-(-len(ordered) * tenths // 10), 1) - 1]
