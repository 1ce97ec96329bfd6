from django.db import migrations

from uneplace.kit.migrations import history_table, row_security, same_service

COMMITMENT = "contracts_commitment"
LINKS = {
    "contracts_transfer": {
        "clause_id": "contracts_clause",
        "owner_id": COMMITMENT,
        "partner_id": COMMITMENT,
        "proposed_for_id": COMMITMENT,
    },
    "contracts_subcontracting": {
        "clause_id": "contracts_clause",
        "principal_id": COMMITMENT,
        "commitment_id": COMMITMENT,
    },
}

# Looked at when the transaction ends, as the shares are, with the clause held: two transactions cannot each
# give the same hours. A fall of what a company owes is looked at too. The trigger reads in every service, and
# gives the scope back.
WITHIN = """
    CREATE FUNCTION contracts_transfers_within_the_share() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        scope text := coalesce(current_setting('uneplace.services', true), '');
        concerned bigint;
        held bigint;
        due numeric;
        given numeric;
        lowest numeric;
        strangers boolean := false;
    BEGIN
        IF TG_TABLE_NAME = 'contracts_commitment' THEN
            concerned := NEW.id;
        ELSIF TG_OP = 'DELETE' THEN
            concerned := OLD.owner_id;
        ELSE
            concerned := NEW.owner_id;
        END IF;
        PERFORM set_config('uneplace.services', '*', true);
        SELECT clause_id, hours_due INTO held, due FROM public.contracts_commitment WHERE id = concerned;
        PERFORM FROM public.contracts_clause WHERE id = held FOR NO KEY UPDATE;
        SELECT hours_due INTO due FROM public.contracts_commitment WHERE id = concerned;
        SELECT coalesce(sum(net), 0), coalesce(min(net), 0) INTO given, lowest FROM (
            SELECT sum(CASE way WHEN 'GIVEN' THEN hours ELSE -hours END) AS net
            FROM public.contracts_transfer WHERE owner_id = concerned AND status = 'VALIDATED'
            GROUP BY partner_id
        ) AS nets;
        IF TG_TABLE_NAME = 'contracts_transfer' AND TG_OP <> 'DELETE' THEN
            SELECT bool_or(clause_id <> NEW.clause_id) INTO strangers FROM public.contracts_commitment
            WHERE id IN (NEW.owner_id, NEW.partner_id);
        END IF;
        PERFORM set_config('uneplace.services', scope, true);
        IF strangers THEN
            RAISE EXCEPTION 'a transfer is between two companies of its clause'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_within_its_clause';
        END IF;
        IF given > due THEN
            RAISE EXCEPTION 'commitment % gives % hours of the % that it owes', concerned, given, due
                USING ERRCODE = 'check_violation', CONSTRAINT = 'transfers_within_the_share';
        END IF;
        IF lowest < 0 THEN
            RAISE EXCEPTION 'commitment % takes back more than it gave', concerned
                USING ERRCODE = 'check_violation', CONSTRAINT = 'transfers_within_the_share';
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER transfers_within_the_share
        AFTER INSERT OR UPDATE OR DELETE ON contracts_transfer DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION contracts_transfers_within_the_share();
    CREATE CONSTRAINT TRIGGER transfers_still_within_the_share
        AFTER UPDATE ON contracts_commitment DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (NEW.hours_due < OLD.hours_due)
        EXECUTE FUNCTION contracts_transfers_within_the_share();
    CREATE TRIGGER transfer_validated_stays BEFORE UPDATE OR DELETE ON contracts_transfer
        FOR EACH ROW WHEN (OLD.status = 'VALIDATED') EXECUTE FUNCTION refuse_change();
"""
FORGET = """
    DROP TRIGGER transfer_validated_stays ON contracts_transfer;
    DROP FUNCTION contracts_transfers_within_the_share() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("contracts", "0005_partners")]

    operations = [
        *(row_security(table) for table in LINKS),
        *(same_service(table, **parents) for table, parents in LINKS.items()),
        *(operation for table in LINKS for operation in history_table(f"{table}event")),
        migrations.RunSQL(WITHIN, FORGET),
    ]
