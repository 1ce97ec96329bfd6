"""« Recompter » on screen: the differences, the confirmation, and what everybody then reads."""

import pytest
import time_machine
from django.test import Client

from tests.factories import NOON, LedgerEntryFactory, OrganisationFactory, actor_for
from tests.words import says
from uneplace.contracts.models import Clause
from uneplace.hours.models import LedgerEntry
from uneplace.hours.recount import differences, digest


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(NOON, tick=False):
        yield


def signed_in(actor):
    client = Client()
    client.force_login(actor.user)
    return client


def text_of(response):
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def entry(db):
    """April of one person, counted whole; the clause has since been amended to one month."""
    entry = LedgerEntryFactory()
    Clause.objects.update(window_months=1)
    return entry


@pytest.fixture
def clause(entry):
    return entry.commitment.clause


@pytest.fixture
def url(clause):
    return f"/clauses/{clause.pk}/recompter/"


@pytest.fixture
def as_facilitator(clause):
    return signed_in(actor_for(clause.service))


def confirmed(clause, **facts):
    found = differences([clause])
    lines = [one.line.pk for one in found]
    return {"reason": "Avenant n° 2 du 10 juin", "shown": digest(found), "lines": lines} | facts


def test_the_differences_are_shown_line_by_line_and_nothing_changes(as_facilitator, url, entry):
    page = text_of(as_facilitator.get(url))
    for words in (
        "1 ligne compterait autrement",
        str(entry.participant),
        "151,67 h",
        "7,22 h",
        "− 144,45 h",
        "Pourquoi 7,22 h",
    ):
        assert words in page
    assert LedgerEntry.objects.count() == 1


def test_confirmed_it_shows_wherever_the_hours_are_read(as_facilitator, url, entry, clause):
    page = text_of(as_facilitator.post(url, confirmed(clause), follow=True))
    assert "Les corrections sont inscrites au compte du marché." in page
    assert "7,22 h" in page
    statement = text_of(as_facilitator.get(entry.line.statement.get_absolute_url()))
    assert "Avenant n° 2 du 10 juin" in statement
    assert "7,22 h" in statement
    placement = text_of(as_facilitator.get(entry.placement.get_absolute_url()))
    assert "− 144,45 h" in placement


def test_what_was_due_only_because_it_was_validated_goes_with_it(as_facilitator, url, entry, clause):
    kept = {"hours_due": entry.counted}
    Clause.objects.update(method="FIXED", inputs={"hours": "10"}, **kept)
    clause.commitments.update(share=1, **kept)
    page = text_of(as_facilitator.post(url, confirmed(clause), follow=True))
    clause.refresh_from_db()
    assert clause.hours_due == clause.commitments.get().hours_due == 10
    assert "10 h" in page


def test_the_company_reads_the_correction_and_no_ground(as_facilitator, url, entry, clause):
    as_facilitator.post(url, confirmed(clause))
    client = signed_in(actor_for(entry.commitment.company))
    page = text_of(client.get(entry.line.statement.get_absolute_url()))
    assert "Avenant n° 2 du 10 juin" in page
    assert not says("RSA", page)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        pytest.param({"reason": ""}, "Écrivez pourquoi", id="sans motif"),
        pytest.param({"lines": []}, "Cochez au moins une ligne", id="aucune ligne"),
        pytest.param({"shown": "autre"}, "ont changé depuis que vous les avez lues", id="autres différences"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_entered(as_facilitator, url, clause, facts, sentence):
    response = as_facilitator.post(url, confirmed(clause, **facts))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert confirmed(clause)["shown"] in text_of(response)
    assert LedgerEntry.objects.count() == 1


def test_only_what_is_ticked_is_corrected_and_the_choice_is_kept_on_error(as_facilitator, url, entry, clause):
    other = LedgerEntryFactory(line__statement=entry.line.statement)
    page = text_of(as_facilitator.post(url, confirmed(clause, lines=[other.line_id], reason="")))
    assert page.count('name="lines"') == 2
    assert page.count(" checked>") == 1
    as_facilitator.post(url, confirmed(clause, lines=[other.line_id]))
    assert [one.line for one in differences([clause])] == [entry.line]


def test_a_second_confirmation_has_nothing_to_do(as_facilitator, url, clause):
    sent = confirmed(clause)
    as_facilitator.post(url, sent)
    assert "Rien à recompter" in text_of(as_facilitator.post(url, sent, follow=True))
    assert LedgerEntry.objects.count() == 2


def test_a_closed_clause_says_why_not(as_facilitator, url):
    Clause.objects.update(status="CLOSED")
    page = text_of(as_facilitator.get(url))
    assert "ses comptes sont arrêtés" in page
    assert "Inscrire les corrections" not in page


def test_nothing_to_count_again_says_so(as_facilitator, url):
    Clause.objects.update(window_months=24)
    assert "Tout compte déjà ainsi" in text_of(as_facilitator.get(url))


def test_strangers_readers_and_companies_count_nothing_again(url, clause, entry):
    stranger = actor_for(OrganisationFactory(service=True))
    reader = actor_for(clause.service, "READER")
    company = actor_for(entry.commitment.company)
    sent = confirmed(clause)
    answers = [signed_in(actor).post(url, sent).status_code for actor in (stranger, reader, company)]
    assert answers == [404, 403, 403]
    assert LedgerEntry.objects.count() == 1
