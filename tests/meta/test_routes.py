"""Default deny: no route without a declared access, and none that answers who should not be answered."""

import pytest

from tests.factories import OrganisationFactory, UserFactory, actor_for
from tests.meta.routes import all_routes
from uneplace.organisations.models import Capacity

pytestmark = pytest.mark.django_db

ROUTES = all_routes()
METHODS = ("get", "post")


def test_routes_are_found():
    assert len(ROUTES) > 20


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_each_route_has_a_name_and_declares_its_access(route):
    assert route.name
    assert not route.name.endswith("None")
    assert route.access is not None, f"{route.name} ne dit pas qui peut y venir"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
@pytest.mark.parametrize("method", METHODS)
def test_an_anonymous_visitor_only_reaches_public_routes(client, route, method):
    response = getattr(client, method)(route.url())
    if route.access.public:
        assert response.status_code < 500
    elif route.access.link:
        assert response.status_code == 403
    else:
        assert response.status_code == 302
        assert response["Location"].startswith("/connexion/")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("capacity", Capacity.values)
def test_a_stranger_is_never_shown_what_is_not_theirs(client, route, method, capacity):
    """With an id that is nobody's, each kind of actor gets 404 or 403, and never an error."""
    actor = actor_for(OrganisationFactory(capacities=[capacity]))
    client.force_login(actor.user)
    response = getattr(client, method)(route.url())
    assert response.status_code < 500
    if "pk" in route.converters and not route.access.public:
        assert response.status_code in (403, 404, 405)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_an_account_without_organisation_reaches_no_file(client, route):
    client.force_login(UserFactory())
    response = client.get(route.url())
    if route.access.actor:
        assert response.status_code == 403
