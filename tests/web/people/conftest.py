import pytest
import time_machine
from django.test import Client

from tests.factories import OrganisationFactory, actor_for
from tests.offers.scene import NOW, set_scene


@pytest.fixture(autouse=True)
def february():
    """The day of the scene."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene(db):
    return set_scene(posts=2)


@pytest.fixture
def as_actor():
    """`as_actor(actor)`: a browser signed in as somebody."""

    def sign_in(actor):
        client = Client()
        client.force_login(actor.user)
        return client

    return sign_in


@pytest.fixture
def strangers(db):
    """Somebody of another service, company, structure and buyer."""
    kinds = ("service", "company", "employer", "referrer", "buyer")
    return [actor_for(OrganisationFactory(**{kind: True})) for kind in kinds]
