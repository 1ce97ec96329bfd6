"""« Mes personnes »: where each stands, what happened last, whose turn, and what is still to be told."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    ApplicationFactory,
    JobSheetFactory,
    PlacementFactory,
    SuggestionFactory,
    SupportFactory,
)
from tests.offers.scene import NOW, person_followed_by
from uneplace.hours.stages import Stage
from uneplace.kit.periods import period
from uneplace.offers import actions
from uneplace.offers.models import Application

ADDRESS = reverse("people:list")


def stages(client, **query):
    """The stage of each person on the page, by name."""
    page = client.get(ADDRESS, query)
    return {row.person.last_name: row.person.stage for row in page.context["rows"]}


def working(scene, name, until):
    person = person_followed_by(scene.referrer, scene.sheet, last_name=name)
    PlacementFactory(service=scene.sheet.service, participant=person, period=period(date(2026, 1, 5), until))
    return person


@pytest.fixture
def everybody(scene):
    """Somebody at each stage."""
    working(scene, "Au travail", date(2026, 12, 31))
    working(scene, "Finit", date(2026, 3, 10))
    working(scene, "A fini", date(2026, 2, 1))
    person_followed_by(scene.referrer, scene.sheet, last_name="Cherche")
    asked = person_followed_by(scene.referrer, scene.sheet, last_name="Demandée")
    SuggestionFactory(job_sheet=scene.sheet, participant=asked, organisation=scene.referrer.organisation)
    for name, status, fields in (
        ("Proposée", "SHORTLISTED", {}),
        ("Transmise", "SENT", {}),
        ("Rencontre", "MEETING", {"meeting_at": NOW}),
        ("Choisie", "HIRED", {"answered_at": NOW}),
        ("Ailleurs", "HIRED_ELSEWHERE", {"answered_at": NOW}),
    ):
        scene.application(status, by=scene.referrer, participant__last_name=name, **fields)


def test_each_person_is_at_one_stage(as_actor, scene, everybody):
    assert stages(as_actor(scene.referrer)) == {
        "A fini": "ENDED",
        "Ailleurs": "ELSEWHERE",
        "Au travail": "AT_WORK",
        "Cherche": "LOOKING",
        "Choisie": "HIRED",
        "Demandée": "ASKED",
        "Finit": "ENDING",
        "Proposée": "PROPOSED",
        "Rencontre": "MEETING",
        "Transmise": "WITH_COMPANY",
    }


def test_a_stage_cuts_the_list_and_the_search_is_kept(as_actor, scene, everybody):
    client = as_actor(scene.referrer)

    assert stages(client, ou=Stage.MEETING) == {"Rencontre": "MEETING"}
    assert stages(client, ou="MEETING", q="cherche") == {}
    assert "Personne ici pour le moment" in client.get(ADDRESS, {"ou": "MEETING", "q": "cherche"}).text
    assert len(stages(client, ou="n’importe quoi")) == 10


def test_whose_turn_it_is_and_the_last_fact_are_told(as_actor, scene):
    scene.application("SENT", by=scene.referrer)

    page = as_actor(scene.referrer).get(ADDRESS).text

    assert f"Au tour de {scene.company.organisation}" in page
    assert "Dossier transmis à l’entreprise, le" in page


def test_a_structure_sees_nothing_of_what_others_did(as_actor, scene):
    person = scene.application("SENT", by=scene.referrer, participant__last_name="Partagée").participant
    SupportFactory(participant=person, organisation=scene.employer.organisation)

    assert stages(as_actor(scene.employer)) == {"Partagée": "LOOKING"}
    assert stages(as_actor(scene.referrer)) == {"Partagée": "WITH_COMPANY"}


def test_what_is_to_be_told_is_ready_and_one_click_says_that_it_is_done(as_actor, scene):
    application = scene.application("SENT", by=scene.referrer, participant__first_name="Inès")
    actions.decline(application, reason="SKILLS", by=scene.company, at=NOW)
    client = as_actor(scene.referrer)

    page = client.get(ADDRESS).text
    assert "Dites-le à Inès" in page
    assert "il manque des compétences pour ce poste" in page
    assert "attend sa réponse" in client.get("/").text
    said = reverse("offers:say_told", args=[application.pk])
    done = client.post(said, {"retour": ADDRESS}, follow=True)

    assert done.redirect_chain[-1][0] == ADDRESS
    assert "connaît la réponse" in done.text
    assert "Dites-le" not in client.get(ADDRESS).text
    again = client.post(said, {"retour": "https://ailleurs.exemple"}, follow=True)
    assert again.redirect_chain[-1][0] == application.get_absolute_url()
    assert "connaît déjà cette réponse" in again.text


def test_only_the_structure_says_that_it_told(as_actor, scene, strangers):
    application = scene.application("SENT", by=scene.referrer)
    actions.decline(application, reason="SKILLS", by=scene.company, at=NOW)
    said = reverse("offers:say_told", args=[application.pk])

    assert as_actor(scene.facilitator).post(said).status_code == 403
    assert as_actor(scene.employer).post(said).status_code == 404
    assert as_actor(scene.company).post(said).status_code == 403
    assert as_actor(strangers[0]).post(said).status_code == 404


def test_pages_follow_one_another_without_missing_or_repeating_anybody(as_actor, scene):
    for number in range(65):
        person_followed_by(scene.referrer, scene.sheet, last_name=f"N{number % 3}", first_name="Camille")
    client, read, query = as_actor(scene.referrer), [], {}

    for _ in range(3):
        page = client.get(ADDRESS, query)
        read += [row.person.pk for row in page.context["rows"]]
        query = {"apres": page.context["next"]}

    assert len(read) == len(set(read)) == 65
    assert page.context["next"] == ""


def test_two_hundred_people_take_as_many_queries_as_two(as_actor, scene):
    client = as_actor(scene.referrer)

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(ADDRESS)
        return len(queries)

    def more(number):
        for _ in range(number):
            scene.application("SENT", by=scene.referrer)

    more(2)
    client.get(ADDRESS)
    few = count()
    more(20)
    other = JobSheetFactory(commitment=scene.sheet.commitment)
    ApplicationFactory(
        job_sheet=other,
        organisation=scene.referrer.organisation,
        participant=Application.objects.first().participant,
    )
    assert count() == few
