from django.db import migrations

from uneplace.kit.migrations import append_only, history_table, row_security, same_service

# Each table, and the table of what its rows hang on.
LINKS = {
    "contracts_contract": {},
    "contracts_lot": {"contract_id": "contracts_contract"},
    "contracts_award": {"lot_id": "contracts_lot"},
    "contracts_awardmember": {"award_id": "contracts_award"},
    "contracts_amendment": {"contract_id": "contracts_contract"},
    "contracts_clause": {"lot_id": "contracts_lot"},
    "contracts_commitment": {"clause_id": "contracts_clause"},
    "contracts_servicepolicy": {},
    "contracts_policychange": {"clause_id": "contracts_clause"},
    "contracts_comingcontract": {"lot_id": "contracts_lot"},
    "contracts_clausetext": {},
    "contracts_dutychange": {"clause_id": "contracts_clause"},
    "contracts_order": {"clause_id": "contracts_clause"},
    "contracts_invoice": {"clause_id": "contracts_clause"},
    "contracts_actiondone": {"clause_id": "contracts_clause", "commitment_id": "contracts_commitment"},
}
VERSIONS = ["contracts_servicepolicy", "contracts_policychange"]  # a change is a row more

# Looked at when the transaction ends: shares are written one after the other. The clause is held meanwhile, so
# that two transactions cannot each add its own half. By then the scope in which the rows were written may be
# over: the trigger reads in every service, and gives the scope back.
SHARES = """
    CREATE FUNCTION contracts_shares_sum_to_the_clause() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        scope text := coalesce(current_setting('uneplace.services', true), '');
        concerned bigint;
        state varchar;
        total numeric;
    BEGIN
        IF TG_TABLE_NAME = 'contracts_clause' THEN
            concerned := NEW.id;
        ELSIF TG_OP = 'DELETE' THEN
            concerned := OLD.clause_id;
        ELSE
            concerned := NEW.clause_id;
        END IF;
        PERFORM set_config('uneplace.services', '*', true);
        SELECT status INTO state FROM public.contracts_clause WHERE id = concerned FOR NO KEY UPDATE;
        SELECT coalesce(sum(share), 0) INTO total FROM public.contracts_commitment WHERE clause_id = concerned;
        PERFORM set_config('uneplace.services', scope, true);
        IF state <> 'DRAFT' AND total <> 1 THEN
            RAISE EXCEPTION 'the shares of clause % sum to %, not to 1', concerned, total
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commitment_shares_sum_to_the_clause';
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER commitment_shares_sum_to_the_clause
        AFTER INSERT OR DELETE ON contracts_commitment DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION contracts_shares_sum_to_the_clause();
    CREATE CONSTRAINT TRIGGER commitment_shares_still_sum_to_the_clause
        AFTER UPDATE ON contracts_commitment DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (OLD.share <> NEW.share OR OLD.clause_id <> NEW.clause_id)
        EXECUTE FUNCTION contracts_shares_sum_to_the_clause();
    CREATE CONSTRAINT TRIGGER clause_past_draft_is_shared
        AFTER UPDATE ON contracts_clause DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (OLD.status = 'DRAFT' AND NEW.status <> 'DRAFT')
        EXECUTE FUNCTION contracts_shares_sum_to_the_clause();
"""
FORGET = "DROP FUNCTION contracts_shares_sum_to_the_clause() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial"), ("journal", "0002_held_by_the_database")]

    operations = [
        *(append_only(table) for table in VERSIONS),
        *(row_security(table) for table in LINKS),
        *(same_service(table, **parents) for table, parents in LINKS.items()),
        *(
            operation
            for table in LINKS
            if table not in VERSIONS
            for operation in history_table(f"{table}event")
        ),
        migrations.RunSQL(SHARES, FORGET),
    ]
