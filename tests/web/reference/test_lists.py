"""The national lists: suggestions as one types, and pages without JavaScript."""

import pytest
from django.urls import reverse

from tests.factories import OrganisationFactory, actor_for

PAGES = ["reference:communes", "reference:jobs", "reference:cpv"]


@pytest.fixture
def signed_in(client, db):
    client.force_login(actor_for(OrganisationFactory(company=True)).user)
    return client


@pytest.mark.parametrize("route", PAGES)
def test_a_stranger_is_sent_to_sign_in(client, db, route):
    assert client.get(reverse(route), {"q": "caen"}).status_code == 302


@pytest.mark.parametrize(
    ("route", "typed", "shown"),
    [
        ("reference:communes", "herouville", '<option value="Hérouville-Saint-Clair (14200)"></option>'),
        (
            "reference:jobs",
            "jardinier",
            'entretien des espaces verts" label="Jardinier / Jardinière"></option>',
        ),
        ("reference:cpv", "45000000-7", '<option value="45000000 – Travaux de construction"></option>'),
    ],
)
def test_suggestions_under_any_name(signed_in, route, typed, shown):
    answer = signed_in.get(reverse(route), {"sheet-field": typed}, headers={"HX-Request": "true"})
    assert shown in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("route", PAGES)
def test_nothing_typed_suggests_nothing(signed_in, route):
    answer = signed_in.get(reverse(route), headers={"HX-Request": "true"})
    assert answer.content.decode().strip() == ""


@pytest.mark.parametrize(
    ("route", "typed", "shown"),
    [
        ("reference:communes", "caen", "Caen (14000)"),
        ("reference:jobs", "maçon", "F1703 – Maçonnerie"),
        ("reference:cpv", "4526", "45260000"),
    ],
)
def test_a_page_without_javascript(signed_in, route, typed, shown):
    html = signed_in.get(reverse(route), {"q": typed}).content.decode()
    assert f"<li>{shown}" in html
    assert f'value="{typed}"' in html


def test_a_long_list_asks_to_be_narrowed(signed_in):
    html = signed_in.get(reverse("reference:communes"), {"q": "saint"}).content.decode()
    assert html.count("<li>") >= 50
    assert "Précisez la recherche" in html


def test_nothing_found_and_nothing_asked(signed_in):
    assert "Rien ne correspond" in signed_in.get(reverse("reference:cpv"), {"q": "xyzzyx"}).content.decode()
    assert "Que cherchez-vous" in signed_in.get(reverse("reference:cpv")).content.decode()


def test_a_suggestion_costs_few_queries(signed_in, django_assert_max_num_queries):
    with django_assert_max_num_queries(18):  # of which 15 tell who asks, and open the scope of the services
        signed_in.get(reverse("reference:jobs"), {"q": "ouvrier"}, headers={"HX-Request": "true"})
