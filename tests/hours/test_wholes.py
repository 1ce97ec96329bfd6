"""A month typed as a whole for two contracts: its statements never declare more, unless it is corrected."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import CommitmentFactory, StatementFactory
from tests.hours.import_scene import APRIL, ZOE, Scene
from uneplace.hours import splitting, wholes
from uneplace.hours.actions import Declared, keep_statement, submit_statement, validate_statement
from uneplace.hours.imports import undoing
from uneplace.hours.models import Statement, StatementLine, WorkedMonth
from uneplace.journal.models import Entry
from uneplace.kit.refused import Refused

pytestmark = pytest.mark.django_db

MAY = date(2026, 5, 4)
AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def scene():
    """Zoé Lefèvre works half her time for each of two contracts; both statements of April are awaited."""
    scene = Scene()
    scene.second = CommitmentFactory(
        clause__lot__contract__service=scene.service, clause__execution=scene.statement.commitment.period
    )
    scene.shared_with(scene.second)
    scene.other = StatementFactory(commitment=scene.second, declarant=scene.company, month=APRIL)
    return scene


def split(scene, hours="100"):
    shared = splitting.shared_month(scene.zoe, APRIL)
    typed = {"hours": Decimal(hours), "training_hours": Decimal(0)}
    shown = splitting.split_month(scene.zoe, shared, month=APRIL, **typed).digest
    terms = {"shown": shown, "by": scene.by_company, "on": MAY, "at": AT}
    splitting.keep_split(scene.zoe, month=APRIL, **typed, **terms)


def declare(scene, statement, hours, *, act=keep_statement):
    statement.refresh_from_db()
    entries = [] if hours is None else [Declared(scene.zoe, Decimal(hours))]
    act(statement, entries, version=statement.version, comment="", by=scene.by_company, at=AT)


def whole_of(scene):
    return WorkedMonth.objects.get(placement=scene.zoe).whole


def correct(scene, hours, read="100"):
    said = {"hours": Decimal(hours), "read": Decimal(read)}
    wholes.correct_whole(scene.zoe, month=APRIL, **said, by=scene.by_company, at=AT)


def test_more_than_the_whole_is_refused_with_the_whole_and_what_the_other_contract_took(scene):
    split(scene)
    with pytest.raises(Refused) as refusal:
        declare(scene, scene.other, "50.01")
    assert refusal.value.reasons == (
        "Zoé Lefèvre\u00a0: le mois entier saisi est de 100\u00a0h, dont 50\u00a0h déclarées sur un autre "
        "marché. Ici, 50\u00a0h au plus. Si le mois entier est faux, corrigez-le par «\u00a0Répartir le mois "
        "entier\u00a0»\u00a0; sans compte, demandez-le au service.",
    )
    assert set(StatementLine.objects.values_list("hours", flat=True)) == {50}


def test_hours_move_from_one_contract_to_the_other_within_the_whole(scene):
    split(scene)
    declare(scene, scene.statement, "30")
    declare(scene, scene.other, "70")
    assert (WorkedMonth.objects.get().hours, whole_of(scene)) == (100, 100)


def test_a_month_never_typed_as_a_whole_stays_as_it_was(scene):
    declare(scene, scene.statement, "90")
    declare(scene, scene.other, "95")
    assert (WorkedMonth.objects.get().hours, whole_of(scene)) == (185, None)


def test_hours_worked_for_none_of_the_contracts_are_of_the_whole(scene):
    scene.zoe.allocations.filter(commitment=scene.second).update(share="0.3")
    split(scene)
    assert (WorkedMonth.objects.get().hours, whole_of(scene)) == (80, 100)
    declare(scene, scene.other, "50")
    with pytest.raises(Refused, match="mois entier"):
        declare(scene, scene.other, "51")


def test_emptying_the_statements_does_not_forget_the_whole(scene):
    split(scene)
    declare(scene, scene.statement, None)
    declare(scene, scene.other, None)
    assert (WorkedMonth.objects.get().hours, whole_of(scene)) == (0, 100)
    with pytest.raises(Refused, match="Ici, 100\u00a0h au plus"):
        declare(scene, scene.other, "101")


def test_a_month_shared_again_has_the_whole_that_was_typed_last(scene):
    split(scene)
    split(scene, "60")
    assert (WorkedMonth.objects.get().hours, whole_of(scene)) == (60, 60)
    split(scene, "120")
    assert (WorkedMonth.objects.get().hours, whole_of(scene)) == (120, 120)


def test_the_database_holds_the_whole(scene):
    split(scene)
    with pytest.raises(IntegrityError, match="worked_month_never_over_its_whole"), transaction.atomic():
        WorkedMonth.objects.update(hours=101)
    with pytest.raises(IntegrityError, match="exceed"), transaction.atomic():
        StatementLine.objects.update(hours=51)
        connection.check_constraints()


def test_a_whole_corrected_gives_room_to_the_statement_that_is_not_sent(scene):
    split(scene)
    declare(scene, scene.statement, "50", act=submit_statement)
    scene.statement.refresh_from_db()
    validate_statement(scene.statement, by=scene.by_service, at=AT)
    with pytest.raises(Refused, match="mois entier"):
        declare(scene, scene.other, "60")
    correct(scene, "110")
    declare(scene, scene.other, "60")
    assert (WorkedMonth.objects.get().hours, whole_of(scene)) == (110, 110)
    assert Entry.objects.filter(verb="statement.month_corrected").count() == 2


@pytest.mark.parametrize(
    ("hours", "read", "why"),
    [
        ("99.99", "100", "100\u00a0h sont déjà déclarées"),
        ("100", "100", "Rien ne change"),
        ("120", "90", "vient de changer ce mois"),
    ],
)
def test_what_keeps_a_whole_from_being_corrected(scene, hours, read, why):
    split(scene)
    with pytest.raises(Refused, match=why):
        correct(scene, hours, read)
    assert whole_of(scene) == 100


def test_a_whole_whose_statements_are_all_sent_is_not_corrected(scene):
    split(scene)
    for statement in (scene.statement, scene.other):
        declare(scene, statement, "50", act=submit_statement)
    with pytest.raises(Refused, match="demandez au service d’en renvoyer un"):
        correct(scene, "120")


def test_a_file_with_more_than_the_whole_is_refused_line_by_line(scene):
    split(scene)
    number = scene.second.clause.lot.contract.official_id
    received = scene.read([[*ZOE[:4], "51", "", number], [*ZOE[:4], "49", "", official_id(scene)]])
    assert set(received.lines.values_list("reason", flat=True)) == {""}
    received = scene.read([[*ZOE[:4], "51", "", number]])
    assert received.lines.get().reason == "OVER_WHOLE"


def official_id(scene):
    return scene.statement.commitment.clause.lot.contract.official_id


def test_an_import_is_not_undone_once_the_whole_was_corrected_below_what_it_would_give_back(scene):
    split(scene)
    received = scene.read([[*ZOE[:4], "10", "", official_id(scene)]])
    scene.accept(received)
    correct(scene, "60")
    received.refresh_from_db()
    with pytest.raises(Refused, match="quelqu’un a modifié"):
        undoing.undo_import(received, by=scene.by_company, at=AT)


def test_an_import_undone_leaves_the_whole_as_it_was(scene):
    split(scene)
    received = scene.read([[*ZOE[:4], "10", "", official_id(scene)]])
    scene.accept(received)
    received.refresh_from_db()
    undoing.undo_import(received, by=scene.by_company, at=AT)
    assert (WorkedMonth.objects.get().hours, whole_of(scene)) == (100, 100)
    assert set(Statement.objects.values_list("status", flat=True)) == {"DRAFT"}
