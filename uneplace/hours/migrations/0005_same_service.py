from django.db import migrations

from uneplace.kit.migrations import same_service

# Each table, and the table of what its rows hang on.
LINKS = {
    "hours_placement": {"participant_id": "people_participant", "application_id": "offers_application"},
    "hours_allocation": {"placement_id": "hours_placement", "commitment_id": "contracts_commitment"},
    "hours_workedmonth": {"placement_id": "hours_placement"},
    "hours_statement": {"commitment_id": "contracts_commitment"},
    "hours_statementline": {"statement_id": "hours_statement", "worked_month_id": "hours_workedmonth"},
    "hours_ledgerentry": {
        "line_id": "hours_statementline",
        "commitment_id": "contracts_commitment",
        "placement_id": "hours_placement",
        "participant_id": "people_participant",
        "decision_id": "people_eligibilitydecision",
        "corrects_id": "hours_ledgerentry",
    },
}


class Migration(migrations.Migration):
    dependencies = [
        ("hours", "0004_partners_so_far"),
        ("contracts", "0001_initial"),
        ("offers", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [same_service(table, **parents) for table, parents in LINKS.items()]
