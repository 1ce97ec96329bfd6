"""Somebody typed who resembles a known person: asked, never blocked, and nothing told beyond the walls."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import DiffusionFactory, OrganisationFactory, PartnershipFactory
from tests.files import PNG
from tests.offers.scene import person_followed_by
from tests.web.offers.test_put_forward import address, typed
from uneplace.journal.models import Entry
from uneplace.offers.models import Application
from uneplace.people.models import Participant, Resemblance

BORN = {"born_on": "1994-04-02"}


@pytest.fixture
def known(scene):
    """Somebody that the referrer follows."""
    return person_followed_by(
        scene.referrer,
        scene.sheet,
        first_name="Nouria",
        last_name="Lecacheux",
        born_on=date(1994, 4, 2),
        phone="06 39 98 12 34",
    )


def test_its_own_person_is_recognised_and_nothing_typed_is_lost(as_actor, scene, known):
    cv = SimpleUploadedFile("cv.png", PNG)
    form = typed(scene, first_name="Lecacheux", last_name="Nouria", cv=cv, **BORN)
    answer = as_actor(scene.referrer).post(address(scene), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "dites si c’est elle" in page
    assert "C’est Nouria Lecacheux, naissance le 2 avril 1994" in page
    assert "nom et prénom intervertis" in page
    assert "14 min à pied" in page
    assert "Le fichier «\u00a0cv.png\u00a0» est gardé." in page
    assert not Application.objects.exists()


def test_it_is_her_her_file_is_used_and_completed(as_actor, scene, known):
    form = typed(scene, email="nouria@exemple.fr", phone="06 11 11 11 11", twin=str(known.pk), **BORN)
    as_actor(scene.referrer).post(address(scene), form)
    assert Application.objects.get().participant == known
    known.refresh_from_db()
    assert (known.email, known.phone) == ("nouria@exemple.fr", "06 39 98 12 34"), "nothing known is changed"
    assert Participant.objects.count() == 1


def test_it_is_somebody_else_and_a_file_is_opened(as_actor, scene, known):
    as_actor(scene.referrer).post(address(scene), typed(scene, twin="autre", **BORN))
    assert Application.objects.get().participant != known
    assert Participant.objects.count() == 2
    assert Resemblance.objects.get().is_sure, "the facilitator is told"


def test_somebody_already_proposed_is_recognised_and_the_answer_says_so(as_actor, scene, known):
    form = typed(scene, twin=str(known.pk), **BORN)
    as_actor(scene.referrer).post(address(scene), form)
    answer = as_actor(scene.referrer).post(address(scene), form)
    assert "Cette personne est déjà proposée pour ce poste." in answer.content.decode()
    assert Application.objects.count() == 1


def test_a_structure_never_learns_that_others_follow_somebody(as_actor, scene, known):
    """Typed by a structure that does not follow her: the same answer as for a person whom nobody knows."""
    employer = as_actor(scene.employer)
    for attempt in (typed(scene, **BORN), typed(scene, twin=str(known.pk), phone="06 39 98 12 34", **BORN)):
        answer = employer.post(address(scene), attempt, follow=True)
        page = answer.content.decode()
        assert answer.redirect_chain
        assert "ressemble" not in page
        assert "Mission locale" not in page
        application = Application.objects.order_by("pk").last()
        assert application.participant != known
        assert application.participant.supports.get().organisation == scene.employer.organisation
        Application.objects.all().delete()
        Participant.objects.exclude(pk=known.pk).delete()

    mine = employer.post(address(scene), typed(scene, last_name="Inconnue", **BORN), follow=True)
    assert [step[1] for step in mine.redirect_chain] == [step[1] for step in answer.redirect_chain]


def test_the_facilitator_who_stands_in_is_asked_about_the_whole_service(as_actor, scene, known):
    silent = OrganisationFactory(employer=True, name="Structure muette")
    PartnershipFactory(service=scene.sheet.service, organisation=silent)
    DiffusionFactory(job_sheet=scene.sheet, organisation=silent)
    client = as_actor(scene.facilitator)
    form = typed(scene, organisation=silent.pk, **BORN)
    assert "C’est Nouria Lecacheux" in client.post(address(scene), form).content.decode()

    client.post(address(scene), form | {"twin": str(known.pk)})
    assert Application.objects.get().participant == known
    assert set(known.supports.values_list("organisation", flat=True)) == {
        scene.referrer.organisation.pk,
        silent.pk,
    }
    assert Entry.objects.get(verb="participant.followed").details == {"organisation": silent.pk}


def test_a_known_person_chosen_in_the_list_is_not_asked_about(as_actor, scene, known):
    form = typed(scene, first_name="", last_name="", participant=known.pk)
    as_actor(scene.referrer).post(address(scene), form)
    assert Application.objects.get().participant == known
