"""The page of a document that a clause asks for: sent by the company, read by the service alone."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories import (
    AllocationFactory,
    AwaitedDocumentFactory,
    OrganisationFactory,
    PartnershipFactory,
    StatementFactory,
    actor_for,
)
from tests.files import pdf
from tests.offers.links import link_to
from uneplace.evidence.models import Evidence
from uneplace.hours.models import AwaitedDocument
from uneplace.journal.models import Entry
from uneplace.organisations.models import Role
from uneplace.web.hours.views.documents import SENT

pytestmark = pytest.mark.django_db

MAY_11 = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MAY_11, tick=False) as clock:
        yield clock


@pytest.fixture
def document(statement):
    """The proof of the hours of April, beside its statement."""
    return AwaitedDocumentFactory(commitment=statement.commitment)


def text(response):
    return response.content.decode().replace("\u00a0", " ")


def upload(content=None, name="feuille-avril.pdf"):
    return {"file": SimpleUploadedFile(name, content or pdf())}


def read_now(client, document):
    return client.get(document.get_absolute_url()).context["read"]


def judge(client, document, decide, **fields):
    """Decide, of the file that the page shows unless another one is said."""
    url = reverse("hours:judge_document", args=[document.pk])
    fields.setdefault("read", read_now(client, document))
    return client.post(url, {"decide": decide, **fields}, follow=True)


def test_the_company_sends_it_and_the_service_accepts_it(as_company, document, facilitator, settings):
    page = text(as_company.get(document.get_absolute_url()))
    assert "C’est à vous : envoyer la pièce" in page
    assert "12 mai" in page
    assert "Pièce envoyée." in text(as_company.post(document.get_absolute_url(), upload(), follow=True))
    (kept,) = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert b"%PDF-" not in kept.read_bytes()

    client = Client()
    client.force_login(facilitator.user)
    page = text(client.get(document.get_absolute_url()))
    assert "C’est à vous : lire la pièce" in page
    assert "feuille-avril.pdf" not in page  # a name of file may name a person: said once opened
    answer = client.post(reverse("hours:open_document", args=[document.pk]))
    assert answer.content.startswith(b"%PDF-")
    assert "feuille-avril.pdf" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert Entry.objects.get(verb="document.read").user_id == facilitator.user.pk
    assert "Pièce acceptée." in text(judge(client, document, "accept"))
    assert AwaitedDocument.objects.get().status == Evidence.Status.ACCEPTED


def test_refused_with_a_reason_it_comes_back_to_the_company(as_company, document, facilitator):
    as_company.post(document.get_absolute_url(), upload())
    client = Client()
    client.force_login(facilitator.user)
    page = judge(client, document, "refuse", reason="")
    assert page.status_code == 422
    assert "Écrivez ce qui ne va pas." in text(page)
    judge(client, document, "refuse", reason="La feuille n’est pas signée.")
    page = text(as_company.get(document.get_absolute_url()))
    assert "La feuille n’est pas signée." in page
    assert "C’est à vous : refaire la pièce" in page
    assert "à refaire" in text(as_company.get("/"))


def test_what_is_judged_is_the_file_that_was_read(as_company, document, facilitator, clock):
    as_company.post(document.get_absolute_url(), upload())
    client = Client()
    client.force_login(facilitator.user)
    read = read_now(client, document)
    judge(client, document, "refuse", reason="Pas signée.")
    clock.shift(60)
    as_company.post(document.get_absolute_url(), upload(name="feuille-signee.pdf"))
    assert "Un autre fichier est arrivé" in text(judge(client, document, "accept", read=read))
    page = judge(client, document, "refuse", read=read, reason="Le tampon manque.")
    assert page.status_code == 422
    assert "Un autre fichier est arrivé" in text(page)
    assert "Le tampon manque." in text(page)
    assert AwaitedDocument.objects.get().status == Evidence.Status.RECEIVED
    assert "Pièce acceptée." in text(judge(client, document, "accept"))


@pytest.mark.parametrize(
    "content, name, sentence",
    [
        pytest.param(b"MZ\x90", "feuille.exe", "Envoyez un fichier PDF", id="programme"),
        pytest.param(b"<html>", "feuille.pdf", "PDF", id="page déguisée"),
    ],
)
def test_what_is_not_a_sound_file_is_refused(as_company, document, content, name, sentence):
    answer = as_company.post(document.get_absolute_url(), upload(content, name))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert AwaitedDocument.objects.get().evidence is None


def test_without_a_file_it_says_so(as_company, document):
    assert "Choisissez le fichier à envoyer." in text(as_company.post(document.get_absolute_url(), {}))


def test_the_service_notes_that_it_saw_it_or_gives_it_up(as_facilitator, document):
    judge(as_facilitator, document, "see", dated_on="30/04/2026")
    page = text(as_facilitator.get(document.get_absolute_url()))
    assert "Pièce vue le" in page
    assert "Aucun fichier n’est gardé." in page
    other = AwaitedDocumentFactory(commitment=document.commitment, kind=AwaitedDocument.Kind.FORECAST)
    assert "Pièce plus attendue." in text(judge(as_facilitator, other, "waive", reason="Chantier arrêté."))
    page = text(as_facilitator.get(other.get_absolute_url()))
    assert "Chantier arrêté." in page
    assert "L’attendre de nouveau" in page
    assert "Pièce attendue de nouveau." in text(judge(as_facilitator, other, "await"))
    assert "C’est à vous" not in page
    assert AwaitedDocument.objects.get(pk=other.pk).is_awaited


def test_a_decision_that_is_none_is_told(as_facilitator, document):
    assert "Dites ce que vous décidez" in text(judge(as_facilitator, document, "rien"))


def test_the_statement_the_clause_and_the_first_page_show_it(as_company, statement, document, facilitator):
    clause = reverse("contracts:statements", args=[statement.commitment.clause_id])
    for page in (statement.get_absolute_url(), clause, "/"):
        assert "Justificatif des heures" in text(as_company.get(page)), page
    as_company.post(document.get_absolute_url(), upload())
    client = Client()
    client.force_login(facilitator.user)
    for page in (statement.get_absolute_url(), clause, "/"):
        assert document.get_absolute_url() in text(client.get(page)), page


def test_nobody_else_sees_it(client, document):
    stranger = OrganisationFactory(employer=True)
    PartnershipFactory(service=document.service, organisation=stranger)
    AllocationFactory(commitment=document.commitment, placement__employer=stranger)
    for actor in (actor_for(stranger), actor_for(OrganisationFactory(service=True))):
        client.force_login(actor.user)
        assert client.get(document.get_absolute_url()).status_code == 404
        assert client.post(reverse("hours:open_document", args=[document.pk])).status_code == 404


def test_a_reader_of_the_company_looks_and_sends_nothing(client, document):
    client.force_login(actor_for(document.sender, Role.READER).user)
    assert client.get(document.get_absolute_url()).status_code == 200
    assert client.post(document.get_absolute_url(), upload()).status_code == 403
    assert judge(client, document, "accept").status_code == 403


def test_the_company_does_not_judge_its_own_document(as_company, document):
    as_company.post(document.get_absolute_url(), upload())
    assert judge(as_company, document, "accept").status_code == 403


@pytest.fixture
def by_link(statement, document):
    """A small firm without account, come by the link of its statement."""
    client = Client()
    _, path = link_to(statement, at=MAY_11)
    client.post(path)
    return client


def test_a_small_firm_sends_it_by_the_link_of_its_statement(by_link, statement, document):
    url = reverse("by_link_hours:document", args=[document.pk])
    assert url in text(by_link.get("/par-lien/releve/"))
    page = by_link.post(url, upload(), follow=True)
    assert text(page).count(SENT) == 1  # on the page where one comes back
    assert "Reçu" in text(page)
    sent = AwaitedDocument.objects.get().evidence
    assert (sent.status, sent.file_by) == (Evidence.Status.RECEIVED, None)
    assert "par lien envoyé à" in Entry.objects.get(verb="document.sent").user_name
    assert "Un fichier est déjà envoyé" in text(by_link.get(url))


def test_the_link_of_a_statement_opens_no_other_document(by_link, document):
    lender = OrganisationFactory(employer=True)
    others = [
        AwaitedDocumentFactory(commitment=document.commitment, sender=lender),
        AwaitedDocumentFactory(),
        AwaitedDocumentFactory(
            commitment=StatementFactory(
                commitment__clause__lot__contract__service=document.service
            ).commitment,
            sender=document.sender,
        ),
    ]
    for other in others:
        url = reverse("by_link_hours:document", args=[other.pk])
        assert by_link.get(url).status_code == 404
        assert by_link.post(url, upload()).status_code == 404
