"""The journal outlives people and is never changed: it names no participant, and holds no ground."""

import io
import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core import serializers

from tests.factories import actor_for
from tests.files import PNG
from tests.offers.scene import NOW, set_scene
from uneplace.hours import actions as hours
from uneplace.hours import placements
from uneplace.hours.expected import expect_statements
from uneplace.hours.models import Placement, Statement
from uneplace.journal.actions import label_of, record_reading
from uneplace.journal.models import Entry, FieldsGroup
from uneplace.journal.queries import readings_of
from uneplace.kit.periods import period
from uneplace.offers import actions as offers
from uneplace.offers.models import Application
from uneplace.people import actions as people
from uneplace.rules.eligibility import Situation
from uneplace.web.acts import ACTS

pytestmark = pytest.mark.django_db

FIRST, LAST = "Zéphyrine", "Quatrevaux"
ABOUT_PEOPLE = (
    *("agreement", "application", "cv", "eligibility", "grounds", "information", "participant"),
    *("placement", "statement"),
)
RIGHTS = {  # played by the tests of rights
    *("participant.restricted", "participant.unrestricted", "participant.announced"),
    *("participant.anonymised", "participant.spared", "application.cv_removed"),
}
NEVER_PLAYED_HERE = {"application.hired_elsewhere", *RIGHTS}
SECRETS = [
    *(FIRST, LAST, "zq@exemple.fr", "06 39 98 44 55", "12 rue des Sorbiers", "curriculum-de-zephyrine"),
    *("RSA", "Attestation"),
]


def play(scene):
    """One person from the first file to the counted month; every free text that is typed names her."""
    by, at = scene.employer, NOW
    words = f"{FIRST} {LAST} touche le RSA, son attestation est dans son dossier."
    told = offers.Told(on=date(2026, 2, 1), means="INTERVIEW")
    given = {
        "first_name": FIRST,
        "last_name": LAST,
        "email": "zq@exemple.fr",
        "phone": "06 39 98 44 55",
        "address": "12 rue des Sorbiers",
    }
    application = offers.put_forward(
        scene.sheet,
        organisation=scene.employer.organisation,
        identity=given,
        information=told,
        agreement=told,
        message=words,
        cv=io.BytesIO(PNG),
        cv_name="curriculum-de-zephyrine.png",
        by=by,
        at=at,
    )
    person = application.participant
    service, company = scene.facilitator, scene.company
    people.correct_participant(person, phone="06 39 98 00 00", by=by, at=at)
    people.correct_participant(person, phone="06 39 98 44 55", by=by, at=at)
    people.decide_eligibility(
        person, situation=Situation(receives_rsa=True), verdict="TO_COMPLETE", reason=words, by=service, at=at
    )
    people.decide_eligibility(
        person,
        situation=Situation(receives_rsa=True, job_seeker=True),
        proofs=[people.ProofSeen("RSA", "Attestation RSA", date(2026, 1, 20))],
        main_ground="RSA",
        by=service,
        at=at,
    )
    people.read_grounds(person, screen="people:participant", by=service, at=at)
    record_reading(person, fields_group=FieldsGroup.CV, screen="offers:candidates", by=company, at=at)
    offers.preselect(application, verdict="SHORTLISTED", reason=words, by=service, at=at)
    offers.transmit(scene.sheet, [application], by=service, at=at)
    offers.propose_meeting(
        application, meeting_at=at + timedelta(days=3), place=f"Chez {LAST}", by=company, at=at
    )
    offers.choose(application, by=company, at=at)
    work(application, words, service=service, company=company)
    refuse(scene, words, by=by, at=at)
    return person


def refuse(scene, words, *, by, at):
    """Two more people: one whom the company does not keep, one whom her structure takes back."""
    declined = scene.application(Application.Status.SENT, participant__first_name=FIRST)
    offers.decline(declined, reason="OTHER", note=words, by=scene.company, at=at)
    withdrawn = scene.application(participant__last_name=LAST)
    offers.withdraw(withdrawn, reason="OTHER", note=words, by=by, at=at)


def work(application, words, *, service, company):
    """Her work contract, and its first month: kept, sent, returned, sent again, validated."""
    placement = placements.record_placement(
        application,
        employer=company.organisation,
        declared_by=company.organisation,
        kind=Placement.Kind.CDD,
        modality="DIRECT",
        rome=None,
        job="Maçonnerie",
        period=period(date(2026, 3, 2), date(2026, 8, 31)),
        weekly_hours=Decimal(35),
        by=service,
        at=NOW,
    )
    placements.confirm_placement(placement, by=company, at=NOW)
    at = datetime(2026, 4, 3, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
    expect_statements(on=at.date())
    statement = Statement.objects.get(month=date(2026, 3, 1))
    line = [hours.Declared(placement, Decimal("151.67"), comment=words[:300])]
    for act in (hours.keep_statement, hours.submit_statement):
        act(statement, line, version=statement.version, comment=words, by=company, at=at)
    hours.return_statement(statement, reason=words, by=service, at=at)
    hours.submit_statement(statement, line, version=statement.version, comment="", by=company, at=at)
    hours.validate_statement(statement, by=service, at=at)


def test_no_row_names_a_participant_nor_tells_a_ground():
    person = play(set_scene(posts=2))

    told = set(Entry.objects.values_list("verb", flat=True))
    expected = {verb for verb in ACTS if verb.split(".")[0] in ABOUT_PEOPLE} - NEVER_PLAYED_HERE
    assert expected - told == set()
    rows = json.loads(serializers.serialize("json", Entry.objects.all()))
    for row in rows:
        text = json.dumps(row["fields"], ensure_ascii=False)
        assert not [secret for secret in SECRETS if secret in text], text
    assert Entry.objects.filter(about_label=f"Personne n°\u00a0{person.pk}").exists()


def test_what_names_nobody_is_called_by_its_name():
    scene = set_scene()
    application = scene.application()

    assert label_of(scene.sheet) == scene.sheet.title
    assert label_of(scene.company.organisation) == scene.company.organisation.name
    assert label_of(application) == f"Candidature n°\u00a0{application.pk}"
    assert label_of(application.participant) == f"Personne n°\u00a0{application.participant.pk}"


def test_who_read_what_of_a_person_is_listed_newest_first():
    scene = set_scene()
    person = scene.application().participant
    reader = actor_for(scene.sheet.service)
    people.read_grounds(person, screen="people:participant", by=reader, at=NOW)
    record_reading(
        person,
        fields_group=FieldsGroup.CV,
        screen="offers:candidates",
        by=scene.company,
        at=NOW + timedelta(hours=1),
    )

    cv, grounds = readings_of(person)
    assert (cv.fields_group, cv.screen) == (FieldsGroup.CV, "offers:candidates")
    assert cv.organisation_name == scene.company.organisation.name
    assert (grounds.fields_group, grounds.user_name) == (FieldsGroup.GROUNDS, str(reader.user))
