from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="contract",
            name="publications",
            field=ArrayField(
                base_field=models.CharField(max_length=32),
                blank=True,
                default=list,
                size=None,
                verbose_name="publications reçues",
            ),
        ),
    ]
