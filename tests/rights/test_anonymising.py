"""Anonymised, a file tells of nobody, in any table nor file; and every published figure is the same."""

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, models

from tests.factories import (
    ApplicationFactory,
    AwaitedDocumentFactory,
    EligibilityDecisionFactory,
    EvidenceFactory,
    MailFactory,
    actor_for,
)
from tests.rights.scene import LAST_DAY, tell_story
from uneplace.contracts.models import Commitment
from uneplace.evidence.models import Evidence
from uneplace.hours.models import Anomaly, LedgerEntry, Statement
from uneplace.hours.queries import progress_of
from uneplace.mails.models import Mail
from uneplace.offers.models import Application
from uneplace.organisations.actor import Actor
from uneplace.people.models import Participant
from uneplace.reports.queries import public_figures, yearly_figures
from uneplace.rights import actions
from uneplace.rights.erasing import REMOVED, spare
from uneplace.rights.held import HELD
from uneplace.rights.models import RightsRequest
from uneplace.rights.retention import apply_retention

pytestmark = pytest.mark.django_db
TOKEN = "jetonzq"
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
NIGHTS = [datetime(2028, 8, 1, 3, 0, tzinfo=UTC), datetime(2028, 9, 1, 3, 0, tzinfo=UTC)]
# Around each limit of age, on the first day counted: the 1st of April 2026.
BIRTHS = [
    date(2008, 4, 2),
    date(2000, 4, 2),
    date(2000, 4, 1),
    date(1985, 4, 2),
    date(1985, 4, 1),
    date(1975, 4, 2),
    date(1975, 4, 1),
    None,
]


@pytest.fixture
def people(db):
    """People of every age around one job sheet; the last one never worked."""
    first = tell_story(born_on=BIRTHS[0], sex="F")
    others = [
        tell_story(first.scene, born_on=born_on or date(1950, 1, 1), sex="M" if rank % 2 else "F")
        for rank, born_on in enumerate(BIRTHS[1:])
    ]
    Participant.objects.filter(pk=others[-1].person.pk).update(born_on=None)
    idle = first.scene.application(by=first.scene.referrer, status=Application.Status.NEW)
    Application.objects.filter(pk=idle.pk).update(
        status=Application.Status.DECLINED, decline_reason=Application.DeclineReason.OTHER
    )
    Participant.objects.filter(pk=idle.participant_id).update(service=first.scene.sheet.service)
    return [story.person for story in [first, *others]] + [idle.participant]


def service_of(people):
    people[0].refresh_from_db()
    return people[0].service


def anonymise_all(people, capture):
    """Two nights, a month apart: the announcement, then the term."""
    service = service_of(people)
    with capture(execute=True):
        for at in NIGHTS:
            apply_retention(service, by=Actor(None, service), at=at)


def figures(service):
    """Every figure that somebody may read of these hours, as text."""
    with time_machine.travel(datetime(2027, 5, 1, 9, 0, tzinfo=UTC), tick=False):
        printed = StringIO()
        call_command("bilan", year=2026, service=service.name, as_json=True, stdout=printed)
    progress = progress_of(Commitment.objects.filter(service=service), on=LAST_DAY)
    return [
        printed.getvalue(),
        repr(yearly_figures(service, 2026)),
        repr(yearly_figures(service, 2026).for_others()),
        repr(public_figures(on=date(2027, 1, 1))),
        repr(sorted(progress.items())),
    ]


def test_every_figure_is_the_same_before_and_after(people, django_capture_on_commit_callbacks):
    service = service_of(people)
    before = figures(service)
    told = json.loads(before[0])
    assert told["participants"] == len(BIRTHS)
    assert [row["code"] for row in told["by_age"]] == ["UNDER_26", "26_40", "41_50", "51_PLUS", ""]

    anonymise_all(people, django_capture_on_commit_callbacks)

    assert not Participant.objects.known().exists()
    assert figures(service) == before


def test_the_day_of_birth_left_tells_only_the_bands_of_age(people, django_capture_on_commit_callbacks):
    anonymise_all(people, django_capture_on_commit_callbacks)
    left = [person.born_on for person in Participant.objects.order_by("pk")]
    assert not set(left) & (set(BIRTHS) - {None})
    assert left[1] == left[0]  # both were under 26
    assert left[2] == left[3]  # both between 26 and 40
    assert left[-2:] == [None, None]


def test_of_somebody_who_was_never_counted_nothing_is_left_but_a_row(
    people, django_capture_on_commit_callbacks
):
    anonymise_all(people, django_capture_on_commit_callbacks)
    idle = Participant.objects.get(pk=people[-1].pk)
    assert (str(idle), idle.sex, idle.commune, idle.born_on) == ("Personne anonymisée", "", None, None)
    assert not Application.objects.filter(participant=idle).exists()


def test_the_main_ground_is_all_that_is_left_of_a_decision(people, django_capture_on_commit_callbacks):
    EligibilityDecisionFactory(participant=people[0], decided_on=date(2026, 1, 1))
    anonymise_all(people, django_capture_on_commit_callbacks)
    (decision,) = people[0].decisions.all()
    assert (decision.grounds, decision.main_ground) == (["RSA"], "RSA")
    assert (decision.situation, decision.explanation) == ({}, [])
    assert not decision.proofs.exists()
    assert not Evidence.objects.exists()


