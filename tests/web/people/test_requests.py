"""A structure asks for a decision, with its proof; the service decides, and the request is the decision."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.factories import EligibilityDecisionFactory
from tests.files import PNG
from tests.offers.scene import TODAY
from uneplace.journal.models import Entry
from uneplace.people.models import EligibilityDecision
from uneplace.people.queries import standings
from uneplace.web.people.todos import waiting, work_items

PROOF = {"ground": "RSA", "kind": "Attestation de la CAF", "dated_on": "2026-02-02"}


@pytest.fixture
def person(scene):
    """Somebody whom the referrer has put forward, not decided on yet."""
    return scene.application(by=scene.referrer).participant


def url(person):
    return reverse("people:request_decision", args=[person.pk])


def with_file(**changes):
    return PROOF | {"file": SimpleUploadedFile("caf.png", PNG)} | changes


def decide(client, person, **changes):
    typed = {
        "job_seeker": "oui",
        "receives_rsa": "oui",
        "dated_RSA": "2026-02-02",
        "verdict": "ELIGIBLE",
        "main_ground": "RSA",
    }
    return client.post(reverse("people:decide", args=[person.pk]), typed | changes)


def test_a_structure_asks_and_the_service_has_it_in_its_week(as_actor, scene, person, mailbox):
    page = as_actor(scene.referrer).post(url(person), follow=True).text
    assert "Demande envoyée à" in page
    assert "Demandée" in page
    assert "Au tour de" in page
    request = EligibilityDecision.objects.get()
    assert (request.status, request.requested_by) == ("REQUESTED", scene.referrer.organisation)
    assert request.requested_on == TODAY
    assert standings([person], on=TODAY)[person.pk].status == "REQUESTED"

    (line,) = [one for one in work_items(scene.facilitator, on=TODAY) if "demandée" in one.title]
    assert line.url == reverse("people:decide", args=[person.pk])
    assert sum(rows.count() for rows in waiting(scene.facilitator, on=TODAY)) == 1
    [mail] = mailbox.to(scene.facilitator.user.email)
    assert str(person) not in mail["Subject"]
    assert "C’est à vous" in as_actor(scene.facilitator).get(person.get_absolute_url()).text


def test_the_proof_sent_is_read_on_request_then_seen_and_the_request_becomes_the_decision(
    as_actor, scene, person
):
    as_actor(scene.referrer).post(url(person), with_file())
    request = EligibilityDecision.objects.get()
    assert request.proofs.get().evidence.status == "RECEIVED"
    client = as_actor(scene.facilitator)
    assert "Attestation de la CAF" not in client.get(person.get_absolute_url()).text
    grounds = client.post(reverse("people:grounds", args=[person.pk])).text
    assert "Attestation de la CAF" in grounds
    assert "Ouvrir le fichier" in grounds

    assert decide(client, person).status_code == 302
    decision = EligibilityDecision.objects.get()
    assert (decision.pk, decision.status, decision.decided_on) == (request.pk, "ELIGIBLE", TODAY)
    assert decision.requested_by == scene.referrer.organisation
    proof = decision.proofs.get().evidence
    assert (proof.status, proof.seen_on, proof.kind) == ("ACCEPTED", TODAY, "Attestation de la CAF")
    assert not [one for one in work_items(scene.facilitator, on=TODAY) if "demandée" in one.title]


def test_another_proof_is_added_to_the_same_request(as_actor, scene, person):
    client = as_actor(scene.referrer)
    client.post(url(person))
    assert "Ajouter un justificatif" in client.get(url(person)).text
    client.post(url(person), with_file())
    client.post(url(person), with_file(ground="BOETH", kind="Notification de la MDPH"))
    assert EligibilityDecision.objects.get().proofs.count() == 2
    assert Entry.objects.filter(verb="eligibility.requested").count() == 1


def test_asking_twice_without_anything_new_is_refused(as_actor, scene, person):
    client = as_actor(scene.referrer)
    client.post(url(person))
    again = client.post(url(person))
    assert again.status_code == 422
    assert "déjà demandée" in again.text


@pytest.mark.parametrize(
    "changes, sentence",
    [
        pytest.param({"ground": ""}, "Choisissez ce que le justificatif montre.", id="sans motif"),
        pytest.param({"dated_on": ""}, "Indiquez la date du justificatif.", id="sans date"),
        pytest.param({"file": ""}, "Choisissez le fichier du justificatif.", id="sans fichier"),
        pytest.param({"dated_on": "2026-05-01"}, "daté dans l’avenir", id="daté dans l’avenir"),
    ],
)
def test_half_a_proof_is_said_and_nothing_is_asked(as_actor, scene, person, changes, sentence):
    page = as_actor(scene.referrer).post(url(person), with_file(**changes))
    assert page.status_code == 422
    assert sentence in page.text
    assert "Attestation de la CAF" in page.text
    assert not EligibilityDecision.objects.exists()


def test_a_file_chosen_beside_a_mistake_is_kept_aside(as_actor, scene, person):
    client = as_actor(scene.referrer)
    page = client.post(url(person), with_file(dated_on=""))
    client.post(url(person), PROOF | {"held": page.context["held"].token})
    assert EligibilityDecision.objects.get().proofs.get().evidence.file_name == "caf.png"


def test_a_decision_that_lasts_is_not_asked_for_again_and_one_that_lapses_is(as_actor, scene, person):
    EligibilityDecisionFactory(participant=person, valid_until=date(2026, 8, 10))
    client = as_actor(scene.referrer)
    assert "déjà valable jusqu’au 10 août 2026" in client.get(url(person)).text
    assert "Demander une décision" not in client.get(person.get_absolute_url()).text
    EligibilityDecision.objects.update(valid_until=date(2026, 3, 10))
    assert client.post(url(person)).status_code == 302
    page = client.get(person.get_absolute_url()).text
    assert "Éligible jusqu’au 10 mars 2026" in page.replace("\u00a0", " ")


def test_a_file_to_complete_is_asked_for_anew_with_what_was_missing(as_actor, scene, person):
    decide(as_actor(scene.facilitator), person, verdict="TO_COMPLETE", reason="Il manque l’attestation.")
    client = as_actor(scene.referrer)
    assert "Envoyer le justificatif" in client.get(person.get_absolute_url()).text
    client.post(url(person), with_file())
    assert not [one for one in work_items(scene.referrer, on=TODAY) if "à compléter" in one.title]
    assert [one for one in work_items(scene.facilitator, on=TODAY) if "demandée" in one.title]


def test_two_facilitators_who_read_the_same_request_do_not_both_decide(as_actor, scene, person):
    as_actor(scene.referrer).post(url(person))
    client = as_actor(scene.facilitator)
    decide(client, person)
    second = decide(client, person, seen="")
    assert "vient de décider" in second.text
    assert EligibilityDecision.objects.count() == 1


def test_only_who_follows_the_person_asks(as_actor, scene, person, strangers):
    for actor in strangers[2:4]:
        assert as_actor(actor).post(url(person)).status_code == 404
    assert as_actor(scene.employer).post(url(person)).status_code == 404
    for actor in (scene.facilitator, scene.company):
        assert as_actor(actor).post(url(person)).status_code == 403
    assert not EligibilityDecision.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong, guard",
    [
        ({"status": "EXPIRED"}, "decision_expires_by_itself"),
        ({"status": "REQUESTED"}, "decision_is_asked_for_or_taken"),
        ({"decided_on": None}, "decision_is_asked_for_or_taken|decision_eligible_is_complete"),
    ],
)
def test_the_database_holds_that_expired_is_never_written_and_asked_for_is_not_taken(wrong, guard):
    decision = EligibilityDecisionFactory()
    with pytest.raises(IntegrityError, match=guard), transaction.atomic():
        EligibilityDecision.objects.filter(pk=decision.pk).update(**wrong)
