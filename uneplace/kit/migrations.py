"""Migration operations that more than one domain uses."""

from collections import deque
from collections.abc import Callable
from typing import Any

from django.db import migrations

from .crypto import STEP, blind_index, seal, unseal
from .sealing import Convert, rewrite


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


def seal_columns(table: str, *, step: int = STEP, **empty: str) -> migrations.RunPython:
    """Seal what these columns of `table` hold in clear, already turned into text; undone the same way.

    Each column is given with what an empty value is in clear: `""`, `"[]"` or `"{}"`. `step` is the fields'.
    """
    contexts = {f"{table}.{column}": nothing for column, nothing in empty.items()}

    def sealed(texts: list[str]) -> list[str]:
        pairs = zip(texts, contexts.items(), strict=True)
        return ["" if text == nothing else seal(text, context, step) for text, (context, nothing) in pairs]

    def in_clear(texts: list[str]) -> list[str]:
        pairs = zip(texts, contexts.items(), strict=True)
        return [unseal(text, context) if text else nothing for text, (context, nothing) in pairs]

    return migrations.RunPython(
        _rewriting(table, list(empty), sealed), _rewriting(table, list(empty), in_clear)
    )


def index_column(
    table: str, column: str, index: str, normalise: Callable[[str], str]
) -> migrations.RunPython:
    """Fill the blind index of a sealed column of `table`."""
    context = f"{table}.{column}"

    def convert(texts: list[str]) -> list[str]:
        return [texts[0], blind_index(normalise(unseal(texts[0], context)), context)]

    return migrations.RunPython(_rewriting(table, [column, index], convert), migrations.RunPython.noop)


def _rewriting(table: str, columns: list[str], convert: Convert) -> Callable[[Any, Any], None]:
    def run(apps: Any, editor: Any) -> None:
        deque(rewrite(editor.connection, table, columns, convert), maxlen=0)
        # What waits for the end of the transaction is checked now: tables cannot be altered before.
        editor.connection.check_constraints()

    return run


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
