"""A hand on the database itself, above triggers and rights, but without the key of the journal."""

import os
from contextlib import contextmanager
from datetime import timedelta

import psycopg
from django.db import connection

from tests.factories import OrganisationFactory, actor_for
from tests.offers.scene import NOW
from uneplace.journal.actions import record, record_many
from uneplace.journal.chain import seal_entries
from uneplace.journal.models import Entry


@contextmanager
def as_superuser():
    """This thread's connection signed in as PostgreSQL's superuser, triggers off; then as before."""
    address = psycopg.conninfo.conninfo_to_dict(os.environ["UNEPLACE_TEST_POSTGRES"])
    application = connection.settings_dict
    connection.close()
    connection.settings_dict = {**application, "USER": address["user"], "HOST": address["host"]}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        yield
    finally:
        connection.close()
        connection.settings_dict = application


def sql(statement, *values):
    """Run one statement; its rows, when it has some."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def write_journal(*, batches, acts, left=0):
    """So many sealed batches of so many acts, then `left` acts not sealed yet; the actor who did them all."""
    actor = actor_for(OrganisationFactory(service=True))
    for batch in range(batches):
        _write(actor, acts, batch)
        seal_entries(at=NOW + timedelta(minutes=batch))
    _write(actor, left, batches)
    return actor


def _write(actor, acts, batch):
    at = NOW + timedelta(minutes=batch)
    thing = actor.organisation
    for rank in range(acts // 2):
        record("clause.revised", about=thing, by=actor, at=at, reason=f"Acte {rank}", hours_due="12.50")
    many = [thing] * (acts - acts // 2)
    record_many("contract.imported", about=many, by=actor, at=at)


def entry_ids():
    """The ids of the acts, in their order."""
    return list(Entry.objects.order_by("pk").values_list("pk", flat=True))
