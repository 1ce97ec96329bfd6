from datetime import UTC, date, datetime

import pytest

from tests.factories import CommitmentFactory, LedgerEntryFactory, StatementFactory, actor_for

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
TODAY = date(2026, 12, 1)


@pytest.fixture
def commitment(db):
    """2 100 h due over eighteen months, of which little is done by December."""
    return CommitmentFactory(company__name="Quatrevents TP")


@pytest.fixture
def facilitator(commitment):
    return actor_for(commitment.service)


@pytest.fixture
def company(commitment):
    return actor_for(commitment.company)


@pytest.fixture
def buyer(commitment):
    return actor_for(commitment.clause.lot.contract.buyer)


@pytest.fixture
def counted(commitment):
    """`counted(hours)`: that many hours in the ledger of the commitment."""

    statement = StatementFactory(commitment=commitment, validated=True)

    def count(hours):
        return LedgerEntryFactory(line__statement=statement, line__hours=hours)

    return count
