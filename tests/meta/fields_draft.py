"""Writes `fields.txt` as the site answers today, to be read line by line before it is kept.

pytest tests/meta/fields_draft.py
"""

import pytest

from tests.meta import fields
from tests.meta.test_fields import mails_to, readings, signs_of, world

__all__ = ["world"]

pytestmark = pytest.mark.django_db(transaction=True)


def test_draft(world, mailbox):
    cells = {words: {} for words, *_ in fields.marks()}
    for name in fields.READERS:
        found = readings(world, name) + mails_to(world, name, mailbox)
        for words, mark, apart in fields.marks():
            cells[words][name] = signs_of(found, mark, apart)
    fields.FILE.write_text(fields.written(cells))
