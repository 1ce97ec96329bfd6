"""Which years the demo holds, whatever the day it is loaded."""

from datetime import date

import pytest

from uneplace.demo.load import past_years


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param(date(2026, 11, 23), [2018, 2019, 2025, 2026], id="fin d’année"),
        pytest.param(date(2027, 7, 1), [2018, 2019, 2026, 2027], id="cinq mois passés"),
        pytest.param(date(2027, 6, 30), [2018, 2019, 2026], id="trop tôt dans l’année"),
        pytest.param(date(2027, 1, 1), [2018, 2019, 2026], id="jour de l’an"),
        pytest.param(date(2028, 2, 29), [2018, 2019, 2027], id="29 février"),
        pytest.param(date(2020, 3, 5), [2018, 2019], id="l’année d’après la référence"),
    ],
)
def test_years_told(today, expected):
    assert [year.year for year in past_years(today)] == expected


def test_a_year_under_way_stops_two_months_ago_and_keeps_its_share():
    usual, now = past_years(date(2026, 11, 23))[-2:]
    assert usual.until is None
    assert now.until == date(2026, 9, 30)
    assert now.contracts < usual.contracts
    assert now.hours / now.participants < usual.hours / usual.participants


def test_2019_keeps_its_size_even_as_last_year():
    reference = next(year for year in past_years(date(2020, 3, 5)) if year.year == 2019)
    assert (reference.contracts, reference.participants, reference.hours) == (176, 630, 160_600)
