from django.db import migrations

# A version is never changed, but for the names of whoever looked after people there: at their term, they go.
FORGETS = """
CREATE FUNCTION only_forgets_tutors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'content' = to_jsonb(OLD) - 'content'
        AND NEW.content = OLD.content - 'tutor' - 'deputy'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are never changed nor removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER offers_jobsheetversion_append_only ON offers_jobsheetversion;
CREATE TRIGGER offers_jobsheetversion_append_only BEFORE UPDATE OR DELETE ON offers_jobsheetversion
    FOR EACH ROW EXECUTE FUNCTION only_forgets_tutors();
"""
NEVER = """
DROP TRIGGER offers_jobsheetversion_append_only ON offers_jobsheetversion;
CREATE TRIGGER offers_jobsheetversion_append_only BEFORE UPDATE OR DELETE ON offers_jobsheetversion
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP FUNCTION only_forgets_tutors();
"""


class Migration(migrations.Migration):
    dependencies = [("offers", "0008_person_told")]

    operations = [migrations.RunSQL(FORGETS, NEVER)]
