from django.db import migrations

from uneplace.kit.migrations import row_security

TABLES = [
    "contracts_contract",
    "contracts_lot",
    "contracts_award",
    "contracts_awardmember",
    "contracts_amendment",
    "contracts_clause",
    "contracts_commitment",
]


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_contract_publications")]

    operations = [row_security(table) for table in TABLES]
