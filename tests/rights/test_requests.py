"""What a person asks about their data is written down, answered within a month, and done."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from tests.factories import (
    ApplicationFactory,
    PenaltyCaseFactory,
    PlacementFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
)
from tests.offers.scene import NOW as FEBRUARY
from tests.offers.scene import set_scene
from tests.plugin.mailbox import text_of
from tests.rights.scene import tell_story
from uneplace.journal.models import Entry
from uneplace.kit.periods import period
from uneplace.kit.refused import Refused
from uneplace.offers.actions import transmit
from uneplace.offers.models import Application
from uneplace.rights import actions
from uneplace.rights.erasing import duties_to_keep
from uneplace.rights.models import RightsRequest

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
LATER = datetime(2028, 3, 15, 9, 0, tzinfo=UTC)
Kind, Status = RightsRequest.Kind, RightsRequest.Status


@pytest.fixture
def story(db):
    return tell_story(email="dominique@exemple.fr", phone="0639981234", address="3 rue des Lilas")


def ask(person, kind=Kind.ACCESS, *, by, asked_on=date(2027, 1, 11), at=NOW):
    return actions.record_request(
        person,
        kind=kind,
        asked_by=RightsRequest.AskedBy.PERSON,
        asked_on=asked_on,
        means="PHONE",
        organisation=by.organisation,
        by=by,
        at=at,
    )


@pytest.mark.parametrize(
    ("asked_on", "due_on"),
    [
        pytest.param(date(2027, 1, 11), date(2027, 2, 11), id="un mois"),
        pytest.param(date(2027, 1, 31), date(2027, 2, 28), id="fin de mois"),
    ],
)
def test_the_service_has_a_month_from_the_day_of_the_request(story, asked_on, due_on):
    request = ask(story.person, by=story.facilitator, asked_on=asked_on, at=LATER)
    assert (request.due_on, request.status) == (due_on, Status.OPEN)
    assert Entry.objects.filter(verb="rights_request.recorded", about_id=request.pk).exists()


@pytest.mark.parametrize(
    ("asked_on", "words"),
    [(date(2027, 1, 16), "dans l’avenir"), (date(2027, 1, 11), "déjà enregistrée")],
)
def test_why_a_request_is_not_written_down(story, asked_on, words):
    if asked_on < NOW.date():
        ask(story.person, by=story.facilitator)
    with pytest.raises(Refused, match=words):
        ask(story.person, by=story.facilitator, asked_on=asked_on)


def test_the_database_holds_one_open_request_a_right(story):
    request = ask(story.person, by=story.facilitator)
    request.pk = None
    with pytest.raises(IntegrityError, match="request_one_open_a_right"), transaction.atomic():
        request.save(force_insert=True)


def test_a_refusal_says_why_and_an_answer_is_given_once(story):
    request = ask(story.person, by=story.facilitator)
    with pytest.raises(Refused, match="Écrivez la réponse"):
        actions.refuse_request(request, reason=" ", by=story.facilitator, at=NOW)
    actions.refuse_request(request, reason="Demande déjà satisfaite hier.", by=story.facilitator, at=NOW)
    assert (request.status, request.answered_by) == (Status.REFUSED, story.facilitator.user)
    with pytest.raises(Refused, match="a déjà reçu sa réponse"):
        actions.grant_request(request, reason="Remises.", by=story.facilitator, at=NOW)


def test_two_answers_at_once_are_one_answer(story):
    request = ask(story.person, Kind.ERASURE, by=story.facilitator)
    as_read_before = RightsRequest.objects.get(pk=request.pk)
    actions.refuse_request(request, reason="Un contrôle est annoncé.", by=story.facilitator, at=NOW)
    with pytest.raises(Refused, match="a déjà reçu sa réponse"):
        actions.grant_request(as_read_before, reason="Effacé.", by=story.facilitator, at=NOW)
    story.person.refresh_from_db()
    assert story.person.email == "dominique@exemple.fr"


def test_an_erasure_when_nothing_must_be_kept_anonymises_at_once(story):
    request = ask(story.person, Kind.ERASURE, by=story.facilitator, at=LATER, asked_on=date(2028, 3, 1))
    assert duties_to_keep(story.person, on=LATER.date()) == []
    actions.grant_request(request, reason="Dossier effacé.", by=story.facilitator, at=LATER)
    story.person.refresh_from_db()
    request.refresh_from_db()
    assert str(story.person) == "Personne anonymisée"
    assert request.status == Status.DONE


def test_an_erasure_during_the_control_keeps_the_proofs_and_nothing_more(story):
    request = ask(story.person, Kind.ERASURE, by=story.facilitator)
    actions.grant_request(request, reason="Coordonnées effacées.", by=story.facilitator, at=NOW)
    person = story.person
    person.refresh_from_db()
    request.refresh_from_db()
    assert request.status == Status.PARTIAL
    assert "jusqu’au 10 février 2028" in request.reason
    assert (person.email, person.phone, person.address) == ("", "", "")
    assert person.last_name.startswith("Personne")
    assert person.restricted_at == NOW
    assert person.decisions.get().grounds == ["RSA", "SENIOR"]


@pytest.mark.parametrize("at", [pytest.param(NOW, id="en partie"), pytest.param(LATER, id="en entier")])
def test_an_erasure_removes_the_file_of_a_cv(story, settings, django_capture_on_commit_callbacks, at):
    story.application.cv.save("cv-dominique.pdf", ContentFile(b"Dominique"))
    request = ask(story.person, Kind.ERASURE, by=story.facilitator, at=at)
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    with django_capture_on_commit_callbacks(execute=True):
        actions.grant_request(request, reason="CV effacé.", by=story.facilitator, at=at)
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_what_obliges_to_keep_a_file(story):
    on = LATER.date()
    PlacementFactory(
        service=story.person.service, participant=story.person, period=period(date(2028, 1, 3), None)
    )
    PenaltyCaseFactory(commitment=story.scene.sheet.commitment)
    assert duties_to_keep(story.person, on=on) == [
        "Un contrat de travail est en cours.",
        "Un dossier de pénalité est ouvert sur un marché où cette personne a travaillé.",
    ]


def test_hours_not_yet_validated_oblige_to_keep_a_file(story):
    may = date(2026, 5, 1)
    StatementLineFactory(
        statement=StatementFactory(commitment=story.scene.sheet.commitment, month=may, submitted=True),
        worked_month=WorkedMonthFactory(placement=story.application.placement, month=may),
    )
    assert "Des heures ne sont pas encore validées." in duties_to_keep(story.person, on=LATER.date())


def test_an_erasure_waits_for_applications_under_way(story):
    ApplicationFactory(
        job_sheet=story.another_sheet(), participant=story.person, status=Application.Status.NEW
    )
    request = ask(story.person, Kind.ERASURE, by=story.facilitator)
    with pytest.raises(Refused, match="retirez-les d’abord"):
        actions.grant_request(request, reason="Effacé.", by=story.facilitator, at=NOW)
    request.refresh_from_db()
    assert request.status == Status.OPEN


@pytest.mark.parametrize("kind", [Kind.OBJECTION, Kind.LIMITATION])
def test_nothing_is_transmitted_of_somebody_who_objected(db, kind):
    scene = set_scene()
    application = scene.application(Application.Status.SHORTLISTED, ready=True)
    application.participant.decisions.update(service=scene.sheet.service)
    request = ask(application.participant, kind, by=scene.facilitator, asked_on=date(2026, 2, 1), at=FEBRUARY)
    actions.grant_request(request, reason="Plus rien n’est transmis.", by=scene.facilitator, at=FEBRUARY)
    with pytest.raises(Refused, match="a demandé que son dossier ne soit plus transmis"):
        transmit(scene.sheet, [application], by=scene.facilitator, at=FEBRUARY)

    actions.lift_restriction(application.participant, by=scene.facilitator, at=FEBRUARY)
    assert transmit(scene.sheet, [application], by=scene.facilitator, at=FEBRUARY)
    with pytest.raises(Refused, match="Aucune limite"):
        actions.lift_restriction(application.participant, by=scene.facilitator, at=FEBRUARY)


@pytest.mark.parametrize("kind", [Kind.OBJECTION, Kind.LIMITATION])
def test_companies_lose_sight_of_somebody_who_objected(db, kind):
    scene = set_scene()
    application = scene.application(Application.Status.SENT)
    assert Application.objects.visible_to(scene.company).filter(pk=application.pk).exists()
    request = ask(application.participant, kind, by=scene.facilitator, asked_on=date(2026, 2, 1), at=FEBRUARY)
    actions.grant_request(request, reason="Plus rien n’est transmis.", by=scene.facilitator, at=FEBRUARY)
    application.refresh_from_db()
    assert application.status == Application.Status.WITHDRAWN
    assert not Application.objects.visible_to(scene.company).filter(pk=application.pk).exists()


def test_the_service_is_told_of_what_a_structure_wrote_down(transactional_db, mailbox):
    story = tell_story()
    ask(story.person, by=story.scene.referrer)
    (message,) = mailbox.to(story.facilitator.user.email)
    assert "jusqu’au 11 février 2027" in text_of(message)
    assert story.person.last_name not in message.as_string()
