"""« Ce qui a été fait pour trouver »: the same facts for all, names for whoever may read them, no ground."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ApplicationFactory,
    CommitmentFactory,
    DiffusionFactory,
    EligibilityDecisionFactory,
    JobSheetFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipantFactory,
    TransmissionFactory,
    actor_for,
)
from tests.plugin.papers import text_of_pdf
from uneplace.offers.models import Application
from uneplace.reports.papers.good_faith import good_faith_of
from uneplace.reports.papers.good_faith_paper import good_faith_paper
from uneplace.reports.papers.letterhead import letterhead_of
from uneplace.reports.papers.paper import print_paper

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
ON = date(2026, 6, 15)
Status = Application.Status


@pytest.fixture
def commitment():
    return CommitmentFactory(company__name="Quatrevents TP")


@pytest.fixture
def sheet(commitment):
    sheet = JobSheetFactory(commitment=commitment, title="Maçonne, maçon", posts=2)
    DiffusionFactory(job_sheet=sheet)
    DiffusionFactory(
        job_sheet=sheet, opened_at=AT, nothing_at=AT, nothing_reason="TOO_FAR", sent_at=AT - timedelta(days=9)
    )
    return sheet


def put_forward(sheet, last_name, *, sent_days=None, answered_days=None, by=None, **facts):
    """Somebody put forward twenty days ago, transmitted and answered so many days ago."""
    person = ParticipantFactory(service=sheet.service, last_name=last_name)
    EligibilityDecisionFactory(participant=person)
    one = ApplicationFactory(
        job_sheet=sheet,
        participant=person,
        organisation=OrganisationFactory(referrer=True, name="Service pénitentiaire du Bocage"),
        sent_at=AT - timedelta(days=20),
        answered_at=None if answered_days is None else AT - timedelta(days=answered_days),
        answered_by=by,
        **facts,
    )
    if sent_days is not None:
        sent_at = AT - timedelta(days=sent_days)
        before = sent_at.date() + timedelta(days=5)
        TransmissionFactory(application=one, sent_at=sent_at, answer_before=before)
    return one


@pytest.fixture
def story(commitment, sheet):
    """One refused by the company after eight days, one still waiting, one never transmitted."""
    company, service = commitment.company, commitment.service
    skills = {"decline_reason": "SKILLS", "status": Status.DECLINED}
    put_forward(sheet, "Refusévic", sent_days=12, answered_days=4, by=company, **skills)
    put_forward(sheet, "Attendovic", sent_days=10, status=Status.SENT)
    far = {"decline_reason": "NOT_MOBILE", "status": Status.DECLINED}
    put_forward(sheet, "Gardovic", answered_days=15, by=service, **far)
    MeetingFactory(commitment=commitment)
    return commitment


def words_for(commitment, organisation):
    file = good_faith_of(commitment, actor_for(organisation), on=ON, at=AT)
    content = print_paper(good_faith_paper(file), letterhead_of(commitment.service), on=ON)
    return text_of_pdf(content)


def test_it_counts_offers_people_refusals_delays_and_meetings(story):
    file = good_faith_of(story, actor_for(story.service), on=ON, at=AT)
    (offer,) = file.offers
    assert (offer.structures, offer.nothing, offer.proposed, offer.transmitted, offer.hired) == (
        2,
        1,
        3,
        2,
        0,
    )
    assert sorted(file.refusals) == [
        ("Le service", "Trajet impossible", 1),
        ("L’entreprise", "Il manque des compétences pour ce poste", 1),
    ]
    assert file.nothing == [("Le lieu est trop loin pour nos personnes", 1)]
    assert (file.delays, file.late_answers, file.waiting) == ([8], 1, 1)
    assert [who for _, who, _ in file.meetings] == ["L’entreprise et le service"]


def test_the_service_reads_every_name_the_company_those_it_received_the_buyer_none(story):
    readers = {
        story.service: {"Refusévic", "Attendovic", "Gardovic"},
        story.company: {"Refusévic", "Attendovic"},
        story.clause.lot.contract.buyer: set(),
    }
    for reader, names in readers.items():
        words = words_for(story, reader)
        assert {name for name in ("Refusévic", "Attendovic", "Gardovic") if name in words} == names
        assert "Ilmanquedescompétencespourceposte" in words
        assert "Deuxfichesdeposteavantl’été" in words


def test_a_file_taken_back_names_its_person_no_more_to_the_company(story):
    one = Application.objects.get(status=Status.SENT)
    one.transmission.withdrawn_at = AT
    one.transmission.save()
    assert "Attendovic" not in words_for(story, story.company)


def test_nobody_reads_there_who_refers_nor_why_a_person_is_eligible(story):
    for reader in (story.service, story.company, story.clause.lot.contract.buyer):
        words = words_for(story, reader)
        assert "ServicepénitentiaireduBocage" not in words
        assert "Demandeurd’emploi" not in words
        assert "minimasociaux" not in words


def test_nothing_done_says_so(commitment):
    words = words_for(commitment, commitment.company)
    for said in ("Aucunefichedeposten’aétédiffusée", "Aucuneréunionn’estnotée"):
        assert said in words


def test_it_is_a_tagged_paper_of_the_service(story):
    file = good_faith_of(story, actor_for(story.company), on=ON, at=AT)
    content = print_paper(good_faith_paper(file), letterhead_of(story.service), on=ON)
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Ce qui a été fait pour trouver"
        assert metadata["dc:creator"] == [str(story.service)]


@pytest.mark.parametrize("reader", ["service", "company"])
def test_many_people_cost_as_many_queries_as_few(story, sheet, reader):
    actor = actor_for(story.service if reader == "service" else story.company)
    good_faith_of(story, actor, on=ON, at=AT)
    with CaptureQueriesContext(connection) as few:
        good_faith_of(story, actor, on=ON, at=AT)
    for number in range(4):
        put_forward(sheet, f"Autrovic{number}", sent_days=10, status=Status.SENT)
        DiffusionFactory(job_sheet=sheet)
    JobSheetFactory(commitment=story)
    with CaptureQueriesContext(connection) as many:
        good_faith_of(story, actor, on=ON, at=AT)
    assert len(many) == len(few)
