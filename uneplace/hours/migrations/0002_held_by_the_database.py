from django.db import migrations

from uneplace.kit.migrations import append_only

# Checked when the transaction ends, with the worked month locked: two commitments that take their part of one
# month at the same moment cannot both pass.
PARTS_NEVER_EXCEED_THE_MONTH = """
    CREATE FUNCTION hours_parts_fit_the_month() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        worked_month bigint := CASE TG_TABLE_NAME
            WHEN 'hours_statementline' THEN (to_jsonb(NEW) ->> 'worked_month_id')::bigint
            ELSE (to_jsonb(NEW) ->> 'id')::bigint END;
        worked hours_workedmonth;
        parts numeric;
        training numeric;
    BEGIN
        SELECT * INTO worked FROM hours_workedmonth WHERE id = worked_month FOR UPDATE;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
        SELECT coalesce(sum(hours), 0), coalesce(sum(training_hours), 0) INTO parts, training
        FROM hours_statementline WHERE worked_month_id = worked_month;
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
FORGET = """
    DROP TRIGGER line_parts_never_exceed_the_month ON hours_statementline;
    DROP TRIGGER worked_month_never_below_its_parts ON hours_workedmonth;
    DROP FUNCTION hours_parts_fit_the_month();
"""


class Migration(migrations.Migration):
    dependencies = [("hours", "0001_initial")]

    operations = [
        append_only("hours_ledgerentry"),
        migrations.RunSQL(PARTS_NEVER_EXCEED_THE_MONTH, FORGET),
    ]
