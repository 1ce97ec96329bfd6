"""The journal outlives people and is never changed: it names no participant, and holds no ground."""

import io
import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import shapely
from django.core import serializers

from tests.factories import (
    AwaitedDocumentFactory,
    ClauseFactory,
    CommitmentFactory,
    ContractFactory,
    ParticipantFactory,
    actor_for,
)
from tests.files import PNG
from tests.offers.scene import NOW, set_scene
from uneplace.hours import actions as hours
from uneplace.hours import (
    allocations,
    confirmations,
    differences,
    evidence,
    follow_ups,
    month_links,
    placements,
)
from uneplace.hours.asking import ask_for_hours
from uneplace.hours.checks.actions import accept_anomaly
from uneplace.hours.checks.told import anomalies_of
from uneplace.hours.expected import expect_statements
from uneplace.hours.models import FollowUp, Placement, Statement
from uneplace.hours.reopening import reopen_statement
from uneplace.journal.actions import label_of, record_reading
from uneplace.journal.models import Entry, FieldsGroup
from uneplace.journal.queries import readings_of
from uneplace.kit.periods import period
from uneplace.offers import actions as offers
from uneplace.offers.actions.closing import free_post
from uneplace.offers.models import Application
from uneplace.offers.reminders import send_reminders
from uneplace.offers.silence import announce_closings, close_silent
from uneplace.people import actions as people
from uneplace.people.addresses import locate
from uneplace.people.models import DecisionProof, Resemblance
from uneplace.people.profiles import Profile, fill_profile
from uneplace.people.proof_files import join_proof_file, read_proof_file, take_proof_file_back
from uneplace.people.requests import request_decision
from uneplace.people.twins import name_twin, note_twins, tell_apart
from uneplace.reference.models import Commune, PriorityDistrict
from uneplace.rights.merging import merge_files, part_files
from uneplace.rules.anomalies import USUAL_LEVELS
from uneplace.rules.eligibility import Situation
from uneplace.web.acts import ACTS

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 3, 10, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
FIRST, LAST = "Zéphyrine", "Quatrevaux"
ABOUT_PEOPLE = (
    *("agreement", "application", "cv", "eligibility", "grounds", "information", "participant"),
    *("placement", "proof", "statement"),
)
RIGHTS = {  # played by the tests of rights
    *("participant.restricted", "participant.unrestricted", "participant.announced"),
    *("participant.anonymised", "participant.spared", "application.cv_removed"),
}
NEVER_PLAYED_HERE = {
    "application.hired_elsewhere",
    "participant.followed",
    "statement.import_undone",  # by the tests of imports
    "statement.month_corrected",  # by those of a month typed as a whole
    "statement.split",  # by the tests of splitting: no word is typed there
    *RIGHTS,
}
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
        "commune": Commune.objects.get(pk="14118"),
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
    fill_profile(person, Profile(), read_at=None, by=by, at=at)
    request_decision(person, by=by, at=at)
    people.decide_eligibility(
        person, situation=Situation(receives_rsa=True), verdict="TO_COMPLETE", reason=words, by=service, at=at
    )
    people.decide_eligibility(
        person,
        situation=Situation(receives_rsa=True, job_seeker=True),
        proofs=[people.ProofSeen("RSA", "Attestation RSA", date(2026, 1, 20))],
        main_ground="RSA",
        seen=_latest(person),
        by=service,
        at=at,
    )
    people.read_grounds(person, screen="people:participant", by=service, at=at)
    proof = DecisionProof.objects.get(decision__participant=person)
    join_proof_file(proof, file=io.BytesIO(PNG), name=f"attestation-rsa-{LAST}.png", by=by, at=at)
    read_proof_file(proof, by=service, at=at)
    take_proof_file_back(proof, by=service, at=at)
    with_a_map()
    locate(person, by=service, at=at)
    record_reading(person, fields_group=FieldsGroup.CV, screen="offers:candidates", by=company, at=at)
    offers.decide(application, offers.Decision("SHORTLISTED", words), by=service, at=at)
    offers.transmit(scene.sheet, [application], by=service, at=at)
    moment = at + timedelta(days=3)
    offers.propose_meeting(application, slots=[moment], place=f"Chez {LAST}", by=company, at=at)
    offers.accept_meeting(application, slot=moment, side="STRUCTURE", by=by, at=at)
    offers.choose(application, by=company, at=at)
    work(application, words, service=service, company=company)
    refuse(scene, words, by=by, at=at)
    come_back(scene, words, by=by, at=at)
    keep_silent(scene, since=at)
    people.decide_eligibility(
        person,
        situation=Situation(receives_rsa=False),
        verdict="REFUSED",
        reason=words,
        seen=_latest(person),
        by=service,
        at=LATER,
    )
    under_two_names(person, by=service, at=at)
    return person


def under_two_names(person, *, by, at):
    """The same person a second time: told apart by mistake, then merged, then parted."""
    twin = ParticipantFactory(
        service=person.service, first_name=LAST, last_name=FIRST, phone="06 39 98 44 55", born_on=None
    )
    note_twins(twin, at=at)
    tell_apart(Resemblance.objects.get(other=twin), by=by, at=at)
    stranger = ParticipantFactory(service=person.service, first_name=FIRST, last_name="Autrement")
    name_twin(person, stranger, by=by, at=at)
    part_files(merge_files(person, twin, take=["last_name", "phone"], by=by, at=at), by=by, at=at)


