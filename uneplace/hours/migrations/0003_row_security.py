from django.db import migrations

from uneplace.kit.migrations import row_security

TABLES = [
    "hours_placement",
    "hours_allocation",
    "hours_workedmonth",
    "hours_statement",
    "hours_statementline",
    "hours_ledgerentry",
]


class Migration(migrations.Migration):
    dependencies = [("hours", "0002_held_by_the_database")]

    operations = [row_security(table) for table in TABLES]
