"""The page that opens a validated month again."""

import pytest
from django.urls import reverse

from tests.factories import OrganisationFactory, actor_for
from tests.hours.test_reopening import LATER, WHY, by, line  # noqa: F401 - fixtures
from tests.words import says
from uneplace.contracts.models import Clause
from uneplace.hours.actions import validate_statement
from uneplace.hours.models import LedgerEntry, Statement
from uneplace.hours.reopening import reopen_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(line):  # noqa: F811
    return reverse("hours:reopen", args=[line.statement_id])


@pytest.fixture
def enter(client, by):  # noqa: F811
    client.force_login(by.user)
    return client


def test_the_page_says_what_will_be_taken_back_and_who_is_told(enter, url, line):  # noqa: F811
    assert url in enter.get(line.statement.get_absolute_url()).text
    page = enter.get(url).text.replace("\u00a0", " ")
    assert "Ses 147 h comptées sont reprises" in page
    assert str(line.statement.declarant) in page
    assert LedgerEntry.objects.count() == 1


def test_with_its_reason_the_month_is_opened_and_to_be_controlled(enter, url, line):  # noqa: F811
    page = enter.post(url, {"reason": WHY, "version": 0}, follow=True)
    assert "Relevé rouvert." in page.text
    assert "Valider le relevé" in page.text
    assert "Compteraient" in page.text
    assert Statement.objects.get().status == Statement.Status.SUBMITTED
    placement = enter.get(line.worked_month.placement.get_absolute_url()).text.replace("\u00a0", " ")
    assert "− 147 h" in placement
    assert WHY in placement


def test_what_was_reopened_and_validated_meanwhile_is_read_again(enter, url, by, line):  # noqa: F811
    version = enter.get(url).context["form"]["version"].value()
    reopen_statement(line.statement, reason=WHY, by=by, at=LATER)
    validate_statement(line.statement, by=by, at=LATER)
    page = enter.post(url, {"reason": WHY, "version": version})
    assert page.status_code == 422
    assert "Ce relevé a changé depuis que vous l’avez lu" in page.text
    assert Statement.objects.get().status == Statement.Status.VALIDATED


def test_without_a_reason_it_says_what_is_missing(enter, url):
    page = enter.post(url, {"reason": " ", "version": 0})
    assert page.status_code == 422
    assert "Écrivez pourquoi ce mois est rouvert." in page.text
    assert Statement.objects.get().status == Statement.Status.VALIDATED


def test_a_closed_clause_says_why_not(enter, url, line):  # noqa: F811
    Clause.objects.update(status=Clause.Status.CLOSED)
    assert "ses comptes sont arrêtés" in enter.get(url).text
    page = enter.post(url, {"reason": WHY, "version": 0})
    assert page.status_code == 422
    assert LedgerEntry.objects.count() == 1
    assert "Rouvrir ce mois" not in enter.get(line.statement.get_absolute_url()).text


def test_a_company_reads_that_it_is_opened_and_cannot_open_it(client, enter, url, line):  # noqa: F811
    enter.post(url, {"reason": WHY, "version": 0})
    client.force_login(actor_for(line.statement.declarant).user)
    assert client.get(url).status_code == 403
    page = client.get(line.statement.get_absolute_url()).text
    assert "Relevé validé rouvert" in page
    assert not says("RSA", page)


def test_another_service_sees_nothing(client, url):
    client.force_login(actor_for(OrganisationFactory(service=True)).user)
    assert client.get(url).status_code == 404
    assert client.post(url, {"reason": WHY, "version": 0}).status_code == 404
