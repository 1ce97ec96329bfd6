from django.db import migrations

from uneplace.kit.migrations import history_table, only_sealed, row_security, same_service


class Migration(migrations.Migration):
    dependencies = [("hours", "0003_follow_ups")]

    operations = [
        row_security("hours_followup"),
        same_service("hours_followup", placement_id="hours_placement"),
        only_sealed("hours_followup", "note", "next_step"),
        *history_table("hours_followupevent"),
        row_security("hours_break"),
        same_service("hours_break", placement_id="hours_placement"),
        *history_table("hours_breakevent"),
    ]
