"""The pytest plugin of the whole suite: one forgetful PostgreSQL, shared by all the test processes.

Loaded with `-p tests.plugin`, before Django reads its settings. The first process starts the server and tells
the others by the environment. It is the launcher of the product itself, on a folder in memory.
"""

import contextlib
import gc
import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest

from . import proof

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir()
SERVER = pytest.StashKey()
FOLDER = pytest.StashKey()


def pytest_addoption(parser):
    proof.add_option(parser)


def pytest_terminal_summary(terminalreporter, config):
    proof.print_figures(terminalreporter, config)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config):
    if "UNEPLACE_TEST_POSTGRES" not in os.environ:
        _start(early_config)
    return (yield)


def _start(config):
    # Never the database that somebody works with.
    for name in [name for name in os.environ if name.startswith(("UNEPLACE_", "DATABASE_"))]:
        if name not in ("UNEPLACE_POSTGRES_BIN", "UNEPLACE_SHOTS"):
            del os.environ[name]
    from uneplace.kit import postgres

    _sweep(postgres)
    folder = Path(tempfile.mkdtemp(prefix="uneplace-", dir=MEMORY))
    folder.chmod(0o755)
    (folder / "static").mkdir()
    config.stash[FOLDER] = folder
    os.environ |= {
        "UNEPLACE_DATA": str(folder),
        "UNEPLACE_CONNECTION_AGE": "0",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright's loop runs in the thread of the test
    }
    config.stash[SERVER] = server = postgres.use_database(durable=False)
    os.environ["UNEPLACE_TEST_POSTGRES"] = server.place.address(postgres.SUPERUSER, "postgres")
    os.environ["UNEPLACE_TEST_LOCK"] = str(folder / "template.lock")


def _sweep(postgres):
    """Remove what runs that were killed left in memory; their servers have ended by themselves."""
    for folder in Path(MEMORY).glob("uneplace-*"):
        long_ago = time.time() - 600
        if folder.stat().st_uid == os.getuid() and folder.stat().st_mtime < long_ago:
            with contextlib.suppress(postgres.PostgresError):
                postgres.reset(folder)


def pytest_collection_finish():
    """What is loaded by now stays to the end: the search for cycles leaves it out, and comes less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure(config):
    if FOLDER in config.stash:
        from uneplace.kit import postgres

        if SERVER in config.stash:
            config.stash[SERVER].release()
        postgres.reset(config.stash[FOLDER])
        shutil.rmtree(config.stash[FOLDER], ignore_errors=True)
