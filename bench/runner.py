"""Works compared by pairs: done by turns, in an order that is drawn; a figure says how far to trust it.

Each round does the base twice and every other work once, in an order drawn from a seed. The second base over
the first is the control: what two equal works differ by on this machine, that day. Each work is compared with
the base of its own round, so that a machine that slows down slows both; what is kept is the median of the
rounds, in an interval that supposes nothing of how durations spread.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import comb
from random import Random
from statistics import median

CONTROL = "control"
SURE = 0.95

Work = Callable[[], float]
"""Something done once; it answers with the seconds that count."""


@dataclass(frozen=True)
class Spread:
    """The median of some figures, and an interval that holds the true one with that probability at least."""

    median: float
    low: float
    high: float
    sure: float

    def __str__(self) -> str:
        return f"{self.median:.2f} (de {self.low:.2f} à {self.high:.2f}, sûr à {int(self.sure * 100)}\u00a0%)"


@dataclass(frozen=True)
class Measured:
    """The seconds of each work, round by round; those of the base's second turn are under `CONTROL`."""

    base: str
    seconds: Mapping[str, Sequence[float]]

    def typical(self, name: str) -> float:
        """The median of the seconds of a work."""
        return median(self.seconds[name])

    def longer(self, name: str, *, than: str | None = None) -> Spread:
        """How many times as long a work is as another of its round, the base unless told."""
        pairs = zip(self.seconds[name], self.seconds[than or self.base], strict=True)
        return spread_of([one / other for one, other in pairs])

    def faster(self, name: str) -> Spread:
        """The throughput of a work over that of the base."""
        return self.longer(self.base, than=name)


def compared(works: Mapping[str, Work], *, rounds: int, seed: int = 2026) -> Measured:
    """Do each of these works by turns; the first is the base."""
    base = next(iter(works))
    draw = Random(seed)
    seconds: dict[str, list[float]] = {name: [] for name in (*works, CONTROL)}
    for _ in range(rounds):
        turns = list(seconds)
        draw.shuffle(turns)
        for name in turns:
            seconds[name].append(works[base if name == CONTROL else name]())
    return Measured(base, seconds)


def spread_of(figures: Sequence[float]) -> Spread:
    """The median and its exact interval by order statistics: the narrowest that is 95 % sure, else the whole
    range, with what it is worth.

    The number of figures under the true median is binomial: from the k-th smallest to the k-th greatest of n
    holds it with probability 1 - 2 P(Bin(n, 1/2) < k).
    """
    ranked = sorted(figures)
    kept, sure = 1, _sure(len(ranked), 1)
    while (narrower := _sure(len(ranked), kept + 1)) >= SURE:
        kept, sure = kept + 1, narrower
    return Spread(median(ranked), ranked[kept - 1], ranked[-kept], sure)


def _sure(number: int, kept: int) -> float:
    return 1 - 2 * sum(comb(number, under) for under in range(kept)) / 2**number
