"""`uneplace serve` on an empty folder, as a newcomer starts it; and what it leaves behind: nothing."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.plugin import MEMORY
from tests.plugin.processes import ended_within, processes_about

UNEPLACE = [sys.executable, "-m", "uneplace.cli"]


@pytest.fixture
def data():
    """A data folder for the commands of this file, which start a server of their own."""
    folder = Path(tempfile.mkdtemp(prefix="uneplace-", dir=MEMORY))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def environment(data):
    """What a newcomer's environment holds: nothing of ours but the folder."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("UNEPLACE_", "DATABASE_"))
    }
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "UNEPLACE_DATA": str(data)}


def run(environment, *arguments):
    return subprocess.run(
        [*UNEPLACE, *arguments], env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def serve(environment):
    """`serve(port)` starts the site and answers once it says where it is."""
    started = []

    def start(*options):
        site = subprocess.Popen(
            [*UNEPLACE, "serve", *options], env=environment, stdout=subprocess.PIPE, text=True
        )
        started.append(site)
        lines = []
        for line in site.stdout:
            lines.append(line)
            if "Ctrl-C" in line:
                return site, "".join(lines)
        raise AssertionError("".join(lines))

    yield start
    for site in started:
        site.kill()
        site.wait()
        site.stdout.close()


def status(port):
    try:
        return urlopen(f"http://127.0.0.1:{port}/", timeout=10).status
    except HTTPError as answer:
        with answer:
            return answer.code


def everything(site, data):
    """The command, the web server and its process, the worker, the watcher and PostgreSQL."""
    pids = {site.pid, *children_of(site.pid), *processes_about(data)}
    assert len(pids) >= 6
    return pids


def children_of(pid):
    children = [int(text) for text in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [descendant for child in children for descendant in (child, *children_of(child))]


def test_a_site_that_is_killed_then_started_again_then_stopped(serve, environment, data):
    with socket.socket() as taken:
        _take(taken, 8000)
        site, said = serve()
    assert "http://localhost:8000" not in said, "a taken port is left to who has it"
    assert status(port_in(said)) < 500
    checked = run(environment, "check")
    assert checked.returncode == 0, checked.stderr
    assert "joignable" in checked.stdout, "a second command shares the database"
    assert run(environment, "reset").returncode == 2, "nothing is removed from under a site that runs"

    pids = everything(site, data)
    site.kill()
    assert ended_within(10, pids)
    key = (data / "secret_key").read_text()

    site, said = serve()
    assert status(port_in(said)) < 500
    assert (data / "secret_key").read_text() == key, "sessions outlive a restart"
    pids = everything(site, data)
    site.send_signal(signal.SIGINT)
    assert ended_within(10, pids)
    assert site.wait() == 0


def port_in(said):
    return int(said.partition("http://localhost:")[2].split()[0])


def _take(taken, port):
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with contextlib.suppress(OSError):  # somebody else has it, which is the very case
        taken.bind(("127.0.0.1", port))
        taken.listen()
