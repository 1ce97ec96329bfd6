"""`uneplace import-hours FILE`: the same path as the page."""

import json
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from tests.factories import CommitmentFactory, StatementFactory
from tests.hours.import_scene import HEAD, MAY, ZOE, Scene
from tests.sheets import as_csv
from uneplace.hours.models import HoursImport

pytestmark = pytest.mark.django_db

UNKNOWN = ["Inconnu", "Jean", "", "04/2026", "10", "", ""]


@pytest.fixture(autouse=True)
def may():
    with time_machine.travel(MAY, tick=False):
        yield


@pytest.fixture
def scene(db):
    return Scene()


@pytest.fixture
def run(tmp_path):
    def run(*rows, options=(), head=HEAD):
        """What the command prints, says apart and answers."""
        path = tmp_path / "heures.csv"
        path.write_bytes(as_csv([head, *rows], encoding="cp1252"))
        out, err, code = StringIO(), StringIO(), 0
        try:
            call_command("import_hours", str(path), *options, stdout=out, stderr=err)
        except SystemExit as end:
            code = end.code
        return out.getvalue(), err.getvalue(), code

    return run


def test_good_lines_are_imported_and_the_figures_told(scene, run):
    out, _, code = run(ZOE)
    assert "Lignes lues : 1 ; importées : 1" in out
    assert code == 0
    assert scene.lines() == {"Lefèvre": "151.67"}


def test_the_same_file_twice_changes_nothing_and_says_so(scene, run):
    run(ZOE)
    out, _, code = run(ZOE)
    assert "déjà importé : rien n’a changé" in out
    assert code == 0
    assert HoursImport.objects.count() == 1


def test_a_line_without_market_of_who_works_for_several_is_said_to_be_shared(scene, run):
    second = CommitmentFactory(
        clause__lot__contract__service=scene.service, clause__execution=scene.statement.commitment.period
    )
    scene.shared_with(second)
    scene.zoe.allocations.filter(commitment=second).update(share="0.3")
    StatementFactory(commitment=second, declarant=scene.company)
    out, _, code = run([*ZOE[:4], "100", "", ""])
    assert "réparties entre ceux de la personne : 1 ; 20\u00a0h hors de ces marchés" in out
    assert (code, scene.lines()) == (0, {"Lefèvre": "50.00"})


def test_each_refused_line_is_told_and_the_answer_is_one(scene, run):
    out, _, code = run(ZOE, UNKNOWN)
    assert "Ligne 3, Nom, « Jean Inconnu » : Personne de ce nom" in out
    assert code == 1
    assert scene.lines() == {"Lefèvre": "151.67"}


def test_what_was_refused_enters_by_the_same_file_once_the_person_is_there(scene, run):
    run(ZOE, UNKNOWN)
    scene.hire("Jean", "Inconnu")
    out, _, code = run(ZOE, UNKNOWN)
    assert "importées : 1 ; déjà déclarées : 1" in out
    assert code == 0
    assert sorted(scene.lines()) == ["Inconnu", "Lefèvre"]


def test_what_could_be_several_people_is_left_aside(scene, run):
    scene.hire("Zoé", "Lefèvre")
    out, _, code = run(["Lefèvre", "Zoé", "", "04/2026", "10", "", ""], options=["--json"])
    answer = json.loads(out)
    assert (answer["imported"], answer["to_choose"], code) == (0, 1, 1)
    assert scene.lines() == {}


def test_a_rehearsal_imports_nothing(scene, run):
    out, _, code = run(ZOE, options=["--dry-run"])
    assert "importées : 0" in out
    assert code == 0
    assert scene.lines() == {}


def test_columns_and_month_may_be_told(scene, run):
    rows = [["Zoé Lefèvre", "35"]]
    options = ["--column", "FULL_NAME=A", "--column", "HOURS=B", "--month", "2026-04"]
    _, err, code = run(*rows, head=["x", "y"], options=options)
    assert (err, code) == ("", 0)
    assert scene.lines() == {"Lefèvre": "35.00"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [(["--sender", "Personne"], "Aucune organisation"), (["--month", "jamais"], "Écrivez un mois")],
)
def test_what_cannot_be_done_is_said_and_answers_two(scene, run, options, sentence):
    _, err, code = run(ZOE, options=options)
    assert sentence in err
    assert code == 2
