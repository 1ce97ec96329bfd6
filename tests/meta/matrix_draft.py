"""Writes `matrix.txt` as the site answers today, to be read line by line before it is kept.

pytest tests/meta/matrix_draft.py
"""

import pytest
import time_machine
from django.db import transaction

from tests.meta import matrix
from tests.meta.cast import KINDS, client_of
from tests.meta.test_matrix import JUNE
from tests.meta.world import build_world


@pytest.mark.django_db
def test_draft(settings):
    answers = {}
    with time_machine.travel(JUNE, tick=False):
        world, other = build_world(), build_world()
        for kind in KINDS:
            settings.SECOND_FACTOR = kind.sign == "1f"
            with transaction.atomic():
                client = client_of(kind, world, other)
                for route, method, letter, _ in matrix.tried(client, world):
                    answers.setdefault((matrix.key_of(route), method), {})[kind.sign] = letter
                transaction.set_rollback(True)
    matrix.FILE.write_text(matrix.written(answers))
