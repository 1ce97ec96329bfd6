from django.db import migrations

from uneplace.kit.migrations import only_sealed, row_security, same_service


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial")]

    operations = [
        row_security("rights_rightsrequest"),
        row_security("rights_keeping"),
        same_service("rights_rightsrequest", participant_id="people_participant"),
        same_service("rights_keeping", participant_id="people_participant"),
        # What people ask, are answered and object is refused in clear by the database.
        only_sealed("rights_rightsrequest", "note", "reason"),
        only_sealed("rights_keeping", "reason"),
    ]
