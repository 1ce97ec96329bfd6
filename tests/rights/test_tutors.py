"""The name and the phone of a tutor at a company: kept as long as somebody may need them, then forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import PlacementFactory
from tests.offers.scene import NOW, set_scene
from uneplace.journal.models import Entry
from uneplace.kit.periods import period
from uneplace.offers.actions.job_sheets import keep_version
from uneplace.offers.models import Application, JobSheet
from uneplace.organisations.actor import Actor
from uneplace.rights.processing import record_of_processing
from uneplace.rights.retention import apply_retention

pytestmark = pytest.mark.django_db
LAST_DAY = date(2026, 8, 31)
TERM = date(2027, 9, 1)
TUTORS = {
    "tutor_name": "Sylvie Meunier",
    "tutor_phone": "02 31 00 00 00",
    "deputy_name": "Karim Vasseur",
    "deputy_phone": "02 31 00 00 01",
}


def sheet_with_tutors(**fields):
    """A job until the end of August 2026, whose tutors are named on the sheet and in its first version."""
    scene = set_scene(**{**TUTORS, "period": period(date(2026, 3, 2), LAST_DAY), **fields})
    keep_version(scene.sheet, by=scene.facilitator, at=NOW)
    return scene


def night(sheet, day, **options):
    at = datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)
    return apply_retention(sheet.service, by=Actor(None, sheet.service), at=at, **options).tutors


@pytest.mark.parametrize(
    ("day", "forgotten"),
    [
        pytest.param(TERM - timedelta(days=1), 0, id="un an, jour pour jour"),
        pytest.param(TERM, 1, id="le lendemain"),
    ],
)
def test_a_year_after_the_job_nobody_is_named_any_more(day, forgotten):
    sheet = sheet_with_tutors().sheet

    assert night(sheet, day, dry_run=True) == forgotten
    assert night(sheet, day) == forgotten

    sheet.refresh_from_db()
    is_blank = {name: getattr(sheet, name) for name in TUTORS} == dict.fromkeys(TUTORS, "")
    assert is_blank is bool(forgotten)
    told = str(sheet.versions.get().content)
    assert ("Sylvie Meunier" in told, "Karim Vasseur" in told) == (not forgotten, not forgotten)
    assert sheet.versions.get().content["title"] == sheet.title
    assert Entry.objects.filter(verb="job_sheet.tutors_forgotten").count() == forgotten
    assert night(sheet, day) == 0


def test_a_tutor_whom_only_an_old_version_names_is_forgotten_too():
    sheet = sheet_with_tutors().sheet
    JobSheet.objects.filter(pk=sheet.pk).update(**dict.fromkeys(TUTORS, ""))

    assert night(sheet, TERM) == 1

    assert "Sylvie Meunier" not in str(sheet.versions.get().content)


def test_a_sheet_closed_before_its_dates_counts_from_its_closing():
    sheet = sheet_with_tutors().sheet
    JobSheet.objects.update(status="CLOSED", closing_reason="Reporté.", acted_at=NOW)

    assert night(sheet, date(2027, 2, 12)) == 0
    assert night(sheet, date(2027, 2, 13)) == 1


@pytest.mark.parametrize(
    ("works_until", "forgotten"), [(None, 0), (date(2027, 6, 30), 0), (date(2026, 6, 30), 1)]
)
def test_whoever_still_works_there_has_a_tutor(works_until, forgotten):
    scene = sheet_with_tutors(posts=2)
    hired = scene.application(Application.Status.HIRED)
    PlacementFactory(
        service=scene.sheet.service,
        participant=hired.participant,
        application=hired,
        period=period(date(2026, 3, 2), works_until),
    )

    assert night(scene.sheet, TERM + timedelta(days=30)) == forgotten


def test_the_record_of_processing_names_tutors_and_their_term():
    record = record_of_processing(on=date(2026, 2, 12))[0]

    assert "Tutrices et tuteurs en entreprise" in record.people
    assert any(text.startswith("Tutrice ou tuteur d’un poste") for text in record.data)
    [term] = [text for text in record.times if text.startswith("Tutrice ou tuteur")]
    assert "12 mois (à confirmer)" in term