def with_a_map():
    """A map of priority districts, with one of them somewhere."""
    PriorityDistrict.objects.create(
        code="QN01401M",
        name="La Guérinière",
        shape=shapely.to_wkb(shapely.box(0, 0, 1, 1)),
        west=0,
        south=0,
        east=1,
        north=1,
        drawn_on=date(2024, 12, 31),
    )


def refuse(scene, words, *, by, at):
    """Three more people: one does not come, one is not kept by the company, one is taken back."""
    absent = scene.application(Application.Status.HIRED, participant__last_name=LAST)
    free_post(absent, reason="OTHER", note=words, before=date(2026, 2, 28), by=scene.facilitator, at=at)
    declined = scene.application(Application.Status.SENT, participant__first_name=FIRST)
    offers.decline(declined, reason="OTHER", note=words, by=scene.company, at=at)
    offers.say_told(declined, by=actor_for(declined.organisation), at=at)
    withdrawn = scene.application(participant__last_name=LAST)
    offers.withdraw(withdrawn, reason="OTHER", note=words, by=by, at=at)


def come_back(scene, words, *, by, at):
    """The one taken back is put forward again."""
    withdrawn = Application.objects.get(status=Application.Status.WITHDRAWN, answered_by=by.organisation)
    told = offers.Told(on=date(2026, 2, 1), means="INTERVIEW")
    offers.put_forward(
        scene.sheet,
        organisation=by.organisation,
        participant=withdrawn.participant,
        information=told,
        agreement=told,
        message=words,
        by=by,
        at=at,
    )


def keep_silent(scene, *, since):
    """One more person, under study and then forgotten: reminders, a notice, and the file closes by itself."""
    forgotten = scene.application(participant__last_name=LAST)
    offers.study(forgotten, by=scene.facilitator, at=since)
    for days in range(1, 70):
        at = since + timedelta(days=days)
        close_silent(scene.sheet.service, at=at)
        announce_closings(scene.sheet.service, at=at)
        send_reminders(scene.sheet.service, at=at)


def work(application, words, *, service, company):
    """Her work contract, and its first month: asked for, kept, sent, returned, sent again, validated."""
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
    share(placement, company.organisation, by=service)
    made = FollowUp.objects.filter(placement=placement).first()
    marks = dict.fromkeys(("attendance", "integration", "skills"), "WELL")
    follow_ups.make_follow_up(
        made, means="PHONE", **marks, note=words, next_step=words[:300], by=service, at=LATER
    )
    at = datetime(2026, 4, 3, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
    expect_statements(on=at.date())
    statement = Statement.objects.get(month=date(2026, 3, 1))
    for days in (0, 10):
        ask_for_hours(statement.service, at=at + timedelta(days=days))
    line = [hours.Declared(placement, Decimal("210"), comment=words[:300])]
    for act in (hours.keep_statement, hours.submit_statement):
        act(statement, line, version=statement.version, comment=words, by=company, at=at)
    say_otherwise(placement, statement, words, by=service, at=at)
    hours.return_statement(statement, reason=words, by=service, at=at)
    hours.submit_statement(statement, line, version=statement.version, comment="", by=company, at=at)
    for found in anomalies_of([statement], levels=USUAL_LEVELS, on=at.date())[statement.pk]:
        accept_anomaly(statement, key=found.key, by=service, at=at)
    hours.validate_statement(statement, by=service, at=at)
    reopen_statement(statement, reason=words[:300], by=service, at=at)
    hours.validate_statement(statement, by=service, at=at)
    broken = follow_ups.break_placement(
        placement, last_day=date(2026, 4, 2), reason="SITE", by=service, at=at
    )
    follow_ups.settle_replacement(broken, by=service, at=at)


def say_otherwise(placement, statement, words, *, by, at):
    """She says other hours by a code, then the service settles it; a paper is asked for and refused."""
    link, _ = month_links.draw_month_link(placement, statement.month, by=by, at=at)
    month_links.open_month_link(link, at=at)
    answer = confirmations.confirm_month(
        link, agrees=False, shown=Decimal("210"), hours=Decimal(140), words=words, at=at
    )
    differences.write_message(answer, words=words, by=by, at=at)
    differences.settle_difference(answer, shown=Decimal("210"), reason=words, by=by, at=at)
    paper = AwaitedDocumentFactory(commitment=statement.commitment, month=statement.month)
    evidence.send_document(paper, file=io.BytesIO(PNG), name=f"feuille-{LAST}.png", by=by, at=at)
    evidence.read_document(paper, by=by, at=at)
    evidence.refuse_document(paper, reason=words, by=by, at=at)
    evidence.waive_document(paper, reason=words[:300], by=by, at=at)
    evidence.await_again(paper, by=by, at=at)


def share(placement, company, *, by):
    """Half of her time for another clause of the company, then no more."""
    clause = ClauseFactory(lot__contract=ContractFactory(service=placement.service))
    added = allocations.add_allocation(
        placement,
        CommitmentFactory(clause=clause, company=company),
        period=placement.period,
        share=Decimal("0.5"),
        taken_from=placement.allocations.get(),
        by=by,
        at=NOW,
    )
    allocations.remove_allocation(added, by=by, at=NOW)


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


def _latest(person):
    return person.decisions.values_list("pk", flat=True).first()
