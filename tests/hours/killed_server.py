"""A PostgreSQL of its own to kill, and a process that imports months of hours in it."""

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import psycopg

from tests.plugin.processes import ended_within, processes_about
from uneplace.kit import postgres

PEOPLE, HOURS = 40, 100
LATEST = (2026, 2)  # before those whom the scene hires

IMPORTER = """
import json, sys, django
django.setup()
from datetime import date
from django.db import InterfaceError, OperationalError, connection
from tests.factories import StatementFactory
from tests.hours.import_scene import MAY, Scene
from tests.hours.killed_server import HOURS, PEOPLE, month_of
from uneplace.hours import tasks
from uneplace.hours.imports import actions
from uneplace.hours.imports.checking import outcome_of
from uneplace.hours.models import HoursImport
from uneplace.kit.periods import period
from uneplace.kit.scope import every_service

Status = HoursImport.Status
always = period(date(2005, 1, 1), None)
with every_service():
    scene = Scene()
    people = [
        scene.hire("Camille", "Nom" + chr(97 + n % 26) + chr(97 + n // 26), period=always)
        for n in range(PEOPLE)
    ]
by, declarant, commitment = scene.by_company, scene.company, scene.statement.commitment
columns = {"LAST_NAME": 0, "FIRST_NAME": 1, "MONTH": 3, "HOURS": 4}

def drop(rank):
    month = month_of(rank)
    rows = [[one.participant.last_name, "Camille", "", f"{month:%m/%Y}", str(HOURS)] for one in people]
    with every_service():
        StatementFactory(commitment=commitment, declarant=declarant, month=month)
        received = scene.receive(rows)
        actions.tell_columns(received, columns, month=None, by=by, at=MAY)
    return received.pk

def go_on(pk):
    tasks.read_long_import.func(pk=pk, on=MAY.date().isoformat())
    with every_service():
        received = HoursImport.objects.get(pk=pk)
        shown = outcome_of(received).digest
        if received.status == Status.READY:
            actions.ask_to_write(received, by=by, at=MAY)
    tasks.write_long_import.func(
        pk=pk, user=by.user.pk, organisation=declarant.pk, shown=shown, sends=True, at=MAY.isoformat()
    )

acts = {"drop": drop, "go_on": go_on}
print(json.dumps(None), flush=True)
for line in sys.stdin:
    name, given = json.loads(line)
    try:
        answer = {"done": acts[name](given)}
    except (InterfaceError, OperationalError):
        answer = {"shaken": True}
    connection.close()
    print(json.dumps(answer), flush=True)
"""
# What is there of each month: people, hours, whether its statement was sent, how often its import was told.
FOUND = """
    SELECT s.month, s.status,
        (SELECT count(*) FROM hours_statementline l WHERE l.statement_id = s.id),
        (SELECT coalesce(sum(w.hours), 0) FROM hours_workedmonth w WHERE w.month = s.month),
        (SELECT count(*) FROM hours_importedstatement t WHERE t.statement_id = s.id AND t.is_sent),
        (SELECT count(*) FROM journal_entry e WHERE e.about_kind = 'statement' AND e.about_id = s.id
            AND e.verb = 'statement.submitted')
    FROM hours_statement s WHERE s.month <= %s
"""
DONE = ("SUBMITTED", PEOPLE, PEOPLE * HOURS, 1, 1)
NOTHING = ("EXPECTED", 0, 0, 0, 0)
WRITTEN = "SELECT pg_current_wal_insert_lsn() - %s::pg_lsn, pg_sleep(0.0005)"


def month_of(rank):
    """February 2026, then the months before it."""
    year, month0 = divmod(LATEST[0] * 12 + LATEST[1] - 1 - rank, 12)
    return date(year, month0 + 1, 1)


class Server:
    """A durable server with our tables, killed whole and started again on what it left."""

    def __init__(self, data):
        self.place = postgres.place_for(data)
        self.running = postgres.start(self.place)
        address = os.environ["UNEPLACE_TEST_POSTGRES"]
        dump = [
            postgres.find_program("pg_dump"),
            "--format=custom",
            f"--dbname={_of(address, postgres.DATABASE)}",
        ]
        fill = [postgres.find_program("pg_restore"), f"--dbname={self.address}"]
        with subprocess.Popen(dump, stdout=subprocess.PIPE) as source:
            subprocess.run(fill, stdin=source.stdout, check=True)

    @property
    def address(self):
        return self.place.address(postgres.SUPERUSER)

    def killed(self):
        """Kill every process of the server at once, and start it again."""
        postmaster = int((self.place.cluster / "postmaster.pid").read_text().split()[0])
        pids = [postmaster, *_children(postmaster)]
        for pid in pids:
            with suppress(ProcessLookupError):  # a worker process may end by itself meanwhile
                os.kill(pid, signal.SIGKILL)
        assert ended_within(5, [*pids, *processes_about(self.place.home)])
        self.running.release()
        self.running = postgres.start(self.place)

    def stop(self):
        pids = processes_about(self.place.home)
        self.running.release()
        assert ended_within(5, pids)

    def asked(self, query, given=()):
        with psycopg.connect(self.address) as connection:
            return connection.execute(query, given).fetchall()

    def months(self):
        """What is there of each month."""
        return {month: tuple(found) for month, *found in self.asked(FOUND, [month_of(0)])}

    def where(self):
        """How far the server has written."""
        return self.asked("SELECT pg_current_wal_insert_lsn()::text")[0][0]

    def waits_until_written(self, size, since, importer):
        """Return once the server has written so many bytes more, or the importer has answered."""
        with psycopg.connect(self.address, autocommit=True) as look:
            while not importer.has_answered and look.execute(WRITTEN, [since]).fetchone()[0] < size:
                pass


class Importer:
    """A process that does the jobs of imports, and lives on when its server is killed."""

    def __init__(self, server, data):
        self.process = subprocess.Popen(
            [sys.executable, "-c", IMPORTER],
            cwd=Path(__file__).parents[2],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "UNEPLACE_DATA": str(data),
                "DATABASE_URL": server.place.address(postgres.APPLICATION),
                "DATABASE_OWNER_URL": server.place.address(postgres.OWNER),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.answer()

    def begin(self, name, given):
        self.process.stdin.write(json.dumps([name, given]) + "\n")
        self.process.stdin.flush()

    def answer(self):
        return json.loads(self.process.stdout.readline())

    def does(self, name, given):
        self.begin(name, given)
        return self.answer()

    @property
    def has_answered(self):
        return bool(select.select([self.process.stdout], [], [], 0)[0])


@contextmanager
def importing(data):
    """A server and its importer."""
    server = Server(data)
    try:
        importer = Importer(server, data)
        try:
            yield server, importer
        finally:
            importer.process.stdin.close()
            importer.process.wait(10)
            importer.process.stdout.close()
    finally:
        server.stop()


def _of(address, database):
    return psycopg.conninfo.make_conninfo(address, dbname=database)


def _children(parent):
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(folder.name))
    return found
