from django.db import migrations

from uneplace.kit.migrations import only_sealed, row_security, same_service

# Each table, and the table of what its rows hang on.
LINKS = {
    "hours_hoursimport": {},
    "hours_columnmemory": {},
    "hours_importdoubt": {"hours_import_id": "hours_hoursimport"},
    "hours_importline": {
        "hours_import_id": "hours_hoursimport",
        "doubt_id": "hours_importdoubt",
        "placement_id": "hours_placement",
        "commitment_id": "contracts_commitment",
    },
    "hours_importproblem": {"hours_import_id": "hours_hoursimport"},
    "hours_importedstatement": {"hours_import_id": "hours_hoursimport", "statement_id": "hours_statement"},
}


class Migration(migrations.Migration):
    dependencies = [("hours", "0008_imports")]

    operations = [
        *(row_security(table) for table in LINKS),
        *(same_service(table, **parents) for table, parents in LINKS.items()),
        only_sealed("hours_hoursimport", "headings"),
        only_sealed("hours_importdoubt", "said"),
        only_sealed("hours_importproblem", "said"),
    ]
