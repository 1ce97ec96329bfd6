"""Noting the end of an execution, and taking it back, each on its own page."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from tests.factories import MembershipFactory, OrganisationFactory, StatementFactory, actor_for
from tests.settlement.test_relieved import count, of_actions, running
from uneplace.contracts.models import Clause

AFTER = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _after_the_end(db):
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def commitment():
    return running(counted=400, relief=200)


@pytest.fixture
def url(commitment):
    return f"/clauses/{commitment.clause_id}/fin/"


def signed_in(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def read(client, address):
    return client.get(address).content.decode().replace("\u00a0", " ")


def status(commitment):
    return Clause.objects.get(pk=commitment.clause_id).status


def test_the_figures_are_read_first_relief_apart(commitment, url):
    page = read(signed_in(actor_for(commitment.service)), url)
    assert "400 h" in page
    assert "sur 1 000 h dues, dont 200 h exonérées" in page
    assert "Il manque 400 h." in page
    assert "Constater : heures non atteintes" in page


def test_it_is_noted_and_said_on_the_clause(commitment, url):
    client = signed_in(actor_for(commitment.service))
    assert "Constater la fin" in read(client, commitment.get_absolute_url())
    page = client.post(url, {"shown": "NOT_MET"}, follow=True).content.decode()
    assert status(commitment) == "NOT_MET"
    assert "C’est constaté\u00a0: heures non atteintes." in page
    assert "Revoir la fin" in page


def test_it_says_why_not(commitment, url):
    StatementFactory(commitment=commitment, submitted=True)
    client = signed_in(actor_for(commitment.service))
    assert "attend votre contrôle" in read(client, url)
    assert "attend votre contrôle" in client.post(url, {"shown": "NOT_MET"}).content.decode()
    assert status(commitment) == "RUNNING"


def test_figures_that_changed_between_the_page_and_the_press_are_read_again(commitment, url):
    client = signed_in(actor_for(commitment.service))
    read(client, url)
    count(commitment, 400, month=5)
    page = client.post(url, {"shown": "NOT_MET"}).content.decode()
    assert "Les chiffres ont changé depuis que vous les avez lus" in page
    assert status(commitment) == "RUNNING"


def test_it_goes_back_under_way_with_a_reason(commitment, url):
    client = signed_in(actor_for(commitment.service))
    back = f"/clauses/{commitment.clause_id}/reprise/"
    assert "n’est pas constatée" in read(client, back)
    client.post(url, {"shown": "NOT_MET"})
    assert back in read(client, url)
    assert "Écrivez le motif" in client.post(back, {"reason": ""}).content.decode()
    page = client.post(back, {"reason": "Un avenant prolonge le marché."}, follow=True).content.decode()
    assert "de nouveau en cours" in page
    assert status(commitment) == "RUNNING"


def test_a_clause_of_actions_speaks_of_actions():
    commitment = of_actions(2)
    client = signed_in(actor_for(commitment.service))
    address = f"/clauses/{commitment.clause_id}/fin/"
    page = read(client, address)
    assert "0 action faite" in page
    assert "Constater 2 actions manquantes" in page


@pytest.mark.parametrize("name", ["fin", "reprise"])
def test_strangers_readers_companies_and_buyers_do_not(commitment, name):
    address = f"/clauses/{commitment.clause_id}/{name}/"
    stranger = actor_for(OrganisationFactory(service=True))
    reader = MembershipFactory(organisation=commitment.service, role="READER")
    assert signed_in(stranger).get(address).status_code == 404
    assert signed_in(reader).get(address).status_code == 403
    for organisation in (commitment.company, commitment.clause.lot.contract.buyer):
        assert signed_in(actor_for(organisation)).post(address, {"shown": "NOT_MET"}).status_code == 403
    assert status(commitment) == "RUNNING"
