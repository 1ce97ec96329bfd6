from datetime import date, datetime, timedelta

import pytest

from tests.factories import (
    CommitmentFactory,
    EligibilityDecisionFactory,
    JobSheetFactory,
    PlacementFactory,
)
from tests.plugin.mailbox import text_of
from tests.words import says
from uneplace.journal.models import Entry
from uneplace.kit.periods import period
from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.models import Agreement, Application, JobSheet, Transmission
from uneplace.offers.queries import files_of
from uneplace.people.models import EligibilityDecision, InformationGiven

from .scene import NOW, TODAY, set_scene

pytestmark = pytest.mark.django_db
Status = Application.Status


def test_the_kept_files_reach_the_company(mailbox):
    scene = set_scene(posts=2)
    files = [scene.application(Status.SHORTLISTED, ready=True) for _ in range(2)]

    actions.transmit(scene.sheet, files, by=scene.facilitator, at=NOW)

    assert {file.status for file in files} == {Status.SENT}
    assert set(Application.objects.visible_to(scene.company)) == set(files)
    sent = Transmission.objects.first()
    assert (sent.eligible_until, sent.answer_before) == (date(2026, 8, 10), TODAY + timedelta(days=15))
    [message] = mailbox.to(scene.company.user.email)
    assert "dossiers pour" in message["subject"]
    assert not says("RSA", text_of(message))
    assert len(mailbox.to(scene.employer.user.email)) == 2


def spoil(application, what):
    person = application.participant
    if what == "agreement":
        Agreement.objects.all().delete()
    elif what == "refusal":
        Agreement.objects.update(answer="REFUSED")
    elif what == "information":
        InformationGiven.objects.all().delete()
    elif what == "decision":
        EligibilityDecision.objects.all().delete()
    elif what == "expired":
        EligibilityDecision.objects.update(valid_until=date(2026, 3, 2))
    elif what == "revoked":
        EligibilityDecision.objects.update(revoked_on=TODAY)
    elif what == "ground":
        clause = application.job_sheet.commitment.clause
        clause.accepted_grounds = ["QPV"]
        clause.save()
    elif what == "filled":
        JobSheet.objects.update(status="FILLED")
    elif what == "status":
        Application.objects.filter(participant=person).update(status="ON_HOLD")


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        pytest.param("agreement", "L’accord de la personne n’est pas encore recueilli", id="sans accord"),
        pytest.param("refusal", "La personne a refusé", id="accord refusé"),
        pytest.param("information", "L’information de la personne", id="sans information"),
        pytest.param("decision", "Aucune décision d’éligibilité", id="sans décision"),
        pytest.param("expired", "Aucune décision d’éligibilité", id="décision finie le premier jour"),
        pytest.param("revoked", "Aucune décision d’éligibilité", id="décision retirée"),
        pytest.param("ground", "ne sont pas admis par la clause", id="motif que la clause n’admet pas"),
        pytest.param("filled", "Le poste est pourvu", id="poste pourvu"),
        pytest.param("status", "Le dossier n’est pas retenu", id="dossier en réserve"),
    ],
)
def test_why_not_transmit(what, reason):
    scene = set_scene()
    application = scene.application(Status.SHORTLISTED, ready=True)
    spoil(application, what)
    application = Application.objects.get(pk=application.pk)

    [told] = actions.why_not_transmit(application, files_of([application], on=TODAY)[application.pk])
    assert reason in told
    with pytest.raises(Refused, match=reason):
        actions.transmit(JobSheet.objects.get(pk=scene.sheet.pk), [application], by=scene.facilitator, at=NOW)
    assert not Transmission.objects.exists()


def test_all_the_files_go_or_none():
    scene = set_scene()
    ready = scene.application(Status.SHORTLISTED, ready=True)
    other = scene.application(Status.SHORTLISTED)

    with pytest.raises(Refused, match=str(other.participant)):
        actions.transmit(scene.sheet, [ready, other], by=scene.facilitator, at=NOW)

    ready.refresh_from_db()
    assert ready.status == Status.SHORTLISTED


