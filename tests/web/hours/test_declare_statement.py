"""The page on which a month of hours is declared."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
    actor_for,
)
from uneplace.hours.models import Statement
from uneplace.organisations.models import Role

pytestmark = pytest.mark.django_db


def url_of(statement):
    return reverse("hours:declare", args=[statement.pk])


def typed(statement, hours, *, button="send", **more):
    person = statement.commitment.allocations.get().placement_id
    return {"version": statement.version, f"p{person}-hours": hours, button: "1"} | {
        f"p{person}-{name}": value for name, value in more.items()
    }


def test_it_shows_each_person_and_the_day_to_answer(as_company, statement):
    page = as_company.get(url_of(statement))
    person = statement.commitment.allocations.get().placement.participant
    assert page.status_code == 200
    assert str(person) in page.content.decode()
    assert "12 mai" in page.content.decode()


def test_the_hours_sent_are_received(as_company, statement):
    page = as_company.post(url_of(statement), typed(statement, "151,67"), follow=True)
    statement.refresh_from_db()
    assert statement.status == Statement.Status.SUBMITTED
    assert statement.lines.get().hours == Decimal("151.67")
    assert "Relevé envoyé." in page.content.decode()


def test_a_draft_is_kept(as_company, statement):
    as_company.post(url_of(statement), typed(statement, "70h30", button="keep"))
    statement.refresh_from_db()
    assert statement.status == Statement.Status.DRAFT
    assert statement.lines.get().hours == Decimal("70.50")


@pytest.mark.parametrize(
    "hours, sentence",
    [
        pytest.param("cent", "par exemple 151,67", id="pas un nombre"),
        pytest.param("745", "entre 0 et 744", id="plus qu’un mois"),
        pytest.param("-3", "par exemple 151,67", id="négatif"),
        pytest.param("", "écrivez 0", id="vide à l’envoi"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(as_company, statement, hours, sentence):
    page = as_company.post(url_of(statement), typed(statement, hours, comment="chantier arrêté"))
    content = page.content.decode()
    assert page.status_code == 422
    assert sentence in content
    assert "chantier arrêté" in content
    assert "<title>Erreur : " in content
    assert not statement.lines.exists()


def test_training_is_part_of_the_hours(as_company, statement):
    page = as_company.post(url_of(statement), typed(statement, "10", training_hours="11"))
    assert "comprises dans les heures travaillées" in page.content.decode()


def test_the_month_before_is_offered_and_writes_nothing_by_itself(as_company, statement):
    placement = statement.commitment.allocations.get().placement
    march = StatementFactory(
        commitment=statement.commitment, month=date(2026, 3, 1), submitted=True, service=statement.service
    )
    StatementLineFactory(
        statement=march,
        hours=Decimal("140.50"),
        worked_month=WorkedMonthFactory(placement=placement, month=date(2026, 3, 1), hours=Decimal("140.50")),
    )
    page = as_company.get(url_of(statement) + "?reprendre=1")
    assert 'value="140,5"' in page.content.decode()
    assert not statement.lines.exists()


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(as_company, statement):
    as_company.post(url_of(statement), typed(statement, "70", button="keep"))
    page = as_company.post(url_of(statement), typed(statement, "80", button="keep"))
    content = page.content.decode()
    assert "Quelqu’un d’autre vient de modifier ce relevé" in content
    assert 'value="80"' in content
    assert statement.lines.get().hours == 70


def test_a_stranger_does_not_see_the_statement(client, statement):
    eve = actor_for(OrganisationFactory(company=True))
    client.force_login(eve.user)
    assert client.get(url_of(statement)).status_code == 404
    assert client.post(url_of(statement), typed(statement, "10")).status_code == 404


def test_a_reader_of_the_company_does_not_declare(client, statement, company):
    reader = MembershipFactory(organisation=company.organisation, role=Role.READER)
    client.force_login(reader.user)
    assert client.get(url_of(statement)).status_code == 403


def test_the_service_does_not_declare_for_a_firm_that_has_an_account(as_facilitator, statement, company):
    assert as_facilitator.get(url_of(statement)).status_code == 403


def test_the_service_declares_for_a_firm_without_account(as_facilitator, statement):
    page = as_facilitator.get(url_of(statement))
    assert "qui n’a pas de compte" in page.content.decode()
    as_facilitator.post(url_of(statement), typed(statement, "35"))
    statement.refresh_from_db()
    assert statement.status == Statement.Status.SUBMITTED


def test_a_statement_already_sent_is_read_not_typed(as_company, statement):
    as_company.post(url_of(statement), typed(statement, "70"))
    page = as_company.get(url_of(statement), follow=True)
    assert "Ce relevé a déjà été envoyé." in page.content.decode()
