"""Rounding and splitting to the hundredth."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import steady
from uneplace.rules.errors import FactError
from uneplace.rules.numbers import hundredths, in_hundredths, largest_remainder, round2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(Decimal("0.004"), "0.00", id="sous le demi-centième"),
        pytest.param(Decimal("0.005"), "0.01", id="demi-centième vers le haut"),
        pytest.param(Decimal("2.675"), "2.68", id="exact en décimal"),
        pytest.param(Fraction(1, 3), "0.33", id="un tiers"),
        pytest.param(Fraction(2, 3), "0.67", id="deux tiers"),
        pytest.param(Decimal("1E+3"), "1000.00", id="écrit en puissance"),
        pytest.param(7, "7.00", id="entier"),
        pytest.param(Decimal("-0.005"), "-0.01", id="négatif, en s'éloignant de zéro"),
        pytest.param(Decimal("-1.234"), "-1.23", id="négatif"),
        pytest.param(Decimal("0.00499999999999999999999999999999999"), "0.00", id="plus fin que 28 chiffres"),
    ],
)
def test_round2(value, expected):
    assert str(round2(value)) == expected


def test_rounding_ignores_the_precision_in_use():
    with localcontext(prec=3):
        assert str(round2(Decimal("123456.785"))) == "123456.79"
        assert str(hundredths(12345678)) == "123456.78"


@pytest.mark.parametrize(("count", "expected"), [(0, "0.00"), (5, "0.05"), (100, "1.00"), (-205, "-2.05")])
def test_hundredths(count, expected):
    assert str(hundredths(count)) == expected
    assert in_hundredths(hundredths(count)) == count


def test_hundredths_of_a_finer_number_are_refused():
    with pytest.raises(FactError):
        in_hundredths(Decimal("0.001"))


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        pytest.param("100", [1, 1, 1], ["33.34", "33.33", "33.33"], id="trois tiers, le premier listé gagne"),
        pytest.param("0.02", [1, 1, 1], ["0.01", "0.01", "0.00"], id="deux centièmes pour trois"),
        # 3.333, 5.000 and 1.667: the third has the largest remainder.
        pytest.param("10", [2, 3, 1], ["3.33", "5.00", "1.67"], id="le plus grand reste"),
        pytest.param("10", [0, 1], ["0.00", "10.00"], id="un poids nul"),
        pytest.param("0", [1, 2], ["0.00", "0.00"], id="rien à répartir"),
        pytest.param("833.33", [Decimal("0.5"), Decimal("0.5")], ["416.67", "416.66"], id="deux moitiés"),
        pytest.param("1", [Fraction(1, 3), Fraction(1, 7)], ["0.70", "0.30"], id="poids en fractions"),
    ],
)
def test_largest_remainder(total, weights, expected):
    assert [str(part) for part in largest_remainder(Decimal(total), weights)] == expected


@pytest.mark.parametrize(
    "weights",
    [pytest.param([], id="aucun"), pytest.param([0, 0], id="nuls"), pytest.param([2, -1], id="négatif")],
)
def test_weights_that_split_nothing(weights):
    with pytest.raises(FactError) as error:
        largest_remainder(Decimal(1), weights)
    assert error.value.fact == "weights"


@steady
@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(any))
def test_parts_sum_to_the_total_and_stay_within_a_hundredth(count, weights):
    parts = largest_remainder(hundredths(count), weights)
    assert sum(parts) == hundredths(count)
    for part, weight in zip(parts, weights, strict=True):
        exact = Fraction(count, 100) * weight / sum(weights)
        assert part >= 0
        assert abs(Fraction(part) - exact) < Fraction(1, 100)


@steady
@given(st.integers(0, 10**6), st.lists(st.integers(1, 100), min_size=2, max_size=6))
def test_a_missing_hundredth_goes_to_the_largest_remainder(count, weights):
    parts = largest_remainder(hundredths(count), weights)
    exact = [Fraction(count) * weight / sum(weights) for weight in weights]
    raised = [in_hundredths(part) > int(share) for part, share in zip(parts, exact, strict=True)]
    ranks = [(-(share - int(share)), place) for place, share in enumerate(exact)]
    kept = [rank for rank, up in zip(ranks, raised, strict=True) if not up]
    lifted = [rank for rank, up in zip(ranks, raised, strict=True) if up]
    assert not lifted or not kept or max(lifted) < min(kept)
