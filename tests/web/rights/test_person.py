"""The rights of a person on screen: asked, answered, handed over, kept."""

import json
from datetime import date

import pytest
from django.urls import reverse

from tests.factories import actor_for
from tests.words import says
from uneplace.journal.models import Entry
from uneplace.organisations.models import Role
from uneplace.people.models import Participant
from uneplace.rights.models import Keeping, RightsRequest


def url(name, thing):
    return reverse(f"rights:{name}", args=[thing.pk])


def record(client, person, **typed):
    return client.post(
        url("record", person),
        {
            "kind": "ERASURE",
            "asked_by": "PERSON",
            "asked_on": "2027-01-11",
            "means": "PHONE",
            "note": "Ne souhaite plus être proposée.",
            **typed,
        },
    )


def test_a_request_is_written_down_and_awaits_the_service(as_actor, story):
    referrer, facilitator = as_actor(story.scene.referrer), as_actor(story.facilitator)

    assert record(referrer, story.person).url == url("person", story.person)

    read = referrer.get(url("person", story.person)).text
    assert f"Au tour de {story.person.service}" in read
    read = facilitator.get(url("person", story.person)).text
    assert "C’est à vous\u00a0: répondre à la personne (faire effacer)" in read
    week = facilitator.get("/").text
    assert f"{story.person}\u00a0: faire effacer" in week
    assert url("answer", RightsRequest.objects.get()) in week


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": ""}, "Choisissez ce que la personne demande."),
        ({"asked_on": ""}, "Indiquez la date."),
        ({"asked_on": "2027-02-01"}, "ne peut pas être dans l’avenir"),
    ],
)
def test_why_a_request_is_not_written_down(as_actor, story, typed, words):
    response = record(as_actor(story.facilitator), story.person, **typed)
    assert response.status_code == 422
    assert words in response.text
    assert "Ne souhaite plus être proposée." in response.text
    assert not RightsRequest.objects.exists()


def test_a_late_answer_is_told_as_late(as_actor, story):
    record(as_actor(story.facilitator), story.person, asked_on="2026-12-01")
    page = as_actor(story.facilitator).get(url("person", story.person)).text
    assert "En retard" in page


def answer(client, request, **typed):
    return client.post(url("answer", request), {"verdict": "oui", "reason": "C’est fait.", **typed})


def test_the_service_answers_and_reads_first_what_must_be_kept(as_actor, story):
    client = as_actor(story.facilitator)
    record(client, story.person)
    request = RightsRequest.objects.get()

    page = client.get(url("answer", request)).text
    assert "Une partie doit être gardée." in page
    assert "jusqu’au 10 février 2028" in page
    assert answer(client, request).url == url("person", story.person)

    page = client.get(url("person", story.person)).text
    assert "Satisfaite en partie" in page
    assert "Arrêtée à la demande de la personne" in page
    assert "a déjà reçu sa réponse" in client.get(url("answer", request)).text


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"verdict": ""}, "Choisissez la réponse."), ({"reason": ""}, "Écrivez ce qui est dit à la personne.")],
)
def test_why_an_answer_is_not_kept(as_actor, story, typed, words):
    client = as_actor(story.facilitator)
    record(client, story.person)
    response = answer(client, RightsRequest.objects.get(), **typed)
    assert response.status_code == 422
    assert words in response.text


def test_a_refusal_is_an_answer_with_its_reason(as_actor, story):
    client = as_actor(story.facilitator)
    record(client, story.person)
    answer(client, RightsRequest.objects.get(), verdict="non", reason="Un contrôle est annoncé.")
    page = client.get(url("person", story.person)).text
    assert "Refusée" in page
    assert "Un contrôle est annoncé." in page


def test_a_structure_records_but_does_not_answer_nor_read_everything(as_actor, story):
    client = as_actor(story.scene.referrer)
    record(client, story.person)
    assert client.get(url("answer", RightsRequest.objects.get())).status_code == 403
    assert client.get(url("everything", story.person)).status_code == 403


