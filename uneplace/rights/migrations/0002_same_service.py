from django.db import migrations

from uneplace.kit.migrations import same_service


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial"), ("people", "0001_initial")]

    operations = [
        same_service("rights_rightsrequest", participant_id="people_participant"),
        same_service("rights_keeping", participant_id="people_participant"),
    ]
