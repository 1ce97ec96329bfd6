from django.db import migrations

from uneplace.kit.migrations import same_service


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_dormant_and_identities")]

    operations = [same_service("organisations_partnership")]
