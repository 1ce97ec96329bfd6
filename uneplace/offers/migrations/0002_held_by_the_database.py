from django.db import migrations

from uneplace.kit.migrations import history_table, only_sealed, row_security, same_service

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
    dependencies = [("offers", "0001_initial"), ("journal", "0002_held_by_the_database")]

    operations = [
        *(row_security(table) for table in LINKS),
        *(same_service(table, **parents) for table, parents in LINKS.items()),
        only_sealed(
            "offers_application", "availability", "message", "cv_name", "shortlist_reason", "decline_note"
        ),
        only_sealed("offers_criterionanswer", "fact"),
        *history_table("offers_applicationevent"),
        *history_table("offers_jobsheetevent"),
        *history_table("offers_transmissionevent"),
    ]
