"""The measures themselves: works done by turns, and a figure told with how far to trust it."""

from random import Random
from statistics import median

import pytest

from bench.runner import CONTROL, compared, spread_of


class Machine:
    """Works of known durations on a machine that slows down, and the order in which they were done."""

    def __init__(self, **lasts):
        self.lasts, self.done, self.slowness = lasts, [], 1.0

    @property
    def works(self):
        return {name: lambda name=name: self._do(name) for name in self.lasts}

    def _do(self, name):
        self.done.append(name)
        self.slowness *= 1.01
        return self.lasts[name] * self.slowness


def test_a_machine_that_slows_down_does_not_change_the_figure():
    machine = Machine(bare=2.0, whole=5.0)
    measured = compared(machine.works, rounds=21)
    assert machine.slowness > 1.8, "the last round is nearly twice as slow as the first"
    assert measured.longer("whole").median == pytest.approx(2.5, rel=0.03)
    assert measured.faster("whole").median == pytest.approx(0.4, rel=0.03)
    control = measured.longer(CONTROL)
    assert control.low < 1 < control.high
    assert control.median == pytest.approx(1, rel=0.03)


def test_each_round_does_all_works_in_an_order_that_the_seed_alone_decides():
    first, same, other = (Machine(bare=1, whole=2, broken=3) for _ in range(3))
    compared(first.works, rounds=12, seed=7)
    compared(same.works, rounds=12, seed=7)
    compared(other.works, rounds=12, seed=8)
    assert first.done == same.done != other.done
    turns = [first.done[start : start + 4] for start in range(0, len(first.done), 4)]
    assert len(turns) == 12
    assert all(sorted(turn) == ["bare", "bare", "broken", "whole"] for turn in turns)
    assert len({tuple(turn) for turn in turns}) > 1


@pytest.mark.parametrize(
    "number, low, high, sure",
    [
        pytest.param(1, 1, 1, 0, id="one figure says nothing of the next"),
        pytest.param(3, 1, 3, 0.75, id="three: the whole range"),
        pytest.param(5, 1, 5, 0.9375, id="five: the whole range, not quite sure"),
        pytest.param(6, 1, 6, 0.96875, id="six: the whole range"),
        pytest.param(11, 2, 10, 0.98828125, id="eleven: all but the two ends"),
        pytest.param(20, 6, 15, 0.958610534, id="twenty"),
    ],
)
def test_the_interval_of_a_median_is_exact(number, low, high, sure):
    figures = [float(rank) for rank in range(1, number + 1)]
    Random(3).shuffle(figures)
    found = spread_of(figures)
    assert (found.low, found.high) == (low, high)
    assert found.sure == pytest.approx(sure)
    assert found.median == median(figures)


def test_the_interval_holds_the_true_median_as_often_as_it_says():
    draw = Random(11)
    found = [spread_of([draw.expovariate(1) for _ in range(9)]) for _ in range(2000)]
    held = sum(one.low <= 0.6931 <= one.high for one in found) / len(found)
    assert held == pytest.approx(found[0].sure, abs=0.02)


def test_a_figure_is_told_with_what_it_is_worth():
    assert str(spread_of([0.5, 0.25, 1.0])) == "0.50 (de 0.25 à 1.00, sûr à 75\u00a0%)"
