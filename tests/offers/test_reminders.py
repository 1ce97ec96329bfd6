"""Nobody is left without a word: reminders, then the other contacts, then the service, then the closing."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection

from tests.factories import MembershipFactory, ServiceDelaysFactory, actor_for
from tests.offers.scene import NOW, set_scene
from uneplace.journal.models import Entry
from uneplace.offers import actions
from uneplace.offers.digest import send_digests
from uneplace.offers.models import Application, Diffusion, JobSheet, Reminder
from uneplace.offers.reminders import send_reminders
from uneplace.offers.silence import announce_closings, close_silent
from uneplace.organisations.links import draw_link
from uneplace.organisations.models import Role

pytestmark = pytest.mark.django_db
Status, Level = Application.Status, Reminder.Level
UNAGREED = {"agreed_by_service_at": None, "agreed_by_company_at": None, "published_at": None}
START = datetime(2026, 2, 12, 5, 40, tzinfo=UTC)


def on_day(number):
    return START + timedelta(days=number)


def mails():
    """What waits to leave: to whom, of what, in which words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'to', args->>'subject', args->>'body' FROM procrastinate_jobs "
            "WHERE args ? 'subject' ORDER BY id"
        )
        return cursor.fetchall()


def morning(scene, number, *, digests=False):
    """What the morning does on that day; the addresses that were written to."""
    before = len(mails())
    at = on_day(number)
    close_silent(scene.sheet.service, at=at)
    announce_closings(scene.sheet.service, at=at)
    send_reminders(scene.sheet.service, at=at)
    if digests:
        send_digests(at=at)
    return [to for to, _, _ in mails()[before:]]


def walk(scene, days, **named):
    """The days, of these, on which somebody was written to."""
    return [number for number in range(1, days + 1) if morning(scene, number, **named)]


def told(**wanted):
    kept = Reminder.objects.filter(**wanted).order_by("sent_at", "pk")
    return [((one.sent_at - START).days, one.level, str(one.told)) for one in kept]


def test_a_late_answer_is_asked_of_the_contact_then_of_the_others_then_told_to_the_service():
    scene = set_scene(posts=3)
    scene.application(Status.SENT, acted_at=START)
    contact = scene.company.user.email
    deputy = MembershipFactory(
        organisation=scene.company.organisation, role=Role.MEMBER, started_at=NOW
    ).user.email

    walk(scene, 26)

    company, service = str(scene.company.organisation), str(scene.sheet.service)
    assert told(application__isnull=False) == [
        (14, Level.OWES, company),
        (20, Level.DEPUTY, company),
        (25, Level.SERVICE, service),
    ]
    assert list(Reminder.objects.filter(application__isnull=False).values_list("sent_to", flat=True)[:2]) == [
        [contact],
        [deputy],
    ]
    last = next(body for to, _, body in reversed(mails()) if to == scene.facilitator.user.email)
    assert f"{company} doit lire le dossier et répondre" in last


def test_no_mail_names_the_person():
    scene = set_scene()
    for status in (Status.NEW, Status.SHORTLISTED, Status.SENT):
        scene.application(status, acted_at=START)
    people = list(Application.objects.values_list("participant__last_name", "participant__first_name"))

    walk(scene, 61)

    words = " ".join(f"{subject} {body}" for _, subject, body in mails())
    assert len(mails()) > 5
    assert not [name for both in people for name in both if name in words]


def test_the_same_morning_twice_tells_nothing_twice():
    scene = set_scene()
    scene.application(Status.NEW, acted_at=START)

    assert morning(scene, 9) == [scene.facilitator.user.email]
    assert morning(scene, 9) == []
    assert len(told(application__isnull=False)) == 1


