"""The SQL that docs/deploiement.md gives to an administrator, really played on a server where nothing is."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.plugin import MEMORY
from uneplace.kit import postgres

PAGE = Path(settings.BASE_DIR) / "docs" / "deploiement.md"


@pytest.fixture
def bare_server():
    """A server whose only account is its superuser."""
    folder = Path(tempfile.mkdtemp(prefix="uneplace-", dir=MEMORY))
    folder.chmod(0o755)
    server = postgres.start(postgres.place_for(folder), durable=False)
    with psycopg.connect(server.place.address(postgres.SUPERUSER, "postgres"), autocommit=True) as session:
        session.execute("DROP DATABASE uneplace")
        session.execute("DROP ROLE uneplace_owner")
        session.execute("DROP ROLE uneplace_app")
    yield server.place
    server.release()
    postgres.reset(folder)
    shutil.rmtree(folder, ignore_errors=True)


def test_the_page_s_sql_makes_an_installation_that_check_accepts(bare_server, tmp_path):
    (statements,) = re.findall(r"```sql\n(.*?)```", PAGE.read_text(), re.S)
    with psycopg.connect(bare_server.address(postgres.SUPERUSER, "postgres"), autocommit=True) as session:
        for statement in filter(str.strip, statements.split(";")):
            session.execute(statement)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("UNEPLACE_")},
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": bare_server.address("uneplace_app"),
        "DATABASE_OWNER_URL": bare_server.address("uneplace_owner"),
        "UNEPLACE_DATA": str(tmp_path),
    }
    for command in (["migrate", "-v0"], ["load_reference"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-m", "uneplace.cli", *command],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert "rôles séparés" in done.stdout
