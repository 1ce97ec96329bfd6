"""The page of one statement: read by all concerned, controlled by the service."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import (
    EligibilityDecisionFactory,
    OrganisationFactory,
    StatementFactory,
    StatementLineFactory,
    actor_for,
)
from uneplace.hours.models import LedgerEntry, Statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def received(statement):
    """April, 151,67 h of an eligible person, waiting for control."""
    line = StatementLineFactory(
        statement=StatementFactory(commitment=statement.commitment, month="2026-05-01", submitted=True)
    )
    placement = line.worked_month.placement
    EligibilityDecisionFactory(participant=placement.participant, service=line.service)
    return Statement.objects.get(pk=line.statement_id)


def test_the_company_reads_its_statement_and_whose_turn_it_is(as_company, statement):
    content = as_company.get(statement.get_absolute_url()).content.decode()
    assert "C’est à vous" in content
    assert "Déclarer les heures" in content


def test_the_service_reads_that_it_waits_for_the_company(as_facilitator, statement, company):
    content = as_facilitator.get(statement.get_absolute_url()).content.decode()
    assert f"Au tour de {statement.declarant}" in content


def test_the_service_sees_before_validating_what_would_count_and_why(as_facilitator, received):
    content = as_facilitator.get(received.get_absolute_url()).content.decode()
    assert "Compteraient" in content
    assert "151,67\u00a0h" in content
    assert not LedgerEntry.objects.exists()


def test_validating_counts_the_hours(as_facilitator, received):
    page = as_facilitator.post(reverse("hours:validate", args=[received.pk]), follow=True)
    assert "Relevé validé : 151,67 h comptées." in page.content.decode().replace("\u00a0", " ")
    assert LedgerEntry.objects.get().counted == Decimal("151.67")


def test_validating_twice_is_told_and_counts_once(as_facilitator, received):
    as_facilitator.post(reverse("hours:validate", args=[received.pk]))
    page = as_facilitator.post(reverse("hours:validate", args=[received.pk]), follow=True)
    assert "Quelqu’un d’autre vient de traiter ce relevé." in page.content.decode()
    assert LedgerEntry.objects.count() == 1


def test_returning_asks_what_to_correct(as_facilitator, received):
    url = reverse("hours:return", args=[received.pk])
    page = as_facilitator.post(url, {"reason": ""})
    assert page.status_code == 422
    assert "Écrivez ce qu’il faut corriger." in page.content.decode()
    as_facilitator.post(url, {"reason": "Il manque la dernière semaine."})
    received.refresh_from_db()
    assert (received.status, received.return_reason) == ("RETURNED", "Il manque la dernière semaine.")


def test_the_company_reads_what_to_correct(as_company, as_facilitator, received, client, company):
    client.force_login(actor_for(received.service).user)
    client.post(reverse("hours:return", args=[received.pk]), {"reason": "Il manque la dernière semaine."})
    client.force_login(company.user)
    assert "Il manque la dernière semaine." in client.get(received.get_absolute_url()).content.decode()


def test_a_company_does_not_validate(as_company, received):
    assert as_company.post(reverse("hours:validate", args=[received.pk])).status_code == 403
    assert as_company.get(reverse("hours:return", args=[received.pk])).status_code == 403


def test_a_company_never_reads_a_ground(as_company, as_facilitator, received, client, company):
    client.force_login(actor_for(received.service).user)
    client.post(reverse("hours:validate", args=[received.pk]))
    client.force_login(company.user)
    content = client.get(received.get_absolute_url()).content.decode()
    assert "comptées" in content.lower()
    assert "RSA" not in content


@pytest.mark.parametrize("name", ["hours:statement", "hours:return", "hours:declare"])
def test_another_service_sees_nothing(client, received, name):
    client.force_login(actor_for(OrganisationFactory(service=True)).user)
    assert client.get(reverse(name, args=[received.pk])).status_code == 404


def test_the_list_shows_what_waits_and_finds_by_name(as_facilitator, received):
    url = reverse("hours:list")
    assert str(received.declarant) in as_facilitator.get(url).content.decode()
    assert "ne correspond" in as_facilitator.get(url + "?q=introuvable").content.decode()
