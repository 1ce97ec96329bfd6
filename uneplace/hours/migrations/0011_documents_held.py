from django.db import migrations

from uneplace.kit.migrations import history_table, row_security, same_service


class Migration(migrations.Migration):
    dependencies = [("hours", "0010_documents")]

    operations = [
        row_security("hours_awaiteddocument"),
        same_service(
            "hours_awaiteddocument",
            commitment_id="contracts_commitment",
            evidence_id="evidence_evidence",
        ),
        *history_table("hours_awaiteddocumentevent"),
    ]
