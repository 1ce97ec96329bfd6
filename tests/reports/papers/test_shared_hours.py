"""The certificate of a company whose hours are done by another: they count for who owes them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories import (
    NOON,
    TODAY,
    LedgerEntryFactory,
    StatementFactory,
    TransferFactory,
    group_of_companies,
)
from uneplace.reports.papers.fulfilment import fulfilled_by, fulfilment_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    """100 h owed by two companies; the first has 30 of its 50 done by the second, which has done 70."""
    group = group_of_companies("Tournebise", "Brindacier")
    TransferFactory(owner=group[0], partner=group[1], hours=Decimal(30), validated=True)
    statement = StatementFactory(commitment=group[1], validated=True)
    LedgerEntryFactory(line__statement=statement, line__hours=Decimal(70))
    return group


def test_hours_done_by_a_partner_count_for_who_owes_them_and_the_paper_says_so(group):
    parts = fulfilled_by(group, on=TODAY)
    assert [(one.counted, one.remaining) for one in parts] == [(20, 30), (50, 0)]
    assert fulfilled_by(group[:1], on=TODAY) == parts[:1]
    paper = fulfilment_paper(group[0].company, parts[:1], service="Service", by=TODAY, on=TODAY)
    assert "Les heures confiées à un partenaire" in str(paper.parts[-1])


def test_a_day_before_the_transfer_each_has_what_it_did(group):
    before = NOON.date() - timedelta(days=1)
    assert date(2026, 5, 6) < before
    parts = fulfilled_by(group, on=before)
    assert [one.counted for one in parts] == [0, 70]
    paper = fulfilment_paper(group[0].company, parts[:1], service="Service", by=before, on=TODAY)
    assert "Les heures confiées à un partenaire" not in str(paper.parts[-1])
