"""Each answer reaches the structure, the other referrer of the person, and the person, in plain words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import OrganisationFactory, PartnershipFactory, SupportFactory, actor_for
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.offers import actions
from uneplace.offers.models import Application
from uneplace.offers.plain_words import BECAUSE, words_for_person

from .scene import NOW, set_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return set_scene(posts=2)


def decline(application, scene, **words):
    actions.decline(application, by=scene.company, at=NOW, **{"reason": "SKILLS", "note": "", **words})


def test_every_reason_has_its_words_for_the_person():
    assert set(BECAUSE) == set(Application.DeclineReason)


def test_a_person_who_wished_it_is_written_to_without_what_others_wrote(scene, mailbox):
    application = scene.application(
        "SENT", participant__email="camille@exemple.fr", participant__told_by_email=True
    )

    decline(application, scene, note="Trop timide en entretien")

    assert application.is_person_told
    assert application.person_told_by_email
    [mail] = mailbox.to("camille@exemple.fr")
    body = mail.get_body(("plain",)).get_content()
    assert "il manque des compétences pour ce poste" in body
    assert "timide" not in body


@pytest.mark.parametrize(
    "person",
    [
        pytest.param({"participant__email": "camille@exemple.fr"}, id="ne l’a pas souhaité"),
        pytest.param({"participant__told_by_email": True}, id="sans adresse"),
        pytest.param(
            {
                "participant__email": "camille@exemple.fr",
                "participant__told_by_email": True,
                "participant__restricted_at": NOW,
            },
            id="dossier limité",
        ),
    ],
)
def test_for_the_others_it_is_up_to_the_structure_to_tell(scene, person):
    application = scene.application("SENT", **person)

    decline(application, scene)

    assert list(Application.objects.person_to_tell()) == [application]


def test_it_is_told_once_and_dated(scene):
    application = scene.application("SENT")
    with pytest.raises(Refused, match="pas encore de réponse"):
        actions.say_told(application, by=scene.employer, at=NOW)
    actions.choose(application, by=scene.company, at=NOW)

    actions.say_told(application, by=scene.employer, at=NOW)

    assert (application.person_told_at, application.person_told_by_email) == (NOW, False)
    assert Entry.objects.get(verb="application.person_told").details["on"] == "2026-02-12"
    assert not Application.objects.person_to_tell().exists()
    with pytest.raises(Refused, match="connaît déjà"):
        actions.say_told(application, by=scene.employer, at=NOW)


def test_a_hire_is_told_with_its_first_day(scene):
    application = scene.application("SENT")
    actions.choose(application, by=scene.company, at=NOW)

    assert "vous a choisi(e)" in words_for_person(application)
    assert "2 mars 2026" in words_for_person(application)


def test_who_follows_the_person_without_having_put_her_forward_is_told_too(scene, mailbox):
    follower = OrganisationFactory(referrer=True, email="suivi@exemple.fr")
    PartnershipFactory(service=scene.sheet.service, organisation=follower)
    member = actor_for(follower).user
    application = scene.application("SENT", by=scene.employer)
    SupportFactory(participant=application.participant, organisation=follower)

    decline(application, scene, note="Mot pour la structure")

    [mail] = mailbox.to(member.email)
    body = mail.get_body(("plain",)).get_content()
    assert "Il manque des compétences" in body
    assert "Mot pour la structure" not in body


def queries_to_close(files):
    scene = set_scene()
    for rank in range(files):
        email = f"personne{rank}@exemple.fr"
        scene.application(participant__email=email, participant__told_by_email=True)
    with CaptureQueriesContext(connection) as seen:
        actions.close_job_sheet(scene.sheet, kind="POSTPONED", by=scene.facilitator, at=NOW)
    assert scene.sheet.applications.filter(status="DECLINED", person_told_by_email=True).count() == files
    return len(seen)


def test_answering_twenty_people_costs_as_many_queries_as_answering_two(db):
    assert queries_to_close(2) == queries_to_close(20)
