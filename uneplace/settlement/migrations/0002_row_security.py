from django.db import migrations

from uneplace.kit.migrations import row_security

TABLES = [
    "settlement_penaltycase",
    "settlement_exchange",
]


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial")]

    operations = [row_security(table) for table in TABLES]
