from django.db import migrations, models

# Nothing kept two companies of one clause from being its mandataire: the one with the largest share stays.
# Deferred checks are made at once, for the index to be built in the same transaction.
ONE_ONLY = """
SELECT set_config('uneplace.services', '*', true);
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE contracts_commitment SET role = 'COTRAITANT' WHERE role = 'MANDATAIRE' AND id NOT IN (
    SELECT DISTINCT ON (clause_id) id FROM contracts_commitment WHERE role = 'MANDATAIRE'
    ORDER BY clause_id, share DESC, id
);
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("contracts", "0006_transfers_held")]

    operations = [
        migrations.RunSQL(ONE_ONLY, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "MANDATAIRE")),
                fields=("clause",),
                name="commitment_one_mandataire_a_clause",
                violation_error_message="Cette clause a déjà un mandataire.",
            ),
        ),
    ]
