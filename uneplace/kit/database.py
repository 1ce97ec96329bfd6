"""Two roles: the application reads and writes rows; the owner, and only it, changes tables.

`DATABASE_URL` is the application's address and the only one that settings use. What changes tables runs
inside `as_owner()`, which signs in with `DATABASE_OWNER_URL` meanwhile, as the command `migrate` does.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from .environment import address_from
from .scope import EVERY, SETTING

OLDEST_POSTGRES = 150000
EXTENSIONS = ("btree_gist", "unaccent", "pg_trgm", "fuzzystrmatch")

# Sorting is by code point, so names are ordered by this: lower case, without accents.
# unaccent(text) alone is not immutable, since its dictionary could change; naming the dictionary settles it.
SORT_KEY = """
CREATE OR REPLACE FUNCTION sort_key(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN lower(public.unaccent('public.unaccent'::regdictionary, $1))
"""

# What the policies of tables read (`kit.migrations.row_security`): the services in scope, NULL for all of
# them. A session that opened no scope has none.
SERVICES_IN_SCOPE = f"""
CREATE OR REPLACE FUNCTION services_in_scope() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE current_setting('{SETTING}', true)
    WHEN '{EVERY}' THEN NULL
    ELSE string_to_array(coalesce(current_setting('{SETTING}', true), ''), ',')::bigint[]
END
"""


@contextmanager
def as_owner(alias: str = "default") -> Iterator[BaseDatabaseWrapper]:
    """This thread's connection signed in as the owner of the tables, then as the application again."""
    if not os.environ.get("DATABASE_OWNER_URL"):
        raise ImproperlyConfigured(
            "DATABASE_OWNER_URL manque : l’adresse du propriétaire des tables, "
            "qui n’est pas celle de l’application (DATABASE_URL)."
        )
    connection = connections[alias]
    application = connection.settings_dict
    owner = address_from("DATABASE_OWNER_URL")
    connection.close()
    # The name stays: tests work on a copy of the database.
    connection.settings_dict = {
        **application,
        **{key: owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "OPTIONS")},
    }
    # The policies hold the owner too, and a migration works on every service's rows.
    with_every_service = f"{owner['OPTIONS'].get('options', '')} -c {SETTING}={EVERY}".strip()
    connection.settings_dict["OPTIONS"] = {**owner["OPTIONS"], "options": with_every_service}
    try:
        yield connection
    finally:
        connection.close()
        connection.settings_dict = application


def others_connected(connection: BaseDatabaseWrapper, roles: Iterable[str]) -> int:
    """How many other connections these roles have to this database: those of a site that runs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = ANY (%s)",
            [list(roles)],
        )
        return cursor.fetchone()[0]


def prepare(connection: BaseDatabaseWrapper, application_role: str) -> None:
    """Before the first table: extensions, functions that tables use, and the application's rights on them.

    Nothing is granted on tables that exist, so that a right withdrawn by a migration stays withdrawn.
    """
    role = sql.Identifier(application_role)
    with connection.cursor() as cursor:
        for extension in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        cursor.execute(SORT_KEY)
        cursor.execute(SERVICES_IN_SCOPE)
        for rights in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE ON SEQUENCES"):
            grant = sql.SQL(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} TO {{}}")
            cursor.execute(grant.format(role))


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """What is wrong with the way the application reaches its database; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT current_setting('server_version_num')::int,
                   current_setting('server_version'),
                   rolsuper, rolbypassrls,
                   EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user)
              FROM pg_roles WHERE rolname = current_user
            """
        )
        number, version, is_super, bypasses, owns = cursor.fetchone()
    found = []
    if number < OLDEST_POSTGRES:
        found.append(f"PostgreSQL {version} est trop ancien : il faut la version 15 au moins.")
    if is_super or bypasses:
        found.append("Le compte de l’application ne doit être ni superutilisateur, ni BYPASSRLS.")
    if owns:
        found.append(
            "Le compte de l’application (DATABASE_URL) possède des tables : "
            "elles doivent appartenir à celui de DATABASE_OWNER_URL."
        )
    return found
