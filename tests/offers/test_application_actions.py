from datetime import date
from io import BytesIO

import pytest

from tests.factories import OrganisationFactory, ParticipantFactory
from tests.files import PNG
from tests.plugin.mailbox import text_of
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.actions import AnswerGiven, Decision, Told
from uneplace.offers.models import Agreement, Application, JobSheet
from uneplace.people.models import InformationGiven, Participant, Support

from .scene import NOW, TODAY, person_followed_by, set_scene

pytestmark = pytest.mark.django_db
Status = Application.Status
INFORMED = Told(date(2026, 2, 10), "INTERVIEW")


def put_forward(scene, *, by=None, **changes):
    by = by or scene.referrer
    return actions.put_forward(
        scene.sheet,
        **{
            "organisation": by.organisation,
            "information": INFORMED,
            "available_from": date(2026, 3, 2),
            "by": by,
            "at": NOW,
            **changes,
        },
    )


def test_a_referrer_puts_a_new_person_forward(mailbox):
    scene = set_scene()

    application = put_forward(
        scene,
        identity={"first_name": "Nouria", "last_name": "Lecacheux"},
        licences=["B"],
        answers={
            scene.hard.pk: AnswerGiven("YES", "14 min à pied"),
            scene.soft.pk: AnswerGiven("UNSURE", "code obtenu"),
        },
        agreement=Told(date(2026, 2, 11), "PHONE"),
    )

    person = application.participant
    assert (person.service, person.licences) == (scene.sheet.service, ["B"])
    assert Support.objects.get(participant=person).organisation == scene.referrer.organisation
    assert InformationGiven.objects.get(participant=person).given_on == date(2026, 2, 10)
    assert application.agreement.answer == Agreement.Answer.GIVEN
    assert {answer.fact for answer in application.answers.all()} == {"14 min à pied", "code obtenu"}
    assert "Une candidature" in mailbox.to(scene.facilitator.user.email)[0]["subject"]


def test_a_known_person_keeps_one_file():
    scene = set_scene()
    person = person_followed_by(scene.employer, scene.sheet, licences=["B"])

    application = put_forward(scene, by=scene.employer, participant=person, licences=["CACES_ENGINS"])

    assert application.participant == person
    person.refresh_from_db()
    assert person.licences == ["B", "CACES_ENGINS"]
    assert Participant.objects.count() == 1


def test_boxes_left_empty_take_no_licence_away():
    scene = set_scene()
    person = person_followed_by(scene.employer, scene.sheet, licences=["B"])

    put_forward(scene, by=scene.employer, participant=person, licences=[])

    person.refresh_from_db()
    assert person.licences == ["B"]


def test_the_same_person_is_put_forward_once_for_a_sheet():
    scene = set_scene()
    person = person_followed_by(scene.employer, scene.sheet)
    put_forward(scene, by=scene.employer, participant=person)

    with pytest.raises(Refused, match="Cette personne est déjà proposée pour ce poste"):
        put_forward(scene, by=scene.employer, participant=person)

    assert Application.objects.count() == 1
    assert InformationGiven.objects.count() == 1


def test_nobody_puts_forward_somebody_that_the_structure_does_not_follow():
    scene = set_scene()

    with pytest.raises(Refused, match="que la structure accompagne"):
        put_forward(scene, participant=ParticipantFactory(service=scene.sheet.service))


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("FILLED", "Ce poste est pourvu."),
        ("CLOSED", "n’est plus ouverte"),
        ("TO_AGREE", "n’est plus ouverte"),
    ],
)
def test_why_not_put_forward(status, reason):
    scene = set_scene(status=status, closing_reason="Reporté.")

    with pytest.raises(Refused, match=reason):
        put_forward(scene, identity={"first_name": "Nouria", "last_name": "Lecacheux"})


def test_information_in_the_future_is_refused_and_nothing_is_left_behind():
    scene = set_scene()

    with pytest.raises(Refused, match="ne peut pas être dans l’avenir"):
        put_forward(
            scene,
            identity={"first_name": "Nouria", "last_name": "Lecacheux"},
            information=Told(date(2026, 2, 13), "PHONE"),
        )

    assert not Participant.objects.exists()


def test_days_that_nobody_lives_are_refused():
    identity = {"first_name": "Nouria", "last_name": "Lecacheux", "born_on": date(2150, 1, 1)}

    with pytest.raises(Refused) as refusal:
        put_forward(
            set_scene(),
            identity=identity,
            available_from=date(1901, 3, 2),
            information=Told(date(1900, 1, 1), "PHONE"),
            agreement=Told(date(1902, 1, 1), "PHONE"),
        )

    assert refusal.value.reasons == (
        "Vérifiez la date de naissance.",
        "Vérifiez la date de disponibilité.",
        "Vérifiez la date de l’information.",
        "Vérifiez la date de l’accord.",
    )


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 2, 13), "dans l’avenir"), (date(1926, 2, 12), "Vérifiez la date")]
)
def test_an_agreement_is_not_dated_in_the_future_nor_long_ago(day, words):
    scene = set_scene()
    application = scene.application()

    with pytest.raises(Refused, match=words):
        actions.record_agreement(
            application, answer="GIVEN", given_on=day, means="PHONE", by=scene.employer, at=NOW
        )


def test_a_cv_is_kept_under_a_name_that_nobody_guesses(settings):
    scene = set_scene()

    application = put_forward(
        scene,
        identity={"first_name": "Nouria", "last_name": "Lecacheux"},
        cv=BytesIO(PNG),
        cv_name="../CV de Nouria.png",
    )

    assert application.cv_name == "CV de Nouria.png"
    assert "Nouria" not in application.cv.name
    assert application.cv.name.endswith(".png")
    assert (settings.MEDIA_ROOT / application.cv.name).stat().st_mode & 0o077 == 0


