from django.urls import reverse

from tests.factories import CommitmentFactory, actor_for
from tests.offers.scene import set_scene
from uneplace.offers.models import JobSheet

Status = JobSheet.Status


def typed(**changes):
    return {
        "title": "Aide-maçonne ou aide-maçon",
        "rome": "F1703",
        "posts": "2",
        "commune": "Falaise 14700",
        "starts_on": "2026-03-02",
        "ends_on": "2026-08-31",
        "weekly_hours": "35",
        "modality": "DIRECT",
        "hard": "Sur place à 7 h 30\n\n  Disponible 35 h  ",
        "soft": "Permis B",
        "pay_unit": "HOUR",
        "apply_before": "2026-02-20",
        **changes,
    }


def test_a_facilitator_writes_a_sheet_from_a_commitment(as_actor, db):
    commitment = CommitmentFactory()
    client = as_actor(actor_for(commitment.service))
    page = client.get(reverse("offers:create"), {"engagement": commitment.pk})
    assert f'<option value="{commitment.pk}" selected>' in page.content.decode()

    response = client.post(reverse("offers:create"), typed(commitment=commitment.pk))

    sheet = JobSheet.objects.get()
    assert response.url == sheet.get_absolute_url()
    assert (sheet.rome_id, sheet.commune.name, str(sheet.last_day)) == ("F1703", "Falaise", "2026-08-31")
    assert [criterion.text for criterion in sheet.criteria.all()] == [
        "Sur place à 7 h 30",
        "Disponible 35 h",
        "Permis B",
    ]


def test_what_is_wrong_is_said_beside_its_field_and_all_is_kept(as_actor, db):
    commitment = CommitmentFactory()
    client = as_actor(actor_for(commitment.service))

    response = client.post(
        reverse("offers:create"),
        typed(
            commitment=commitment.pk,
            commune="Nulle-Part",
            ends_on="2026-02-01",
            weekly_hours="60",
            apply_before="2027-04-01",
            pay="beaucoup",
        ),
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Aucune commune ne s’appelle" in page
    assert "Le dernier jour doit venir après le premier." in page
    assert "entre 0 et 48" in page
    assert "Écrivez un nombre, par exemple" in page
    assert 'value="Nulle-Part"' in page
    assert "Sur place à 7 h 30" in page
    assert not JobSheet.objects.exists()


def test_a_company_writes_for_its_own_commitments_only(as_actor, db):
    mine, theirs = CommitmentFactory(), CommitmentFactory()
    client = as_actor(actor_for(mine.company))

    assert client.post(reverse("offers:create"), typed(commitment=theirs.pk)).status_code == 422
    client.post(reverse("offers:create"), typed(commitment=mine.pk))
    assert JobSheet.objects.get().status == Status.TO_AGREE


def test_company_and_service_agree_then_the_service_publishes(as_actor, db):
    scene = set_scene(
        status=Status.TO_AGREE, agreed_by_company_at=None, agreed_by_service_at=None, published_at=None
    )
    sheet = scene.sheet
    facilitator, company = as_actor(scene.facilitator), as_actor(scene.company)
    assert "donner votre accord" not in facilitator.get(sheet.get_absolute_url()).content.decode()
    assert "Donner votre accord" in company.get(sheet.get_absolute_url()).content.decode()

    company.post(reverse("offers:agree", args=[sheet.pk]), {"pour": "entreprise", "revision": "1"})
    facilitator.post(reverse("offers:agree", args=[sheet.pk]), {"revision": "1"})
    page = facilitator.get(sheet.get_absolute_url()).content.decode()
    assert "C’est à vous\u00a0: diffuser la fiche aux structures" in page
    response = facilitator.post(
        reverse("offers:publish", args=[sheet.pk]),
        {
            "to": [scene.employer.organisation.pk, scene.referrer.organisation.pk],
            "before": "2026-02-20",
        },
    )

    assert response.status_code == 302
    sheet.refresh_from_db()
    assert (sheet.status, sheet.diffusions.count()) == (Status.PUBLISHED, 2)


def test_an_agreement_on_an_older_text_is_refused_on_the_page(as_actor, db):
    scene = set_scene(status=Status.TO_AGREE, agreed_by_company_at=None, published_at=None)
    JobSheet.objects.update(revision=2)

    response = as_actor(scene.company).post(
        reverse("offers:agree", args=[scene.sheet.pk]),
        {"pour": "entreprise", "revision": "1"},
        follow=True,
    )

    assert "La fiche a changé depuis que vous l’avez lue." in response.content.decode()
    scene.sheet.refresh_from_db()
    assert scene.sheet.agreed_by_company_at is None


def test_the_page_says_why_a_sheet_cannot_be_published(as_actor, db):
    scene = set_scene(status=Status.TO_AGREE, agreed_by_company_at=None, published_at=None)
    client = as_actor(scene.facilitator)

    page = client.get(reverse("offers:publish", args=[scene.sheet.pk])).content.decode()

    assert "n’a pas encore donné son accord" in page


def test_a_sheet_published_says_that_nothing_changes_any_more(as_actor, scene):
    client = as_actor(scene.facilitator)

    assert "ne changent plus" in client.get(reverse("offers:revise", args=[scene.sheet.pk])).content.decode()


def test_a_draft_and_the_sheets_of_others_do_not_exist(as_actor, db, strangers):
    draft = set_scene(draft=True, status=Status.DRAFT)
    published = set_scene()

    assert as_actor(draft.company).get(draft.sheet.get_absolute_url()).status_code == 404
    for stranger in [*strangers, draft.company, draft.referrer]:
        status = as_actor(stranger).get(published.sheet.get_absolute_url()).status_code
        assert status == (403 if stranger.organisation.capacities == ["BUYER"] else 404)


def test_a_structure_does_not_publish_nor_close(as_actor, scene):
    for route in ("publish", "close", "preselection", "transmit"):
        assert (
            as_actor(scene.employer).get(reverse(f"offers:{route}", args=[scene.sheet.pk])).status_code == 403
        )


def test_a_reader_of_the_service_changes_nothing(as_actor, scene):
    reader = actor_for(scene.sheet.service, role="READER")

    response = as_actor(reader).post(reverse("offers:close", args=[scene.sheet.pk]), {"reason": "Non."})

    assert response.status_code == 403
    scene.sheet.refresh_from_db()
    assert scene.sheet.status == Status.PUBLISHED


def test_the_list_is_filtered_by_state_and_by_word(as_actor, scene):
    client = as_actor(scene.facilitator)
    address = reverse("offers:list")

    assert "Aide-maçonne" in client.get(address, {"q": "MACON"}).content.decode()
    assert "Aucune fiche ne correspond" in client.get(address, {"etat": "closes"}).content.decode()
    assert "Aucune fiche ne correspond" in client.get(address, {"q": "boulanger"}).content.decode()
