"""Months, ages, periods and working days at their boundaries."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import steady
from uneplace.rules.calendar import calendars, is_working_day, working_days
from uneplace.rules.dates import Period, add_months, age_on
from uneplace.rules.errors import FactError


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        pytest.param(date(2025, 1, 31), 1, date(2025, 2, 28), id="31 janvier plus un mois"),
        pytest.param(date(2024, 1, 31), 1, date(2024, 2, 29), id="31 janvier d'une année bissextile"),
        pytest.param(date(2024, 2, 29), 12, date(2025, 2, 28), id="29 février plus un an"),
        pytest.param(date(2024, 2, 29), 48, date(2028, 2, 29), id="29 février plus quatre ans"),
        pytest.param(date(2025, 12, 15), 1, date(2026, 1, 15), id="fin d'année"),
        pytest.param(date(2025, 1, 15), -1, date(2024, 12, 15), id="un mois plus tôt"),
        pytest.param(date(2025, 5, 31), -3, date(2025, 2, 28), id="trois mois plus tôt"),
        pytest.param(date(2025, 5, 31), 0, date(2025, 5, 31), id="zéro mois"),
        pytest.param(date(2024, 12, 31), 12, date(2025, 12, 31), id="un an"),
    ],
)
def test_add_months(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize("months", [12 * 8000, -12 * 3000])
def test_months_out_of_the_calendar(months):
    with pytest.raises(FactError) as error:
        add_months(date(2025, 1, 1), months)
    assert error.value.fact == "months"


@pytest.mark.parametrize(
    ("born_on", "on", "expected"),
    [
        pytest.param(date(2000, 6, 1), date(2026, 5, 31), 25, id="veille de l'anniversaire"),
        pytest.param(date(2000, 6, 1), date(2026, 6, 1), 26, id="jour de l'anniversaire"),
        pytest.param(date(2000, 2, 29), date(2026, 2, 27), 25, id="né un 29 février, le 27"),
        pytest.param(date(2000, 2, 29), date(2026, 2, 28), 26, id="né un 29 février, le 28"),
        pytest.param(date(2025, 3, 3), date(2025, 3, 3), 0, id="jour de la naissance"),
        pytest.param(date(2024, 12, 31), date(2025, 1, 1), 0, id="lendemain"),
    ],
)
def test_age_on(born_on, on, expected):
    assert age_on(born_on, on) == expected


def test_an_age_before_birth_is_impossible():
    with pytest.raises(FactError) as error:
        age_on(date(2025, 3, 4), date(2025, 3, 3))
    assert error.value.fact == "born_on"


def test_a_period_is_half_open():
    period = Period(date(2025, 3, 3), date(2025, 3, 5))
    inside = [date(2025, 3, day) for day in (2, 3, 4, 5) if date(2025, 3, day) in period]
    assert inside == [date(2025, 3, 3), date(2025, 3, 4)]
    assert date(9999, 12, 31) in Period(date(2025, 3, 3))
    assert date(2025, 3, 2) not in Period(date(2025, 3, 3))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(Period(date(2025, 3, 1), date(2025, 3, 3)), False, id="finit la veille"),
        pytest.param(Period(date(2025, 3, 1), date(2025, 3, 4)), True, id="finit le premier jour"),
        pytest.param(Period(date(2025, 3, 9)), True, id="commence le dernier jour"),
        pytest.param(Period(date(2025, 3, 10)), False, id="commence le lendemain"),
        pytest.param(Period(date(2025, 3, 1)), True, id="sans fin"),
    ],
)
def test_overlaps(other, expected):
    period = Period(date(2025, 3, 3), date(2025, 3, 10))
    assert period.overlaps(other) is expected
    assert other.overlaps(period) is expected


@pytest.mark.parametrize(
    ("start", "end", "fact"),
    [
        pytest.param(date(2025, 3, 3), date(2025, 3, 3), "end", id="vide"),
        pytest.param(date(2025, 3, 3), date(2025, 3, 2), "end", id="à l'envers"),
        pytest.param("2025-03-03", None, "start", id="texte"),
        pytest.param(date(2025, 3, 3), "2025-03-04", "end", id="fin en texte"),
        pytest.param(datetime(2025, 3, 3, 8), None, "start", id="une heure au lieu d'un jour"),
    ],
)
def test_an_impossible_period(start, end, fact):
    with pytest.raises(FactError) as error:
        Period(start, end)
    assert error.value.fact == fact


@pytest.mark.parametrize(
    ("period", "zone", "expected"),
    [
        pytest.param(Period(date(2025, 3, 1), date(2025, 4, 1)), "Métropole", 21, id="mars 2025"),
        pytest.param(
            Period(date(2025, 5, 1), date(2025, 6, 1)), "Métropole", 19, id="mai 2025, trois jeudis"
        ),
        pytest.param(Period(date(2025, 4, 1), date(2025, 5, 1)), "Métropole", 21, id="lundi de Pâques"),
        pytest.param(Period(date(2025, 4, 1), date(2025, 5, 1)), "Alsace-Moselle", 20, id="Vendredi saint"),
        pytest.param(Period(date(2025, 3, 8), date(2025, 3, 10)), "Métropole", 0, id="un week-end"),
        pytest.param(Period(date(2025, 3, 10), date(2025, 3, 11)), "Métropole", 1, id="un lundi"),
        pytest.param(Period(date(2025, 1, 1), date(2026, 1, 1)), "Métropole", 251, id="année 2025"),
    ],
)
def test_working_days(period, zone, expected):
    assert working_days(period, zone) == expected


def test_the_shipped_table_covers_its_years_and_zones():
    assert len(calendars()) == 13
    metropole = calendars()["Métropole"].holidays
    assert (min(metropole), max(metropole)) == (date(2015, 1, 1), date(2036, 12, 25))
    assert metropole[date(2025, 4, 21)] == "Lundi de Pâques"


@pytest.mark.parametrize(
    ("call", "fact"),
    [
        pytest.param(lambda: working_days(Period(date(2025, 1, 1))), "end", id="période sans fin"),
        pytest.param(
            lambda: working_days(Period(date(2025, 1, 1), date(2025, 2, 1)), "Corse"),
            "holiday_zone",
            id="zone inconnue",
        ),
    ],
)
def test_working_days_that_cannot_be_counted(call, fact):
    with pytest.raises(FactError) as error:
        call()
    assert error.value.fact == fact


@steady
@given(
    st.dates(date(2014, 6, 1), date(2037, 6, 1)), st.integers(1, 120), st.sampled_from(sorted(calendars()))
)
def test_counting_at_once_is_counting_one_by_one(start, length, zone):
    one_by_one = sum(is_working_day(start + timedelta(days=rank), zone) for rank in range(length))
    assert working_days(Period(start, start + timedelta(days=length)), zone) == one_by_one


@steady
@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(-200, 200))
def test_months_keep_the_day_or_end_the_month(day, months):
    moved = add_months(day, months)
    assert (moved.year - day.year) * 12 + moved.month - day.month == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)
