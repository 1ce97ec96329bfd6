from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from tests.factories import OrganisationFactory, actor_for
from tests.rights.scene import tell_story

NOW = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def january():
    """The day of the scene."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def story(db, january):
    return tell_story(email="dominique@exemple.fr")


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
    """Somebody of another service, structure, company and buyer."""
    kinds = ("service", "referrer", "employer", "company", "buyer")
    return [actor_for(OrganisationFactory(**{kind: True})) for kind in kinds]
