"""The page of one statement: read by all concerned, controlled by the service."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import (
    ConfirmationFactory,
    EligibilityDecisionFactory,
    OrganisationFactory,
    StatementFactory,
    StatementLineFactory,
    actor_for,
)
from tests.words import says
from uneplace.hours import actions
from uneplace.hours.models import LedgerEntry, Statement

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)


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
    page = as_facilitator.get(received.get_absolute_url())
    assert "Compteraient" in page.content.decode()
    assert "151,67\u00a0h" in page.content.decode()
    assert page.context["total_counted"] == Decimal("151.67")
    assert not LedgerEntry.objects.exists()


def validate(client, statement, read=None):
    """Press the button of the page as it is now, unless it was read before."""
    read = read or client.get(statement.get_absolute_url()).context.get("read", "")
    return client.post(reverse("hours:validate", args=[statement.pk]), {"read": read}, follow=True)


def send_back(client, statement, reason, version=None):
    url = reverse("hours:return", args=[statement.pk])
    version = version if version is not None else client.get(url).context["form"]["version"].value()
    return client.post(url, {"reason": reason, "version": version})


def corrected(statement):
    """Sent back by a colleague, corrected by its declarant and sent again."""
    placement = statement.lines.get().worked_month.placement
    actions.return_statement(statement, reason="Deux jours de trop.", by=actor_for(statement.service), at=AT)
    hours = [actions.Declared(placement, Decimal("140"))]
    declarant = actor_for(statement.declarant)
    actions.submit_statement(statement, hours, version=statement.version, comment="", by=declarant, at=AT)


def test_validating_counts_the_hours(as_facilitator, received):
    page = validate(as_facilitator, received)
    assert "Relevé validé : 151,67 h comptées." in page.content.decode().replace("\u00a0", " ")
    assert LedgerEntry.objects.get().counted == Decimal("151.67")


def test_validating_twice_is_told_and_counts_once(as_facilitator, received):
    validate(as_facilitator, received)
    page = validate(as_facilitator, received)
    assert "Quelqu’un d’autre vient de traiter ce relevé." in page.content.decode()
    assert LedgerEntry.objects.count() == 1


def test_what_is_validated_is_what_was_read(as_facilitator, received):
    read = as_facilitator.get(received.get_absolute_url()).context["read"]
    corrected(received)
    page = validate(as_facilitator, received, read)
    assert "Ce relevé a changé depuis que vous l’avez lu" in page.text
    assert not LedgerEntry.objects.exists()
    validate(as_facilitator, received)
    assert LedgerEntry.objects.get().declared == Decimal("140")


def test_what_somebody_says_of_a_month_after_it_was_read_is_read_before_validating(as_facilitator, received):
    read = as_facilitator.get(received.get_absolute_url()).context["read"]
    placement = received.lines.get().worked_month.placement
    ConfirmationFactory(placement=placement, month=received.month)
    assert "Ce relevé a changé" in validate(as_facilitator, received, read).text
    assert not LedgerEntry.objects.exists()


def test_what_is_sent_back_is_what_was_read_and_the_reason_is_kept(as_facilitator, received):
    url = reverse("hours:return", args=[received.pk])
    version = as_facilitator.get(url).context["form"]["version"].value()
    corrected(received)
    page = send_back(as_facilitator, received, "Deux jours de trop.", version)
    assert page.status_code == 422
    assert "Ce relevé a changé depuis que vous l’avez lu" in page.text
    assert "Deux jours de trop.</textarea>" in page.text
    now = page.context["form"]["version"].value()
    send_back(as_facilitator, received, "Encore un jour de trop.", now)
    received.refresh_from_db()
    assert received.return_reason == "Encore un jour de trop."


def test_returning_asks_what_to_correct(as_facilitator, received):
    page = send_back(as_facilitator, received, "")
    assert page.status_code == 422
    assert "Écrivez ce qu’il faut corriger." in page.content.decode()
    send_back(as_facilitator, received, "Il manque la dernière semaine.")
    received.refresh_from_db()
    assert (received.status, received.return_reason) == ("RETURNED", "Il manque la dernière semaine.")


def test_the_company_reads_what_to_correct(as_company, as_facilitator, received, client, company):
    client.force_login(actor_for(received.service).user)
    send_back(client, received, "Il manque la dernière semaine.")
    client.force_login(company.user)
    assert "Il manque la dernière semaine." in client.get(received.get_absolute_url()).content.decode()


def test_a_company_does_not_validate(as_company, received):
    assert as_company.post(reverse("hours:validate", args=[received.pk])).status_code == 403
    assert as_company.get(reverse("hours:return", args=[received.pk])).status_code == 403


def test_a_company_never_reads_a_ground(as_company, as_facilitator, received, client, company):
    client.force_login(actor_for(received.service).user)
    validate(client, received)
    client.force_login(company.user)
    content = client.get(received.get_absolute_url()).content.decode()
    assert "comptées" in content.lower()
    assert not says("RSA", content)


@pytest.mark.parametrize("name", ["hours:statement", "hours:return", "hours:declare"])
def test_another_service_sees_nothing(client, received, name):
    client.force_login(actor_for(OrganisationFactory(service=True)).user)
    assert client.get(reverse(name, args=[received.pk])).status_code == 404


def test_the_list_shows_what_waits_and_finds_by_name(as_facilitator, received):
    url = reverse("hours:list")
    assert str(received.declarant) in as_facilitator.get(url).content.decode()
    assert "ne correspond" in as_facilitator.get(url + "?q=introuvable").content.decode()
