from django.db import migrations

# The point before the end was planned fifteen days before the day after the last one. It is awaited a day
# sooner, unless it was made already or another point falls on that day.
SOONER = """
SELECT set_config('uneplace.services', '*', true);
UPDATE hours_followup f SET due_on = f.due_on - 1
  FROM hours_placement p
 WHERE p.id = f.placement_id AND f.point = 'BEFORE_END' AND f.done_at IS NULL
   AND f.due_on = upper(p.period) - 15
   AND NOT EXISTS (
       SELECT FROM hours_followup o WHERE o.placement_id = f.placement_id AND o.due_on = f.due_on - 1
   )
"""


class Migration(migrations.Migration):
    dependencies = [("hours", "0004_follow_ups_held")]

    operations = [migrations.RunSQL(SOONER, migrations.RunSQL.noop)]
