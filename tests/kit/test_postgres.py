"""The embedded server: shared by commands, gone after the last, whatever kills them."""

import os
import shutil
import signal
import tempfile
from pathlib import Path

import psycopg
import pytest

from tests.plugin import MEMORY
from tests.plugin.processes import ended_within, processes_about, python
from uneplace.kit import postgres

USER = """
import sys
from pathlib import Path
from uneplace.kit import postgres
server = postgres.start(postgres.place_for(Path(sys.argv[1])), durable=False)
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def data():
    """A data folder that anyone can reach."""
    folder = Path(tempfile.mkdtemp(prefix="uneplace-", dir=MEMORY))
    folder.chmod(0o755)
    yield folder / "var"
    shutil.rmtree(folder)


def start(data, *, durable=False):
    return postgres.start(postgres.place_for(data), durable=durable)


def watchers(data):
    return set(processes_about(data)) & set(processes_about("postgres_watch.py"))


def stop(server):
    pids = processes_about(server.place.home)
    server.release()
    assert ended_within(5, pids)


def test_two_commands_share_one_server_that_stops_after_the_last(data):
    with python(USER, data) as first:
        assert first.stdout.readline() == "ready\n"
        with python(USER, data) as second:
            pids = processes_about(data / "postgres")
            assert second.stdout.readline() == "ready\n"
            assert len(watchers(data)) == 1
            first.stdin.close()
            first.wait(5)
            assert postgres.is_ready(postgres.place_for(data)), "the second command still needs it"
    assert pids
    assert ended_within(5, pids)


def test_a_killed_command_leaves_no_server_and_the_data_is_still_there(data):
    with python(USER, data) as command:
        command.stdout.readline()
        address = postgres.place_for(data).address(postgres.OWNER)
        with psycopg.connect(address) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 176 AS contracts")
        pids = processes_about(data / "postgres")
        command.kill()
        assert ended_within(5, pids)
    server = start(data)
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT contracts FROM kept").fetchone() == (176,)
    stop(server)


def test_a_killed_server_starts_again_with_its_data(data):
    server = start(data, durable=True)
    address = server.place.address(postgres.OWNER)
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 630 AS people")
    pids = processes_about(data / "postgres")
    postmaster = int((server.place.cluster / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    assert ended_within(5, pids)
    server.release()
    server = start(data)
    with psycopg.connect(address) as connection:
        assert connection.execute("SELECT people FROM kept").fetchone() == (630,)
    stop(server)


def test_the_server_stops_when_its_watcher_is_killed(data):
    server = start(data)
    pids = processes_about(data / "postgres")
    (watcher,) = watchers(data)
    os.kill(watcher, signal.SIGKILL)
    assert ended_within(5, pids)
    server.release()


def test_the_application_may_not_touch_tables_nor_the_owner_bypass_policies(data):
    server = start(data)
    with psycopg.connect(server.place.address(postgres.OWNER)) as connection:
        roles = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname ^@ 'uneplace'"
        ).fetchall()
    assert sorted(roles) == [
        (postgres.APPLICATION, False, False, False),
        (postgres.OWNER, False, False, False),
    ]
    with (
        psycopg.connect(server.place.address(postgres.APPLICATION)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE mine (id int)")
    stop(server)


def test_upper_and_lower_case_of_french_letters(data):
    server = start(data)
    with psycopg.connect(server.place.address(postgres.OWNER)) as connection:
        assert connection.execute("SELECT lower('ÉLOÏSE ŒUVRE')").fetchone() == ("éloïse œuvre",)
    stop(server)


def test_data_of_another_version_is_refused_with_both_versions(data):
    server = start(data)
    stop(server)
    (server.place.cluster / "PG_VERSION").write_text("14\n")
    with pytest.raises(postgres.PostgresError, match=r"PostgreSQL 14.*PostgreSQL 1[5-9]"):
        start(data)


def test_a_path_too_long_for_a_socket_is_no_obstacle(data):
    deep = data.joinpath(*["un-dossier-au-nom-bien-long"] * 5)
    server = start(deep)
    assert len(os.fsencode(server.place.sockets)) < 90
    assert postgres.is_ready(server.place)
    stop(server)
    shutil.rmtree(server.place.sockets)


def test_a_closed_home_is_no_obstacle_and_reset_removes_what_was_made(data):
    data.mkdir()
    data.parent.chmod(0o700)
    server = start(data)
    home = server.place.home
    if os.getuid() == 0:
        assert home == postgres.SYSTEM_FOLDER / postgres.key_of(data) / "postgres"
    else:
        assert home == data / "postgres"
    with pytest.raises(postgres.PostgresError, match="arrêtez-le"):
        postgres.reset(data)
    stop(server)
    beside = data.parent / "beside"
    beside.touch()
    assert data in postgres.reset(data)
    assert not home.exists()
    assert not data.exists()
    assert beside.exists()


def test_what_is_removed_at_once_is_removed_after_its_server_has_stopped(data):
    server = start(data)
    address = server.place.sockets / ".s.PGSQL.5432"
    server.release()
    assert data in postgres.reset(data)
    assert not address.exists()
    assert not data.exists()
    assert not server.place.home.exists()


def test_programs_that_are_not_there_are_named(data, monkeypatch):
    monkeypatch.setenv("UNEPLACE_POSTGRES_BIN", "/nowhere/bin")
    with pytest.raises(postgres.PostgresError, match="/nowhere/bin"):
        postgres.place_for(data)


def test_a_server_that_cannot_start_says_why(data):
    server = start(data)
    stop(server)
    (server.place.cluster / "postgresql.conf").write_text("max_connections = beaucoup\n")
    with pytest.raises(postgres.PostgresError, match=r"postgresql\.conf.*postgres\.log"):
        start(data)
