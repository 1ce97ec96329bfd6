"""Several files at once: side by side, then each with its own decision and reason."""

import pytest
from django.urls import reverse

from tests.factories import CriterionAnswerFactory
from uneplace.journal.models import Entry
from uneplace.offers.models import Application

Status = Application.Status


def address(scene):
    return reverse("offers:together", args=[scene.sheet.pk])


def typed(decisions):
    """{application: (verdict, reason)} as the page sends it; the reason of a discard is a code."""
    data = {"dossiers": [application.pk for application in decisions]}
    for application, (verdict, reason) in decisions.items():
        name = "decline_reason" if verdict == "DECLINED" else "reason"
        data |= {f"d{application.pk}-verdict": verdict, f"d{application.pk}-{name}": reason}
    return data


@pytest.fixture
def files(scene):
    return [scene.application(), scene.application(by=scene.referrer), scene.application()]


def test_two_files_are_read_side_by_side(as_actor, scene, files):
    CriterionAnswerFactory(application=files[0], criterion=scene.hard, met="YES", fact="14 min à pied")
    CriterionAnswerFactory(application=files[1], criterion=scene.hard, met="NO", fact="aucun bus")

    page = as_actor(scene.facilitator).get(address(scene), {"dossiers": [files[0].pk, files[1].pk]}).text

    line = page[page.index('<th scope="row" class="fw-normal">Être sur place') :]
    assert line.index("14 min à pied") < line.index("aucun bus") < line.index("</tr>")
    assert str(files[2].participant) not in page


def test_each_file_keeps_its_own_reason(as_actor, scene, files):
    response = as_actor(scene.facilitator).post(
        address(scene),
        typed(
            {
                files[0]: ("SHORTLISTED", "Connaît l’équipe."),
                files[1]: ("ON_HOLD", "Le trajet reste à organiser."),
                files[2]: ("DECLINED", "NOT_AVAILABLE"),
            }
        ),
    )

    assert response.status_code == 302
    kept = {one.pk: one for one in Application.objects.all()}
    assert [kept[file.pk].status for file in files] == ["SHORTLISTED", "ON_HOLD", "DECLINED"]
    assert kept[files[0].pk].shortlist_reason == "Connaît l’équipe."
    assert kept[files[1].pk].shortlist_reason == "Le trajet reste à organiser."
    assert kept[files[2].pk].decline_reason == "NOT_AVAILABLE"
    assert Entry.objects.filter(verb="application.shortlisted").count() == 3


def test_one_decision_is_written_everywhere_then_edited(as_actor, scene, files):
    data = {
        "dossiers": [file.pk for file in files],
        "appliquer": "1",
        "commun-verdict": "ON_HOLD",
        "commun-reason": "Chantier décalé.",
    }

    page = as_actor(scene.facilitator).post(address(scene), data).text

    assert page.count('value="Chantier décalé."') == 4
    assert not Application.objects.exclude(status="NEW").exists()


def test_a_missing_reason_keeps_all_that_was_typed_and_decides_nothing(as_actor, scene, files):
    data = typed({files[0]: ("SHORTLISTED", "Connaît l’équipe."), files[1]: ("SHORTLISTED", "")})

    response = as_actor(scene.facilitator).post(address(scene), data)

    assert response.status_code == 422
    assert "Écrivez la raison de votre choix" in response.text
    assert 'value="Connaît l’équipe."' in response.text
    assert not Application.objects.exclude(status="NEW").exists()


def test_the_second_facilitator_is_told_and_loses_nothing(as_actor, scene, files):
    client = as_actor(scene.facilitator)
    seen = {f"d{file.pk}-seen": "a-decider" for file in files[:2]}
    data = typed({files[0]: ("SHORTLISTED", "Oui."), files[1]: ("SHORTLISTED", "Oui aussi.")}) | seen
    client.post(
        reverse("offers:decide", args=[files[1].pk]),
        {"verdict": "ON_HOLD", "reason": "Plutôt plus tard.", "seen": "a-decider"},
    )

    response = client.post(address(scene), data)

    assert response.status_code == 422
    assert "Quelqu’un d’autre vient de décider de ce dossier\u00a0: en attente." in response.text
    assert 'value="Oui aussi."' in response.text
    statuses = dict(Application.objects.values_list("pk", "status"))
    assert (statuses[files[0].pk], statuses[files[1].pk]) == ("NEW", "ON_HOLD")
    read = {form.add_prefix("seen"): form["seen"].value() for form in response.context["forms"]}
    assert client.post(address(scene), data | read).status_code == 302


def test_files_of_another_sheet_and_of_another_service_stay_out(as_actor, scene, files, strangers):
    assert as_actor(strangers[0]).get(address(scene)).status_code == 404
    page = as_actor(scene.facilitator).get(address(scene), {"dossiers": [files[0].pk + 999, "x"]})
    assert "Aucun dossier n’est choisi" in page.text


def test_a_file_that_went_meanwhile_has_no_form(as_actor, scene, files):
    Application.objects.filter(pk=files[0].pk).update(status="WITHDRAWN", decline_reason="IN_JOB")

    page = as_actor(scene.facilitator).get(address(scene), {"dossiers": [one.pk for one in files]}).text

    assert "On ne décide plus de ce dossier ici." in page
    assert f'name="d{files[0].pk}-verdict"' not in page


def test_a_file_that_goes_while_one_writes_is_named_and_nothing_is_kept(as_actor, scene, files):
    data = typed({files[0]: ("SHORTLISTED", "Oui."), files[1]: ("SHORTLISTED", "Oui aussi.")})
    Application.objects.filter(pk=files[0].pk).update(status="WITHDRAWN", decline_reason="IN_JOB")
    client = as_actor(scene.facilitator)

    response = client.post(address(scene), data)

    assert response.status_code == 422
    assert f"{files[0].participant}\u00a0: La structure a retiré cette candidature." in response.text
    assert Application.objects.get(pk=files[1].pk).status == "NEW"
    left = [form.application.pk for form in response.context["forms"]]
    assert client.post(address(scene), data | {"dossiers": left}).status_code == 302
