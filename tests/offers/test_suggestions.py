"""Several people put forward in one act: a structure with an account is asked, the others are done for it."""

from datetime import date

import pytest

from tests.factories import (
    ApplicationFactory,
    InformationGivenFactory,
    JobSheetFactory,
    OrganisationFactory,
    ParticipantFactory,
    PartnershipFactory,
    SuggestionFactory,
    SupportFactory,
)
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.offers import actions
from uneplace.offers.actions import Pick, Told
from uneplace.offers.models import Agreement, Application, JobSheet, Suggestion

from .scene import NOW, person_followed_by, set_scene

pytestmark = pytest.mark.django_db
TOLD = Told(date(2026, 2, 10), "PHONE")
AGREED = Told(date(2026, 2, 11), "INTERVIEW")


@pytest.fixture
def scene():
    return set_scene()


@pytest.fixture
def silent(scene):
    """A structure of the service in which nobody can sign in."""
    structure = OrganisationFactory(referrer=True, name="Épicerie solidaire")
    PartnershipFactory(service=scene.sheet.service, organisation=structure)
    return structure


def followed_by(structure, scene, **fields):
    person = ParticipantFactory(service=scene.sheet.service, **fields)
    SupportFactory(participant=person, organisation=structure)
    return person


def gather(scene, *picks):
    return actions.gather(scene.sheet, picks, by=scene.facilitator, at=NOW)


def test_a_structure_with_an_account_is_asked_and_nothing_is_put_forward_yet(scene):
    people = [person_followed_by(scene.referrer, scene.sheet) for _ in range(2)]

    done = gather(scene, *(Pick(person, scene.referrer.organisation) for person in people))

    assert [one.participant for one in done.asked] == people
    assert not Application.objects.exists()
    assert Entry.objects.filter(verb="suggestion.asked").count() == 2


def test_for_a_structure_without_account_the_service_puts_forward_once_the_person_was_told(scene, silent):
    told, untold = followed_by(silent, scene, last_name="A"), followed_by(silent, scene, last_name="B")
    known = followed_by(silent, scene, last_name="C")
    InformationGivenFactory(participant=known, organisation=silent)

    done = gather(scene, Pick(told, silent, TOLD), Pick(untold, silent), Pick(known, silent))

    assert [one.participant for one in done.put_forward] == [told, known]
    assert done.left_out == [(untold, "écrivez quand et comment elle a été informée.")]
    assert {one.organisation for one in done.put_forward} == {silent}
    assert told.informations.get().means == "PHONE"
    assert Entry.objects.filter(verb="application.sent", on_behalf_of_name=str(silent)).count() == 2


def test_who_cannot_be_is_told_one_by_one_and_the_others_are_done(scene, silent):
    free = person_followed_by(scene.referrer, scene.sheet)
    there = scene.application().participant
    hired = person_followed_by(scene.referrer, scene.sheet)
    ApplicationFactory(
        job_sheet=JobSheetFactory(commitment=scene.sheet.commitment, period=scene.sheet.period),
        participant=hired,
        status="HIRED",
    )
    limited = person_followed_by(scene.referrer, scene.sheet, restricted_at=NOW)
    asked = person_followed_by(scene.referrer, scene.sheet)
    SuggestionFactory(job_sheet=scene.sheet, participant=asked, organisation=scene.referrer.organisation)
    stranger = person_followed_by(scene.employer, scene.sheet)
    mine = scene.referrer.organisation

    done = gather(
        scene,
        *(Pick(person, mine) for person in (free, hired, limited, asked, stranger)),
        Pick(there, scene.employer.organisation),
    )

    assert [one.participant for one in done.asked] == [free]
    assert done.left_out == [
        (hired, "déjà embauchée à ces dates."),
        (limited, "a demandé que son dossier ne soit plus transmis."),
        (asked, f"déjà demandée à {mine}."),
        (stranger, "choisissez une structure qui la suit."),
        (there, "déjà proposée pour ce poste."),
    ]


def test_a_structure_that_had_not_the_sheet_receives_it(scene):
    scene.sheet.diffusions.all().delete()
    person = person_followed_by(scene.referrer, scene.sheet)

    gather(scene, Pick(person, scene.referrer.organisation))

    assert JobSheet.objects.visible_to(scene.referrer).get() == scene.sheet
    assert Suggestion.objects.visible_to(scene.referrer).waiting().count() == 1
    assert not Suggestion.objects.visible_to(scene.employer).exists()
    assert not Suggestion.objects.visible_to(scene.company).exists()


def test_the_structure_accepts_with_the_agreement_of_the_person_and_never_without(scene):
    person = person_followed_by(scene.referrer, scene.sheet)
    [suggestion] = gather(scene, Pick(person, scene.referrer.organisation)).asked
    words = {
        "organisation": scene.referrer.organisation,
        "participant": person,
        "information": TOLD,
        "by": scene.referrer,
        "at": NOW,
    }

    with pytest.raises(Refused, match="notez son accord"):
        actions.put_forward(scene.sheet, **words)
    application = actions.put_forward(scene.sheet, agreement=AGREED, **words)

    suggestion.refresh_from_db()
    assert (suggestion.status, suggestion.answered_at) == ("ACCEPTED", NOW)
    assert application.agreement.answer == Agreement.Answer.GIVEN


def test_the_structure_declines_with_a_reason_and_is_not_asked_again(scene):
    person = person_followed_by(scene.referrer, scene.sheet)
    pick = Pick(person, scene.referrer.organisation)
    [suggestion] = gather(scene, pick).asked

    with pytest.raises(Refused, match="Précisez la raison"):
        actions.decline_suggestion(suggestion, reason="OTHER", by=scene.referrer, at=NOW)
    actions.decline_suggestion(suggestion, reason="IN_TRAINING", by=scene.referrer, at=NOW)

    with pytest.raises(Refused, match="a déjà sa réponse"):
        actions.decline_suggestion(suggestion, reason="IN_JOB", by=scene.referrer, at=NOW)
    [(_, reason)] = gather(scene, pick).left_out
    assert reason == f"{scene.referrer.organisation} a déjà refusé de la proposer pour ce poste."


def test_a_request_taken_back_can_be_made_again(scene):
    person = person_followed_by(scene.referrer, scene.sheet)
    pick = Pick(person, scene.referrer.organisation)
    [suggestion] = gather(scene, pick).asked

    actions.take_suggestion_back(suggestion, by=scene.facilitator, at=NOW)

    assert not Suggestion.objects.waiting().exists()
    assert gather(scene, pick).asked == [suggestion]


def test_who_is_hired_elsewhere_is_no_longer_asked_for(scene):
    hired = scene.application("SENT")
    other = JobSheetFactory(commitment=scene.sheet.commitment)
    suggestion = SuggestionFactory(job_sheet=other, participant=hired.participant)

    actions.choose(hired, by=scene.company, at=NOW)

    suggestion.refresh_from_db()
    assert suggestion.status == "MOOT"


def test_nobody_chosen_too_many_or_a_sheet_closed_meanwhile_is_refused(scene):
    person = person_followed_by(scene.referrer, scene.sheet)
    pick = Pick(person, scene.referrer.organisation)
    with pytest.raises(Refused, match="au moins une personne"):
        gather(scene)
    with pytest.raises(Refused, match="50 personnes au plus"):
        gather(scene, *[pick] * 51)
    JobSheet.objects.filter(pk=scene.sheet.pk).update(status="CLOSED", closing_reason="Report")
    with pytest.raises(Refused, match="plus ouverte"):
        gather(scene, pick)
    assert not Suggestion.objects.exists()
