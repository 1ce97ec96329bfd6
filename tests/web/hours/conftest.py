import pytest

from tests.factories import AllocationFactory, StatementFactory, actor_for


@pytest.fixture
def statement(db):
    """April, awaited from the company, for one person."""
    statement = StatementFactory()
    AllocationFactory(commitment=statement.commitment)
    return statement


@pytest.fixture
def company(statement):
    return actor_for(statement.declarant)


@pytest.fixture
def facilitator(statement):
    return actor_for(statement.service)


@pytest.fixture
def as_company(client, company):
    client.force_login(company.user)
    return client


@pytest.fixture
def as_facilitator(client, facilitator):
    client.force_login(facilitator.user)
    return client