def test_the_company_chooses_and_the_sheet_is_filled(mailbox):
    scene = set_scene(posts=1)
    chosen, other = scene.application(Status.SENT), scene.application(Status.SENT, by=scene.referrer)

    actions.choose(chosen, by=scene.company, at=NOW)

    scene.sheet.refresh_from_db()
    assert (chosen.status, scene.sheet.status) == (Status.HIRED, JobSheet.Status.FILLED)
    assert chosen.answered_by == scene.company.organisation
    assert "embauchée" in text_of(mailbox.to(scene.employer.user.email)[0])
    assert len(mailbox.to(scene.facilitator.user.email)) == 1
    assert actions.why_not_choose(Application.objects.get(pk=other.pk)) == [
        "Tous les postes de cette fiche sont pourvus."
    ]

    actions.decline(other, reason="OTHER_CANDIDATE", by=scene.company, at=NOW)
    assert "Une autre personne a été choisie" in text_of(mailbox.to(scene.referrer.user.email)[0])


def test_a_company_is_told_to_read_a_sheet_taken_up_before_it_chooses():
    application = set_scene(status="TO_AGREE").application(Status.SENT)

    [told] = actions.why_not_choose(application)

    assert "relisez-la et donnez votre accord" in told


def test_a_sheet_of_two_posts_stays_open_after_the_first_choice():
    scene = set_scene(posts=2)

    actions.choose(scene.application(Status.SENT), by=scene.company, at=NOW)

    scene.sheet.refresh_from_db()
    assert scene.sheet.status == JobSheet.Status.PUBLISHED


def test_choosing_closes_the_person_s_other_applications(mailbox):
    scene = set_scene()
    contract = {"clause__lot__contract__service": scene.sheet.service}
    elsewhere, before = (set_scene(commitment=CommitmentFactory(**contract)) for _ in range(2))
    chosen = scene.application(Status.SENT)
    sent = elsewhere.application(Status.SENT, participant=chosen.participant)
    declined = before.application(Status.DECLINED, participant=chosen.participant, decline_reason="SKILLS")

    actions.choose(chosen, by=scene.company, at=NOW)

    sent.refresh_from_db()
    declined.refresh_from_db()
    assert (sent.status, declined.status) == (Status.HIRED_ELSEWHERE, Status.DECLINED)
    assert not Application.objects.visible_to(elsewhere.company).exists()
    assert "n’est plus disponible" in mailbox.to(elsewhere.company.user.email)[0]["subject"]
    assert "embauchée ailleurs" in text_of(mailbox.to(elsewhere.employer.user.email)[0])


@pytest.fixture
def hired():
    """The scene of a second job at the same dates, and somebody hired for the first."""
    scene = set_scene()
    other = set_scene(commitment=CommitmentFactory(clause__lot__contract__service=scene.sheet.service))
    return scene, other.application(Status.HIRED)


def test_somebody_hired_is_neither_put_forward_nor_sent_nor_chosen_at_the_same_dates(hired):
    scene, work = hired
    person = work.participant
    kept = scene.application(Status.SHORTLISTED, participant=person, ready=True)

    with pytest.raises(Refused, match="déjà embauchée à ces dates"):
        actions.put_forward(
            scene.sheet,
            organisation=scene.employer.organisation,
            participant=person,
            information=actions.Told(TODAY, "PHONE"),
            by=scene.employer,
            at=NOW,
        )
    with pytest.raises(Refused, match="déjà embauchée à ces dates"):
        actions.transmit(scene.sheet, [kept], by=scene.facilitator, at=NOW)

    Application.objects.filter(pk=kept.pk).update(status=Status.SENT)
    kept.refresh_from_db()
    with pytest.raises(Refused, match="embauchée ailleurs"):
        actions.choose(kept, by=scene.company, at=NOW)


