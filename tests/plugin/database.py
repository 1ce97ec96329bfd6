"""One migrated database with the reference data; each test process works on its own copy."""

import fcntl
import os
from io import StringIO
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from uneplace.kit.postgres import DATABASE, OWNER, let_in


def set_up():
    """Make this process's copy, and sign in to it as the application."""
    _migrate_once()
    name = f"{DATABASE}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    connection.settings_dict["NAME"] = name  # the very dictionary that every thread's connection starts from
    restore()


def restore():
    """Put this process's database back as migrations and reference data left it.

    A copy is quicker than emptying every table, and the reference data is still there.
    """
    connections.close_all()
    name = sql.Identifier(connection.settings_dict["NAME"])
    with psycopg.connect(os.environ["UNEPLACE_TEST_POSTGRES"], autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        owner = sql.Identifier(OWNER)
        server.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy").format(
                name, owner, sql.Identifier(DATABASE)
            )
        )
        let_in(server, connection.settings_dict["NAME"])


def _migrate_once():
    done = Path(os.environ["UNEPLACE_TEST_LOCK"] + ".done")
    with open(os.environ["UNEPLACE_TEST_LOCK"], "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            call_command("migrate", verbosity=0, interactive=False)
            call_command("load_reference", stdout=StringIO())
            connections.close_all()
            done.touch()


def look_at_tables():
    """Let PostgreSQL count its rows, as it does by itself on a living site, so that it plans with them."""
    address = psycopg.conninfo.make_conninfo(
        os.environ["UNEPLACE_TEST_POSTGRES"], dbname=connection.settings_dict["NAME"]
    )
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("ANALYZE")
