from django.db import migrations

from uneplace.kit.migrations import row_security


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]

    operations = [row_security("journal_entry", shared=True)]
