"""The figures of a year, from the ledger."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import CommuneFactory, OrganisationFactory, RomeJobFactory
from uneplace.hours.models import Placement
from uneplace.people.models import Participant
from uneplace.reports.figures import BREAKDOWNS
from uneplace.reports.queries import public_figures, scope_of, yearly_figures, years_with_hours

from .ledger import commitment_of, correct, count, person, work

pytestmark = pytest.mark.django_db

MARCH, APRIL, MAY = (date(2019, month, 1) for month in (3, 4, 5))


@pytest.fixture
def service():
    return OrganisationFactory(service=True)


@pytest.fixture
def commitment(service):
    return commitment_of(service)


def by_code(rows):
    return {row.code: (row.hours, row.participants) for row in rows}


def test_a_year_without_hours_is_all_zeros(service):
    figures = yearly_figures(service, 2019)
    assert (figures.totals.hours, figures.totals.participants, figures.totals.contracts) == (0, 0, 0)
    assert figures.full_time.value == 0
    assert len(figures.by_month) == 12
    assert all(figures.breakdown(name) == () for name in BREAKDOWNS if name != "by_month")


def test_hours_people_and_things_are_counted_once(service, commitment):
    one, other = person(service), person(service)
    first, second = work(commitment, one), work(commitment, one)
    count(commitment, one, first, MARCH, "100.50")
    count(commitment, one, second, APRIL, "49.50")
    elsewhere = commitment_of(service, buyer=commitment.clause.lot.contract.buyer)
    count(elsewhere, other, work(elsewhere, other), APRIL, "10")
    totals = yearly_figures(service, 2019).totals
    assert totals.hours == Decimal("160.00")
    assert (totals.participants, totals.contracts, totals.placements) == (2, 2, 3)
    assert (totals.companies, totals.buyers) == (2, 1)
    assert totals.hours_each == Decimal("80.00")


def test_a_month_counts_in_the_year_it_was_worked(service, commitment):
    somebody = person(service)
    placement = work(commitment, somebody, first_day=date(2018, 12, 1))
    for month, hours in ((date(2018, 12, 1), 7), (date(2019, 1, 1), 5), (date(2019, 12, 1), 3)):
        count(commitment, somebody, placement, month, hours)
    assert yearly_figures(service, 2018).totals.hours == 7
    assert yearly_figures(service, 2019).totals.hours == 8
    assert years_with_hours(scope_of(service)) == [2019, 2018]


def test_corrections_are_signed_and_what_comes_to_nothing_is_not_counted(service, commitment):
    kept, undone = person(service), person(service, sex="")
    entry = count(commitment, kept, work(commitment, kept), MARCH, "100")
    correct(entry, "-30")
    other = commitment_of(service)
    correct(count(other, undone, work(other, undone), MARCH, "40"), "-40")
    figures = yearly_figures(service, 2019)
    assert figures.totals.hours == 70
    assert figures.totals.not_counted == 70
    assert (figures.totals.participants, figures.totals.contracts, figures.totals.placements) == (1, 1, 1)
    assert by_code(figures.by_sex) == {"F": (70, 1)}


def test_somebody_in_two_modalities_is_in_both_rows_and_hours_sum(service, commitment):
    somebody = person(service)
    for modality, hours in ((Placement.Modality.DIRECT, 60), (Placement.Modality.SOUS_TRAITANCE, 40)):
        placement = work(commitment, somebody, modality=modality)
        count(commitment, somebody, placement, MARCH if hours == 60 else APRIL, hours)
    figures = yearly_figures(service, 2019)
    assert by_code(figures.by_modality) == {"DIRECT": (60, 1), "SOUS_TRAITANCE": (40, 1)}
    assert [row.label for row in figures.by_modality] == ["Embauche directe", "Sous-traitance"]
    assert figures.totals.participants == 1


def test_what_nobody_filled_in_is_said_and_comes_last(service, commitment):
    known = person(service, sex="M", commune=CommuneFactory(), born_on=date(1990, 1, 1))
    unknown = person(service, sex="", commune=None, born_on=None)
    count(commitment, known, work(commitment, known, rome=RomeJobFactory()), MARCH, 10)
    count(commitment, unknown, work(commitment, unknown, rome=None), MARCH, 500)
    figures = yearly_figures(service, 2019)
    for name in ("by_sex", "by_age", "by_trade", "by_commune"):
        last = figures.breakdown(name)[-1]
        assert (last.code, last.label, last.hours, last.participants) == ("", "non renseigné", 500, 1), name
    assert figures.by_trade[0].label == "Maçonnerie"
    assert figures.by_commune[0].label == "Caen"


@pytest.mark.parametrize(
    ("born_on", "band"),
    [
        pytest.param(date(1993, 3, 12), "UNDER_26", id="26 ans le lendemain du premier jour compté"),
        pytest.param(date(1993, 3, 11), "26_40", id="26 ans le premier jour compté"),
        pytest.param(date(1978, 3, 12), "26_40", id="40 ans"),
        pytest.param(date(1978, 3, 11), "41_50", id="41 ans le jour même"),
        pytest.param(date(1968, 3, 11), "51_PLUS", id="51 ans le jour même"),
        pytest.param(None, "", id="naissance inconnue"),
    ],
)
def test_age_is_that_of_the_first_counted_day(service, commitment, born_on, band):
    """The contract starts on 11 March, the first month that counts: that day decides."""
    somebody = person(service, born_on=born_on)
    placement = work(commitment, somebody, first_day=date(2019, 3, 11))
    count(commitment, somebody, placement, MARCH, 50)
    count(commitment, somebody, placement, APRIL, 50)
    assert [row.code for row in yearly_figures(service, 2019).by_age] == [band]


def test_born_on_29_february_is_a_year_older_on_28_february(service, commitment):
    somebody = person(service, born_on=date(1992, 2, 29))
    placement = work(commitment, somebody, first_day=date(2018, 2, 28))
    count(commitment, somebody, placement, date(2018, 2, 1), 5)
    assert [row.code for row in yearly_figures(service, 2018).by_age] == ["26_40"]


def test_a_month_that_does_not_count_does_not_decide_the_age(service, commitment):
    somebody = person(service, born_on=date(1993, 4, 15))
    early = work(commitment, somebody, first_day=MARCH)
    correct(count(commitment, somebody, early, MARCH, 50), "-50")
    count(commitment, somebody, work(commitment, somebody, first_day=date(2019, 5, 2)), MAY, 50)
    assert [row.code for row in yearly_figures(service, 2019).by_age] == ["26_40"]


def test_the_ground_is_the_main_one_of_the_decision_behind_the_hours(service, commitment):
    somebody = person(service)
    decision = somebody[1]
    decision.grounds, decision.main_ground = ["RSA", "QPV"], "QPV"
    decision.save()
    count(commitment, somebody, work(commitment, somebody), MARCH, 20)
    (row,) = yearly_figures(service, 2019).by_ground
    assert (row.code, row.hours) == ("QPV", 20)
    assert "quartier prioritaire" in row.label


def test_another_service_has_its_own_ledger(service, commitment):
    somebody = person(service)
    count(commitment, somebody, work(commitment, somebody), MARCH, 20)
    assert yearly_figures(OrganisationFactory(service=True), 2019).totals.hours == 0


def test_a_buyer_reads_its_own_contracts_whoever_follows_them(service, commitment):
    buyer = OrganisationFactory(buyer=True)
    for its_service, hours in ((service, 30), (OrganisationFactory(service=True), 12)):
        mine, somebody = commitment_of(its_service, buyer=buyer), person(its_service)
        count(mine, somebody, work(mine, somebody), MARCH, hours)
    other = person(service)
    count(commitment, other, work(commitment, other), MARCH, 99)
    figures = yearly_figures(None, 2019, buyer=buyer)
    assert (figures.totals.hours, figures.totals.buyers) == (42, 1)
    assert years_with_hours(scope_of(buyer=buyer)) == [2019]


def test_hours_of_each_breakdown_sum_to_the_total(service, commitment):
    for number, sex in enumerate(Participant.Sex.values * 3, start=1):
        somebody = person(service, sex=sex, born_on=date(1960 + 6 * number, 1, 1))
        modality = Placement.Modality.values[number % 3]
        count(commitment, somebody, work(commitment, somebody, modality=modality), MARCH, f"{number}.01")
    figures = yearly_figures(service, 2019)
    for name in BREAKDOWNS:
        assert (
            sum(row.hours for row in figures.breakdown(name)) == figures.totals.hours == Decimal("21.06")
        ), name


def test_a_year_costs_as_many_queries_whatever_its_size(service, commitment, django_assert_num_queries):
    for number in range(4):
        somebody = person(service)
        count(commitment, somebody, work(commitment, somebody), date(2019, number + 1, 1), 10)
        with django_assert_num_queries(10):
            yearly_figures(service, 2019)


def test_the_public_reads_the_last_complete_year(service, commitment):
    assert public_figures(on=date(2020, 5, 4)) is None
    people = [person(service) for _ in range(5)]
    for somebody in people:
        placement = work(commitment, somebody)
        count(commitment, somebody, placement, MARCH, 10)
        count(commitment, somebody, placement, date(2020, 2, 1), 10)
    figures = public_figures(on=date(2020, 5, 4))
    assert (figures.year, figures.totals.hours, figures.totals.participants) == (2019, 50, 5)
    assert [(row.label, row.participants) for row in figures.by_commune] == [("Caen", 5)]
