"""What the gauge draws: hours expected by now, and those foreseen, with values worked out by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import ORIGIN, hours, periods, shares, steady
from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError
from uneplace.rules.progress import PlannedWork, progress

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param(date(2024, 12, 1), "0.00", id="avant le marché"),
        pytest.param(date(2025, 1, 1), "0.00", id="premier jour"),
        pytest.param(date(2025, 1, 2), "2.74", id="deuxième jour"),
        # 1000 × 181 ÷ 365 = 495.890…
        pytest.param(date(2025, 7, 1), "495.89", id="mi-année"),
        pytest.param(date(2025, 12, 31), "997.26", id="dernier jour"),
        pytest.param(date(2026, 1, 1), "1000.00", id="lendemain du marché"),
        pytest.param(date(2027, 1, 1), "1000.00", id="bien après"),
    ],
)
def test_expected(as_of, expected):
    assert str(progress(Decimal(1000), YEAR, as_of).expected) == expected


def work(start, end=None, weekly="35", share="1", window_end=None):
    return PlannedWork(Period(start, end), Decimal(weekly), Decimal(share), window_end)


@pytest.mark.parametrize(
    ("placements", "expected"),
    [
        pytest.param([], "0.00", id="personne"),
        # From Monday 1 to Friday 5 December 2025: five working days, seven hours each.
        pytest.param([work(date(2025, 3, 3), date(2025, 12, 6))], "35.00", id="une semaine encore"),
        pytest.param([work(date(2025, 3, 3), date(2025, 12, 2))], "7.00", id="le jour même, inclus"),
        pytest.param([work(date(2025, 3, 3), date(2025, 12, 1))], "0.00", id="fini la veille"),
        pytest.param([work(date(2025, 3, 3), date(2025, 6, 1))], "0.00", id="fini depuis longtemps"),
        # December 2025 has 23 weekdays and Christmas, a Thursday: 22 working days.
        pytest.param([work(date(2025, 3, 3))], "154.00", id="jusqu'à la fin du marché"),
        pytest.param([work(date(2025, 3, 3), date(2026, 6, 1))], "154.00", id="le marché finit avant"),
        pytest.param(
            [work(date(2025, 3, 3), window_end=date(2025, 12, 9))], "42.00", id="la fenêtre finit avant"
        ),
        pytest.param(
            [work(date(2025, 3, 3), window_end=date(2025, 11, 1))], "0.00", id="la fenêtre est finie"
        ),
        pytest.param(
            [work(date(2025, 3, 3), date(2025, 12, 6), "26", "0.5")], "13.00", id="26 heures, à moitié"
        ),
        # Three days of seven hours × 0.333 = 6.993.
        pytest.param(
            [work(date(2025, 3, 3), date(2025, 12, 4), share="0.333")], "6.99", id="une part décimale"
        ),
        # 0.0035 each: 0.007 together, rounded once.
        pytest.param(
            [work(date(2025, 3, 3), date(2025, 12, 2), "0.0175")] * 2, "0.01", id="arrondi une seule fois"
        ),
        pytest.param(
            [work(date(2025, 3, 3), date(2025, 12, 6)), work(date(2025, 9, 1), date(2025, 12, 3))],
            "49.00",
            id="deux personnes",
        ),
    ],
)
def test_foreseen(placements, expected):
    assert str(progress(Decimal(1000), YEAR, date(2025, 12, 1), placements).foreseen) == expected


def test_foreseen_days_are_those_of_the_zone():
    # Saint-Étienne, Friday 26 December, is off in Alsace-Moselle.
    week = [work(date(2025, 3, 3), date(2025, 12, 27))]
    assert str(progress(Decimal(1), YEAR, date(2025, 12, 26), week).foreseen) == "7.00"
    assert str(progress(Decimal(1), YEAR, date(2025, 12, 26), week, "Alsace-Moselle").foreseen) == "0.00"


@pytest.mark.parametrize(
    ("call", "fact"),
    [
        pytest.param(lambda: progress(Decimal(-1), YEAR, ORIGIN), "due", id="heures dues négatives"),
        pytest.param(lambda: progress(Decimal(1), Period(ORIGIN), ORIGIN), "execution", id="marché sans fin"),
        pytest.param(lambda: progress(Decimal(1), YEAR, "2025-01-01"), "as_of", id="date en texte"),
        pytest.param(
            lambda: progress(Decimal(1), YEAR, ORIGIN, [], "Corse"), "holiday_zone", id="zone inconnue"
        ),
        pytest.param(lambda: work(ORIGIN, weekly="-1"), "weekly_hours", id="durée négative"),
        pytest.param(lambda: work(ORIGIN, share="1.5"), "share", id="part au-dessus de 1"),
        pytest.param(lambda: work(ORIGIN, window_end="2025-01-01"), "window_end", id="fenêtre en texte"),
    ],
)
def test_an_impossible_fact_is_named(call, fact):
    with pytest.raises(FactError) as error:
        call()
    assert error.value.fact == fact


def test_the_explanation_ends_with_what_is_foreseen():
    steps = progress(Decimal(1000), YEAR, date(2025, 12, 1), [work(date(2025, 3, 3))]).explanation
    assert [step.value for step in steps] == [
        "1\u00a0000\u00a0h",
        "915,07\u00a0h",
        "154\u00a0h",
        "154\u00a0h",
    ]


@steady
@given(hours(10**6), periods(open_ended=False), st.integers(-50, 900), st.integers(0, 60))
def test_what_is_expected_only_grows_and_stays_within_what_is_due(due, execution, day, more):
    earlier = progress(due, execution, ORIGIN + timedelta(days=day)).expected
    later = progress(due, execution, ORIGIN + timedelta(days=day + more)).expected
    assert 0 <= earlier <= later <= due


@st.composite
def works(draw):
    return PlannedWork(draw(periods()), draw(hours(4000)), draw(shares()))


@steady
@given(periods(open_ended=False), st.lists(works(), max_size=4), st.integers(0, 900), st.integers(0, 60))
def test_what_is_foreseen_only_shrinks(execution, placements, day, more):
    earlier = progress(Decimal(0), execution, ORIGIN + timedelta(days=day), placements).foreseen
    later = progress(Decimal(0), execution, ORIGIN + timedelta(days=day + more), placements).foreseen
    assert earlier >= later >= 0
