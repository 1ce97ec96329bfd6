"""Whose turn it is, as each of those around the table reads it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.factories import JobSheetFactory, PlacementFactory, ServiceDelaysFactory
from tests.offers.scene import NOW, TODAY, set_scene
from uneplace.offers import actions
from uneplace.offers.models import Application, JobSheet
from uneplace.offers.reminders import send_reminders
from uneplace.offers.silence import announce_closings, closing_of
from uneplace.offers.whose_turn import steps_of_applications, steps_of_sheets
from uneplace.organisations.links import draw_link
from uneplace.web.home.agenda import nav_counts
from uneplace.web.offers import todos
from uneplace.web.offers.steps import steps_of
from uneplace.web.offers.turns import turn_of_application, turn_of_sheet
from uneplace.web.people import todos as people_todos
from uneplace.web.turns import Whose

pytestmark = pytest.mark.django_db
Status = Application.Status
UNAGREED = {"agreed_by_service_at": None, "agreed_by_company_at": None, "published_at": None}


def sheet_turn(scene, actor, *, at=NOW):
    sheet = JobSheet.objects.get(pk=scene.sheet.pk)
    return turn_of_sheet(sheet, steps_of_sheets([sheet], at=at)[sheet.pk], actor, on=at.date())


def file_turn(application, actor, *, at=NOW):
    step = steps_of_applications([application], at=at).get(application.pk)
    return turn_of_application(application, step, actor, on=at.date())


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
    scene.application(status, ready=True)

    assert sheet_turn(scene, scene.facilitator).title.startswith(for_service)
    assert sheet_turn(scene, scene.company).title.startswith(for_company)


def test_applications_that_do_not_come_are_late_for_the_service():
    scene = set_scene(apply_before=date(2026, 2, 1))

    turn = sheet_turn(scene, scene.facilitator)

    assert turn.title == "C’est à vous\u00a0: chercher ailleurs, ou clore la fiche"
    assert (turn.whose, turn.before) == (Whose.LATE, date(2026, 2, 8))
    assert turn.last == "fin de l’attente des structures, le 1er février 2026."


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
    actors = ("facilitator", "company", "employer")
    turns = {name: file_turn(application, getattr(scene, name)) for name in actors}

    assert [name for name, turn in turns.items() if turn.title.startswith("C’est à vous")] == [who]
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
    assert nav_counts(scene.facilitator, on=TODAY)["offers"] == 2
    assert nav_counts(scene.company, on=TODAY)["candidates"] == 1
    assert [item.verb for item in people_todos.work_items(scene.facilitator, on=TODAY)] == ["Décider"]
    assert nav_counts(scene.facilitator, on=TODAY)["people"] == 1
    PlacementFactory(service=scene.sheet.service, participant=hired.participant, application=hired)
    assert nav_counts(scene.facilitator, on=TODAY)["offers"] == 1


def test_those_left_when_the_post_is_filled_are_still_answered():
    scene = set_scene(status="FILLED")
    scene.application(Status.ON_HOLD)
    scene.application(Status.NEW)

    turn = sheet_turn(scene, scene.facilitator)
    assert turn.title == "C’est à vous\u00a0: répondre pour 2\u00a0candidatures restantes"
    assert sheet_turn(scene, scene.company).whose == Whose.DONE
    [item] = todos.work_items(scene.facilitator, on=TODAY)
    assert item.url == turn.url


@pytest.mark.parametrize("status", [Status.ON_HOLD, Status.SHORTLISTED])
def test_whoever_was_kept_aside_for_a_post_now_filled_is_answered_too(status):
    scene = set_scene(status="FILLED")
    scene.application(status)

    [item] = todos.work_items(scene.facilitator, on=TODAY)

    assert (item.verb, item.weight) == ("Répondre", "1\u00a0personne")
    assert nav_counts(scene.facilitator, on=TODAY)["offers"] == 1


def test_a_company_that_asks_for_others_sends_the_service_to_look_for_them():
    scene = set_scene(others_asked_at=NOW)
    scene.application(Status.SENT)

    [item] = todos.work_items(scene.facilitator, on=TODAY)

    assert (item.verb, item.url) == ("Chercher", reverse("offers:pool", args=[scene.sheet.pk]))


def test_a_draft_that_nobody_wants_any_more_is_closed_from_its_page(client):
    scene = set_scene(status="DRAFT", **UNAGREED)
    client.force_login(scene.facilitator.user)
    address = reverse("offers:close", args=[scene.sheet.pk])

    assert address in client.get(scene.sheet.get_absolute_url()).text
    client.post(address, {"kind": "NEED_CHANGED", "words": ""})

    scene.sheet.refresh_from_db()
    assert scene.sheet.status == "CLOSED"


def test_a_service_that_stands_in_for_a_company_is_led_to_a_page_of_its_own(client):
    scene = set_scene()
    scene.application(Status.SENT)
    scene.company.organisation.memberships.update(ended_at=NOW)

    turn = sheet_turn(scene, scene.facilitator)

    assert "qui n’a pas de compte" in turn.title
    client.force_login(scene.facilitator.user)
    assert client.get(turn.url).status_code == 200


def test_a_company_with_a_link_out_is_awaited_by_its_link_and_not_by_the_service():
    scene = set_scene()
    application = scene.application(Status.SENT)
    scene.company.organisation.memberships.update(ended_at=NOW)
    company, by = scene.company.organisation, scene.facilitator
    draw_link(scene.sheet, organisation=company, email="chef@exemple.fr", by=by, at=NOW)

    assert file_turn(application, scene.facilitator).title == (
        f"Au tour de {company}, par le lien reçu\u00a0: lire le dossier et répondre"
    )
    assert sheet_turn(scene, scene.facilitator).title.startswith(f"Au tour de {company}, par le lien reçu")
    once_over = NOW + timedelta(days=8)
    assert file_turn(application, scene.facilitator, at=once_over).title == (
        f"C’est à vous\u00a0: lire le dossier et répondre, pour {company} qui n’a pas de compte"
    )
    assert "pour" in file_turn(application, scene.employer, at=once_over).title


def test_it_says_since_when_before_when_and_what_happened_last():
    scene = set_scene()
    turn = file_turn(scene.application(Status.SENT), scene.company)

    assert (turn.whose, turn.before) == (Whose.MINE, date(2026, 2, 27))
    assert turn.last == "dossier transmis à l’entreprise, le 12 février 2026."


def test_a_deadline_given_is_not_touched_by_new_delays():
    scene = set_scene()
    begun = scene.application(Status.NEW, sent_at=NOW - timedelta(days=1))
    ServiceDelaysFactory(service=scene.sheet.service, decided_at=NOW, service_days=3)
    later = scene.application(Status.NEW, sent_at=NOW + timedelta(days=1))

    steps = steps_of_applications([begun, later], at=NOW + timedelta(days=2))

    assert steps[begun.pk].before == date(2026, 2, 18)
    assert steps[later.pk].before == date(2026, 2, 16)


def test_a_company_is_not_told_how_many_were_put_forward_nor_by_whom():
    scene = set_scene()
    scene.application(Status.SHORTLISTED, by=scene.referrer)
    scene.application(Status.SHORTLISTED, by=scene.referrer)

    title = sheet_turn(scene, scene.company).title

    assert title == "Au tour de la structure qui suit la personne\u00a0: recueillir l’accord des personnes"
    assert "Mission locale" in sheet_turn(scene, scene.facilitator).title


def test_the_structure_that_received_a_sheet_is_asked_until_it_answers():
    scene = set_scene()
    sheet = JobSheet.objects.get(pk=scene.sheet.pk)
    steps = steps_of_sheets([sheet], at=NOW)[sheet.pk]

    asked = turn_of_sheet(sheet, steps, scene.employer, on=TODAY, may_propose=True)

    assert (asked.title, asked.before) == ("C’est à vous\u00a0: proposer des personnes", date(2026, 2, 20))


def test_files_that_wait_for_a_sheet_taken_up_again_name_what_the_sheet_awaits():
    scene = set_scene(status="TO_AGREE", agreed_by_company_at=None)
    application = scene.application(Status.NEW)

    assert "relire la fiche" in file_turn(application, scene.company).title


@pytest.mark.parametrize("number", [2, 40])
def test_the_steps_of_many_sheets_and_files_cost_the_same(number, django_assert_num_queries):
    scene = set_scene(posts=3)
    for status in (Status.NEW, Status.SHORTLISTED, Status.SENT, Status.MEETING):
        extra = {"meeting_at": NOW} if status == Status.MEETING else {}
        for _ in range(number):
            scene.application(status, **extra)
    sheets = [scene.sheet, *(JobSheetFactory(commitment=scene.sheet.commitment) for _ in range(number))]
    files = list(Application.objects.all())

    with django_assert_num_queries(8):
        steps_of_sheets(sheets, at=NOW)
    with django_assert_num_queries(6):
        assert len(steps_of_applications(files, at=NOW)) == 4 * number


def test_the_menu_counts_the_moments_to_choose_and_the_company_waits():
    scene = set_scene()
    scene.application(Status.MEETING, meeting_slots=[NOW + timedelta(days=3)], meeting_asked_by="COMPANY")

    assert nav_counts(scene.employer, on=TODAY)["offers"] == 1
    assert nav_counts(scene.company, on=TODAY)["candidates"] == 0
    [item] = todos.work_items(scene.employer, on=TODAY)
    assert (item.verb, item.limit) == ("Choisir", date(2026, 2, 15))


def test_what_nobody_answers_comes_to_the_service_and_is_counted():
    scene = set_scene()
    application = scene.application(Status.SENT)
    for day in (14, 20, 25):
        send_reminders(scene.sheet.service, at=NOW + timedelta(days=day))

    on = (NOW + timedelta(days=25)).date()
    [item] = todos.work_items(scene.facilitator, on=on)
    assert item.title == f"{application.participant}, {scene.company.organisation} ne répond pas"
    assert (item.is_late, item.url) == (True, application.get_absolute_url())
    assert nav_counts(scene.facilitator, on=on)["offers"] == 1


def test_what_is_late_comes_first():
    scene = set_scene(posts=3)
    late = scene.application(Status.NEW)
    JobSheetFactory(commitment=scene.sheet.commitment, draft=True, created_at=NOW)

    first, second = todos.work_items(scene.facilitator, on=TODAY)

    assert (first.url, first.is_late) == (reverse("offers:preselection", args=[late.job_sheet_id]), True)
    assert (second.is_late, second.limit) == (False, date(2026, 2, 19))


def test_a_sheet_for_which_nobody_comes_is_in_the_week_of_the_service():
    scene = set_scene(apply_before=date(2026, 2, 1))

    [item] = todos.work_items(scene.facilitator, on=TODAY)

    assert (item.verb, item.limit, item.is_late) == ("Chercher", date(2026, 2, 8), True)
    assert nav_counts(scene.facilitator, on=TODAY)["offers"] == 1


def test_a_file_put_under_study_tells_since_when(client):
    scene = set_scene()
    application = scene.application(Status.NEW)
    client.force_login(scene.facilitator.user)

    client.post(reverse("offers:study", args=[application.pk]))

    application.refresh_from_db()
    assert application.status == Status.STUDIED
    turn = file_turn(application, scene.employer, at=application.acted_at)
    assert turn.last.startswith("candidature mise à l’étude, le ")
    again = client.post(reverse("offers:study", args=[application.pk]), follow=True)
    assert "Cette candidature est déjà à l’étude." in again.text
    client.force_login(scene.employer.user)
    assert client.post(reverse("offers:study", args=[application.pk])).status_code == 403


def test_the_reminders_sent_are_on_the_file(client):
    scene = set_scene()
    application = scene.application(Status.SENT)
    send_reminders(scene.sheet.service, at=NOW + timedelta(days=14))
    client.force_login(scene.facilitator.user)

    page = client.get(application.get_absolute_url()).text

    assert "Pour\u00a0: lire le dossier et répondre" in page
    assert "relance, le 26 février 2026" in page


def test_a_closing_announced_is_read_on_the_file_until_somebody_acts(client):
    scene = set_scene(acted_at=NOW, apply_before=TODAY)
    application = scene.application(Status.NEW, acted_at=NOW)
    announce_closings(scene.sheet.service, at=NOW + timedelta(days=53))

    for actor in (scene.facilitator, scene.employer):
        client.force_login(actor.user)
        page = client.get(application.get_absolute_url()).text
        assert "cette candidature se clôt d’elle-même le" in page
        assert "lundi 13 avril" in page
    client.force_login(scene.facilitator.user)
    sheet = client.get(scene.sheet.get_absolute_url()).text
    assert "cette fiche se clôt d’elle-même le" in sheet
    assert "lundi 13 avril" in sheet
    actions.study(application, by=scene.facilitator, at=NOW + timedelta(days=54))
    assert closing_of(application) is None
    assert closing_of(JobSheet.objects.get()) is None