def test_missed_mornings_do_not_all_leave_at_once():
    scene = set_scene()
    scene.application(Status.SENT, acted_at=START)

    morning(scene, 40)
    morning(scene, 41)
    morning(scene, 42)
    morning(scene, 43)

    assert told(application__isnull=False)[:2] == [
        (40, Level.OWES, str(scene.company.organisation)),
        (43, Level.SERVICE, str(scene.sheet.service)),
    ]


def test_several_files_of_a_sheet_make_one_line_of_one_mail():
    scene = set_scene(posts=3)
    for _ in range(3):
        scene.application(Status.SENT, acted_at=START)

    assert morning(scene, 14) == [scene.company.user.email]
    [(_, subject, body)] = mails()
    assert subject == "Relance : 1 réponse attendue"
    assert "lire le dossier et répondre (3\u00a0candidatures)" in body
    assert Entry.objects.filter(verb="application.reminded").count() == 3


def test_a_company_without_account_is_reminded_by_a_new_link():
    scene = set_scene()
    company = scene.company.organisation
    application = scene.application(Status.SENT, acted_at=START)
    company.memberships.update(ended_at=NOW)
    draw_link(scene.sheet, organisation=company, email="chef@exemple.fr", by=scene.facilitator, at=START)

    assert morning(scene, 14) == ["chef@exemple.fr"]
    [(_, _, body)] = mails()
    assert "Ce lien sert une fois, jusqu’au 5 mars 2026" in body
    assert Reminder.objects.get(application=application).sent_to == ["chef@exemple.fr"]


def test_whoever_cannot_be_written_to_is_for_the_service_at_once():
    scene = set_scene()
    scene.application(Status.SENT, acted_at=START)
    company = scene.company.organisation
    company.memberships.update(ended_at=NOW)
    company.email = ""
    company.save()

    assert morning(scene, 14) == [scene.facilitator.user.email]
    assert f"pour {company} qui n’a pas de compte" in mails()[-1][2]


def test_an_act_begins_another_turn_and_starts_again():
    scene = set_scene()
    application = scene.application(Status.NEW, ready=True, acted_at=START)
    morning(scene, 9)

    decision = actions.Decision(Status.SHORTLISTED, "Prête.")
    actions.decide(application, decision, by=scene.facilitator, at=on_day(10))

    assert morning(scene, 11) == []
    assert morning(scene, 19) == [scene.facilitator.user.email]
    assert [one.act for one in Reminder.objects.filter(application=application).order_by("pk")] == [
        "STUDY",
        "TRANSMIT",
    ]


def gaps(days, until):
    return [after - before for before, after in pairwise([0, *days, until])]


@pytest.mark.parametrize(
    "status", [Status.NEW, Status.STUDIED, Status.ON_HOLD, Status.SHORTLISTED, Status.SENT, Status.MEETING]
)
def test_nothing_is_silent_over_fifteen_days_and_the_file_closes_on_the_sixtieth(status):
    scene = set_scene(posts=3, apply_before=date(2026, 2, 13))
    meeting = {"meeting_slots": [NOW], "meeting_asked_by": "COMPANY"} if status == Status.MEETING else {}
    application = scene.application(status, acted_at=START, **meeting)

    written = walk(scene, 59, digests=True)

    application.refresh_from_db()
    assert max(gaps(written, 60)) <= 15
    assert application.status == status
    assert told(application=application, level=Level.NOTICE) == [
        (53, Level.NOTICE, str(scene.employer.organisation))
    ]
    notice = next(body for to, subject, body in mails() if "clôture annoncée" in subject)
    assert "le 13 avril 2026" in notice
    assert scene.employer.user.email in morning(scene, 60)
    application.refresh_from_db()
    assert (application.status, application.decline_reason) == (Status.DECLINED, "NO_ANSWER")
    assert application.answerer == ""
    assert Entry.objects.filter(verb="application.closed_by_silence", about_id=application.pk).exists()


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"status": "DRAFT", **UNAGREED}, id="brouillon"),
        pytest.param({"status": "TO_AGREE", **UNAGREED}, id="accord de l’entreprise attendu"),
        pytest.param({"status": "TO_AGREE", "agreed_by_service_at": None}, id="accord du service attendu"),
        pytest.param({"status": "TO_AGREE"}, id="à diffuser"),
        pytest.param({}, id="diffusée"),
        pytest.param({"others_asked_at": START}, id="d’autres personnes demandées"),
    ],
)
def test_a_sheet_that_nobody_touches_closes_too(fields):
    scene = set_scene(acted_at=START, apply_before=date(2026, 2, 12), **fields)
    Diffusion.objects.update(told_at=START)

    written = walk(scene, 59, digests=True)

    assert max(gaps(written, 60)) <= 15
    assert [number for number, _, _ in told(level=Level.NOTICE)] == [53]
    assert scene.sheet.status == JobSheet.objects.get().status
    morning(scene, 60)
    closed = JobSheet.objects.get()
    assert (closed.status, closed.closing_kind) == ("CLOSED", "SILENCE")
    assert closed.closing_reason == (
        "Personne n’a agi dans le délai du service. Aucune action depuis le 12 février 2026."
    )
    assert not [number for number in range(61, 71) if morning(scene, number)]


