"""An embedded PostgreSQL of its own for a measure, removed after it."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path


@contextmanager
def own_database(*, reference: bool = False, folder: str = "/dev/shm") -> Iterator[str]:
    """A migrated database that Django works on inside the block; gives the address of its superuser.

    With the reference data when the measure reads it. `folder` is where it lies: in memory, or on a disk.
    """
    with tempfile.TemporaryDirectory(prefix="uneplace-bench-", dir=folder) as data:
        os.chmod(data, 0o755)  # PostgreSQL refuses to run as root
        os.environ |= {"UNEPLACE_DATA": data, "DJANGO_SETTINGS_MODULE": "config.settings"}
        from uneplace.kit import postgres

        server = postgres.use_database()
        if server is None:
            raise SystemExit("A measure has a database of its own: take DATABASE_URL away.")
        try:
            import django
            from django.core.management import call_command
            from django.db import connections

            django.setup()
            call_command("migrate", verbosity=0)
            if reference:
                call_command("load_reference", stdout=StringIO())
            connections.close_all()
            yield server.place.address(postgres.SUPERUSER)
            connections.close_all()
        finally:
            server.release()
            postgres.reset(Path(data))


def commit() -> str:
    """The version that is measured."""
    told = ["git", "log", "-1", "--format=%h"]
    return subprocess.run(told, capture_output=True, text=True, check=True).stdout.strip()
