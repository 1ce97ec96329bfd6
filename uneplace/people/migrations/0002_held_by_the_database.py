from django.db import migrations

from uneplace.kit.migrations import append_only, history_table, only_sealed, row_security, same_service

# Each table, and the table of what its rows hang on.
LINKS = {
    "people_participant": {},
    "people_support": {"participant_id": "people_participant"},
    "people_informationgiven": {"participant_id": "people_participant"},
    "people_eligibilitydecision": {"participant_id": "people_participant"},
    "people_decisionproof": {"decision_id": "people_eligibilitydecision", "evidence_id": "evidence_evidence"},
    "people_proofpolicy": {},
}


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("journal", "0002_held_by_the_database")]

    operations = [
        append_only("people_proofpolicy"),
        *(row_security(table) for table in LINKS),
        *(same_service(table, **parents) for table, parents in LINKS.items()),
        only_sealed("people_participant", "email", "phone", "address"),
        only_sealed(
            "people_eligibilitydecision", "grounds", "main_ground", "situation", "explanation", "reason"
        ),
        only_sealed("people_decisionproof", "ground"),
        *history_table("people_eligibilitydecisionevent"),
        *history_table("people_participantevent"),
    ]
