"""The points of the follow-up in job, by the dates of the work contract."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uneplace.rules.dates import Period
from uneplace.rules.follow_up import follow_up_days

START = date(2026, 3, 2)


def told(end):
    return [(point.value, day) for point, day in follow_up_days(Period(START, end))]


def test_a_contract_of_ten_months_has_each_of_its_points():
    assert told(date(2027, 1, 2)) == [
        ("DAY_8", date(2026, 3, 9)),
        ("MONTH_1", date(2026, 4, 2)),
        ("MONTH_3", date(2026, 6, 2)),
        ("QUARTER", date(2026, 9, 2)),
        ("QUARTER", date(2026, 12, 2)),
        ("BEFORE_END", date(2026, 12, 17)),
    ]


def test_the_point_before_the_end_is_fifteen_days_before_the_last_day():
    last_day = date(2026, 8, 31)
    [*_, (point, day)] = told(last_day + timedelta(days=1))
    assert (point, day) == ("BEFORE_END", last_day - timedelta(days=15))


@pytest.mark.parametrize(
    ("end", "points"),
    [
        pytest.param(date(2026, 3, 7), [], id="moins de huit jours"),
        pytest.param(date(2026, 3, 20), ["DAY_8"], id="moins de trois semaines"),
        pytest.param(date(2026, 4, 2), ["DAY_8", "BEFORE_END"], id="un mois"),
        pytest.param(
            date(2026, 9, 16), ["DAY_8", "MONTH_1", "MONTH_3", "BEFORE_END"], id="un trimestre au bout"
        ),
    ],
)
def test_a_short_contract_has_fewer(end, points):
    assert [point for point, _ in told(end)] == points


def test_a_permanent_contract_is_followed_for_two_years():
    days = told(None)
    assert len(days) == 3 + 7
    assert days[-1] == ("QUARTER", date(2028, 3, 2))


@given(start=st.dates(date(2000, 1, 1), date(2100, 1, 1)), length=st.integers(1, 2000))
def test_points_come_in_order_each_on_its_own_day_and_during_the_contract(start, length):
    end = start + timedelta(days=length)
    days = [day for _, day in follow_up_days(Period(start, end))]
    assert days == sorted(set(days))
    assert all(start < day < end for day in days)
