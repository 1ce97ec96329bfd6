from django.db import migrations

from uneplace.kit.migrations import only_sealed


class Migration(migrations.Migration):
    """What people ask, are answered and object is refused in clear by the database."""

    dependencies = [("rights", "0002_same_service")]

    operations = [
        only_sealed("rights_rightsrequest", "note", "reason"),
        only_sealed("rights_keeping", "reason"),
    ]
