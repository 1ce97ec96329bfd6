from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("settlement", "0008_control_chain")]

    operations = [
        migrations.AlterField(
            "servicethresholds",
            "documents_days",
            models.PositiveSmallIntegerField("critique, document en retard de plus de"),
        ),
    ]
