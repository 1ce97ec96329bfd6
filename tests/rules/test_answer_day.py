"""The day before which a service answers, weekends and public holidays left out."""

from datetime import date

import pytest

from uneplace.rules.answer_day import answer_day
from uneplace.rules.errors import FactError


@pytest.mark.parametrize(
    "asked_on, working_days, day",
    [
        pytest.param(date(2026, 6, 15), 10, date(2026, 6, 29), id="deux semaines sans jour férié"),
        pytest.param(date(2026, 6, 15), 1, date(2026, 6, 16), id="le lendemain"),
        pytest.param(date(2026, 6, 19), 1, date(2026, 6, 22), id="un vendredi, le lundi"),
        pytest.param(date(2026, 6, 20), 1, date(2026, 6, 22), id="un samedi, le lundi"),
        pytest.param(date(2026, 7, 13), 1, date(2026, 7, 15), id="la veille du 14 juillet"),
        pytest.param(date(2026, 12, 24), 5, date(2027, 1, 4), id="Noël et le Jour de l’an"),
        pytest.param(date(2026, 6, 15), 0, date(2026, 6, 15), id="le jour même"),
    ],
)
def test_working_days_are_counted_after_the_request(asked_on, working_days, day):
    assert answer_day(asked_on, working_days).day == day


def test_without_a_delay_of_its_own_a_service_has_the_usual_one_which_is_to_be_confirmed():
    answer = answer_day(date(2026, 6, 15))
    assert answer.day == date(2026, 6, 29)
    assert [(one.value, one.source.kind) for one in answer.explanation] == [
        ("15 juin 2026", "fait"),
        ("10\u00a0jours ouvrés", "à confirmer"),
        ("29 juin 2026", "calcul"),
    ]


@pytest.mark.parametrize("working_days", [-1, 1.5, True], ids=["négatif", "à virgule", "oui"])
def test_a_delay_that_is_no_number_of_days_is_refused(working_days):
    with pytest.raises(FactError) as error:
        answer_day(date(2026, 6, 15), working_days)
    assert error.value.fact == "working_days"
