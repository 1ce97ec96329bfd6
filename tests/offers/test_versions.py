"""Each version of a job sheet is kept, told in words, and agreed to by itself."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from tests.factories import CriterionAnswerFactory
from uneplace.journal.actions import record
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused
from uneplace.offers import actions
from uneplace.offers.actions import Asked
from uneplace.offers.actions.job_sheets import keep_version
from uneplace.offers.models import Criterion, CriterionAnswer, JobSheet
from uneplace.offers.versions import Fixed, criteria_fixed, differences, missing_from, told_versions

from .scene import NOW, SOON, set_scene
from .test_job_sheet_actions import fields_of_a_sheet

pytestmark = pytest.mark.django_db
Status = JobSheet.Status


def to_agree(**fields):
    return set_scene(
        status=Status.TO_AGREE,
        agreed_by_service_at=None,
        agreed_by_company_at=None,
        published_at=None,
        **fields,
    )


def test_each_revision_is_kept_with_its_writer_and_what_changed_reads_in_words():
    scene = to_agree()
    terms = fields_of_a_sheet()
    actions.revise_job_sheet(scene.sheet, by=scene.facilitator, at=NOW, **terms)
    changed = terms | {
        "posts": 3,
        "pay": Decimal("13.20"),
        "criteria": [*terms["criteria"][:1], Asked("HARD", text="Savoir lire un plan"), terms["criteria"][2]],
    }
    actions.revise_job_sheet(scene.sheet, by=scene.company, at=NOW + timedelta(hours=1), **changed)

    newest, first = told_versions(scene.sheet.versions.all())
    assert (first[0].number, newest[0].number) == (2, 3)
    assert newest[0].written_for == scene.company.organisation
    told = {one.label: one for one in newest[1]}
    assert set(told) == {"Postes", "Rémunération brute", "Critères indispensables"}
    assert (told["Postes"].before, told["Postes"].after) == ("1", "3")
    assert told["Rémunération brute"].after == "13,20\u00a0€ de l’heure"
    assert told["Critères indispensables"].lost == ("Sur place à 7 h 30",)
    assert told["Critères indispensables"].gained == ("Savoir lire un plan",)


def test_a_version_is_never_changed_nor_removed():
    scene = to_agree()
    actions.revise_job_sheet(scene.sheet, by=scene.facilitator, at=NOW, **fields_of_a_sheet())

    for write in (lambda rows: rows.update(number=9), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            write(scene.sheet.versions.all())


def test_a_phone_number_is_no_part_of_what_is_agreed():
    scene = to_agree(tutor_phone="02 31 00 00 99")
    actions.revise_job_sheet(scene.sheet, by=scene.facilitator, at=NOW, **fields_of_a_sheet())

    assert "02 31 00 00 99" not in str(scene.sheet.versions.get().content)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        pytest.param({"tasks": ""}, "les missions", id="missions"),
        pytest.param({"timetable": ""}, "les horaires", id="horaires"),
        pytest.param({"without_car": None}, "l’accès sans voiture, oui ou non", id="accès"),
        pytest.param({"modality": ""}, "la modalité souhaitée", id="modalité"),
        pytest.param({"pay": None}, "la rémunération", id="rémunération"),
        pytest.param({"tutor_name": ""}, "la tutrice ou le tuteur", id="tutrice"),
        pytest.param({"tutor_phone": ""}, "son téléphone", id="téléphone"),
    ],
)
def test_nobody_agrees_before_the_sheet_is_whole(fields, words):
    scene = to_agree(**fields)

    assert missing_from(scene.sheet) == [words]
    with pytest.raises(Refused, match=f"Il manque encore.*{words}"):
        actions.agree(scene.sheet, for_company=True, revision=1, by=scene.company, at=NOW)


def test_a_place_that_needs_a_car_is_an_answer():
    assert missing_from(to_agree(without_car=False).sheet) == []


def test_a_criterion_of_each_kind_reads_in_words():
    scene = to_agree()
    terms = fields_of_a_sheet(
        schedules=["EARLY", "WEEKEND"],
        criteria=[
            Asked("HARD", "LICENCE", licence="CACES_NACELLE"),
            Asked("HARD", "SCHEDULE"),
            Asked("HARD", "TRAVEL"),
            Asked("SOFT", "TRADE"),
        ],
    )
    actions.revise_job_sheet(scene.sheet, by=scene.facilitator, at=NOW, **terms)

    sheet = scene.sheet
    assert [(one.kind, one.licence, one.text) for one in sheet.criteria.all()] == [
        ("LICENCE", "CACES_NACELLE", "CACES nacelles (R486)"),
        ("SCHEDULE", "", "Accepter de travailler tôt le matin et le week-end"),
        ("TRAVEL", "", f"Pouvoir venir à {sheet.commune.name}"),
        ("TRADE", "", f"Connaître le métier\u00a0: {sheet.rome.label}"),
    ]


def test_particular_hours_are_asked_of_nobody_when_the_job_has_none():
    scene = to_agree()
    terms = fields_of_a_sheet(schedules=[], criteria=[Asked("HARD", "SCHEDULE")])

    with pytest.raises(Refused, match="quels horaires particuliers"):
        actions.revise_job_sheet(scene.sheet, by=scene.facilitator, at=NOW, **terms)


def test_what_is_sent_changes_only_once_taken_up_with_a_reason(mailbox):
    scene = set_scene()
    scene.application(shortlisted_at=NOW)
    sheet = scene.sheet

    with pytest.raises(Refused, match="pourquoi la fiche doit changer"):
        actions.take_up(sheet, reason=" ", by=scene.facilitator, at=NOW)
    actions.take_up(sheet, reason="Le permis n’est plus utile.", by=scene.facilitator, at=NOW)

    assert (sheet.status, sheet.revision) == (Status.TO_AGREE, 2)
    assert (sheet.agreed_by_company_at, sheet.agreed_by_service_at) == (None, None)
    assert sheet.versions.get(number=2).reason == "Le permis n’est plus utile."
    assert Entry.objects.get(verb="job_sheet.taken_up").details["files_read"] == 1
    assert mailbox.to(scene.company.user.email)


def test_nothing_changes_under_a_file_that_the_company_is_reading():
    scene = set_scene()
    scene.application("SENT")

    with pytest.raises(Refused, match="chez l’entreprise"):
        actions.take_up(scene.sheet, reason="Autre chose.", by=scene.facilitator, at=NOW)


def test_a_criterion_that_is_kept_keeps_its_answers_and_one_that_is_dropped_counts_no_more():
    scene = set_scene()
    application = scene.application()
    kept = CriterionAnswerFactory(application=application, criterion=scene.hard)
    dropped = CriterionAnswerFactory(application=application, criterion=scene.soft)
    actions.take_up(scene.sheet, reason="Le permis n’est plus utile.", by=scene.facilitator, at=NOW)
    terms = fields_of_a_sheet(criteria=[Asked("SOFT", text=scene.hard.text), Asked("HARD", text="Ponctuel")])

    actions.revise_job_sheet(scene.sheet, by=scene.facilitator, at=NOW, **terms)

    assert [(one.weight, one.text) for one in scene.sheet.criteria.all()] == [
        ("HARD", "Ponctuel"),
        ("SOFT", scene.hard.text),
    ]
    assert set(CriterionAnswer.objects.all()) == {kept, dropped}
    assert Criterion.with_dropped.get(pk=scene.soft.pk).dropped_at_revision == 3


def sent_again_with(scene, asked):
    """The sheet is taken up, written anew with these criteria, agreed to and sent again, two days later."""
    sheet, later = scene.sheet, NOW + timedelta(days=2)
    actions.take_up(sheet, reason="À revoir.", by=scene.facilitator, at=NOW + timedelta(days=1))
    terms = fields_of_a_sheet(criteria=asked, period=sheet.period)
    actions.revise_job_sheet(sheet, by=scene.facilitator, at=later, **terms)
    for for_company, by in ((True, scene.company), (False, scene.facilitator)):
        actions.agree(sheet, for_company=for_company, revision=sheet.revision, by=by, at=later)
    actions.publish(sheet, to=[], before=SOON, by=scene.facilitator, at=later)
    return sheet


SAME = [Asked("HARD", text="Être sur place à 7 h 30"), Asked("SOFT", text="Permis B")]
OTHERS = [Asked("HARD", text="Savoir lire un plan")]


@pytest.mark.parametrize(
    ("files_read", "asked", "told"),
    [
        pytest.param(0, SAME, (date(2026, 2, 1), 0), id="rien ne change"),
        pytest.param(2, SAME, (date(2026, 2, 1), 0), id="le salaire change, pas les critères"),
        pytest.param(0, OTHERS, (date(2026, 2, 14), 0), id="un critère change, aucun dossier lu"),
        pytest.param(2, OTHERS, (date(2026, 2, 14), 2), id="un critère change après deux lectures"),
    ],
)
def test_criteria_changed_after_files_were_read_are_said_to_be(files_read, asked, told):
    scene = set_scene()
    first = NOW - timedelta(days=11)
    JobSheet.objects.filter(pk=scene.sheet.pk).update(published_at=first)
    keep_version(scene.sheet, by=scene.facilitator, at=first)
    record("job_sheet.published", about=scene.sheet, by=scene.facilitator, at=first)
    for _ in range(files_read):
        scene.application(shortlisted_at=NOW)
    scene.sheet.refresh_from_db()
    assert criteria_fixed(scene.sheet) == Fixed(date(2026, 2, 1))

    sheet = sent_again_with(scene, asked)

    fixed = criteria_fixed(sheet)
    assert (fixed.on, fixed.files_read) == told
    assert criteria_fixed(sent_again_with(scene, asked)) == fixed, "taken up again, nothing else changed"


def test_criteria_are_not_fixed_before_the_sheet_is_sent():
    scene = set_scene()
    actions.take_up(scene.sheet, reason="À revoir.", by=scene.facilitator, at=NOW)

    assert criteria_fixed(scene.sheet) is None
    assert criteria_fixed(to_agree().sheet) is None


def test_a_sheet_taken_up_goes_back_to_those_that_had_it():
    scene = set_scene()
    scene.sheet.diffusions.update(told_at=NOW, opened_at=NOW, nothing_at=NOW, nothing_reason="NOBODY")
    actions.take_up(scene.sheet, reason="Deux postes de plus.", by=scene.facilitator, at=NOW)
    actions.agree(scene.sheet, for_company=True, revision=2, by=scene.company, at=NOW)
    actions.agree(scene.sheet, for_company=False, revision=2, by=scene.facilitator, at=NOW)

    actions.publish(scene.sheet, to=[], before=SOON, by=scene.facilitator, at=NOW)

    diffusion = scene.sheet.diffusions.first()
    assert (diffusion.told_at, diffusion.nothing_at, diffusion.nothing_reason) == (None, None, "")


def test_a_field_that_an_older_version_did_not_know_is_compared_with_nothing():
    [one] = differences({"title": "Peintre"}, {"title": "Peintre", "demands": ["Rester debout"]})
    assert (one.label, one.gained) == ("Ce que le poste demande", ("Rester debout",))
