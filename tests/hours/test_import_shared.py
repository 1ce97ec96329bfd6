"""A line that names no market, of somebody who works for several: shared by the rule, as a whole month is."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories import CommitmentFactory, StatementFactory, period
from tests.hours.import_scene import ADAM, APRIL, MAY, ZOE, Scene
from uneplace.contracts.models import Clause
from uneplace.hours.actions import Declared, keep_statement
from uneplace.hours.imports import actions, undoing
from uneplace.hours.imports.checking import outcome_of
from uneplace.hours.imports.queries import Refusals
from uneplace.hours.models import HoursImport, Statement, StatementLine, WorkedMonth
from uneplace.kit.refused import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """Zoé Lefèvre works half her time for each of two contracts; both statements of April are awaited."""
    scene = Scene()
    scene.second = CommitmentFactory(
        clause__lot__contract__service=scene.service,
        clause__lot__contract__official_id="2026-77",
        clause__execution=scene.statement.commitment.period,
    )
    scene.shared_with(scene.second)
    scene.other = StatementFactory(commitment=scene.second, declarant=scene.company, month=APRIL)
    return scene


def zoe(hours, training="", contract=""):
    return [*ZOE[:4], hours, training, contract]


def kept(scene):
    lines = StatementLine.objects.filter(worked_month__placement=scene.zoe).order_by("statement")
    return [(str(one.hours), str(one.training_hours)) for one in lines]


def test_its_hours_and_training_go_to_each_contract_by_share_and_become_the_whole_of_the_month(scene):
    received = scene.read([zoe("151,67", "7"), ADAM])
    outcome = outcome_of(received)
    assert (outcome.good, outcome.shared, outcome.doubtful, outcome.hours) == (2, 1, 0, Decimal("222.17"))
    scene.accept(received)
    assert kept(scene) == [("75.84", "3.50"), ("75.83", "3.50")]
    month = WorkedMonth.objects.get(placement=scene.zoe)
    assert (month.hours, month.whole) == (Decimal("151.67"), Decimal("151.67"))
    received.refresh_from_db()
    assert (received.lines_kept, received.hours_kept) == (2, Decimal("222.17"))


def test_what_is_worked_for_none_of_them_is_said_and_kept_nowhere(scene):
    scene.zoe.allocations.filter(commitment=scene.second).update(share="0.3")
    received = scene.read([zoe("100")])
    assert (outcome_of(received).hours, outcome_of(received).elsewhere) == (80, 20)
    scene.accept(received)
    assert kept(scene) == [("50.00", "0.00"), ("30.00", "0.00")]


def test_the_same_file_again_changes_nothing(scene):
    received = scene.read([zoe("151,67")])
    scene.accept(received)
    again = outcome_of(scene.read([zoe("151,67")]))
    assert (again.good, again.unchanged, again.refused) == (0, 1, 0)
    assert actions.same_file(received.digest, service=scene.service, importer=scene.company) == received


def test_undone_it_gives_back_the_parts_and_the_whole_of_before(scene):
    scene.accept(scene.read([zoe("100")]))
    second = scene.read([zoe("60")])
    assert (outcome_of(second).good, outcome_of(second).replaced, outcome_of(second).before) == (1, 1, 100)
    scene.accept(second)
    assert (kept(scene), WorkedMonth.objects.get().whole) == ([("30.00", "0.00")] * 2, 60)
    second.refresh_from_db()
    undoing.undo_import(second, by=scene.by_company, at=MAY)
    assert (kept(scene), WorkedMonth.objects.get().whole) == ([("50.00", "0.00")] * 2, 100)


def test_the_first_one_undone_leaves_nothing(scene):
    received = scene.read([zoe("100")])
    scene.accept(received)
    received.refresh_from_db()
    undoing.undo_import(received, by=scene.by_company, at=MAY)
    assert not WorkedMonth.objects.exists()
    assert set(Statement.objects.values_list("status", flat=True)) == {"EXPECTED"}


def test_a_line_that_names_its_market_goes_to_it_alone(scene):
    scene.accept(scene.read([zoe("10", contract="2026-77")]))
    assert StatementLine.objects.get().statement == scene.other


def test_one_statement_that_left_keeps_the_whole_line_out_and_is_told_once(scene):
    Statement.objects.filter(pk=scene.other.pk).update(status="SUBMITTED", submitted_at=MAY)
    received = scene.read([zoe("100"), ADAM])
    assert (outcome_of(received).good, outcome_of(received).refused) == (1, 1)
    (refusal,) = Refusals(received)[:10]
    assert (refusal.number, refusal.reason) == (2, "Le relevé de ce mois a déjà été envoyé.")
    scene.accept(received)
    assert scene.lines() == {"Ben Saïd": "70.50"}
    assert not StatementLine.objects.filter(statement=scene.other).exists()


def test_a_statement_that_left_with_its_very_part_is_not_touched(scene):
    declared = [Declared(scene.zoe, Decimal(50))]
    keep_statement(scene.other, declared, version=0, comment="", by=scene.by_company, at=MAY)
    Statement.objects.filter(pk=scene.other.pk).update(status="SUBMITTED", submitted_at=MAY)
    received = scene.read([zoe("100")])
    assert outcome_of(received).good == 1
    scene.accept(received)
    scene.other.refresh_from_db()
    assert (scene.other.status, scene.other.version) == ("SUBMITTED", 1)
    assert kept(scene) == [("50.00", "0.00")] * 2


def test_the_whole_month_and_the_part_of_one_market_in_one_file_are_both_refused(scene):
    received = scene.read([zoe("100"), zoe("50", contract="2026-77")])
    assert (outcome_of(received).good, outcome_of(received).refused) == (0, 2)
    with pytest.raises(Refused, match="Aucune ligne"):
        scene.accept(received)


def test_what_the_rule_cannot_share_is_a_choice_to_make(scene):
    Clause.objects.update(execution=period(date(2026, 6, 1), date(2026, 12, 31)))
    received = scene.read([zoe("100")])
    assert "aucun n’a de jour" in received.doubts.get().reason
    assert HoursImport.objects.get().lines.get().placement is None


def test_two_work_contracts_of_one_person_are_still_a_choice_to_make(scene):
    scene.hire("Zoé", "Lefèvre", person=scene.zoe.participant)
    received = scene.read([zoe("100")])
    assert "plusieurs marchés" in received.doubts.get().reason