def test_a_reader_of_the_service_neither_answers_nor_reads_everything(as_actor, story):
    reader = as_actor(actor_for(story.person.service, Role.READER))
    assert reader.get(url("person", story.person)).status_code == 200
    assert reader.get(url("record", story.person)).status_code == 403
    assert reader.post(url("everything", story.person)).status_code == 403


def test_strangers_find_nobody(as_actor, story, strangers):
    record(as_actor(story.facilitator), story.person)
    request = RightsRequest.objects.get()
    for stranger in [*strangers[:3], story.scene.employer]:
        client = as_actor(stranger)
        for name in ("person", "record", "keep", "everything"):
            assert client.get(url(name, story.person)).status_code in (403, 404)
        assert client.get(url("person", story.person)).status_code == 404
        assert client.post(url("lift", story.person)).status_code in (403, 404)
        assert client.get(url("answer", request)).status_code in (403, 404)
    for stranger in (*strangers[3:], story.scene.company):
        assert as_actor(stranger).get(url("person", story.person)).status_code == 403


def test_opening_the_page_says_how_many_rows_and_not_what_they_say(as_actor, story):
    page = as_actor(story.facilitator).get(url("everything", story.person)).text
    assert "Décisions d’éligibilité" in page
    assert not says("RSA", page)
    assert not Entry.objects.filter(verb="person_data.read").exists()


@pytest.mark.parametrize(
    ("form", "kind"), [("", "text/html"), ("pdf", "application/pdf"), ("json", "application/json")]
)
def test_everything_is_read_when_asked_for_and_the_journal_says_so(as_actor, story, form, kind):
    response = as_actor(story.facilitator).post(url("everything", story.person), {"form": form})
    assert response["Content-Type"].startswith(kind)
    if form == "json":
        assert json.loads(response.content)["person"] == story.person.pk
    elif form == "":
        assert "Allocataire du RSA" in response.text
        assert "dominique@exemple.fr" in response.text
    entry = Entry.objects.get(verb="person_data.read")
    assert (entry.about_id, entry.user_id) == (story.person.pk, story.facilitator.user.pk)
    assert entry.details == {"form": form or "page"}


def test_a_file_is_kept_with_a_reason_and_a_day(as_actor, story):
    client = as_actor(story.scene.referrer)
    typed = {"until": "2028-06-01", "reason": "Reprise d’accompagnement prévue."}
    assert client.post(url("keep", story.person), {**typed, "reason": ""}).status_code == 422
    assert "2028-06-01" in client.post(url("keep", story.person), {**typed, "reason": ""}).text
    client.post(url("keep", story.person), typed)
    keeping = Keeping.objects.get()
    assert (keeping.until, keeping.organisation) == (date(2028, 6, 1), story.scene.referrer.organisation)
    assert "Reprise d’accompagnement prévue." in client.get(url("person", story.person)).text


def test_an_anonymised_file_is_given_no_name_again(as_actor, story):
    client = as_actor(story.facilitator)
    Participant.objects.filter(pk=story.person.pk).update(anonymised_at="2027-01-01T00:00:00Z")
    for route in ("people:correct", "people:decide"):
        assert client.get(reverse(route, args=[story.person.pk])).status_code == 403
    page = client.get(story.person.get_absolute_url()).text
    assert "Corriger" not in page
    assert "Dossier anonymisé le" in client.get(url("person", story.person)).text


def test_a_limit_is_lifted_when_the_person_asks_for_it(as_actor, story):
    client = as_actor(story.facilitator)
    record(client, story.person, kind="OBJECTION")
    answer(client, RightsRequest.objects.get())
    read = client.get(story.person.get_absolute_url()).text
    assert "Dossier limité à la demande de la personne" in read
    assert client.get(url("lift", story.person)).status_code == 405
    client.post(url("lift", story.person))
    story.person.refresh_from_db()
    assert story.person.restricted_at is None
    assert "Aucune limite" in client.post(url("lift", story.person), follow=True).text
