"""Two statements of a month typed as a whole, kept at the same moment: together they never pass it."""

from decimal import Decimal

import pytest

from tests.factories import CommitmentFactory, StatementFactory
from tests.hours.import_scene import APRIL, Scene
from tests.hours.test_wholes import AT, declare, split
from tests.proof.races import race
from uneplace.hours.actions import Declared, keep_statement
from uneplace.hours.models import WorkedMonth

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


def half_and_half():
    """Zoé Lefèvre’s 100 hours of April are typed as a whole, then taken off both statements."""
    scene = Scene()
    scene.second = CommitmentFactory(
        clause__lot__contract__service=scene.service, clause__execution=scene.statement.commitment.period
    )
    scene.shared_with(scene.second)
    scene.other = StatementFactory(commitment=scene.second, declarant=scene.company, month=APRIL)
    split(scene)
    for statement in (scene.statement, scene.other):
        declare(scene, statement, "0")
        statement.refresh_from_db()
    return scene


def keeping(scenes, name):
    def ready(number):
        scene = scenes[number]
        statement, entries = getattr(scene, name), [Declared(scene.zoe, Decimal(60))]
        terms = {"version": statement.version, "comment": "", "by": scene.by_company, "at": AT}
        return lambda: keep_statement(statement, entries, **terms)

    return ready


def test_of_two_statements_that_take_60_hours_of_100_at_once_one_reads_what_the_other_took():
    scenes = [half_and_half() for _ in range(ROUNDS)]
    for told in race(ROUNDS, keeping(scenes, "statement"), keeping(scenes, "other")):
        refused = [reason for reason in told if reason is not None]
        assert len(refused) == 1, told
        assert "dont 60\u00a0h déclarées sur un autre marché. Ici, 40\u00a0h au plus" in str(refused[0])
    assert set(WorkedMonth.objects.values_list("hours", "whole")) == {(60, 100)}
