from django.db import migrations

# A validated statement goes back to control only once the ledger took back all that its lines declared and
# counted; nothing else of it changes.
STAYS_UNTIL_TAKEN_BACK = """
    CREATE OR REPLACE FUNCTION hours_validated_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND NEW.status = 'SUBMITTED' AND NEW.validated_at IS NULL
            AND (OLD.commitment_id, OLD.declarant_id, OLD.month, OLD.submitted_at)
                IS NOT DISTINCT FROM (NEW.commitment_id, NEW.declarant_id, NEW.month, NEW.submitted_at)
            AND NOT EXISTS (
                SELECT FROM public.hours_ledgerentry entry
                JOIN public.hours_statementline line ON line.id = entry.line_id
                WHERE line.statement_id = OLD.id
                GROUP BY entry.line_id
                HAVING sum(entry.counted) <> 0 OR sum(entry.declared) <> 0)
        THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'statement % is validated: it is neither changed nor removed', OLD.id
            USING ERRCODE = 'restrict_violation';
    END $$;
"""
STAYS = """
    CREATE OR REPLACE FUNCTION hours_validated_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'statement % is validated: it is neither changed nor removed', OLD.id
            USING ERRCODE = 'restrict_violation';
    END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("hours", "0014_confirmations_held")]

    operations = [migrations.RunSQL(STAYS_UNTIL_TAKEN_BACK, STAYS)]
