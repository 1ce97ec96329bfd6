"""Whose turn it is, as each of those around the table reads it."""

from datetime import date

import pytest

from tests.factories import PlacementFactory
from tests.offers.scene import NOW, TODAY, set_scene
from uneplace.offers.models import Application, JobSheet
from uneplace.offers.queries import files_of, flows_of
from uneplace.web.offers import todos
from uneplace.web.offers.steps import steps_of
from uneplace.web.offers.turns import turn_of_application, turn_of_sheet
from uneplace.web.people import todos as people_todos
from uneplace.web.turns import Whose

pytestmark = pytest.mark.django_db
Status = Application.Status
UNAGREED = {"agreed_by_service_at": None, "agreed_by_company_at": None, "published_at": None}


def sheet_turn(scene, actor):
    sheet = JobSheet.objects.get(pk=scene.sheet.pk)
    return turn_of_sheet(sheet, flows_of([sheet])[sheet.pk], actor, on=TODAY)


@pytest.mark.parametrize(
    ("fields", "for_service", "for_company"),
    [
        ({"status": "DRAFT", **UNAGREED}, "C’est à vous\u00a0: partager la fiche", "Au tour de"),
        ({"status": "TO_AGREE", **UNAGREED}, "Au tour de", "C’est à vous\u00a0: relire la fiche"),
        (
            {"status": "TO_AGREE", **UNAGREED, "agreed_by_company_at": NOW},
            "C’est à vous\u00a0: donner l’accord du service",
            "Au tour de",
        ),
        ({"status": "TO_AGREE", "published_at": None}, "C’est à vous\u00a0: diffuser", "Au tour de"),
        ({}, "Au tour des structures", "Au tour des structures"),
        ({"status": "FILLED"}, "Plus rien à faire", "Plus rien à faire"),
        (
            {"status": "CLOSED", "closing_reason": "Reporté."},
            "Plus rien à faire\u00a0: la fiche est close",
            "Plus rien à faire\u00a0: la fiche est close",
        ),
    ],
)
def test_whose_turn_on_a_sheet(fields, for_service, for_company):
    scene = set_scene(**fields)

    assert sheet_turn(scene, scene.facilitator).title.startswith(for_service)
    assert sheet_turn(scene, scene.company).title.startswith(for_company)


@pytest.mark.parametrize(
    ("status", "for_service", "for_company"),
    [
        (Status.NEW, "C’est à vous\u00a0: étudier 1\u00a0candidature", "Au tour de"),
        (Status.SHORTLISTED, "C’est à vous\u00a0: transmettre 1\u00a0dossier", "Au tour de"),
        (Status.SENT, "Au tour de", "C’est à vous\u00a0: répondre pour 1\u00a0dossier"),
    ],
)
def test_whose_turn_on_a_sheet_with_a_file(status, for_service, for_company):
    scene = set_scene()
    scene.application(status)

    assert sheet_turn(scene, scene.facilitator).title.startswith(for_service)
    assert sheet_turn(scene, scene.company).title.startswith(for_company)


def test_applications_that_do_not_come_are_late_for_the_service():
    scene = set_scene(apply_before=date(2026, 2, 1))

    assert sheet_turn(scene, scene.facilitator).whose == Whose.LATE


@pytest.mark.parametrize(
    ("status", "ready", "who", "verb"),
    [
        (Status.NEW, False, "facilitator", "étudier la candidature"),
        (Status.ON_HOLD, False, "facilitator", "décider pour ce dossier"),
        (Status.SHORTLISTED, False, "employer", "recueillir l’accord"),
        (Status.SHORTLISTED, True, "facilitator", "transmettre le dossier"),
        (Status.SENT, True, "company", "lire le dossier et répondre"),
        (Status.HIRED, True, "facilitator", "enregistrer le contrat"),
    ],
)
def test_one_only_is_to_act_on_an_application(status, ready, who, verb):
    scene = set_scene()
    application = scene.application(status, ready=ready)
    facts = files_of([application], on=TODAY)[application.pk]

    turns = {
        name: turn_of_application(
            application,
            getattr(scene, name),
            agreement=facts.agreement,
            is_eligible=facts.decision is not None,
            is_recorded=False,
        )
        for name in ("facilitator", "company", "employer")
    }

    assert [name for name, turn in turns.items() if turn.whose == Whose.MINE] == [who]
    assert all(verb in turn.title for turn in turns.values())


