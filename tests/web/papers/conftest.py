from datetime import date

import pytest
import time_machine

from tests.factories import OrganisationFactory, actor_for


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(date(2026, 6, 15), tick=False):
        yield


@pytest.fixture
def service(db):
    return OrganisationFactory(service=True, name="Service d’essai")


@pytest.fixture
def signed_in(client):
    """Signs somebody of an organisation in."""

    def sign_in(organisation, **facts):
        client.force_login(actor_for(organisation, **facts).user)
        return client

    return sign_in
