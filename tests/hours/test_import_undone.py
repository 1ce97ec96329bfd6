"""An import of hours taken back as a whole, or erased at its term."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.factories import EligibilityDecisionFactory
from tests.hours.import_scene import ADAM, MAY, ZOE, Scene
from uneplace.hours import actions as statements
from uneplace.hours.actions import Declared
from uneplace.hours.imports import actions, undoing
from uneplace.hours.imports.columns import Heading, Headings, proposal
from uneplace.hours.imports.running import read_import
from uneplace.hours.models import (
    AwaitedDocument,
    HoursImport,
    ImportDoubt,
    ImportLine,
    ImportProblem,
    Statement,
    StatementLine,
    WorkedMonth,
)
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db):
    return Scene()


def test_an_import_is_undone_as_a_whole(scene):
    statements.keep_statement(
        scene.statement,
        [Declared(scene.zoe, Decimal(20))],
        version=0,
        comment="",
        by=scene.by_company,
        at=MAY,
    )
    received = scene.read([ZOE, ADAM])
    scene.accept(received)
    undoing.undo_import(received, by=scene.by_company, at=MAY)
    assert scene.lines() == {"Lefèvre": "20.00"}
    assert [month.hours for month in WorkedMonth.objects.all()] == [20]
    assert received.status == HoursImport.Status.UNDONE
    (told,) = Entry.objects.filter(verb="statement.import_undone")
    assert "Lefèvre" not in f"{told.about_label} {told.details}"


def test_the_proof_that_its_hours_asked_for_goes_with_them(scene):
    clause = scene.statement.commitment.clause
    type(clause).objects.filter(pk=clause.pk).update(proof_every=1, proof_due_day=12)
    received = scene.read([ZOE, ADAM])
    scene.company.memberships.all().delete()
    scene.accept(received, sends=True)
    assert AwaitedDocument.objects.count() == 1
    undoing.undo_import(received, by=scene.by_company, at=MAY)
    assert not AwaitedDocument.objects.exists()


def test_a_statement_that_was_only_awaited_is_awaited_again(scene):
    received = scene.read([ZOE, ADAM], by=scene.by_service, sender=scene.company)
    scene.company.memberships.all().delete()
    scene.accept(received, by=scene.by_service, sends=True)
    undoing.undo_import(received, by=scene.by_service, at=MAY)
    statement = Statement.objects.get(pk=scene.statement.pk)
    assert (statement.status, statement.submitted_at) == ("EXPECTED", None)
    assert not StatementLine.objects.exists()
    assert not WorkedMonth.objects.exists()


def test_a_statement_to_correct_stays_so_until_it_is_sent_again(scene):
    returned = Statement.objects.filter(pk=scene.statement.pk)
    returned.update(status="RETURNED", return_reason="Il manque Zoé.", submitted_at=MAY)
    received = scene.read([ZOE])

    scene.accept(received)
    assert returned.get().status == "RETURNED"
    assert scene.lines() == {"Lefèvre": "151.67"}
    undoing.undo_import(received, by=scene.by_company, at=MAY)

    assert returned.get().status == "RETURNED"
    assert scene.lines() == {}


def test_nothing_is_kept_of_a_file_dropped_while_it_is_read(scene):
    received = scene.receive(
        [ZOE, ["Lefèvr", "Zoé", "", "04/2026", "10", "", ""], ["", "", "", "", "x", "", ""]]
    )
    kept = received.headings
    headings = Headings(kept["row"], tuple(Heading(*column) for column in kept["columns"]))
    actions.tell_columns(received, proposal(headings), month=None, by=scene.by_company, at=MAY)
    reading = HoursImport.objects.select_related("service", "sender").get()
    path = reading.file.path
    content = Path(path).read_bytes()
    actions.drop_import(received, by=scene.by_company, at=MAY)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(content)  # the worker holds it open still

    read_import(reading, on=MAY.date())

    assert HoursImport.objects.get().status == HoursImport.Status.DROPPED
    assert not ImportLine.objects.exists()
    assert not ImportDoubt.objects.exists()
    assert not ImportProblem.objects.exists()


def test_the_same_file_enters_again_once_undone(scene):
    received = scene.read([ZOE])
    scene.accept(received)
    undoing.undo_import(received, by=scene.by_company, at=MAY)
    assert actions.same_file(received.digest, service=scene.service, importer=scene.company) is None
    scene.accept(scene.read([ZOE]))
    assert scene.lines() == {"Lefèvre": "151.67"}


def test_validated_hours_are_not_undone(scene):
    EligibilityDecisionFactory(participant=scene.zoe.participant, service=scene.service)
    received = scene.read([ZOE, ADAM], by=scene.by_service, sender=scene.company)
    scene.company.memberships.all().delete()
    scene.accept(received, by=scene.by_service, sends=True)
    statement = Statement.objects.get(pk=scene.statement.pk)
    statements.validate_statement(statement, by=scene.by_service, at=MAY)
    with pytest.raises(Refused, match="déjà validées"):
        undoing.undo_import(received, by=scene.by_service, at=MAY)
    assert StatementLine.objects.count() == 2


def test_a_statement_that_somebody_changed_since_is_not_undone(scene):
    received = scene.read([ZOE])
    scene.accept(received)
    statement = Statement.objects.get(pk=scene.statement.pk)
    entries = [Declared(scene.zoe, Decimal(30)), Declared(scene.adam, Decimal(30))]
    statements.submit_statement(
        statement, entries, version=statement.version, comment="", by=scene.by_company, at=MAY
    )
    with pytest.raises(Refused, match="modifié ou envoyé le relevé d’avril 2026"):
        undoing.undo_import(received, by=scene.by_company, at=MAY)
    assert scene.lines() == {"Lefèvre": "30.00", "Ben Saïd": "30.00"}


def test_after_thirty_days_nothing_is_kept_of_the_file(scene):
    received = scene.read([ZOE, ["Inconnu", "Jean", "", "04/2026", "10", "", ""]])
    scene.accept(received)
    assert actions.forget_imports(at=MAY + timedelta(days=30)) == 0
    assert actions.forget_imports(at=MAY + timedelta(days=31)) == 1
    received.refresh_from_db()
    assert not received.file
    assert not received.headings
    assert not ImportLine.objects.exists()
    assert not received.problems.exists()
    assert scene.lines() == {"Lefèvre": "151.67"}
    with pytest.raises(Refused, match="trente jours"):
        undoing.undo_import(received, by=scene.by_company, at=MAY + timedelta(days=31))


def test_nothing_is_kept_of_a_file_that_is_dropped(scene):
    received = scene.read([ZOE])
    actions.drop_import(received, by=scene.by_company, at=MAY)
    assert not received.lines.exists()
    assert not received.file
    assert not StatementLine.objects.exists()
