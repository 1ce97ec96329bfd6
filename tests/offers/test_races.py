"""Two people act at the same moment, each on a connection of its own: one wins, the other is told why."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from tests.factories import CommitmentFactory, SuggestionFactory, SupportFactory
from uneplace.kit.refused import Refused
from uneplace.offers import actions
from uneplace.offers.models import Application, JobSheet, Reminder, Suggestion, Transmission
from uneplace.offers.reminders import send_reminders
from uneplace.offers.silence import announce_closings, close_silent
from uneplace.organisations import links
from uneplace.organisations.models import AccessLink

from .links import link_to, without_account
from .scene import NOW, person_followed_by, set_scene
from .test_application_actions import INFORMED

pytestmark = pytest.mark.django_db(transaction=True)
Status = Application.Status


def at_once(*acts):
    """Run the acts together; answers what was refused and what went wrong otherwise."""
    barrier, refused, failed = threading.Barrier(len(acts)), [], []

    def run(act):
        try:
            barrier.wait(timeout=10)
            act()
        except Refused as refusal:
            refused.append(str(refusal))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed
    return refused


def behind(first, second, *, then=None):
    """The second act waits for the first, done and not yet saved; answers what the second was refused."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as cursor:
            first()
            later = pool.submit(at_once, second)
            for _ in range(200):
                cursor.execute(
                    "SELECT pg_sleep(0.05), EXISTS (SELECT FROM pg_locks"
                    " WHERE NOT granted AND transactionid::text = pg_current_xact_id()::text)"
                )
                if cursor.fetchone()[1]:
                    break
            if then is not None:
                then()
        return later.result(timeout=20)


def read(application):
    """As somebody else has it on screen."""
    return Application.objects.select_related("job_sheet__commitment__company").get(pk=application.pk)


def test_a_company_chooses_while_the_structure_withdraws():
    scene = set_scene()
    application = scene.application(Status.SENT)
    mine, theirs = read(application), read(application)

    [told] = at_once(
        lambda: actions.choose(mine, by=scene.company, at=NOW),
        lambda: actions.withdraw(theirs, reason="IN_JOB", by=scene.employer, at=NOW),
    )

    application.refresh_from_db()
    if application.status == Status.HIRED:
        assert told == "L’entreprise a choisi cette personne."
    else:
        assert application.status == Status.WITHDRAWN
        assert told == "La structure a retiré cette candidature."


def test_two_people_are_chosen_for_the_last_post():
    scene = set_scene(posts=1)
    files = [read(scene.application(Status.SENT)) for _ in range(2)]

    [told] = at_once(*(lambda file=file: actions.choose(file, by=scene.company, at=NOW) for file in files))

    assert told == "Tous les postes de cette fiche sont pourvus."
    assert Application.objects.filter(status=Status.HIRED).count() == 1


def test_two_companies_choose_the_same_person():
    one = set_scene()
    other = set_scene(commitment=CommitmentFactory(clause__lot__contract__service=one.sheet.service))
    first = one.application(Status.SENT)
    second = other.application(Status.SENT, participant=first.participant)
    mine, theirs = read(first), read(second)

    [told] = at_once(
        lambda: actions.choose(mine, by=one.company, at=NOW),
        lambda: actions.choose(theirs, by=other.company, at=NOW),
    )

    assert told == "Cette personne est embauchée ailleurs."
    assert sorted(Application.objects.values_list("status", flat=True)) == ["HIRED", "HIRED_ELSEWHERE"]


def test_two_facilitators_transmit_the_same_file():
    scene = set_scene()
    application = scene.application(Status.SHORTLISTED, ready=True)
    copies = [read(application) for _ in range(2)]

    [told] = at_once(
        *(
            lambda copy=copy: actions.transmit(copy.job_sheet, [copy], by=scene.facilitator, at=NOW)
            for copy in copies
        )
    )

    assert told == "Ce dossier est déjà transmis à l’entreprise."
    assert Transmission.objects.count() == 1


def test_a_person_put_forward_twice_at_once_is_there_once():
    scene = set_scene()
    person = scene.application().participant
    Application.objects.all().delete()
    SupportFactory(participant=person, organisation=scene.referrer.organisation)

    def put_forward(actor):
        sheet = JobSheet.objects.get(pk=scene.sheet.pk)
        actions.put_forward(
            sheet,
            organisation=actor.organisation,
            participant=person,
            information=INFORMED,
            by=actor,
            at=NOW,
        )

    [told] = at_once(lambda: put_forward(scene.employer), lambda: put_forward(scene.referrer))

    assert told == "Cette personne est déjà proposée pour ce poste."
    assert Application.objects.count() == 1


def test_the_sheet_is_closed_while_a_file_is_sent():
    scene = set_scene()
    application = scene.application(Status.SHORTLISTED, ready=True)
    copy, sheet = read(application), JobSheet.objects.get(pk=scene.sheet.pk)

    refused = at_once(
        lambda: actions.transmit(copy.job_sheet, [copy], by=scene.facilitator, at=NOW),
        lambda: actions.close_job_sheet(sheet, kind="POSTPONED", by=scene.facilitator, at=NOW),
    )

    application.refresh_from_db()
    assert JobSheet.objects.get().status == "CLOSED"
    assert application.status == Status.DECLINED
    assert all("La fiche n’est plus diffusée." in told or "négative" in told for told in refused)


def test_the_person_refuses_while_the_file_is_sent():
    scene = set_scene()
    application = scene.application(Status.SHORTLISTED, ready=True)
    mine, theirs = read(application), read(application)

    [told] = behind(
        lambda: actions.record_agreement(
            mine, answer="REFUSED", given_on=NOW.date(), means="PHONE", by=scene.employer, at=NOW
        ),
        lambda: actions.transmit(theirs.job_sheet, [theirs], by=scene.facilitator, at=NOW),
    )

    assert "La personne a refusé cette transmission." in told
    assert not Transmission.objects.exists()


