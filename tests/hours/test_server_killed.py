"""PostgreSQL killed during imports: nothing acknowledged is lost, nothing is half there, nothing twice."""

import shutil
import tempfile
from math import inf
from pathlib import Path

import pytest

from tests.hours.killed_server import DONE, NOTHING, importing, month_of
from tests.plugin import MEMORY

JUST_ANSWERED = 2  # cycles at the end, killed once the import is acknowledged


@pytest.fixture
def data(django_db_setup):
    """A data folder that the server's account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="uneplace-", dir=MEMORY))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_server_killed_during_imports_keeps_what_it_acknowledged_and_nothing_by_halves(data, rounds):
    cycles = rounds(ci=20, prove=200)
    with importing(data) as (server, importer):
        received = importer.does("drop", 0)["done"]
        began = server.where()
        assert importer.does("go_on", received) == {"done": None}
        size = int(server.asked("SELECT pg_current_wal_insert_lsn() - %s::pg_lsn", [began])[0][0])
        whole = {month_of(0): DONE}
        cut = kept = 0
        for cycle in range(1, cycles + 1):
            month = month_of(cycle)
            received = importer.does("drop", cycle)["done"]
            began = server.where()
            importer.begin("go_on", received)
            # From the first bytes of the reading to beyond the last of the writing; the last, once answered.
            aim = size * 1.2 * cycle / cycles if cycle <= cycles - JUST_ANSWERED else inf
            server.waits_until_written(aim, began, importer)
            server.killed()
            answer, found = importer.answer(), server.months()
            its = found.pop(month)
            assert its == DONE or ("shaken" in answer and its == NOTHING)
            assert found == whole, "what was acknowledged before is all there"
            cut, kept = cut + ("shaken" in answer), kept + ("done" in answer)

            assert importer.does("go_on", received) == {"done": None}, "the worker does its job again"
            assert importer.does("go_on", received) == {"done": None}, "and once more changes nothing"
            whole[month] = DONE
            assert server.months() == whole
        assert cut > cycles // 3
        assert kept >= JUST_ANSWERED
