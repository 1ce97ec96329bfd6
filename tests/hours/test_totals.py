from decimal import Decimal

import pytest

from tests.factories import NOON, LedgerEntryFactory
from uneplace.hours.models import LedgerEntry
from uneplace.hours.totals import counted_total

pytestmark = pytest.mark.django_db


def entry(beside=None, **facts):
    if beside:
        facts["line__statement"] = beside.line.statement
    return LedgerEntryFactory(**facts)


def test_what_is_counted_over_months_is_the_sum_of_the_ledger():
    first = entry(declared=Decimal("100.00"), counted=Decimal("100.00"))
    entry(
        first,
        declared=Decimal("80.00"),
        counted=Decimal("55.50"),
        excluded=[{"reason": "AFTER_WINDOW", "hours": "20.00"}, {"reason": "TRAINING", "hours": "4.50"}],
    )
    LedgerEntry.objects.create(
        service=first.service,
        line=first.line,
        commitment=first.commitment,
        placement=first.placement,
        participant=first.participant,
        month=first.month,
        declared=Decimal("0.00"),
        counted=Decimal("-30.00"),
        corrects=first,
        reason="Décision retirée",
        entered_at=NOON,
    )
    entries = LedgerEntry.objects.filter(commitment=first.commitment)
    total = counted_total(entries)
    assert total.counted == sum(one.counted for one in entries) == Decimal("125.50")
    assert (total.months, total.declared, total.corrected) == (2, Decimal("180.00"), Decimal("-30.00"))
    assert total.excluded == {"AFTER_WINDOW": Decimal("20.00"), "TRAINING": Decimal("4.50")}


def test_two_queries_whatever_the_number_of_months(django_assert_num_queries):
    first = entry()
    for _ in range(5):
        entry(first)
    with django_assert_num_queries(2):
        counted_total(LedgerEntry.objects.filter(commitment=first.commitment))
