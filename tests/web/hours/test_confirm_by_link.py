"""A company without account confirms the hours of the people lent to it, by a link that the service sends."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.factories import (
    OrganisationFactory,
    PlacementFactory,
    StatementFactory,
    StatementLineFactory,
    actor_for,
)
from tests.offers.links import link_to, links_in
from tests.plugin.mailbox import text_of
from uneplace.hours.models import Confirmation
from uneplace.organisations.models import Role

pytestmark = pytest.mark.django_db

MAY_6 = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
EMAIL = "chantier@maconnerie.example"
HOME, CONFIRM = "/par-lien/releve/", "/par-lien/releve/confirmer/"


@pytest.fixture
def clock():
    with time_machine.travel(MAY_6, tick=False) as clock:
        yield clock


@pytest.fixture
def lent(clock):
    """April of somebody whom a lender declares, on the commitment of a company without account."""
    lender = OrganisationFactory(employer=True)
    statement = StatementFactory(
        declarant=lender, commitment__company__email=EMAIL, month=date(2026, 4, 1), submitted=True
    )
    placement = PlacementFactory(service=statement.service, employer=lender)
    StatementLineFactory(statement=statement, worked_month__placement=placement)
    return statement


@pytest.fixture
def as_service(client, lent):
    client.force_login(actor_for(lent.service).user)
    return client


def ask(client, statement):
    return client.post(reverse("hours:ask_host", args=[statement.pk]), follow=True)


def come(client, statement, mailbox):
    """The service asks; the company opens the link of the mail."""
    ask(client, statement)
    [path] = links_in(text_of(mailbox.to(EMAIL)[-1]))
    browser = Client()
    assert browser.post(path).url == HOME
    return browser, path


def answer(browser, hours):
    page = browser.get(HOME, follow=True)
    form = page.context["forms"][0]
    data = {form["shown"].html_name: form.line_hours, form["hours"].html_name: hours}
    return browser.post(CONFIRM, data, follow=True)


def test_the_company_confirms_by_the_link_of_the_mail(as_service, lent, mailbox):
    assert "Demander à" in as_service.get(lent.get_absolute_url()).text
    browser, path = come(as_service, lent, mailbox)
    page = answer(browser, "151,67")
    assert "Mois confirmé." in page.text
    assert "Plus rien à faire" in page.text
    said = Confirmation.objects.get()
    assert (said.party, said.organisation, said.agrees, said.answered_by) == (
        Confirmation.Party.HOST,
        lent.commitment.company,
        True,
        None,
    )
    assert "Demander à" not in as_service.get(lent.get_absolute_url()).text
    assert "Il n’y a rien à confirmer" in ask(as_service, lent).text
    assert Client().post(path).status_code == 410


def test_another_figure_opens_a_difference(as_service, lent, mailbox):
    browser, _ = come(as_service, lent, mailbox)
    assert "lisent l’écart" in answer(browser, "140").text
    assert (Confirmation.objects.get().said, Confirmation.objects.get().agrees) == (Decimal(140), False)


def test_the_mail_names_nobody(as_service, lent, mailbox):
    ask(as_service, lent)
    [mail] = mailbox.to(EMAIL)
    person = lent.lines.get().worked_month.placement.participant
    for text in (mail["Subject"], text_of(mail)):
        assert person.last_name not in text


def test_the_link_declares_nothing_and_reads_one_statement(as_service, lent, mailbox):
    browser, _ = come(as_service, lent, mailbox)
    assert browser.post(HOME, {}).status_code == 403
    assert browser.get(lent.get_absolute_url()).status_code == 302
    assert str(lent.declarant) in browser.get(CONFIRM).text


def test_an_old_link_opens_nothing(as_service, lent, mailbox, clock):
    ask(as_service, lent)
    [path] = links_in(text_of(mailbox.to(EMAIL)[-1]))
    clock.shift(timedelta(days=9))
    assert Client().post(path).status_code == 410


def test_asked_again_at_once_it_writes_one_mail(as_service, lent, mailbox):
    ask(as_service, lent)
    assert "vient d’être envoyé" in ask(as_service, lent).text
    assert len(mailbox.to(EMAIL)) == 1


def test_a_company_with_an_account_has_no_link(as_service, lent, mailbox):
    actor_for(lent.commitment.company)
    assert "a un compte" in ask(as_service, lent).text
    assert "Demander à" not in as_service.get(lent.get_absolute_url()).text


def test_only_the_service_that_writes_asks(client, lent):
    url = reverse("hours:ask_host", args=[lent.pk])
    for actor, status in (
        (actor_for(lent.service, Role.READER), 403),
        (actor_for(lent.declarant), 403),
        (actor_for(OrganisationFactory(service=True)), 404),
    ):
        client.force_login(actor.user)
        assert client.post(url).status_code == status


def test_the_link_of_a_declarant_does_not_confirm(as_service, lent, mailbox, clock):
    own = StatementFactory(commitment__company__email="paie@autre.example", submitted=True)
    _, path = link_to(own, at=MAY_6)
    browser = Client()
    browser.post(path)
    assert browser.get(CONFIRM).status_code == 403
