from django.db import migrations

from uneplace.kit.migrations import history_table, row_security, same_service

# Each table, and the table of what its rows hang on.
LINKS = {
    "settlement_penaltycase": {"commitment_id": "contracts_commitment"},
    "settlement_exchange": {"case_id": "settlement_penaltycase"},
}


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial"), ("journal", "0002_held_by_the_database")]

    operations = [
        *(row_security(table) for table in LINKS),
        *(same_service(table, **parents) for table, parents in LINKS.items()),
        *history_table("settlement_penaltycaseevent"),
    ]
