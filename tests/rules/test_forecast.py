"""Where a clause will end: values worked out by hand, the interval from the past, and the dated action."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError
from uneplace.rules.forecast import Known, announced, closing_action, day_of_stage, forecast, stage_of
from uneplace.rules.forecast_trials import Reading, Trial, experience_of, record_of

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
HALFWAY = date(2025, 7, 2)  # 182 days gone by, 183 left


def known(due=1000, counted=0, to_validate=0, undeclared=0, foreseen=0):
    return Known(*map(Decimal, (due, counted, to_validate, undeclared, foreseen)))


def trial(finished, contracts, pace, due=100):
    return Trial(*map(Decimal, (due, finished, contracts, pace)))


@pytest.mark.parametrize(
    ("as_of", "stage"),
    [
        pytest.param(date(2024, 12, 1), None, id="avant le marché"),
        pytest.param(date(2025, 2, 6), None, id="veille du dixième"),
        pytest.param(date(2025, 2, 7), 10, id="le dixième passé"),
        pytest.param(date(2025, 7, 2), 25, id="veille de la moitié"),
        pytest.param(date(2025, 7, 3), 50, id="la moitié passée"),
        pytest.param(date(2025, 12, 31), 90, id="dernier jour"),
        pytest.param(date(2026, 1, 1), None, id="lendemain du marché"),
    ],
)
def test_the_stage_of_an_execution(as_of, stage):
    assert stage_of(YEAR, as_of) == stage


@pytest.mark.parametrize("stage", [10, 25, 50, 75, 90])
def test_the_day_of_a_stage_is_the_first_that_has_reached_it(stage):
    day = day_of_stage(YEAR, stage)
    assert stage_of(YEAR, day) == stage
    assert stage_of(YEAR, date.fromordinal(day.toordinal() - 1)) != stage


@pytest.mark.parametrize(
    ("facts", "contracts", "pace"),
    [
        pytest.param(known(), "0.00", "0.00", id="rien encore"),
        pytest.param(known(counted=182), "182.00", "365.00", id="une heure par jour, rien de signé"),
        # 100 + 50 + 32 done, 182 × 183 ÷ 182 at the same pace.
        pytest.param(
            known(counted=100, to_validate=50, undeclared=32, foreseen=90),
            "272.00",
            "365.00",
            id="tout compte",
        ),
        pytest.param(known(counted=182, foreseen=400), "582.00", "582.00", id="plus de signé que de rythme"),
    ],
)
def test_two_readings_of_the_same_facts(facts, contracts, pace):
    found = announced(facts, YEAR, HALFWAY)
    assert (str(found[Reading.CONTRACTS]), str(found[Reading.PACE])) == (contracts, pace)


def test_with_too_few_closed_clauses_the_interval_goes_from_one_reading_to_the_other_and_says_so():
    found = forecast(known(counted=182), YEAR, HALFWAY, [trial(100, 90, 90)] * 9)
    assert (str(found.at_end), str(found.low), str(found.high), found.clauses) == (
        "182.00",
        "182.00",
        "365.00",
        0,
    )
    assert any("Trop peu d’expérience" in step.text for step in found.explanation)


def test_the_reading_that_errs_the_least_is_kept_and_corrected_by_its_median():
    # By the contracts, errors go from +1 % to +10 %; by the pace, all clauses ended 30 % under.
    past = [trial(100 + rank, 100, 130 + rank) for rank in range(1, 11)]
    found = forecast(known(counted=182, foreseen=318), YEAR, HALFWAY, past)
    assert found.reading == Reading.CONTRACTS
    assert [str(value) for value in (found.at_end, found.low, found.high)] == ["550.00", "510.00", "590.00"]
    assert (found.clauses, str(found.gap)) == (10, "450.00")


def test_what_is_counted_stays_counted_whatever_the_past():
    past = [trial(10, 90, 95)] * 12
    found = forecast(known(counted=600), YEAR, HALFWAY, past)
    assert found.low == found.at_end == Decimal(600)


def test_a_clause_learns_from_those_that_announced_the_nearest_share():
    # Those that had signed little ended 40 % higher; those that had signed all ended as announced.
    past = [trial(60, 20, 200)] * 30 + [trial(100, 100, 300)] * 30
    low, full = (
        forecast(known(counted=182, foreseen=foreseen), YEAR, HALFWAY, past) for foreseen in (0, 800)
    )
    assert (str(low.at_end), low.clauses) == ("582.00", 30)
    assert str(full.at_end) == "982.00"


def test_a_large_clause_weighs_no_more_than_a_small_one():
    past = [trial(50, 40, 40)] * 11 + [trial(5000, 4000, 4000, due=10000)]
    assert experience_of(past, dict.fromkeys(Reading, 400_000)).middle == 100_000


def test_the_record_forecasts_each_clause_from_the_others_alone():
    # All announced as much, and ended from 0 to 19 % higher: each corrected by the median of the others.
    record = record_of([trial(100 + rank, 100, 300) for rank in range(20)])
    assert (record.clauses, record.median_errors[Reading.CONTRACTS]) == (20, 90_000)
    assert record.median_error < record.median_errors[Reading.CONTRACTS]
    assert record.inside == Fraction(16, 20)


@pytest.mark.parametrize(("clauses", "is_known"), [(10, False), (11, True)])
def test_a_record_takes_one_clause_more_than_an_experience(clauses, is_known):
    assert (record_of([trial(100, 90, 95)] * clauses) is not None) == is_known


@pytest.mark.parametrize(
    ("gap", "people", "before"),
    [
        # From 1 August (30 days after) to the end of 2025 there are 106 working days: 742 h a person.
        pytest.param("742", 1, date(2025, 8, 1), id="une personne, dès que possible"),
        pytest.param("742.01", 2, date(2025, 10, 15), id="un centième de trop, deux personnes"),
        pytest.param("7", 1, date(2025, 12, 31), id="un jour de travail"),
        pytest.param("14", 1, date(2025, 12, 30), id="deux jours"),
        pytest.param("21", 1, date(2025, 12, 29), id="trois jours"),
    ],
)
def test_the_fewest_people_and_the_last_day_on_which_they_may_start(gap, people, before):
    found = closing_action(Decimal(gap), YEAR, HALFWAY, "Métropole")
    assert (found.people, found.before) == (people, before)


def test_no_action_is_promised_once_there_is_no_time_left_to_recruit():
    found = forecast(known(counted=100), YEAR, date(2025, 12, 5))
    assert found.gap > 0
    assert found.action is None


@pytest.mark.parametrize("as_of", [date(2025, 1, 2), date(2026, 1, 1)])
def test_nothing_is_forecast_before_the_first_stage_nor_after_the_end(as_of):
    with pytest.raises(FactError, match="on prévoit entre 10"):
        forecast(known(), YEAR, as_of)


def test_nothing_is_forecast_without_an_end():
    with pytest.raises(FactError, match="une fin d’exécution"):
        forecast(known(), Period(date(2025, 1, 1)), HALFWAY)
