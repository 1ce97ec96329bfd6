"""How long things are kept, who is about to be anonymised, the record of processing."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import ParticipantFactory, SupportFactory
from uneplace.people.models import Participant
from uneplace.rights.retention import RULES

RETENTION, SOON, PROCESSING = (reverse(f"rights:{name}") for name in ("retention", "soon", "processing"))


def test_anyone_reads_how_long_each_thing_is_kept(client, db):
    page = client.get(RETENTION).text
    for rule in RULES:
        assert rule.thing in page
    assert "24\u00a0mois" in page or "24 mois" in page
    assert "À confirmer" in page


def test_people_about_to_be_anonymised_are_listed_to_those_who_follow_them(as_actor, story):
    assert "Aucun dossier n’arrive à son terme" in as_actor(story.facilitator).get(SOON).text
    Participant.objects.filter(pk=story.person.pk).update(announced_on=date(2027, 1, 10))
    for actor in (story.facilitator, story.scene.referrer):
        client = as_actor(actor)
        page = client.get(SOON).text
        assert str(story.person) in page
        assert "31 août 2026" in page
        assert "dossier bientôt anonymisé" in client.get("/").text
    assert str(story.person) not in as_actor(story.scene.employer).get(SOON).text


def test_the_list_costs_the_same_for_many_people(as_actor, story, django_assert_max_num_queries):
    client = as_actor(story.scene.referrer)
    for _ in range(5):
        person = ParticipantFactory(service=story.person.service, announced_on=date(2027, 1, 10))
        SupportFactory(participant=person, organisation=story.scene.referrer.organisation)
    client.get(SOON)
    with django_assert_max_num_queries(30):
        client.get(SOON)


@pytest.mark.parametrize(
    ("hosting", "words"),
    [("", "manquant, à donner dans UNEPLACE_HOSTING"), ("Hébergeur d’essai", "Hébergeur d’essai")],
)
def test_a_facilitator_reads_the_record_of_processing(as_actor, story, settings, hosting, words):
    settings.HOSTING = hosting
    page = as_actor(story.facilitator).get(PROCESSING).text
    assert words in page
    assert "Mission d’intérêt public" in page
    assert "à confirmer par votre délégué à la protection des données" in page
    for rule in RULES:
        assert rule.thing in page


def test_others_do_not_read_the_record(as_actor, story):
    assert as_actor(story.scene.company).get(PROCESSING).status_code == 403


def test_an_anonymised_person_is_in_no_list(as_actor, story):
    client = as_actor(story.facilitator)
    listed = reverse("people:list")
    assert story.person.last_name in client.get(listed).text
    Participant.objects.filter(pk=story.person.pk).update(
        anonymised_at="2027-01-01T00:00:00Z", first_name="Personne", last_name="anonymisée"
    )
    assert "Personne anonymisée" not in client.get(listed).text
    assert "Personne anonymisée" not in client.get("/recherche/", {"q": "anonymisée"}).text