def test_nothing_planted_in_a_file_is_left_anywhere(people, django_capture_on_commit_callbacks):
    actions.record_request(
        people[0],
        kind=RightsRequest.Kind.ACCESS,
        asked_by=RightsRequest.AskedBy.PERSON,
        asked_on=date(2026, 5, 4),
        means="PHONE",
        organisation=service_of(people),
        by=Actor(None, service_of(people)),
        at=datetime(2026, 5, 4, 9, 0, tzinfo=UTC),
    )
    planted = plant(people)
    before = everything_stored()
    assert planted >= 60
    assert all(f"{TOKEN}{number:04}" in before for number in range(planted))

    anonymise_all(people, django_capture_on_commit_callbacks)

    after = everything_stored()
    assert TOKEN not in after, [after[place - 200 : place + 40] for place in [after.index(TOKEN)]]
    assert "Dominique" not in after
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_what_was_written_of_documents_of_their_months_goes_with_them(
    people, django_capture_on_commit_callbacks
):
    commitment = Statement.objects.filter(lines__worked_month__placement__participant=people[0])[0].commitment
    to_redo = EvidenceFactory(
        service=commitment.service, status=Evidence.Status.TO_REDO, reason="La feuille de Mme Sow."
    )
    refused = AwaitedDocumentFactory(commitment=commitment, evidence=to_redo)
    given_up = {"waived_at": NIGHTS[0], "waive_reason": "Mme Sow n’a rien signé."}
    quarter = AwaitedDocumentFactory(
        commitment=commitment, kind="CERTIFICATE", month=date(2026, 1, 1), months=3, **given_up
    )
    before = AwaitedDocumentFactory(commitment=commitment, month=date(2026, 1, 1), **given_up)
    elsewhere = AwaitedDocumentFactory(**given_up)
    anonymise_all(people, django_capture_on_commit_callbacks)
    for one in (refused.evidence, quarter, before, elsewhere):
        one.refresh_from_db()
    assert "Mme Sow" not in refused.evidence.reason
    assert quarter.waive_reason == REMOVED
    assert before.waive_reason == elsewhere.waive_reason == given_up["waive_reason"]


def plant(people) -> int:
    """Write a token of its own in each free text of every row that leads to these people; their number."""
    count = 0
    for held in HELD:
        if held.model in (Anomaly, LedgerEntry):  # their words come from the rules and name nobody
            continue
        rows = held.model.objects.filter(**{f"{held.path}__in": [person.pk for person in people]})
        count = _plant(rows, count)
    statements = Statement.objects.filter(lines__worked_month__placement__participant__in=people)
    count = _plant(statements.distinct(), count)
    return _plant(Evidence.objects.all(), count)


def _plant(rows, count) -> int:
    for row in rows:
        for column in _free_columns(row):
            token = f"{TOKEN}{count:04}"
            if isinstance(column, models.FileField):
                getattr(row, column.name).save(f"{token}.pdf", ContentFile(token.encode()), save=False)
            elif isinstance(column.get_default() if column.has_default() else "", dict):
                setattr(row, column.name, {"fact": token})
            elif isinstance(column.get_default() if column.has_default() else "", list):
                setattr(row, column.name, [{"text": token, "value": token}])
            else:
                setattr(row, column.name, token)
            count += 1
        row.save()
    return count


def _free_columns(row):
    """Texts, e-mail addresses, files and JSON that somebody may fill; codes of a list are left out, and the
    title of the post, which is the employer's."""
    codes = {"sex", "main_ground", "grounds", "licences", "ground", "job"}
    for column in row._meta.fields:
        is_text = isinstance(
            column, models.CharField | models.TextField | models.JSONField | models.FileField
        )
        if is_text and column.editable and not column.choices and column.name not in codes:
            yield column


def everything_stored() -> str:
    """Every value of every row of every table, read as it lies and as our code reads it; and every file.

    Public lists (communes, jobs, kinds of contracts) are left out: nothing of a person is ever written there.
    """
    found = []
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in [table for table in tables if not table.startswith("reference_")]:
            cursor.execute(f"SELECT row_to_json(t)::text FROM {connection.ops.quote_name(table)} t")
            found += [row for (row,) in cursor.fetchall()]
    for model in apps.get_models():
        if model._meta.managed and model._meta.app_label != "reference":
            found += [repr(values) for values in model._default_manager.values()]
    for path in settings.MEDIA_ROOT.rglob("*"):
        found.append(str(path))
        if path.is_file():
            with default_storage.open(str(path.relative_to(settings.MEDIA_ROOT))) as file:
                found.append(file.read().decode("latin-1"))
    return "\n".join(found)


def test_what_left_to_a_person_s_own_address_goes_with_it():
    application = ApplicationFactory()
    person = application.participant
    person.email = "Nadia@exemple.fr"
    person.save()
    MailFactory(about=application, address="nadia@exemple.fr")
    kept = MailFactory(about=application, address="structure@exemple.fr")
    spare(person, by=actor_for(person.service), at=NIGHTS[0])
    assert [mail.pk for mail in Mail.objects.all()] == [kept.pk]
