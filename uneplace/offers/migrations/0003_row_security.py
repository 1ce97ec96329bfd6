from django.db import migrations

from uneplace.kit.migrations import row_security

TABLES = [
    "offers_jobsheet",
    "offers_criterion",
    "offers_diffusion",
    "offers_application",
    "offers_criterionanswer",
    "offers_agreement",
    "offers_transmission",
]


class Migration(migrations.Migration):
    dependencies = [("offers", "0002_job_sheet_revision")]

    operations = [row_security(table) for table in TABLES]