@pytest.mark.parametrize(
    ("status", "labels", "state"),
    [
        (Status.NEW, ["Proposition", "Présélection", "Transmission", "Entretien", "Réponse"], "now"),
        (Status.DECLINED, ["Proposition", "Présélection"], "done"),
    ],
)
def test_the_steps_of_an_application(status, labels, state):
    reason = {"decline_reason": "SKILLS", "answered_at": NOW} if status == Status.DECLINED else {}
    steps = steps_of(set_scene().application(status, **reason))

    assert [step.label for step in steps] == labels
    assert steps[0].state == state


def test_the_steps_of_a_hire_and_of_a_decline_by_the_company():
    scene = set_scene(posts=3)
    hired = steps_of(scene.application(Status.HIRED, answered_at=NOW, shortlisted_at=NOW))
    declined = scene.application(Status.SENT, answered_at=NOW, shortlisted_at=NOW)
    Application.objects.filter(pk=declined.pk).update(status="DECLINED", decline_reason="SKILLS")
    declined = steps_of(Application.objects.get(pk=declined.pk))

    assert [(step.label, step.state) for step in hired][-1] == ("Embauche", "done")
    assert [(step.label, step.state) for step in declined][-2:] == [
        ("Transmission", "done"),
        ("Réponse", "end"),
    ]


def test_what_awaits_each_actor():
    scene = set_scene(posts=4)
    scene.application(Status.NEW)
    scene.application(Status.SHORTLISTED)
    scene.application(Status.SENT)
    hired = scene.application(Status.HIRED)

    titles = {
        name: [item.verb for item in todos.work_items(getattr(scene, name), on=TODAY)]
        for name in ("facilitator", "company", "employer", "referrer")
    }

    assert titles == {
        "facilitator": ["Enregistrer", "Décider"],
        "company": ["Répondre"],
        "employer": ["Noter l’accord"],
        "referrer": [],
    }
    assert todos.waiting(scene.facilitator, on=TODAY) == 2
    assert todos.files_waiting(scene.company, on=TODAY) == 1
    assert [item.verb for item in people_todos.work_items(scene.facilitator, on=TODAY)] == ["Décider"]
    assert people_todos.waiting(scene.facilitator, on=TODAY) == 1
    PlacementFactory(service=scene.sheet.service, participant=hired.participant, application=hired)
    assert todos.waiting(scene.facilitator, on=TODAY) == 1


def test_those_left_when_the_post_is_filled_are_still_answered():
    scene = set_scene(status="FILLED")
    scene.application(Status.ON_HOLD)
    scene.application(Status.NEW)

    turn = sheet_turn(scene, scene.facilitator)
    assert turn.title == "C’est à vous\u00a0: répondre pour 2\u00a0candidatures restantes"
    assert sheet_turn(scene, scene.company).whose == Whose.DONE
    [item] = todos.work_items(scene.facilitator, on=TODAY)
    assert item.url == turn.url


def test_a_service_that_stands_in_for_a_company_is_led_to_a_page_of_its_own(client):
    scene = set_scene()
    scene.application(Status.SENT)
    scene.company.organisation.memberships.update(ended_at=NOW)

    turn = sheet_turn(scene, scene.facilitator)

    assert "qui n’a pas de compte" in turn.title
    client.force_login(scene.facilitator.user)
    assert client.get(turn.url).status_code == 200
