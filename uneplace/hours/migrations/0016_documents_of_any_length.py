from django.db import migrations, models

# A clause that asks more or less often than before leaves a part of a period: two months of a quarter.


class Migration(migrations.Migration):
    dependencies = [("hours", "0015_reopened_months")]

    operations = [
        migrations.RemoveConstraint("awaiteddocument", "document_period_is_of_the_calendar"),
        migrations.AddConstraint(
            "awaiteddocument",
            models.CheckConstraint(
                condition=models.Q(months__gte=1, months__lte=12), name="document_period_is_within_a_year"
            ),
        ),
    ]
