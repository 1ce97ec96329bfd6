from django.db import migrations

from uneplace.kit.migrations import row_security

TABLES = [
    "people_participant",
    "people_support",
    "people_informationgiven",
    "people_eligibilitydecision",
    "people_decisionproof",
]


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [row_security(table) for table in TABLES]
