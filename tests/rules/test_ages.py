"""What is kept of a date of birth: enough for the bands of age of the days counted, and nothing else."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from uneplace.rules.ages import band_on, stand_in_birthday

BIRTHS = st.dates(date(1945, 1, 1), date(2009, 12, 31))
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.lists(st.dates(date(2026, 1, 1), date(2036, 12, 31)), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("born_on", "band"),
    [
        pytest.param(date(2000, 6, 2), 0, id="veille des 26 ans"),
        pytest.param(date(2000, 6, 1), 1, id="26 ans le jour même"),
        pytest.param(date(1985, 6, 2), 1, id="veille des 41 ans"),
        pytest.param(date(1985, 6, 1), 2, id="41 ans"),
        pytest.param(date(1975, 6, 1), 3, id="51 ans"),
    ],
)
def test_bands(born_on, band):
    assert band_on(born_on, date(2026, 6, 1)) == band


@UNHURRIED
@given(BIRTHS, DAYS)
def test_the_stand_in_is_in_the_same_band_on_each_day(born_on, days):
    chosen = stand_in_birthday(born_on, days)
    assert [band_on(chosen, day) for day in days] == [band_on(born_on, day) for day in days]


@UNHURRIED
@given(BIRTHS, BIRTHS, DAYS)
def test_two_people_of_the_same_bands_have_the_same_stand_in(one, other, days):
    bands = [[band_on(born_on, day) for day in days] for born_on in (one, other)]
    leap_days = any((day.month, day.day) == (2, 29) for day in (one, other))
    if bands[0] == bands[1] and not leap_days:
        assert stand_in_birthday(one, days) == stand_in_birthday(other, days)


def test_nobody_is_younger_than_the_first_day_counted():
    chosen = stand_in_birthday(date(2008, 3, 1), [date(2026, 4, 1)])
    assert chosen < date(2011, 4, 1)


def test_without_a_day_counted_nothing_is_kept():
    assert stand_in_birthday(date(1990, 1, 1), []) is None
