"""A worker killed in the middle of an import leaves nothing behind, and the next one does it all."""

import json
import os
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.factories import (
    CommitmentFactory,
    StatementFactory,
    StatementLineFactory,
    WorkedMonthFactory,
)
from tests.hours.import_scene import ADAM, MAY, ZOE, Scene
from uneplace.hours.imports import actions
from uneplace.hours.imports.checking import outcome_of
from uneplace.hours.models import (
    HoursImport,
    ImportedStatement,
    ImportLine,
    Statement,
    StatementLine,
    WorkedMonth,
)
from uneplace.hours.tasks import read_long_import, write_long_import
from uneplace.journal.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = """
import json, os, sys, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from uneplace.hours import tasks
for line in sys.stdin:
    name, terms = json.loads(line)
    if not (pid := os.fork()):
        getattr(tasks, name).func(**terms)
        os._exit(0)
    print(pid, flush=True)
    print(os.waitpid(pid, 0)[1], flush=True)
"""
WAITING = """
    SELECT count(*), pg_sleep(0.02) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'
"""


class Worker:
    """A worker that does each job in a process of its own, which can be killed."""

    def __init__(self, server):
        self.server = server
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER, connection.settings_dict["NAME"]],
            cwd=Path(settings.BASE_DIR),
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def is_killed_in_the_middle_of(self, job, terms, row):
        """Start a job, kill it while it waits for a row that we hold, and let the row go."""
        self.server.execute(*row)
        self.process.stdin.write(json.dumps([job, terms]) + "\n")
        self.process.stdin.flush()
        pid = int(self.process.stdout.readline())
        assert self._waits(), "the worker is in the middle of its job"
        os.kill(pid, signal.SIGKILL)
        assert os.WTERMSIG(int(self.process.stdout.readline())) == signal.SIGKILL
        self.server.rollback()

    def _waits(self):
        with psycopg.connect(
            self.server.info.dsn, password=self.server.info.password, autocommit=True
        ) as look:
            return any(look.execute(WAITING, [self.server.info.dbname]).fetchone()[0] for _ in range(6000))


@pytest.fixture
def server():
    """Another connection to the same database."""
    address = psycopg.conninfo.make_conninfo(
        os.environ["UNEPLACE_TEST_POSTGRES"], dbname=connection.settings_dict["NAME"]
    )
    with psycopg.connect(address) as server:
        yield server


@pytest.fixture
def worker(server):
    worker = Worker(server)
    yield worker
    worker.process.stdin.close()
    worker.process.stdout.close()
    worker.process.wait()


def test_nothing_is_left_of_a_writing_that_was_killed_and_it_is_done_once_after(worker, rounds):
    scene = Scene()
    contract = {"clause__lot__contract__service": scene.service}
    second = CommitmentFactory(**contract, clause__lot__contract__official_id="2026-77")
    scene.shared_with(second)
    month = WorkedMonthFactory(placement=scene.zoe, hours=10)
    other = StatementFactory(commitment=second, declarant=scene.company)
    StatementLineFactory(statement=other, worked_month=month, hours=10)
    number = scene.statement.commitment.clause.lot.contract.official_id
    received = scene.read(
        [
            ["Lefèvre", "Zoé", "", "04/2026", "100", "", number],
            ["Ben Saïd", "Adam", "", "04/2026", "70", "", number],
        ]
    )
    terms = {
        "pk": received.pk,
        "user": scene.by_company.user.pk,
        "organisation": scene.company.pk,
        "shown": outcome_of(received).digest,
        "sends": True,
        "at": MAY.isoformat(),
    }
    actions.ask_to_write(received, by=scene.by_company, at=MAY)
    told = Entry.objects.count()
    held = ("SELECT FROM hours_workedmonth WHERE id = %s FOR UPDATE", [month.pk])
    for _ in range(rounds(ci=20, prove=200)):
        worker.is_killed_in_the_middle_of("write_long_import", terms, held)
        assert Statement.objects.get(pk=scene.statement.pk).status == Statement.Status.EXPECTED
        assert StatementLine.objects.count() == 1
        assert not ImportedStatement.objects.exists()
        assert Entry.objects.count() == told
        assert HoursImport.objects.get().status == HoursImport.Status.WRITING

    write_long_import.func(**terms)
    write_long_import.func(**terms)
    assert scene.lines() == {"Lefèvre": "100.00", "Ben Saïd": "70.00"}
    assert sorted(WorkedMonth.objects.values_list("hours", flat=True)) == [70, 110]
    assert Statement.objects.get(pk=scene.statement.pk).status == Statement.Status.SUBMITTED
    assert Entry.objects.filter(verb="hours_import.accepted").count() == 1


def test_a_reading_that_was_killed_begins_again_and_each_line_is_read_once(worker, rounds):
    scene = Scene()
    received = scene.read([ZOE, ADAM])
    HoursImport.objects.update(status=HoursImport.Status.READING, lines_read=0)
    held = ("SELECT FROM hours_hoursimport WHERE id = %s FOR UPDATE", [received.pk])
    terms = {"pk": received.pk, "on": MAY.date().isoformat()}
    for _ in range(rounds(ci=20, prove=200)):
        worker.is_killed_in_the_middle_of("read_long_import", terms, held)
        assert HoursImport.objects.get().status == HoursImport.Status.READING

    read_long_import.func(**terms)
    read_long_import.func(**terms)
    assert HoursImport.objects.get().status == HoursImport.Status.READY
    assert sorted(ImportLine.objects.values_list("number", "hours")) == [
        (2, Decimal("151.67")),
        (3, Decimal("70.50")),
    ]
