from django.db import migrations

# Whoever is named in a file that exists already was let into it.
EVERYBODY_NAMED = """
    INSERT INTO organisations_partnership (service_id, organisation_id, approved_at)
    SELECT DISTINCT named.service_id, named.organisation_id, now()
    FROM (
        SELECT service_id, buyer_id FROM contracts_contract
        UNION ALL SELECT service_id, company_id FROM contracts_commitment
        UNION ALL SELECT service_id, organisation_id FROM people_support
        UNION ALL SELECT service_id, organisation_id FROM offers_diffusion
        UNION ALL SELECT service_id, organisation_id FROM offers_application
        UNION ALL SELECT service_id, employer_id FROM hours_placement
        UNION ALL SELECT service_id, declared_by_id FROM hours_placement
        UNION ALL SELECT service_id, declarant_id FROM hours_statement
    ) AS named(service_id, organisation_id)
    WHERE named.service_id <> named.organisation_id
    ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("hours", "0003_row_security"),
        ("offers", "0003_row_security"),
        ("people", "0002_row_security"),
        ("contracts", "0003_row_security"),
        ("organisations", "0003_partnership"),
    ]

    operations = [migrations.RunSQL(EVERYBODY_NAMED, migrations.RunSQL.noop)]
