from django.db import migrations

from uneplace.kit.migrations import same_service

# Each table, and the table of what its rows hang on.
LINKS = {
    "contracts_contract": {},
    "contracts_lot": {"contract_id": "contracts_contract"},
    "contracts_award": {"lot_id": "contracts_lot"},
    "contracts_awardmember": {"award_id": "contracts_award"},
    "contracts_amendment": {"contract_id": "contracts_contract"},
    "contracts_clause": {"lot_id": "contracts_lot"},
    "contracts_commitment": {"clause_id": "contracts_clause"},
}


class Migration(migrations.Migration):
    dependencies = [("contracts", "0003_row_security")]

    operations = [same_service(table, **parents) for table, parents in LINKS.items()]
