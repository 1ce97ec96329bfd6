from django.urls import reverse

from tests.factories import CriterionAnswerFactory
from uneplace.offers.models import Application

Status = Application.Status


def address(scene):
    return reverse("offers:preselection", args=[scene.sheet.pk])


def decide(client, application, **typed):
    return client.post(reverse("offers:decide", args=[application.pk]), typed)


def test_files_are_in_the_order_of_the_criteria_met(as_actor, scene):
    last, first = scene.application(), scene.application(by=scene.referrer)
    CriterionAnswerFactory(application=first, criterion=scene.hard, met="YES", fact="14 min à pied")
    CriterionAnswerFactory(application=last, criterion=scene.hard, met="NO")

    page = as_actor(scene.facilitator).get(address(scene)).content.decode()

    assert page.index(str(first.participant)) < page.index(str(last.participant))
    assert "14 min à pied" in page
    assert "C’est à vous\u00a0: étudier 2\u00a0candidatures" in page


def test_a_decision_needs_its_reason_and_keeps_what_was_typed(as_actor, scene):
    application = scene.application()
    client = as_actor(scene.facilitator)

    response = decide(client, application, verdict="SHORTLISTED")
    assert response.status_code == 422
    assert "Écrivez la raison de votre choix" in response.content.decode()
    response = decide(client, application, verdict="DECLINED", decline_reason="OTHER", reason="Peut-être")
    assert "Précisez la raison" in response.content.decode()
    assert 'value="Peut-être"' in response.content.decode()
    assert decide(client, application, verdict="SHORTLISTED", reason="Motivée.").status_code == 302

    application.refresh_from_db()
    assert application.status == Status.SHORTLISTED


def test_the_page_says_what_is_missing_before_sending(as_actor, scene):
    application = scene.application(Status.SHORTLISTED)
    client = as_actor(scene.facilitator)

    page = client.get(address(scene)).content.decode()
    assert "L’accord de la personne n’est pas encore recueilli." in page
    assert reverse("people:decide", args=[application.participant_id]) in page
    refused = client.post(reverse("offers:transmit", args=[scene.sheet.pk]), {"dossiers": [application.pk]})
    assert refused.status_code == 422
    assert "Rien n’est parti." in refused.content.decode()


def test_what_the_company_will_see_is_read_before_it_is_sent(as_actor, scene):
    application = scene.application(Status.SHORTLISTED, ready=True, message="Mot pour le service.")
    client = as_actor(scene.facilitator)
    transmit = reverse("offers:transmit", args=[scene.sheet.pk])

    preview = client.get(transmit).content.decode()
    assert "Éligible jusqu’au" in preview
    assert "Mot pour le service." not in preview
    assert "RSA" not in preview
    client.post(transmit, {"dossiers": [application.pk]})

    application.refresh_from_db()
    assert application.status == Status.SENT


def test_files_of_another_sheet_are_not_sent_along(as_actor, scene):
    other = scene.application(Status.SHORTLISTED, ready=True)

    response = as_actor(scene.facilitator).post(
        reverse("offers:transmit", args=[scene.sheet.pk]), {"dossiers": [other.pk + 1000]}
    )

    assert "Choisissez au moins un dossier." in response.content.decode()


def test_another_service_finds_nothing(as_actor, scene, strangers):
    application = scene.application()
    client = as_actor(strangers[0])

    assert client.get(address(scene)).status_code == 404
    assert decide(client, application, verdict="SHORTLISTED", reason="Oui.").status_code == 404
    assert client.get(application.get_absolute_url()).status_code == 404


def test_the_structure_reads_the_reason_of_a_discard_and_no_other(as_actor, scene):
    application = scene.application(shortlist_reason="")
    client = as_actor(scene.facilitator)
    decide(client, application, verdict="ON_HOLD", reason="Trop jeune équipe à mon goût.")
    structure = as_actor(scene.employer)
    assert "Trop jeune équipe" not in structure.get(application.get_absolute_url()).content.decode()

    decide(client, application, verdict="DECLINED", decline_reason="NOT_MOBILE", note="Aucun bus à 7 h.")

    assert "Aucun bus à 7 h." in structure.get(application.get_absolute_url()).content.decode()
    assert "Aucun bus à 7 h." in structure.get(reverse("offers:list") + "?etat=autres").content.decode()