def test_a_cv_that_is_not_one_is_refused_with_all_the_rest():
    scene = set_scene()

    with pytest.raises(Refused, match="porte le nom d’un PDF"):
        put_forward(
            scene,
            identity={"first_name": "Nouria", "last_name": "Lecacheux"},
            cv=BytesIO(b"MZ\x90\x00 a program"),
            cv_name="cv.pdf",
        )

    assert not Application.objects.exists()


def test_a_service_acts_for_a_structure_without_account():
    scene = set_scene()
    structure = OrganisationFactory(employer=True)

    put_forward(
        scene,
        by=scene.facilitator,
        organisation=structure,
        identity={"first_name": "Nouria", "last_name": "Lecacheux"},
    )

    assert Entry.objects.get(verb="application.sent").on_behalf_of_id == structure.pk


@pytest.mark.parametrize("verdict", [Status.SHORTLISTED, Status.ON_HOLD])
def test_a_file_is_kept_with_a_reason(verdict):
    scene = set_scene()
    application = scene.application()

    with pytest.raises(Refused, match="Écrivez la raison"):
        actions.decide(application, Decision(verdict, " "), by=scene.facilitator, at=NOW)
    actions.decide(application, Decision(verdict, "Motivée."), by=scene.facilitator, at=NOW)

    assert (application.status, application.shortlist_reason) == (verdict, "Motivée.")
    assert application.shortlisted_at == NOW


def test_a_discard_says_why_and_the_structure_reads_it(mailbox):
    scene = set_scene()
    application = scene.application()

    with pytest.raises(Refused, match="raison dans la liste"):
        actions.decide(application, Decision(Status.DECLINED), by=scene.facilitator, at=NOW)
    with pytest.raises(Refused, match="Précisez la raison"):
        actions.decide(
            application, Decision(Status.DECLINED, decline_reason="OTHER"), by=scene.facilitator, at=NOW
        )
    decision = Decision(Status.DECLINED, decline_reason="NOT_AVAILABLE", note="Son contrat finit en mars.")
    actions.decide(application, decision, by=scene.facilitator, at=NOW)

    [message] = mailbox.to(scene.employer.user.email)
    assert "Pas disponible à la date" in text_of(message)
    assert "Une précision est à lire sur la page." in text_of(message)
    assert "Son contrat finit en mars." not in text_of(message), "a file's words do not leave by mail"


def test_a_discarded_file_may_be_kept_again_until_it_is_sent():
    scene = set_scene()
    application = scene.application(Status.DECLINED, decline_reason="SKILLS")

    actions.decide(application, Decision(Status.SHORTLISTED, "Relue."), by=scene.facilitator, at=NOW)

    assert (application.status, application.decline_reason) == (Status.SHORTLISTED, "")
    sent = scene.application(Status.SENT)
    assert actions.why_not_preselect(sent) == ["Ce dossier est déjà transmis à l’entreprise."]


def test_two_facilitators_decide_at_once_and_the_second_is_told():
    scene = set_scene()
    application = scene.application()
    as_read_by_the_other = Application.objects.get(pk=application.pk)
    actions.decide(
        application, Decision(Status.DECLINED, decline_reason="SKILLS"), by=scene.facilitator, at=NOW
    )

    with pytest.raises(Refused, match="Une réponse négative a été donnée"):
        actions.decide(
            as_read_by_the_other, Decision(Status.SHORTLISTED, "Oui."), by=scene.facilitator, at=NOW
        )


def test_an_agreement_may_change_until_the_file_is_sent():
    scene = set_scene()
    application = scene.application()
    answer = {"given_on": TODAY, "means": "PHONE", "by": scene.employer, "at": NOW}

    actions.record_agreement(application, answer="REFUSED", **answer)
    actions.record_agreement(application, answer="GIVEN", **answer)

    assert Agreement.objects.get().answer == "GIVEN"
    with pytest.raises(Refused, match="déjà transmis"):
        actions.record_agreement(scene.application(Status.SENT), answer="REFUSED", **answer)


def test_a_withdrawn_candidate_leaves_the_company_s_sight(mailbox):
    scene = set_scene()
    application = scene.application(Status.SENT)
    assert Application.objects.visible_to(scene.company).exists()

    actions.withdraw(application, reason="IN_JOB", by=scene.employer, at=NOW)

    assert application.status == Status.WITHDRAWN
    assert not Application.objects.visible_to(scene.company).exists()
    [message] = mailbox.to(scene.company.user.email)
    assert "n’est plus disponible" in message["subject"]
    assert application.participant.last_name not in text_of(message)
    assert len(mailbox.to(scene.facilitator.user.email)) == 1


def test_a_candidate_already_chosen_is_not_withdrawn():
    scene = set_scene()

    with pytest.raises(Refused, match="L’entreprise a choisi cette personne"):
        actions.withdraw(scene.application(Status.HIRED), reason="IN_JOB", by=scene.employer, at=NOW)


def test_who_may_put_forward_and_withdraw():
    scene = set_scene()
    application = scene.application()

    assert perms.can_put_forward(scene.employer, scene.sheet)
    assert not perms.can_put_forward(scene.company, scene.sheet)
    assert perms.can_withdraw(scene.employer, application)
    assert not perms.can_withdraw(scene.referrer, application)
    assert not perms.can_withdraw(scene.facilitator, application)
    assert JobSheet.objects.visible_to(scene.referrer).exists()
    assert not Application.objects.visible_to(scene.referrer).exists()
