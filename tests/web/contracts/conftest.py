import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from tests.factories import (
    AllocationFactory,
    ClauseFactory,
    CommitmentFactory,
    ContractFactory,
    LotFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(datetime(2026, 6, 15, 9, 0, tzinfo=UTC), tick=False):
        yield


def signed_in(organisation, role="ADMIN"):
    client = Client()
    client.force_login(MembershipFactory(organisation=organisation, role=role).user)
    return client


@pytest.fixture
def contract(db):
    return ContractFactory(
        object="Reconstruction du collège des Hauts-Prés",
        buyer__name="Direction des collèges",
        service__name="Service insertion",
    )


@pytest.fixture
def lot(contract):
    return LotFactory(contract=contract)


@pytest.fixture
def clause(lot):
    return ClauseFactory(lot=lot)


@pytest.fixture
def commitment(clause):
    return CommitmentFactory(clause=clause, company__name="Tournebise Construction")


@pytest.fixture
def draft(lot):
    return ClauseFactory(lot=lot, draft=True)


@pytest.fixture
def at_work(commitment):
    """Somebody at work for the commitment."""
    return AllocationFactory(
        commitment=commitment,
        placement__participant__first_name="Aminata",
        placement__participant__last_name="Sow",
    )


@pytest.fixture
def as_facilitator(contract):
    return signed_in(contract.service)


@pytest.fixture
def as_reader(contract):
    return signed_in(contract.service, "READER")


@pytest.fixture
def as_buyer(contract):
    return signed_in(contract.buyer)


@pytest.fixture
def as_company(commitment):
    return signed_in(commitment.company)


@pytest.fixture
def as_stranger(db):
    """A facilitator of another service."""
    return signed_in(OrganisationFactory(service=True))


@pytest.fixture
def nobody(db):
    client = Client()
    client.force_login(UserFactory())
    return client


def text_of(page):
    """What a page says, with ordinary spaces and days as they read."""
    return re.sub(r"</?time[^>]*>", "", page.content.decode().replace("\u00a0", " "))
