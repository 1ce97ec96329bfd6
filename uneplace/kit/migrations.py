"""Migration operations that more than one domain uses."""

from django.db import migrations


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
