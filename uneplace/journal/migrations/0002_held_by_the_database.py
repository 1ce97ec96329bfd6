from django.db import migrations

from uneplace.kit.migrations import append_only, row_security, withdraw_change


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        append_only("journal_entry"),
        withdraw_change("journal_entry"),
        row_security("journal_entry", shared=True),
        append_only("journal_seal"),
        withdraw_change("journal_seal"),
    ]
