"""What one reads when a page cannot be shown."""

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "413.html", "500.html"]


@pytest.mark.parametrize("name", PAGES)
def test_an_error_page_needs_neither_a_request_nor_the_database(name):
    html = get_template(name).render()
    assert html.count("<h1>") == 1
    assert 'id="contenu"' in html
    assert "Erreur\u00a0: " not in html.split("</title>")[0]


def test_an_unknown_address(client):
    answer = client.get("/nulle-part/")
    assert answer.status_code == 404
    assert "Cette page n’existe pas" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_sent_too_late_says_what_to_do():
    answer = Client(enforce_csrf_checks=True).post(
        reverse("accounts:login"), {"username": "a", "password": "b"}
    )
    assert answer.status_code == 403
    assert "Votre envoi n’est pas passé" in answer.content.decode()
