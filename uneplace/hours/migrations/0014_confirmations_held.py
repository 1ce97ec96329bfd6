from django.db import migrations

from uneplace.kit.migrations import history_table, only_sealed, row_security, same_service

# Each table, and the table of what its rows hang on.
LINKS = {
    "hours_monthlink": {"placement_id": "hours_placement"},
    "hours_confirmation": {"placement_id": "hours_placement", "commitment_id": "contracts_commitment"},
    "hours_confirmationmessage": {"confirmation_id": "hours_confirmation"},
}


class Migration(migrations.Migration):
    dependencies = [("hours", "0013_confirmations")]

    operations = [
        *(row_security(table) for table in LINKS),
        *(same_service(table, **parents) for table, parents in LINKS.items()),
        only_sealed("hours_monthlink", "email"),
        only_sealed("hours_confirmation", "words", "settle_reason"),
        only_sealed("hours_confirmationmessage", "words"),
        *history_table("hours_confirmationevent"),
    ]
