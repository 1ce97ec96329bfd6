import django.contrib.postgres.fields
from django.db import migrations, models

from uneplace.kit.migrations import append_only, withdraw_change


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_row_security")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="mac",
            field=models.CharField(default="", max_length=80, verbose_name="signature"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "number",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="numéro"),
                ),
                ("sealed_at", models.DateTimeField(verbose_name="scellé le")),
                (
                    "entries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="actes"
                    ),
                ),
                ("last_entry", models.BigIntegerField(db_index=True, verbose_name="dernier acte")),
                ("digest", models.CharField(max_length=64, verbose_name="empreinte des actes")),
                (
                    "previous",
                    models.CharField(blank=True, max_length=80, verbose_name="signature du scellé précédent"),
                ),
                ("mac", models.CharField(max_length=80, verbose_name="signature")),
            ],
            options={"verbose_name": "scellé"},
        ),
        withdraw_change("journal_entry"),
        append_only("journal_seal"),
        withdraw_change("journal_seal"),
    ]
