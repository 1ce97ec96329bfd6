from django.db import migrations

from uneplace.kit.migrations import history_table, row_security, same_service

# The cache of the settings: codes of a second factor that have just served. Same shape as `createcachetable` gives.
KEPT_CODES = """
    CREATE TABLE kept_codes (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
    CREATE INDEX kept_codes_expires ON kept_codes (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial"), ("journal", "0002_held_by_the_database")]

    operations = [
        migrations.RunSQL(KEPT_CODES, "DROP TABLE kept_codes"),
        row_security("organisations_partnership"),
        same_service("organisations_partnership"),
        *history_table("organisations_membershipevent", of_a_service=False),
        *history_table("organisations_organisationevent", of_a_service=False),
        *history_table("organisations_partnershipevent"),
        *history_table("organisations_userevent", of_a_service=False),
    ]
