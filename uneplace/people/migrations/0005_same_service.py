from django.db import migrations

from uneplace.kit.migrations import same_service

# Each table, and the table of what its rows hang on.
LINKS = {
    "people_participant": {},
    "people_support": {"participant_id": "people_participant"},
    "people_informationgiven": {"participant_id": "people_participant"},
    "people_eligibilitydecision": {"participant_id": "people_participant"},
    "people_decisionproof": {"decision_id": "people_eligibilitydecision", "evidence_id": "evidence_evidence"},
}


class Migration(migrations.Migration):
    dependencies = [("people", "0004_rights"), ("evidence", "0001_initial")]

    operations = [same_service(table, **parents) for table, parents in LINKS.items()]
