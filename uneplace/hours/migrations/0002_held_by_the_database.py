from django.db import migrations

from uneplace.kit.migrations import append_only, history_table, row_security, same_service

# Each table, and the table of what its rows hang on.
LINKS = {
    "hours_placement": {"participant_id": "people_participant", "application_id": "offers_application"},
    "hours_allocation": {"placement_id": "hours_placement", "commitment_id": "contracts_commitment"},
    "hours_workedmonth": {"placement_id": "hours_placement"},
    "hours_statement": {"commitment_id": "contracts_commitment"},
    "hours_statementline": {"statement_id": "hours_statement", "worked_month_id": "hours_workedmonth"},
    "hours_ledgerentry": {
        "line_id": "hours_statementline",
        "commitment_id": "contracts_commitment",
        "placement_id": "hours_placement",
        "participant_id": "people_participant",
        "decision_id": "people_eligibilitydecision",
        "corrects_id": "hours_ledgerentry",
    },
    "hours_recountnotice": {"clause_id": "contracts_clause"},
}

# Checked when the transaction ends, with the worked month locked: two commitments that take their part of one
# month at the same moment cannot both pass. By then the scope in which the rows were written may be over: the
# trigger reads in every service, and gives the scope back.
PARTS_NEVER_EXCEED_THE_MONTH = """
    CREATE FUNCTION hours_parts_fit_the_month() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        scope text := coalesce(current_setting('uneplace.services', true), '');
        worked_month bigint := CASE TG_TABLE_NAME
            WHEN 'hours_statementline' THEN (to_jsonb(NEW) ->> 'worked_month_id')::bigint
            ELSE (to_jsonb(NEW) ->> 'id')::bigint END;
        worked public.hours_workedmonth;
        parts numeric;
        training numeric;
    BEGIN
        PERFORM set_config('uneplace.services', '*', true);
        SELECT * INTO worked FROM public.hours_workedmonth WHERE id = worked_month FOR UPDATE;
        SELECT coalesce(sum(hours), 0), coalesce(sum(training_hours), 0) INTO parts, training
        FROM public.hours_statementline WHERE worked_month_id = worked_month;
        PERFORM set_config('uneplace.services', scope, true);
        IF parts > worked.hours OR training > worked.training_hours THEN
            RAISE EXCEPTION 'the parts of worked month % exceed it: % of % hours', worked_month, parts, worked.hours
                USING ERRCODE = 'check_violation', CONSTRAINT = 'line_parts_never_exceed_the_month';
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER line_parts_never_exceed_the_month
        AFTER INSERT OR UPDATE ON hours_statementline DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION hours_parts_fit_the_month();
    CREATE CONSTRAINT TRIGGER worked_month_never_below_its_parts
        AFTER UPDATE ON hours_workedmonth DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION hours_parts_fit_the_month();
"""
FORGET_PARTS = """
    DROP TRIGGER line_parts_never_exceed_the_month ON hours_statementline;
    DROP TRIGGER worked_month_never_below_its_parts ON hours_workedmonth;
    DROP FUNCTION hours_parts_fit_the_month();
"""

# What was validated was counted: its hours, its month and its signatures stay. Comments may still be erased.
STATEMENT = ("commitment_id", "declarant_id", "month", "status", "submitted_at", "validated_at")
LINE = ("statement_id", "worked_month_id", "hours", "training_hours")


def _changed(columns: tuple[str, ...]) -> str:
    before, after = (", ".join(f"{row}.{name}" for name in columns) for row in ("OLD", "NEW"))
    return f"({before}) IS DISTINCT FROM ({after})"


STAYS = f"""
    CREATE FUNCTION hours_validated_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'statement % is validated: it is neither changed nor removed', OLD.id
            USING ERRCODE = 'restrict_violation';
    END $$;
    CREATE TRIGGER statement_validated_is_not_changed BEFORE UPDATE ON hours_statement
        FOR EACH ROW WHEN (OLD.status = 'VALIDATED' AND {_changed(STATEMENT)})
        EXECUTE FUNCTION hours_validated_stays();
    CREATE TRIGGER statement_validated_is_not_removed BEFORE DELETE ON hours_statement
        FOR EACH ROW WHEN (OLD.status = 'VALIDATED') EXECUTE FUNCTION hours_validated_stays();

    CREATE FUNCTION hours_validated_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM public.hours_statement WHERE id = OLD.statement_id AND status = 'VALIDATED') THEN
            RAISE EXCEPTION 'line % is of a validated statement: it is neither changed nor removed', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER line_validated_is_not_changed BEFORE UPDATE ON hours_statementline
        FOR EACH ROW WHEN ({_changed(LINE)}) EXECUTE FUNCTION hours_validated_line_stays();
    CREATE TRIGGER line_validated_is_not_removed BEFORE DELETE ON hours_statementline
        FOR EACH ROW EXECUTE FUNCTION hours_validated_line_stays();
"""
FORGET_STAYS = (
    "DROP FUNCTION hours_validated_stays() CASCADE; DROP FUNCTION hours_validated_line_stays() CASCADE;"
)


class Migration(migrations.Migration):
    dependencies = [("hours", "0001_initial"), ("journal", "0002_held_by_the_database")]

    operations = [
        append_only("hours_ledgerentry"),
        *(row_security(table) for table in LINKS),
        *(same_service(table, **parents) for table, parents in LINKS.items()),
        *history_table("hours_allocationevent"),
        *history_table("hours_placementevent"),
        *history_table("hours_statementevent"),
        *history_table("hours_statementlineevent"),
        *history_table("hours_workedmonthevent"),
        migrations.RunSQL(PARTS_NEVER_EXCEED_THE_MONTH, FORGET_PARTS),
        migrations.RunSQL(STAYS, FORGET_STAYS),
    ]
