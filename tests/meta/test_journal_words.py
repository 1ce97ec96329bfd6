"""Every act written in the journal has its French words on screen."""

import ast
from pathlib import Path

import uneplace
from uneplace.journal.models import FieldsGroup
from uneplace.web.acts import ACTS
from uneplace.web.icons import ICONS

RECORDERS = {"record", "record_many"}


def verbs_written() -> set[str]:
    found = set()
    for path in Path(uneplace.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RECORDERS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(first.value)
    return found


def test_each_verb_has_its_words():
    written = verbs_written() | {f"{group}.read" for group in FieldsGroup}
    assert "statement.submitted" in written
    assert written <= set(ACTS), sorted(written - set(ACTS))


def test_each_act_has_its_picture():
    assert {act.icon for act in ACTS.values()} <= set(ICONS)
