"""Each capacity finds its own entries, in its own words, and knows where it is."""

import pytest
from django.urls import reverse

from tests.factories import OrganisationFactory, actor_for
from uneplace.organisations.models import Capacity
from uneplace.web.navigation import ENTRIES, navigation

pytestmark = pytest.mark.django_db


def links_of(*capacities, path="/", counts=None):
    actor = actor_for(OrganisationFactory(capacities=list(capacities)))
    return navigation(actor, path=path, counts=counts or {})


@pytest.mark.parametrize("capacity", ENTRIES)
def test_every_entry_of_a_capacity_leads_somewhere(capacity):
    labels = [link.label for link in links_of(capacity).links]
    assert labels == [entry.label for entry in ENTRIES[capacity]]


def test_every_capacity_has_entries():
    assert set(ENTRIES) == set(Capacity)


def test_a_route_that_does_not_exist_is_left_out(settings):
    settings.ROOT_URLCONF = "uneplace.web.gallery.urls"
    assert links_of(Capacity.FACILITATOR).links == ()


def test_two_capacities_share_the_entries_they_have_in_common():
    links = links_of(Capacity.COMPANY, Capacity.INSERTION_EMPLOYER).links
    routes = [link.route for link in links]
    assert len(routes) == len(set(routes))
    assert {"home:home", "people:list", "offers:candidates"} <= set(routes)


def test_what_awaits_is_counted():
    links = links_of(Capacity.FACILITATOR, counts={"hours": 5}).links
    assert {link.route: link.count for link in links if link.count} == {"hours:list": 5}


def test_the_page_belongs_to_the_closest_entry():
    path = reverse("offers:candidates")
    links = links_of(Capacity.COMPANY, path=path).links
    assert [link.route for link in links if link.is_current] == ["offers:candidates"]


def test_a_page_of_the_same_area_keeps_its_entry_lit():
    path = reverse("hours:statement", args=[12])
    links = links_of(Capacity.FACILITATOR, path=path).links
    assert [link.route for link in links if link.is_current] == ["hours:list"]


def test_a_phone_shows_four_entries_and_the_rest_behind_more():
    nav = links_of(Capacity.FACILITATOR, path=reverse("people:list"))
    assert [link.short_label for link in nav.phone] == ["Semaine", "Marchés", "Fiches", "Heures"]
    assert [link.label for link in nav.more] == [
        "Clauses à venir",
        "Personnes",
        "Relances et pénalités",
        "Partenaires",
        "Bilans",
    ]
    assert nav.is_in_more


def test_few_entries_need_no_more():
    nav = links_of(Capacity.REFERRER)
    assert nav.more == ()
    assert len(nav.phone) == 3


def test_nobody_has_no_navigation():
    assert navigation(None, path="/", counts={}).links == ()
