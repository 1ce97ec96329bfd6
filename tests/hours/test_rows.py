"""Whom a statement asks for, when the person's time is shared or moves within the month."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import AllocationFactory, StatementFactory, StatementLineFactory, WorkedMonthFactory
from uneplace.hours.queries import rows_of
from uneplace.kit.periods import period

pytestmark = pytest.mark.django_db
LAST = date(2026, 8, 31)


@pytest.fixture
def april():
    return StatementFactory(month=date(2026, 4, 1))


def worked_in_march(april, placement, hours="151.67"):
    march = StatementFactory(commitment=april.commitment, month=date(2026, 3, 1), submitted=True)
    month = WorkedMonthFactory(placement=placement, month=march.month, hours=Decimal(hours))
    StatementLineFactory(statement=march, worked_month=month, hours=Decimal(hours))


def pieces(april, *terms):
    """One work contract from March, allocated by these pieces: first day, last day, share."""
    first, *others = [{"period": period(start, end), "share": Decimal(share)} for start, end, share in terms]
    placement = AllocationFactory(commitment=april.commitment, **first).placement
    for other in others:
        AllocationFactory(commitment=april.commitment, placement=placement, **other)
    return placement


def test_a_month_of_another_share_is_not_proposed_like_the_last_one(april):
    placement = pieces(april, (date(2026, 3, 2), date(2026, 3, 31), "1"), (date(2026, 4, 1), LAST, "0.5"))
    worked_in_march(april, placement)

    (row,) = rows_of(april)

    assert (row.previous, row.proposal, row.share) == (Decimal("151.67"), None, Decimal("0.5"))


def test_the_same_share_as_before_is_proposed(april):
    placement = pieces(april, (date(2026, 3, 2), LAST, "0.5"))
    worked_in_march(april, placement, "75")

    (row,) = rows_of(april)

    assert (row.proposal, row.share) == (75, Decimal("0.5"))


def test_two_pieces_of_one_month_are_one_person_there_all_month(april):
    pieces(april, (date(2026, 3, 2), date(2026, 4, 14), "1"), (date(2026, 4, 15), LAST, "0.5"))

    (row,) = rows_of(april)

    assert (row.starts_on, row.ends_on, row.share) == (None, None, None)
    assert row.shares == {Decimal(1), Decimal("0.5")}


def test_nobody_of_the_month_before_alone_is_asked_for(april):
    pieces(april, (date(2026, 3, 2), date(2026, 3, 31), "1"))

    assert rows_of(april) == []
