"""« Ce qui a été fait pour trouver » as each party opens it: the page, and the same as a PDF."""

from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.urls import reverse

from tests.factories import OrganisationFactory, actor_for
from tests.plugin.papers import text_of_pdf
from tests.reports.papers.test_good_faith import AT, commitment, sheet, story
from tests.settlement.test_relieved import grant
from uneplace.organisations.models import Role

__all__ = ["commitment", "sheet", "story"]

pytestmark = pytest.mark.django_db
NAMES = ("Refusévic", "Attendovic", "Gardovic")
READERS = {
    "service": {"Refusévic", "Attendovic", "Gardovic"},
    "company": {"Refusévic", "Attendovic"},
    "buyer": set(),
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(AT, tick=False):
        yield


def organisation(story, party):
    return {
        "service": story.service,
        "company": story.company,
        "buyer": story.clause.lot.contract.buyer,
    }[party]


def open_as(client, who, name, story):
    client.force_login(who.user)
    return client.get(reverse(f"control:{name}", args=[story.pk]))


@pytest.mark.parametrize("party", READERS)
def test_the_page_names_whom_its_reader_may_know(client, story, party):
    page = open_as(client, actor_for(organisation(story, party)), "good_faith", story).text
    assert {name for name in NAMES if name in page} == READERS[party]
    assert "Il manque des compétences pour ce poste" in page
    assert "Service pénitentiaire du Bocage" not in page


@pytest.mark.parametrize("party", READERS)
def test_its_pdf_says_the_same(client, story, party):
    answer = open_as(client, actor_for(organisation(story, party)), "good_faith_pdf", story)
    assert answer["Content-Type"] == "application/pdf"
    words = text_of_pdf(answer.content)
    assert {name for name in NAMES if name in words} == READERS[party]
    assert "ServicepénitentiaireduBocage" not in words
    with pikepdf.open(BytesIO(answer.content)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


@pytest.mark.parametrize("name", ["good_faith", "good_faith_pdf"])
def test_a_stranger_opens_neither(client, story, name):
    for stranger in (OrganisationFactory(service=True), OrganisationFactory(company=True)):
        assert open_as(client, actor_for(stranger), name, story).status_code == 404


def test_only_who_writes_for_the_service_is_proposed_to_note_a_meeting(client, story):
    note = reverse("control:note_meeting", args=[story.pk])
    assert note in open_as(client, actor_for(story.service), "good_faith", story).text
    for who in (actor_for(story.service, Role.READER), actor_for(story.company)):
        assert note not in open_as(client, who, "good_faith", story).text


def test_relief_is_told_apart_from_what_is_left_to_do(client, story):
    grant(story, 600)
    page = open_as(client, actor_for(story.company), "good_faith", story).text.replace("\u00a0", " ")
    assert "Heures exonérées</dt><dd>600 h" in page
    assert "Heures restant à faire</dt><dd>1 500 h" in page
