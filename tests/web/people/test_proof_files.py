"""The file of a proof: joined by who may read the grounds, opened on request, never by a company."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import DecisionProofFactory, EvidenceFactory, actor_for
from tests.files import PNG, pdf
from tests.offers.scene import NOW
from tests.words import says
from uneplace.evidence.models import Evidence
from uneplace.journal.models import Entry
from uneplace.people.models import DecisionProof, EligibilityDecision
from uneplace.people.proof_files import join_proof_file

NAME = "attestation-rsa-de-dominique.pdf"


@pytest.fixture
def proof(scene):
    """The proof under which somebody of the referrer was found eligible, seen and not kept."""
    application = scene.application("SENT", by=scene.referrer)
    return DecisionProofFactory(decision=application.participant.decisions.get())


def url(name, proof):
    return reverse(f"people:{name}", args=[proof.pk])


def upload(content=None, name=NAME):
    return {"file": SimpleUploadedFile(name, content or pdf())}


def grounds(client, proof):
    return client.post(reverse("people:grounds", args=[proof.decision.participant_id])).text


@pytest.mark.parametrize("who", ["facilitator", "referrer"])
def test_a_file_is_joined_then_opened_and_the_journal_says_so(as_actor, scene, proof, who, settings):
    client = as_actor(getattr(scene, who))
    assert url("join_proof", proof) in grounds(client, proof)
    page = client.post(url("join_proof", proof), upload(), follow=True).text
    assert "Fichier joint au justificatif." in page
    assert NAME not in page

    assert "Ouvrir le fichier" in grounds(client, proof)
    answer = client.post(url("open_proof", proof))
    assert answer.content.startswith(b"%PDF-")
    assert NAME in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")
    read = Entry.objects.get(verb="grounds.read", details__proof=proof.pk)
    assert (read.about_id, read.details["screen"]) == (proof.decision.participant_id, "people:open_proof")
    joined = Entry.objects.get(verb="proof.joined")
    assert NAME not in str(joined.details)
    (kept,) = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert b"%PDF-" not in kept.read_bytes()


def test_the_page_that_joins_tells_neither_kind_nor_ground(as_actor, scene, proof):
    page = as_actor(scene.referrer).get(url("join_proof", proof)).text
    assert "justificatif daté du 20 janvier 2026" in page
    assert not says("RSA", page)


@pytest.mark.parametrize(
    "content, name, sentence",
    [
        pytest.param(b"MZ\x90", "attestation.exe", "Envoyez un fichier PDF", id="programme"),
        pytest.param(b"<html>", "attestation.pdf", "PDF", id="page déguisée"),
        pytest.param(b"%PDF-1.4 rien", "attestation.pdf", "PDF", id="PDF cassé"),
    ],
)
def test_what_is_not_a_sound_file_is_refused(as_actor, scene, proof, content, name, sentence):
    answer = as_actor(scene.referrer).post(url("join_proof", proof), upload(content, name))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert not DecisionProof.objects.get(pk=proof.pk).evidence.file


def test_nothing_chosen_is_said(as_actor, scene, proof):
    assert "Choisissez le fichier à joindre." in as_actor(scene.referrer).post(url("join_proof", proof)).text


def test_one_file_a_proof_and_none_once_purged(as_actor, scene, proof):
    client = as_actor(scene.facilitator)
    client.post(url("join_proof", proof), upload())
    again = client.post(url("join_proof", proof), upload())
    assert "Un fichier est déjà joint" in again.text
    purged = DecisionProofFactory(
        decision=proof.decision,
        evidence=EvidenceFactory(service=proof.service, status=Evidence.Status.PURGED, kind="Purgé"),
    )
    assert "Ce justificatif est purgé" in client.get(url("join_proof", purged)).text


def test_a_proof_to_redo_is_received_again(as_actor, scene, proof):
    Evidence.objects.update(status="TO_REDO", reason="Le justificatif est trop ancien.")
    as_actor(scene.referrer).post(url("join_proof", proof), upload())
    proof.evidence.refresh_from_db()
    assert (proof.evidence.status, proof.evidence.reason) == ("RECEIVED", "")


def test_the_service_learns_that_the_missing_proof_has_come(as_actor, scene, proof):
    Evidence.objects.update(status="TO_REDO", reason="Le justificatif est trop ancien.")
    EligibilityDecision.objects.update(status="TO_COMPLETE", grounds=[], main_ground="", valid_until=None)
    assert "dossier à compléter" in as_actor(scene.referrer).get("/").text
    assert "justificatif reçu" not in as_actor(scene.facilitator).get("/").text

    as_actor(scene.referrer).post(url("join_proof", proof), upload())

    assert "dossier à compléter" not in as_actor(scene.referrer).get("/").text
    assert f"{proof.decision.participant}, justificatif reçu" in as_actor(scene.facilitator).get("/").text


def test_a_file_joined_by_mistake_is_taken_out_by_the_service_and_erased(
    as_actor, scene, proof, settings, django_capture_on_commit_callbacks
):
    as_actor(scene.referrer).post(url("join_proof", proof), upload())
    assert as_actor(scene.referrer).post(url("remove_proof", proof)).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        page = as_actor(scene.facilitator).post(url("remove_proof", proof), follow=True).text
    assert "Fichier retiré." in page
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    gone = as_actor(scene.facilitator).post(url("remove_proof", proof), follow=True)
    assert "Aucun fichier n’est joint" in gone.text


def test_a_company_a_buyer_and_strangers_never_reach_it(as_actor, scene, proof, strangers):
    join_proof_file(proof, file=ContentFile(pdf()), name=NAME, by=scene.referrer, at=NOW)
    buyer = actor_for(scene.sheet.commitment.clause.lot.contract.buyer)
    for actor in (scene.company, buyer):
        for name in ("join_proof", "open_proof", "remove_proof"):
            assert as_actor(actor).post(url(name, proof)).status_code == 403
    for actor in strangers[:1] + strangers[2:4]:
        assert as_actor(actor).post(url("open_proof", proof)).status_code == 404
        assert as_actor(actor).get(url("join_proof", proof)).status_code == 404
    # The structure that does not follow the person is a stranger too.
    assert as_actor(scene.employer).post(url("open_proof", proof)).status_code == 404


def test_who_only_reads_opens_and_joins_nothing(as_actor, scene, proof):
    join_proof_file(proof, file=ContentFile(pdf()), name=NAME, by=scene.referrer, at=NOW)
    reader = as_actor(actor_for(scene.facilitator.organisation, role="READER"))
    assert reader.post(url("open_proof", proof)).status_code == 200
    assert reader.get(url("join_proof", proof)).status_code == 403


def test_a_proof_without_a_file_opens_nothing(as_actor, scene, proof):
    assert as_actor(scene.facilitator).post(url("open_proof", proof)).status_code == 404


class TestWhenDeciding:
    @pytest.fixture
    def newcomer(self, scene):
        return scene.application(by=scene.referrer).participant

    def typed(self, **changes):
        return {
            "job_seeker": "oui",
            "receives_rsa": "oui",
            "dated_RSA": "2026-02-02",
            "verdict": "ELIGIBLE",
            "main_ground": "RSA",
        } | changes

    def decide(self, client, person, **changes):
        return client.post(reverse("people:decide", args=[person.pk]), self.typed(**changes))

    def test_the_file_goes_with_the_proof_of_the_main_ground(self, as_actor, scene, newcomer):
        file = SimpleUploadedFile("attestation.png", PNG)
        answer = self.decide(as_actor(scene.facilitator), newcomer, proof_file=file)
        assert answer.status_code == 302
        kept = DecisionProof.objects.get(decision__participant=newcomer)
        assert (kept.ground, kept.evidence.file_name) == ("RSA", "attestation.png")
        assert kept.evidence.dated_on == date(2026, 2, 2)

    def test_a_file_without_a_dated_proof_is_said_and_kept_aside(self, as_actor, scene, newcomer):
        client = as_actor(scene.facilitator)
        file = SimpleUploadedFile("attestation.png", PNG)
        page = self.decide(client, newcomer, proof_file=file, dated_RSA="")
        assert page.status_code == 422
        assert "Datez le justificatif que ce fichier montre." in page.text
        assert "Le fichier « attestation.png » est gardé." in page.text.replace("\u00a0", " ")
        answer = self.decide(client, newcomer, held=page.context["held"].token)
        assert answer.status_code == 302
        assert DecisionProof.objects.get(decision__participant=newcomer).evidence.file
