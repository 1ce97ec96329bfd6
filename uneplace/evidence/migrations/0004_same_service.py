from django.db import migrations

from uneplace.kit.migrations import same_service

# Each table, and the table of what its rows hang on.
LINKS = {
    "evidence_evidence": {},
}


class Migration(migrations.Migration):
    dependencies = [("evidence", "0003_sealed")]

    operations = [same_service(table, **parents) for table, parents in LINKS.items()]
