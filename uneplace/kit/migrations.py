"""Migration operations that more than one domain uses."""

from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation


class AtOnce(Operation):
    """Tables, columns, constraints, indexes and triggers added together.

    One operation after the other, Django draws again, after each, every model that it touches: nearly all of
    them, since most belong to a service. Here they are drawn once, as they are after all of these; so what is
    added to a table is in a later `AtOnce` than the table itself, or in the options that it is made with.
    """

    def __init__(self, *operations: Operation):
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        vars(state).pop("apps", None)  # drawn when next asked for
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, to_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, from_state)


def append_only(table: str) -> migrations.RunSQL:
    """Rows of `table` can be added, never changed nor removed, whoever asks through SQL."""
    return migrations.RunSQL(
        sql=f"""
            CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'rows of % are never changed nor removed', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation';
            END $$;
            CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION refuse_change();
        """,
        reverse_sql=f"DROP TRIGGER {table}_append_only ON {table};",
    )


def row_security(table: str, *, column: str = "service_id", shared: bool = False) -> migrations.RunSQL:
    """The rows of `table` are seen and written only inside the scope of their service: see `kit/scope.py`.

    Forced, so that the owner of the table is held too. `shared` shows the rows that belong to no service too.
    """
    services = "(SELECT services_in_scope())"  # in a sub-select, so computed once a query and not once a row
    condition = f"{services} IS NULL OR {column} = ANY ({services}::bigint[])"
    if shared:
        condition = f"{column} IS NULL OR {condition}"
    return migrations.RunSQL(
        sql=f"""
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
            CREATE POLICY of_the_services_in_scope ON {table} USING ({condition});
        """,
        reverse_sql=f"""
            DROP POLICY of_the_services_in_scope ON {table};
            ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
            ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def withdraw_change(table: str) -> migrations.RunSQL:
    """The application loses the right to change, remove or empty the rows of `table`; nobody empties it.

    What `append_only` refuses by a trigger, this refuses before: a right that one does not have.
    """
    revoke = f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM %I"
    return migrations.RunSQL(
        sql=f"""
            DO $$
            DECLARE
                held record;
            BEGIN
                FOR held IN
                    SELECT DISTINCT grantee FROM information_schema.role_table_grants
                    WHERE table_schema = 'public' AND table_name = '{table}' AND grantee <> current_user
                LOOP
                    EXECUTE format('{revoke}', held.grantee);
                END LOOP;
            END $$;
            CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """,  # noqa: S608 - a table named by our own migrations
        reverse_sql=f"DROP TRIGGER {table}_never_emptied ON {table};",
    )


def only_sealed(table: str, *columns: str) -> migrations.RunSQL:
    """These columns of `table` hold nothing, or what was sealed: the database refuses a value in clear."""
    names = {column: f"{table}_{column}_is_sealed" for column in columns}
    return migrations.RunSQL(
        sql=[
            f"ALTER TABLE {table} ADD CONSTRAINT {name} "
            f"CHECK ({column} ~ '^$|^[0-9a-f]{{8}}:[A-Za-z0-9+/]{{39}}')"
            for column, name in names.items()
        ],
        reverse_sql=[f"ALTER TABLE {table} DROP CONSTRAINT {name}" for name in names.values()],
    )


def same_service(table: str, **parents: str) -> migrations.RunSQL:
    """Rows of `table` never change service, and hang only on rows of that service.

    `parents` gives, for each column that points to a row of a service, the table of that row. Looked at once
    a statement, so that a bulk load pays one index search a row; a parent out of scope is another service's.
    """
    checks = "".join(
        f"""
            IF EXISTS (
                SELECT FROM written WHERE written.{column} IS NOT NULL AND written.service_id IS DISTINCT FROM
                    (SELECT service_id FROM public.{parent} WHERE id = written.{column})
            ) THEN
                RAISE EXCEPTION 'a row of {table} hangs on a row of {parent} of another service'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{table}_same_service';
            END IF;"""  # noqa: S608 - names of our own migrations
        for column, parent in parents.items()
    )
    look = f"""
        CREATE FUNCTION {table}_same_service() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN{checks}
            RETURN NULL;
        END $$;
        CREATE TRIGGER {table}_added_in_its_service AFTER INSERT ON {table}
            REFERENCING NEW TABLE AS written
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_same_service();
        CREATE TRIGGER {table}_stays_in_its_service AFTER UPDATE ON {table}
            REFERENCING NEW TABLE AS written
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_same_service();
    """
    keep = f"""
        CREATE OR REPLACE FUNCTION refuse_other_service() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'a row of % never changes service', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER {table}_keeps_its_service BEFORE UPDATE OF service_id ON {table}
            FOR EACH ROW WHEN (OLD.service_id IS DISTINCT FROM NEW.service_id)
            EXECUTE FUNCTION refuse_other_service();
    """
    forget = f"DROP TRIGGER {table}_keeps_its_service ON {table};"
    if not parents:
        return migrations.RunSQL(keep, forget)
    return migrations.RunSQL(look + keep, f"{forget} DROP FUNCTION {table}_same_service() CASCADE;")


def history_table(table: str, *, of_a_service: bool = True) -> list[migrations.RunSQL]:
    """A table of history: the application adds to it and never changes it, each service's apart."""
    return [withdraw_change(table), *([row_security(table)] if of_a_service else [])]
