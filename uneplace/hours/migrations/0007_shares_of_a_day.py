from django.db import migrations

# Checked when the transaction ends, with the work contract locked: two people who allocate it at the same moment
# cannot both pass. By then the scope in which the rows were written may be over: the trigger reads in every
# service, and gives the scope back. The sum of shares can only grow on the first day of an allocation.
SHARES_OF_A_DAY = """
    CREATE FUNCTION hours_allocations_fit_the_work() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        scope text := coalesce(current_setting('uneplace.services', true), '');
        contract bigint := CASE TG_TABLE_NAME
            WHEN 'hours_allocation' THEN (to_jsonb(NEW) ->> 'placement_id')::bigint
            ELSE (to_jsonb(NEW) ->> 'id')::bigint END;
        dates daterange;
        outside bigint;
        fullest numeric;
    BEGIN
        PERFORM set_config('uneplace.services', '*', true);
        SELECT period INTO dates FROM public.hours_placement WHERE id = contract FOR NO KEY UPDATE;
        SELECT count(*) INTO outside FROM public.hours_allocation
        WHERE placement_id = contract AND NOT period <@ dates;
        SELECT coalesce(max(share_of_the_day), 0) INTO fullest FROM (
            SELECT (
                SELECT sum(other.share) FROM public.hours_allocation other
                WHERE other.placement_id = contract AND other.period @> lower(one.period)
            ) AS share_of_the_day
            FROM public.hours_allocation one WHERE one.placement_id = contract
        ) AS days;
        PERFORM set_config('uneplace.services', scope, true);
        IF outside > 0 THEN
            RAISE EXCEPTION 'work contract % is allocated on days that it does not last', contract
                USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_is_within_its_work_contract';
        END IF;
        IF fullest > 1 THEN
            RAISE EXCEPTION 'work contract % is allocated for % of one day', contract, fullest
                USING ERRCODE = 'check_violation', CONSTRAINT = 'allocation_shares_never_exceed_the_whole';
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER allocation_shares_never_exceed_the_whole
        AFTER INSERT OR UPDATE ON hours_allocation DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION hours_allocations_fit_the_work();
    CREATE CONSTRAINT TRIGGER placement_never_shorter_than_its_allocations
        AFTER UPDATE OF period ON hours_placement DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION hours_allocations_fit_the_work();
"""
FORGET_SHARES = """
    DROP TRIGGER allocation_shares_never_exceed_the_whole ON hours_allocation;
    DROP TRIGGER placement_never_shorter_than_its_allocations ON hours_placement;
    DROP FUNCTION hours_allocations_fit_the_work();
"""


class Migration(migrations.Migration):
    dependencies = [("hours", "0006_statements_asked")]

    operations = [migrations.RunSQL(SHARES_OF_A_DAY, FORGET_SHARES)]
