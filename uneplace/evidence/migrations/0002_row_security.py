from django.db import migrations

from uneplace.kit.migrations import row_security

TABLES = [
    "evidence_evidence",
]


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]

    operations = [row_security(table) for table in TABLES]
