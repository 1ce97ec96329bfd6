from django.db import migrations

from uneplace.kit.migrations import same_service

# Each table, and the table of what its rows hang on.
LINKS = {
    "offers_jobsheet": {"commitment_id": "contracts_commitment"},
    "offers_criterion": {"job_sheet_id": "offers_jobsheet"},
    "offers_diffusion": {"job_sheet_id": "offers_jobsheet"},
    "offers_application": {"job_sheet_id": "offers_jobsheet", "participant_id": "people_participant"},
    "offers_criterionanswer": {"application_id": "offers_application", "criterion_id": "offers_criterion"},
    "offers_agreement": {"application_id": "offers_application"},
    "offers_transmission": {"application_id": "offers_application"},
}


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0004_sealed"),
        ("contracts", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [same_service(table, **parents) for table, parents in LINKS.items()]
