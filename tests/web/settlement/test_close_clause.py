"""Ending a clause, on its own page."""

import pytest
from django.test import Client

from tests.factories import MembershipFactory, OrganisationFactory, StatementFactory, actor_for


def signed_in(actor):
    client = Client()
    client.force_login(actor.user)
    return client


@pytest.fixture
def url(commitment):
    return f"/clauses/{commitment.clause_id}/cloture/"


def test_it_says_what_will_not_be_awaited_any_more(commitment, facilitator, url):
    StatementFactory(commitment=commitment)
    page = signed_in(facilitator).get(url).content.decode()
    assert "1\u00a0relevé n’est pas arrivé" in page
    assert "On ne la rouvre pas" in page


def test_it_closes(commitment, facilitator, url):
    page = signed_in(facilitator).post(url, {"reason": "Le marché est fini."}, follow=True).content.decode()
    commitment.clause.refresh_from_db()
    assert commitment.clause.status == "CLOSED"
    assert "Clause close." in page
    assert url not in page


def test_it_says_why_not(commitment, facilitator, url):
    StatementFactory(commitment=commitment, submitted=True)
    client = signed_in(facilitator)
    assert "attend votre contrôle" in client.get(url).content.decode()
    assert "attend votre contrôle" in client.post(url, {"reason": "Fini."}).content.decode()
    commitment.clause.refresh_from_db()
    assert commitment.clause.status == "RUNNING"


def test_a_declarant_reads_that_the_clause_is_closed(commitment, facilitator, company, url):
    statement = StatementFactory(commitment=commitment)
    signed_in(facilitator).post(url, {"reason": "Le marché est fini."})
    page = signed_in(company).get(f"{statement.get_absolute_url()}declarer/", follow=True).content.decode()
    assert "La clause est close" in page


def test_strangers_readers_and_companies_do_not(commitment, company, url):
    stranger = actor_for(OrganisationFactory(service=True))
    reader = MembershipFactory(organisation=commitment.service, role="READER")
    assert signed_in(stranger).post(url, {"reason": "Fini."}).status_code == 404
    assert signed_in(reader).post(url, {"reason": "Fini."}).status_code == 403
    assert signed_in(company).post(url, {"reason": "Fini."}).status_code == 403
