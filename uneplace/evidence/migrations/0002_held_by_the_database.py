from django.db import migrations

from uneplace.kit.migrations import history_table, only_sealed, row_security, same_service


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("journal", "0002_held_by_the_database")]

    operations = [
        row_security("evidence_evidence"),
        same_service("evidence_evidence"),
        only_sealed("evidence_evidence", "kind", "reason"),
        *history_table("evidence_evidenceevent"),
    ]