def test_somebody_whose_work_contract_ended_before_may_be_sent(hired):
    scene, work = hired
    PlacementFactory(
        service=scene.sheet.service,
        application=work,
        participant=work.participant,
        period=period(date(2026, 1, 5), date(2026, 2, 6)),
    )
    kept = scene.application(Status.SHORTLISTED, participant=work.participant, ready=True)

    actions.transmit(scene.sheet, [kept], by=scene.facilitator, at=NOW)

    assert kept.status == Status.SENT


def test_a_decline_says_why():
    scene = set_scene()
    application = scene.application(Status.SENT)

    with pytest.raises(Refused, match="Précisez la raison"):
        actions.decline(application, reason="OTHER", by=scene.company, at=NOW)
    actions.decline(application, reason="OTHER", note="Le poste a changé.", by=scene.company, at=NOW)

    assert (application.status, application.decline_note) == (Status.DECLINED, "Le poste a changé.")
    assert not perms.can_read_cv(scene.company, application)


def test_a_meeting_is_proposed_then_moved(mailbox):
    scene = set_scene()
    application = scene.application(Status.SENT)
    first, second = NOW + timedelta(days=3), NOW + timedelta(days=4)

    with pytest.raises(Refused, match="moment à venir"):
        actions.propose_meeting(
            application, slots=[NOW - timedelta(hours=1)], place="", by=scene.company, at=NOW
        )
    for moment in (first, second):
        actions.propose_meeting(application, slots=[moment], place="12 rue du Gué", by=scene.company, at=NOW)

    assert (application.status, application.meeting_slots) == (Status.MEETING, [second])
    assert "12 rue du Gué" in text_of(mailbox.to(scene.employer.user.email)[-1])
    actions.choose(application, by=scene.company, at=NOW)
    assert application.status == Status.HIRED


def test_a_service_answers_for_a_company_without_account_only():
    scene = set_scene()
    application = scene.application(Status.SENT)
    assert not perms.can_answer(scene.facilitator, application)
    company = scene.company.organisation
    company.memberships.update(ended_at=NOW)
    assert perms.can_answer(scene.facilitator, application)

    actions.choose(application, by=scene.facilitator, at=NOW)

    assert Entry.objects.get(verb="application.hired").on_behalf_of_id == company.pk


def test_the_eligibility_looked_at_is_that_of_the_first_day_not_of_a_past_one():
    scene = set_scene()
    application = scene.application(Status.SHORTLISTED, ready=True)
    late = date(2026, 5, 1)
    EligibilityDecision.objects.update(valid_until=date(2026, 4, 15))

    assert files_of([application], on=TODAY)[application.pk].decision is not None
    assert files_of([application], on=late)[application.pk].decision is None
    EligibilityDecisionFactory(
        participant=application.participant, decided_on=late, valid_until=date(2026, 11, 1)
    )
    assert files_of([application], on=late)[application.pk].decision.decided_on == late


def test_another_company_with_a_sheet_of_its_own_sees_nothing():
    scene = set_scene()
    scene.application(Status.SENT)
    stranger = set_scene().company

    assert not Application.objects.visible_to(stranger).exists()
    JobSheetFactory(commitment=scene.sheet.commitment)
    assert not JobSheet.objects.visible_to(stranger).filter(commitment=scene.sheet.commitment).exists()


def test_the_day_of_a_meeting_is_told_in_paris(mailbox):
    scene = set_scene()
    application = scene.application(Status.SENT)

    actions.propose_meeting(
        application,
        slots=[datetime.fromisoformat("2026-02-16T09:30:00+01:00")],
        place="",
        by=scene.company,
        at=NOW,
    )

    assert "16 février 2026 à 09\u00a0h\u00a030" in text_of(mailbox.to(scene.employer.user.email)[0])
