"""Somebody taken back, or hired elsewhere and free again, is put forward once more for the same job."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from tests.factories import EligibilityDecisionFactory, InformationGivenFactory, SupportFactory
from tests.files import PNG
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.matching.needs import job_of
from uneplace.matching.pool import in_the_pool
from uneplace.offers import actions
from uneplace.offers.actions import AnswerGiven, Decision, Pick, Told
from uneplace.offers.models import Agreement, Application, Suggestion

from .scene import NOW, TODAY, set_scene
from .test_application_actions import INFORMED, put_forward

pytestmark = pytest.mark.django_db
Status = Application.Status
AGREED = Told(date(2026, 2, 11), "PHONE")


@pytest.fixture
def scene():
    return set_scene()


def taken_back(scene):
    """A file that was sent to the company, then withdrawn by its structure."""
    application = scene.application(Status.SENT, message="Apprend vite.", shortlist_reason="Motivée.")
    actions.withdraw(application, reason="IN_JOB", by=scene.employer, at=NOW)
    return application


def again(scene, application, *, by=None, **changes):
    return put_forward(
        scene,
        by=by or scene.employer,
        participant=application.participant,
        at=NOW + timedelta(days=1),
        **changes,
    )


def test_the_same_application_begins_anew_and_the_journal_tells_what_was_before(scene):
    former = taken_back(scene)

    application = again(scene, former, agreement=AGREED)

    assert application.pk == former.pk
    assert (application.status, application.sent_at) == (Status.NEW, NOW + timedelta(days=1))
    assert (application.decline_reason, application.shortlist_reason, application.answered_at) == (
        "",
        "",
        None,
    )
    assert application.message == "Apprend vite.", "what the structure had written is kept"
    assert not hasattr(application, "transmission")
    told = Entry.objects.filter(about_kind="application", about_id=former.pk).order_by("pk")
    assert [entry.verb for entry in told] == [
        "application.withdrawn",
        "application.sent_again",
        "agreement.recorded",
    ]


def test_the_person_agrees_again_before_anything_is_sent_again(scene, mailbox):
    former = taken_back(scene)
    EligibilityDecisionFactory(participant=former.participant)
    application = again(scene, former)
    kept = Decision(Status.SHORTLISTED, "De nouveau libre.")
    actions.decide(application, kept, by=scene.facilitator, at=NOW + timedelta(days=2))

    with pytest.raises(Refused, match="L’accord de la personne n’est pas encore recueilli"):
        actions.transmit(scene.sheet, [application], by=scene.facilitator, at=NOW + timedelta(days=2))
    actions.record_agreement(
        application,
        answer=Agreement.Answer.GIVEN,
        given_on=TODAY,
        means="PHONE",
        by=scene.employer,
        at=NOW + timedelta(days=2),
    )
    [sent] = actions.transmit(scene.sheet, [application], by=scene.facilitator, at=NOW + timedelta(days=2))

    assert (sent.application, sent.withdrawn_at) == (application, None)
    assert Application.objects.visible_to(scene.company).get() == application


def test_what_a_company_had_received_is_out_of_its_sight_until_it_is_sent_again(scene):
    former = taken_back(scene)

    again(scene, former, agreement=AGREED)

    assert not Application.objects.visible_to(scene.company).exists()


def test_another_structure_reads_nothing_of_what_the_first_wrote(
    scene, settings, django_capture_on_commit_callbacks
):
    former = put_forward(
        scene,
        by=scene.employer,
        identity={"first_name": "Nouria", "last_name": "Lecacheux"},
        answers={scene.hard.pk: AnswerGiven("YES", "14 min à pied")},
        message="Suivie depuis un an.",
        cv=BytesIO(PNG),
        cv_name="cv.png",
    )
    actions.withdraw(former, reason="NOT_INTERESTED", by=scene.employer, at=NOW)
    SupportFactory(participant=former.participant, organisation=scene.referrer.organisation)
    path = settings.MEDIA_ROOT / former.cv.name
    assert path.exists()

    with django_capture_on_commit_callbacks(execute=True):
        application = again(scene, former, by=scene.referrer)

    assert (application.organisation, application.message) == (scene.referrer.organisation, "")
    assert (application.cv.name, application.cv_name) == ("", "")
    assert not application.answers.exists()
    assert not path.exists()
    assert not Application.objects.visible_to(scene.employer).exists()


def test_answers_and_cv_written_again_take_the_place_of_the_former_ones(scene):
    former = put_forward(
        scene,
        by=scene.employer,
        identity={"first_name": "Nouria", "last_name": "Lecacheux"},
        answers={scene.hard.pk: AnswerGiven("NO", "pas de bus")},
        cv=BytesIO(PNG),
        cv_name="ancien.png",
    )
    actions.withdraw(former, reason="NOT_MOBILE", by=scene.employer, at=NOW)

    application = again(
        scene,
        former,
        answers={scene.hard.pk: AnswerGiven("YES", "covoiturage")},
        cv=BytesIO(PNG),
        cv_name="nouveau.png",
    )

    assert [answer.fact for answer in application.answers.all()] == ["covoiturage"]
    assert application.cv_name == "nouveau.png"


def test_somebody_hired_elsewhere_comes_back_once_that_work_contract_is_over(scene):
    elsewhere = set_scene(commitment=scene.sheet.commitment)
    here = scene.application(Status.SENT)
    there = elsewhere.application(Status.SENT, participant=here.participant)
    actions.choose(there, by=scene.company, at=NOW)
    here.refresh_from_db()
    assert here.status == Status.HIRED_ELSEWHERE

    with pytest.raises(Refused, match="déjà embauchée à ces dates"):
        again(scene, here)
    actions.free_post(there, reason="NOT_INTERESTED", before=date(2026, 2, 25), by=scene.facilitator, at=NOW)

    assert again(scene, here).status == Status.NEW


def test_whoever_nobody_answered_in_time_may_be_put_forward_again(scene):
    forgotten = scene.application(Status.SENT)
    Application.objects.filter(pk=forgotten.pk).update(
        status=Status.DECLINED, decline_reason="NO_ANSWER", answered_at=NOW
    )

    assert again(scene, forgotten).status == Status.NEW


def test_whoever_had_an_answer_is_not_put_forward_again(scene):
    declined = scene.application(Status.DECLINED, decline_reason="SKILLS")

    with pytest.raises(Refused, match="déjà proposée pour ce poste"):
        again(scene, declined)


def test_the_pool_shows_those_who_may_come_back_and_the_service_asks_for_them(scene):
    former = taken_back(scene)
    person = former.participant
    there = scene.application().participant
    pool = in_the_pool(scene.facilitator, scene.sheet, job_of(scene.sheet, on=TODAY))

    assert person in pool
    assert there not in pool
    InformationGivenFactory(participant=person, organisation=scene.employer.organisation)
    done = actions.gather(
        scene.sheet, [Pick(person, scene.employer.organisation)], by=scene.facilitator, at=NOW
    )

    assert [one.participant for one in done.asked] == [person]
    application = again(scene, former, agreement=AGREED, information=INFORMED)
    assert application.status == Status.NEW
    assert Suggestion.objects.get().status == "ACCEPTED"