def test_the_sheet_is_taken_up_while_a_file_is_sent():
    scene = set_scene()
    application = read(scene.application(Status.SHORTLISTED, ready=True))
    sheet = JobSheet.objects.get(pk=scene.sheet.pk)

    [told] = behind(
        lambda: actions.transmit(application.job_sheet, [application], by=scene.facilitator, at=NOW),
        lambda: actions.take_up(sheet, reason="Les horaires changent.", by=scene.facilitator, at=NOW),
    )

    assert "Des dossiers sont chez l’entreprise" in told
    assert JobSheet.objects.get().status == JobSheet.Status.PUBLISHED


def test_two_facilitators_decide_of_the_same_files_in_another_order():
    scene = set_scene()
    first, second = scene.application(), scene.application()
    kept = actions.Decision(Status.SHORTLISTED, reason="Elle répond à tout.")

    def decide(*files):
        return actions.decide_many([(read(file), kept) for file in files], by=scene.facilitator, at=NOW)

    [told] = behind(lambda: decide(first), lambda: decide(second, first), then=lambda: decide(second))

    assert "Quelqu’un d’autre vient de traiter cette candidature" in told
    assert set(Application.objects.values_list("status", flat=True)) == {Status.SHORTLISTED}


def test_a_link_is_opened_twice_at_once():
    scene = without_account(set_scene())
    link, _ = link_to(scene.sheet)
    mine, theirs = (AccessLink.objects.select_related("organisation", "service").get() for _ in range(2))

    [told] = at_once(*(lambda one=one: links.open_link(one, at=NOW) for one in (mine, theirs)))

    assert told.startswith("Ce lien a déjà servi")
    link.refresh_from_db()
    assert link.opened_at == NOW


def test_the_structure_takes_a_moment_while_the_company_proposes_others():
    scene = set_scene()
    application = scene.application(Status.SENT)
    slot, other = NOW + timedelta(days=3), NOW + timedelta(days=4)
    actions.propose_meeting(application, slots=[slot], place="", by=scene.company, at=NOW)
    mine, theirs = read(application), read(application)

    [told] = at_once(
        lambda: actions.accept_meeting(mine, slot=slot, side="STRUCTURE", by=scene.employer, at=NOW),
        lambda: actions.propose_meeting(theirs, slots=[other], place="", by=scene.company, at=NOW),
    )

    assert "vient de changer cet entretien" in told
    application.refresh_from_db()
    assert (application.meeting_at, application.meeting_slots) in [(slot, []), (None, [other])]


def test_two_facilitators_ask_for_the_same_person():
    scene = set_scene()
    person = person_followed_by(scene.referrer, scene.sheet)
    picks = [actions.Pick(person, scene.referrer.organisation)]
    done = []

    assert not at_once(
        *[lambda: done.append(actions.gather(scene.sheet, picks, by=scene.facilitator, at=NOW))] * 2
    )

    [winner, loser] = sorted(done, key=lambda one: not one.asked)
    assert len(winner.asked) == 1
    assert loser.left_out == [(person, f"déjà demandée à {scene.referrer.organisation}.")]


def test_a_structure_declines_while_the_service_takes_its_request_back():
    scene = set_scene()
    suggestion = SuggestionFactory(job_sheet=scene.sheet, organisation=scene.referrer.organisation)
    mine, theirs = (Suggestion.objects.select_related("job_sheet", "service").get() for _ in range(2))

    [told] = at_once(
        lambda: actions.decline_suggestion(mine, reason="IN_JOB", by=scene.referrer, at=NOW),
        lambda: actions.take_suggestion_back(theirs, by=scene.facilitator, at=NOW),
    )

    assert told == "Cette demande a déjà sa réponse."
    suggestion.refresh_from_db()
    assert suggestion.status in ("DECLINED", "MOOT")


def test_the_company_answers_on_the_very_morning_the_file_closes_by_itself():
    scene = set_scene(posts=2)
    application = scene.application(Status.SENT, acted_at=NOW)
    announce_closings(scene.sheet.service, at=NOW + timedelta(days=53))
    mine, day = read(application), NOW + timedelta(days=60)

    told = at_once(
        lambda: actions.choose(mine, by=scene.company, at=day),
        lambda: close_silent(scene.sheet.service, at=day),
    )

    application.refresh_from_db()
    if application.status == Status.HIRED:
        assert told == []
    else:
        assert (application.status, application.decline_reason) == (Status.DECLINED, "NO_ANSWER")
        assert told == [
            "Cette candidature s’est close d’elle-même\u00a0: personne n’avait agi dans le délai annoncé."
        ]


def test_two_facilitators_close_a_sheet_at_once():
    scene = set_scene()
    one, other = (JobSheet.objects.get(pk=scene.sheet.pk) for _ in range(2))

    [told] = at_once(
        lambda: actions.close_job_sheet(one, kind="POSTPONED", by=scene.facilitator, at=NOW),
        lambda: actions.close_job_sheet(other, kind="NOBODY", by=scene.facilitator, at=NOW),
    )

    assert told == "Quelqu’un d’autre vient de changer cette fiche. Relisez-la avant de continuer."
    assert JobSheet.objects.get().closing_kind in ("POSTPONED", "NOBODY")


def test_two_workers_remind_once():
    scene = set_scene()
    scene.application(Status.NEW, acted_at=NOW)
    day = NOW + timedelta(days=9)

    at_once(*[lambda: send_reminders(scene.sheet.service, at=day)] * 2)

    assert Reminder.objects.count() == 1
