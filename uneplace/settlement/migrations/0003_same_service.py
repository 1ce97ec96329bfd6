from django.db import migrations

from uneplace.kit.migrations import same_service

# Each table, and the table of what its rows hang on.
LINKS = {
    "settlement_penaltycase": {"commitment_id": "contracts_commitment"},
    "settlement_exchange": {"case_id": "settlement_penaltycase"},
}


class Migration(migrations.Migration):
    dependencies = [("settlement", "0002_row_security"), ("contracts", "0001_initial")]

    operations = [same_service(table, **parents) for table, parents in LINKS.items()]
