from django.db import migrations

# A decision expires at the end of its validity, which is read on the day; nothing writes it any more.
EXPIRED_BY_THEMSELVES = """
    SELECT set_config('uneplace.services', '*', true);
    UPDATE people_eligibilitydecision SET status = 'ELIGIBLE' WHERE status = 'EXPIRED';
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0007_decisions_to_renew")]

    operations = [migrations.RunSQL(EXPIRED_BY_THEMSELVES, migrations.RunSQL.noop)]
