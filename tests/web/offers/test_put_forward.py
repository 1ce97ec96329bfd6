import os

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import OrganisationFactory, actor_for
from tests.files import PNG
from tests.offers.scene import person_followed_by, set_scene
from uneplace.offers.models import Agreement, Application, Diffusion


def typed(scene, **changes):
    return {
        "first_name": "Nouria",
        "last_name": "Lecacheux",
        "available_from": "2026-03-02",
        "licences": ["B"],
        f"met_{scene.hard.pk}": "YES",
        f"fact_{scene.hard.pk}": "14 min à pied",
        f"met_{scene.soft.pk}": "UNSURE",
        "informed_on": "2026-02-10",
        "informed_by": "INTERVIEW",
        "agreed": "non",
        "message": "Cherche depuis un an, apprend vite.",
        **changes,
    }


def address(scene):
    return reverse("offers:put_forward", args=[scene.sheet.pk])


def test_a_referrer_puts_a_new_person_forward_with_a_cv(as_actor, scene):
    response = as_actor(scene.referrer).post(
        address(scene), typed(scene, cv=SimpleUploadedFile("cv.png", PNG)), follow=True
    )

    application = Application.objects.get()
    assert response.redirect_chain[-1][0] == application.get_absolute_url()
    assert (application.participant.last_name, application.cv_name) == ("Lecacheux", "cv.png")
    assert "Accord à recueillir" in response.content.decode()


def test_the_agreement_is_kept_when_given_at_once(as_actor, scene):
    as_actor(scene.referrer).post(
        address(scene), typed(scene, agreed="oui", agreed_on="2026-02-11", agreed_by="PHONE")
    )

    assert Agreement.objects.get().means == "PHONE"


def test_what_is_missing_is_said_and_all_is_kept(as_actor, scene):
    response = as_actor(scene.referrer).post(
        address(scene),
        typed(
            scene,
            informed_on="",
            agreed="oui",
            last_name="",
            cv=SimpleUploadedFile("cv.pdf", b"MZ\x90"),
            **{f"met_{scene.hard.pk}": ""},
        ),
    )

    page = response.content.decode()
    assert response.status_code == 422
    for words in (
        "Indiquez la date.",
        "Choisissez comment.",
        "Répondez à ce critère.",
        "porte le nom d’un PDF, mais n’en est pas un",
        'value="Nouria"',
        "Cherche depuis un an",
        "14 min à pied",
    ):
        assert words in page, words
    assert not Application.objects.exists()


def test_a_good_file_is_kept_when_something_else_is_wrong(as_actor, scene, settings):
    client = as_actor(scene.referrer)
    response = client.post(
        address(scene), typed(scene, last_name="", cv=SimpleUploadedFile("mon cv.png", PNG))
    )
    assert "mon cv.png\u00a0» est gardé." in response.content.decode()
    token = response.context["held"].token

    theirs = as_actor(scene.employer).post(address(scene), typed(scene, held=token, first_name="Théo"))
    assert theirs.status_code == 302
    assert not Application.objects.get(participant__first_name="Théo").cv
    client.post(address(scene), typed(scene, held=token))

    application = Application.objects.get(participant__first_name="Nouria")
    assert application.cv_name == "mon cv.png"
    assert application.cv.read() == PNG
    application.cv.close()
    assert not list((settings.MEDIA_ROOT / "en-attente").iterdir())


def test_files_that_nobody_came_back_for_are_removed(as_actor, scene, settings):
    client = as_actor(scene.referrer)
    wrong = {"last_name": "", "cv": SimpleUploadedFile("cv.png", PNG)}
    client.post(address(scene), typed(scene, **wrong))
    [old] = (settings.MEDIA_ROOT / "en-attente").iterdir()
    os.utime(old, (0, 0))

    client.post(address(scene), typed(scene, **wrong | {"cv": SimpleUploadedFile("cv.png", PNG)}))

    [kept] = (settings.MEDIA_ROOT / "en-attente").iterdir()
    assert kept != old


def test_a_person_of_the_list_needs_no_name(as_actor, scene):
    person = person_followed_by(scene.employer, scene.sheet, first_name="Théo", last_name="Rosselin")
    client = as_actor(scene.employer)
    assert "Théo Rosselin" in client.get(address(scene)).content.decode()

    client.post(address(scene), typed(scene, participant=person.pk, first_name="", last_name=""))

    assert Application.objects.get().participant == person
    assert 'name="participant"' not in client.get(address(scene)).content.decode()


def test_somebody_taken_back_is_proposed_again_from_the_same_page(as_actor, scene):
    application = scene.application("SENT")
    client = as_actor(scene.employer)
    assert "Proposer de nouveau" not in client.get(application.get_absolute_url()).text
    client.post(reverse("offers:withdraw", args=[application.pk]), {"reason": "IN_JOB", "note": ""})

    again = f"{address(scene)}?personne={application.participant_id}"
    assert again in client.get(application.get_absolute_url()).text
    chosen = client.get(again).context["form"]["participant"]
    assert int(chosen.value()) == application.participant_id
    answer = client.post(address(scene), typed(scene, participant=application.participant_id))

    assert answer.url == application.get_absolute_url()
    page = as_actor(scene.facilitator).get(answer.url).text
    assert "Candidature proposée de nouveau" in page
    assert "Candidature retirée" in page


def test_nobody_chooses_somebody_else_s_person(as_actor, scene):
    person = person_followed_by(scene.employer, scene.sheet)

    response = as_actor(scene.referrer).post(address(scene), typed(scene, participant=person.pk))

    assert response.status_code == 422
    assert not Application.objects.exists()


def test_a_structure_that_did_not_receive_the_sheet_does_not_see_it(as_actor, scene):
    stranger = actor_for(OrganisationFactory(employer=True))

    assert as_actor(stranger).get(address(scene)).status_code == 404


def test_the_page_says_that_a_post_is_filled(as_actor, db):
    scene = set_scene(status="FILLED")

    assert "Ce poste est pourvu." in as_actor(scene.employer).get(address(scene)).content.decode()
    assert as_actor(scene.employer).post(address(scene), typed(scene)).status_code == 422


def test_a_service_stands_in_for_structures_without_account_only(as_actor, scene):
    silent = OrganisationFactory(employer=True, name="Structure muette")
    Diffusion.objects.create(
        service=scene.sheet.service, job_sheet=scene.sheet, organisation=silent, sent_at="2026-02-01T09:00Z"
    )
    client = as_actor(scene.facilitator)
    page = client.get(address(scene)).content.decode()
    assert "Structure muette" in page
    assert "Cap Lanterne Intérim" not in page

    client.post(address(scene), typed(scene, organisation=silent.pk))

    assert Application.objects.get().organisation == silent
