"""The national data of the measures: the figures that it says, the same from one seed, and nothing that the
database refuses."""

import os
from collections import Counter
from decimal import Decimal

import psycopg
import pytest
from django.db import connection
from django.db.models import Sum

from bench.dataset import LASTING, YEAR, fill, nation, split, totals_of
from uneplace.contracts.models import Commitment
from uneplace.hours.models import LedgerEntry, Placement, Statement, StatementLine, WorkedMonth
from uneplace.organisations.models import Capacity, Organisation
from uneplace.people.models import Participant

SCALE = 0.01


@pytest.fixture
def superuser(transactional_db):
    address = psycopg.conninfo.make_conninfo(
        os.environ["UNEPLACE_TEST_POSTGRES"], dbname=connection.settings_dict["NAME"]
    )
    with psycopg.connect(address, autocommit=True) as superuser:
        yield superuser


def test_the_same_seed_gives_the_same_nation_and_another_seed_another():
    first, same, other = (list(nation(SCALE, seed=seed)) for seed in (1, 1, 2))
    assert first == same
    assert first != other


@pytest.mark.parametrize("scale", [0.01, 0.1])
def test_a_nation_has_the_figures_that_it_says(scale):
    shares = list(nation(scale))
    works = [work for share in shares for work in share.works]
    assert len(shares) == round(LASTING["services"] * scale)
    assert sum(share.people for share in shares) == round(YEAR["people"] * scale)
    assert sum(len(share.markets) for share in shares) == round(YEAR["markets"] * scale)
    assert len(works) == round(YEAR["contracts"] * scale)
    assert sum(len(work.months) for work in works) == round(YEAR["lines"] * scale)
    assert sum(sum(work.hours) for work in works) == round(YEAR["hours"] * scale) * 100


def test_ten_years_have_four_million_lines_and_no_more_services_than_the_nation():
    totals = totals_of(10)
    assert totals["lines"] == 4_000_000
    assert totals["hours"] == 251_246_840
    assert totals["services"] == 369


def test_services_share_the_nation_by_a_law_of_zipf():
    lines = [sum(len(work.months) for work in share.works) for share in nation(0.1)]
    assert lines[0] / lines[1] == pytest.approx(2, rel=0.01)
    assert lines[0] / lines[9] == pytest.approx(10, rel=0.01)


def test_people_work_a_plausible_number_of_hours_inside_their_contract_and_its_market():
    for share in nation(SCALE):
        for work in share.works:
            market = share.markets[work.market]
            assert market.start <= work.start < work.end <= market.end
            assert all(800 < hours < 15_167 for hours in work.hours)
            assert work.months[0] <= work.start
            assert work.months[-1] < work.end


def test_parts_sum_to_the_total_whatever_the_weights():
    assert split(100, [1, 1, 1]) == [33, 34, 33]
    assert sum(split(7, [0.1] * 10)) == 7
    assert split(0, [1, 2]) == [0, 0]


def test_what_is_written_is_what_was_drawn_and_nothing_that_the_database_refuses(superuser):
    found = fill(superuser, SCALE, checked=True)  # under every trigger, constraint and deferred check
    expected = Counter(
        placement=round(YEAR["contracts"] * SCALE),
        participant=round(YEAR["people"] * SCALE),
        commitment=round(YEAR["markets"] * SCALE),
        workedmonth=round(YEAR["lines"] * SCALE),
        statementline=round(YEAR["lines"] * SCALE),
        ledgerentry=round(YEAR["lines"] * SCALE),
    )
    models = (Placement, Participant, Commitment, WorkedMonth, StatementLine, LedgerEntry)
    assert {model._meta.model_name: model.objects.count() for model in models} == expected
    assert Statement.objects.count() == found.rows["hours_statement"]
    hours = LedgerEntry.objects.aggregate(Sum("declared"), Sum("counted"))
    assert set(hours.values()) == {Decimal(round(YEAR["hours"] * SCALE))}
    after = Organisation.objects.create(name="Après", capacities=[Capacity.COMPANY])
    assert after.pk == Organisation.objects.order_by("-pk")[0].pk