def test_structures_with_a_far_deadline_are_told_in_the_meantime():
    scene = set_scene(acted_at=START, apply_before=date(2026, 4, 10))
    Diffusion.objects.update(told_at=START)

    written = walk(scene, 57, digests=True)

    assert max(gaps(written, 57)) <= 15


def test_a_word_of_anybody_keeps_the_file_open():
    scene = set_scene()
    application = scene.application(Status.SENT, acted_at=START)
    walk(scene, 58)

    actions.propose_meeting(
        application, slots=[on_day(62)], place="Sur place", by=scene.company, at=on_day(59)
    )
    morning(scene, 60)

    application.refresh_from_db()
    assert application.status == Status.MEETING


def test_a_hire_is_never_closed_by_silence():
    scene = set_scene()
    hired = scene.application(Status.HIRED, acted_at=START)

    written = walk(scene, 70)

    hired.refresh_from_db()
    assert hired.status == Status.HIRED
    assert max(gaps(written, 70)) <= 15


def test_a_closing_announced_late_waits_for_its_notice():
    scene = set_scene()
    application = scene.application(Status.NEW, acted_at=START)

    morning(scene, 65)
    morning(scene, 71)
    application.refresh_from_db()
    assert application.status == Status.NEW
    morning(scene, 72)
    application.refresh_from_db()
    assert application.status == Status.DECLINED


def test_the_delays_of_the_service_are_those_that_count():
    scene = set_scene()
    ServiceDelaysFactory(service=scene.sheet.service, service_days=2, reminder_days=1, decided_at=START)
    scene.application(Status.NEW, acted_at=START)

    assert walk(scene, 4) == [3]


def test_another_service_is_left_alone():
    scene, other = set_scene(), set_scene()
    other.application(Status.NEW, acted_at=START)

    assert morning(scene, 20) != []
    assert not Reminder.objects.filter(service=other.sheet.service).exists()


def test_a_reader_is_no_contact_as_long_as_somebody_may_act():
    scene = set_scene()
    reader = actor_for(scene.company.organisation, role=Role.READER)
    reader.user.memberships.update(started_at=datetime(2020, 1, 1, tzinfo=UTC))
    scene.application(Status.SENT, acted_at=START)

    assert morning(scene, 14) == [scene.company.user.email]


@pytest.mark.parametrize("number", [2, 30])
def test_a_morning_costs_the_same_for_few_turns_and_for_many(number, django_assert_max_num_queries):
    scene = set_scene(posts=3)
    for _ in range(number):
        scene.application(Status.NEW, acted_at=START)

    with django_assert_max_num_queries(45):
        send_reminders(scene.sheet.service, at=on_day(9))
    assert Reminder.objects.count() == number
