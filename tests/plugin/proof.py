"""Proofs: the same tests, short in `make test` and long in `make prove`, which prints what they measured."""

import subprocess

import pytest

PROVE = "--prove"


def add_option(parser):
    """The option that makes the proofs long."""
    parser.addoption(PROVE, action="store_true", help="long rounds, with what they measured")


@pytest.fixture(scope="session")
def rounds(request):
    """`rounds(ci, prove)`: how many rounds to do, the first figure by default, the second with --prove."""
    proving = request.config.getoption(PROVE)

    def choose(ci: int, prove: int) -> int:
        return prove if proving else ci

    return choose


@pytest.fixture
def figure(record_property):
    """`figure("10 courses", "1 500 manches, 12,3 s")`: a measure that `make prove` prints at its end."""
    return record_property


def print_figures(terminal, config):
    """What the proofs measured, and of which commit."""
    if not config.getoption(PROVE):
        return
    reports = [*terminal.getreports("passed"), *terminal.getreports("failed")]
    kept = [(report.nodeid, report.user_properties) for report in reports if report.when == "call"]
    terminal.section(f"Mesures de la version {_commit(config.rootpath)}")
    for test, properties in sorted(kept):
        for name, value in properties:
            terminal.write_line(f"{test.split('::')[-1]}: {name} = {value}")


def _commit(folder):
    done = subprocess.run(
        ["git", "log", "-1", "--format=%h, %cs"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "inconnue"
