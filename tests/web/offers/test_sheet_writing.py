"""A job sheet is written by two: little at first, the rest before the agreement, nothing typed ever lost."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import CommitmentFactory, actor_for
from tests.offers.scene import NOW, set_scene
from uneplace.offers import actions
from uneplace.offers.models import JobSheet
from uneplace.web.shared_forms import sent_by

from .test_job_sheet import typed

pytestmark = pytest.mark.django_db
Status = JobSheet.Status


def drafted(**fields):
    return set_scene(
        status=Status.TO_AGREE,
        agreed_by_service_at=None,
        agreed_by_company_at=None,
        published_at=None,
        **fields,
    )


def whole(**changes):
    return typed(
        tasks="Préparer le mortier.",
        without_car="oui",
        access="Bus 4",
        timetable="7 h 30 à 16 h",
        schedules=["EARLY"],
        demands=["CARRYING", "OUTSIDE"],
        equipment=["SHOES", "HELMET"],
        equipment_by="COMPANY",
        pay="12,60",
        tutor_name="Sylvie Marchandeau",
        tutor_phone="02 31 00 00 42",
        hard_kinds=["TRAVEL", "SCHEDULE"],
        hard_licences=["CACES_ENGINS"],
        soft_licences=["B"],
        soft_kinds=["TRADE"],
        soft="",
        **changes,
    )


def test_all_that_is_typed_of_a_job_is_kept_and_comes_back_in_the_form(as_actor):
    commitment = CommitmentFactory()
    client = as_actor(actor_for(commitment.service))

    client.post(reverse("offers:create"), whole(commitment=commitment.pk))

    sheet = JobSheet.objects.get()
    assert (sheet.pay, sheet.pay_unit, sheet.without_car) == (Decimal("12.60"), "HOUR", True)
    assert (sheet.schedules, sheet.equipment_by) == (["EARLY"], "COMPANY")
    assert [(one.weight, one.kind, one.licence) for one in sheet.criteria.all()] == [
        ("HARD", "LICENCE", "CACES_ENGINS"),
        ("HARD", "TRAVEL", ""),
        ("HARD", "SCHEDULE", ""),
        ("HARD", "TEXT", ""),
        ("HARD", "TEXT", ""),
        ("SOFT", "LICENCE", "B"),
        ("SOFT", "TRADE", ""),
    ]
    form = client.get(reverse("offers:revise", args=[sheet.pk])).context["form"]
    assert form["hard_licences"].value() == ["CACES_ENGINS"]
    assert form["hard_kinds"].value() == ["TRAVEL", "SCHEDULE"]
    assert form["hard"].value() == "Sur place à 7 h 30\nDisponible 35 h"
    assert form["without_car"].value() == "oui"


def test_what_is_sent_back_unchanged_changes_nothing_but_the_version(as_actor):
    commitment = CommitmentFactory()
    client = as_actor(actor_for(commitment.service))
    client.post(reverse("offers:create"), whole(commitment=commitment.pk))
    sheet = JobSheet.objects.get()
    before = list(sheet.criteria.values_list("pk", flat=True))

    client.post(reverse("offers:revise", args=[sheet.pk]), whole(revision="1"))

    first, second = sheet.versions.all()
    assert first.content == second.content
    assert list(sheet.criteria.values_list("pk", flat=True)) == before


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param(
            {"starts_on": "2062-03-02", "ends_on": ""}, "premier jour de cette année", id="dans 36 ans"
        ),
        pytest.param({"starts_on": "2016-03-02"}, "premier jour de cette année", id="il y a dix ans"),
        pytest.param({"starts_on": "31/02/2026"}, "Écrivez une date", id="31 février"),
        pytest.param({"ends_on": "2036-08-31"}, "dans les cinq ans", id="dix ans de contrat"),
        pytest.param({"apply_before": "2026-10-01"}, "avant la fin du contrat", id="réponse après la fin"),
        pytest.param({"pay": "0"}, "Écrivez une somme", id="rémunération nulle"),
        pytest.param({"pay": "-12"}, "Écrivez un nombre", id="rémunération négative"),
        pytest.param({"posts": "0"}, "supérieure ou égale à 1", id="aucun poste"),
        pytest.param({"equipment_by": ""}, "qui fournit ces équipements", id="équipements de personne"),
        pytest.param({"tutor_name": ""}, "Écrivez le nom", id="téléphone sans nom"),
        pytest.param({"tutor_phone": "12"}, "numéro complet", id="téléphone trop court"),
        pytest.param(
            {"soft_licences": ["CACES_ENGINS"]}, "déjà indispensable", id="deux fois le même permis"
        ),
        pytest.param({"soft": "sur place à 7 H 30"}, "déjà indispensable", id="deux fois le même critère"),
        pytest.param({"schedules": []}, "Cochez d’abord les horaires", id="horaires demandés sans en avoir"),
        pytest.param(
            {"hard_licences": ["PERMIS_BATEAU"]}, "Sélectionnez un choix valide", id="permis inventé"
        ),
        pytest.param({"commune": ""}, "obligatoire", id="sans lieu"),
    ],
)
def test_what_cannot_be_is_said_and_all_that_was_typed_is_kept(as_actor, changes, words):
    scene = drafted()
    client = as_actor(scene.company)

    response = client.post(
        reverse("offers:revise", args=[scene.sheet.pk]), {**whole(revision="1"), **changes}
    )

    page = response.content.decode().replace("\u00a0", " ")
    assert response.status_code == 422
    assert words in page
    assert "Préparer le mortier." in page
    assert 'value="Bus 4"' in page
    scene.sheet.refresh_from_db()
    assert scene.sheet.revision == 1


def shown(response):
    """What the browser would send of the form on the page."""
    form = response.context["form"]
    return sent_by(form) | {"was": form["was"].value()}


def test_of_two_who_write_at_once_the_second_keeps_the_typing_and_undoes_nothing(as_actor):
    scene = drafted()
    address = reverse("offers:revise", args=[scene.sheet.pk])
    facilitator, company = as_actor(scene.facilitator), as_actor(scene.company)
    read = shown(facilitator.get(address)), shown(company.get(address))
    facilitator.post(address, read[0] | {"posts": "4", "demands": ["CARRYING", "NOISE"]})

    late = company.post(address, read[1] | {"title": "Maçonne ou maçon"})

    page = late.content.decode().replace("\u00a0", " ")
    assert late.status_code == 422
    assert "Quelqu’un d’autre vient de changer cette fiche." in page
    assert "Nombre de postes : <strong>4</strong>, auparavant 1" in page
    assert "<strong>Porter des charges, Travailler dans le bruit</strong>, auparavant rien" in page
    assert 'value="Maçonne ou maçon"' in page
    company.post(address, shown(late))
    scene.sheet.refresh_from_db()
    assert (scene.sheet.title, scene.sheet.posts, scene.sheet.revision) == ("Maçonne ou maçon", 4, 3)
    assert scene.sheet.demands == ["CARRYING", "NOISE"]


def test_the_page_lists_what_is_missing_and_offers_no_agreement_yet(as_actor):
    scene = drafted(pay=None, tutor_name="", tutor_phone="")

    page = as_actor(scene.company).get(scene.sheet.get_absolute_url()).content.decode()

    assert "Il manque encore" in page
    assert "la rémunération" in page
    assert "Donner votre accord" not in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"pay": Decimal("11.90")}, "sous le SMIC", id="sous le SMIC de l’heure"),
        pytest.param({"pay": Decimal("1800"), "pay_unit": "MONTH"}, "1 823,03", id="sous le SMIC du mois"),
        pytest.param({"pay": Decimal("12.02")}, "", id="au SMIC"),
    ],
)
def test_a_pay_under_the_minimum_is_told_to_those_who_agree_and_to_nobody_else(as_actor, fields, words):
    scene = set_scene(**fields)

    page = as_actor(scene.company).get(scene.sheet.get_absolute_url()).content.decode().replace("\u00a0", " ")
    structure = as_actor(scene.employer).get(scene.sheet.get_absolute_url()).content.decode()

    assert (words or "SMIC") in page if words else "SMIC" not in page
    assert "SMIC" not in structure


def test_the_contacts_are_read_by_the_company_and_the_service_only(as_actor):
    scene = set_scene(deputy_name="Yann Delestrac", deputy_phone="02 31 00 00 41")
    address = scene.sheet.get_absolute_url()

    for actor in (scene.facilitator, scene.company):
        page = as_actor(actor).get(address).content.decode()
        assert "Nadège Ferrand" in page
        assert "Yann Delestrac" in page
    for actor in (scene.employer, scene.referrer):
        page = as_actor(actor).get(address).content.decode()
        assert "Nadège Ferrand" not in page
        assert "02 31 00 00 41" not in page


def test_versions_read_in_words_with_who_agreed_to_which(as_actor):
    scene = drafted()
    as_actor(scene.facilitator).post(reverse("offers:revise", args=[scene.sheet.pk]), whole(revision="1"))
    company = as_actor(scene.company)
    company.post(reverse("offers:revise", args=[scene.sheet.pk]), whole(revision="2", posts="3"))
    company.post(reverse("offers:agree", args=[scene.sheet.pk]), {"pour": "entreprise", "revision": "3"})

    page = company.get(reverse("offers:versions", args=[scene.sheet.pk]))

    (newest, changes, agreed, lines), (_, first_changes, first_agreed, _) = page.context["rows"]
    assert [(one.label, one.before, one.after) for one in changes] == [("Postes", "2", "3")]
    assert [entry.organisation_name for entry in agreed] == [str(scene.company.organisation)]
    assert (first_changes, first_agreed) == ([], [])
    assert ("Postes", "3") in lines
    assert newest.number == 3


def test_the_versions_are_no_affair_of_structures_nor_of_strangers(as_actor, strangers):
    scene = set_scene()
    address = reverse("offers:versions", args=[scene.sheet.pk])

    assert as_actor(scene.employer).get(address).status_code == 403
    for stranger in strangers:
        assert as_actor(stranger).get(address).status_code in (403, 404)


def test_a_sheet_already_sent_is_taken_up_and_corrected(as_actor):
    scene = set_scene()
    client = as_actor(scene.facilitator)
    address = reverse("offers:take_up", args=[scene.sheet.pk])
    assert "déjà chez les structures" in client.get(address).content.decode()

    assert client.post(address, {"reason": ""}).status_code == 422
    response = client.post(address, {"reason": "Un poste de plus."})

    assert response.url == reverse("offers:revise", args=[scene.sheet.pk])
    assert (
        "L’offre est en train de changer"
        in as_actor(scene.employer).get(scene.sheet.get_absolute_url()).content.decode()
    )


def test_a_post_is_freed_from_the_page_of_who_does_not_come(as_actor):
    scene = set_scene(posts=1)
    application = scene.application("SENT")
    actions.choose(application, by=scene.company, at=NOW)
    client = as_actor(scene.facilitator)
    address = reverse("offers:free_post", args=[application.pk])
    assert address in client.get(scene.sheet.get_absolute_url()).content.decode()

    assert client.post(address, {"reason": "OTHER", "before": "2026-02-20"}).status_code == 422
    client.post(address, {"reason": "IN_JOB", "note": "", "before": "2026-02-20"})

    scene.sheet.refresh_from_db()
    assert scene.sheet.status == Status.PUBLISHED
    assert as_actor(scene.employer).get(address).status_code == 403
