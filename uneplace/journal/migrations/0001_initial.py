import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
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
            options={
                "verbose_name": "scellé",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="quand")),
                ("verb", models.CharField(max_length=60, verbose_name="acte")),
                ("service_id", models.BigIntegerField(null=True, verbose_name="service")),
                ("about_kind", models.CharField(blank=True, max_length=40, verbose_name="objet")),
                (
                    "about_id",
                    models.BigIntegerField(null=True, verbose_name="identifiant de l’objet"),
                ),
                (
                    "about_label",
                    models.CharField(blank=True, max_length=250, verbose_name="libellé de l’objet"),
                ),
                ("user_id", models.BigIntegerField(null=True, verbose_name="compte")),
                ("user_name", models.CharField(blank=True, max_length=250, verbose_name="nom")),
                ("organisation_id", models.BigIntegerField(null=True, verbose_name="organisation")),
                (
                    "organisation_name",
                    models.CharField(blank=True, max_length=250, verbose_name="nom de l’organisation"),
                ),
                (
                    "on_behalf_of_id",
                    models.BigIntegerField(null=True, verbose_name="pour le compte de"),
                ),
                (
                    "on_behalf_of_name",
                    models.CharField(
                        blank=True, max_length=250, verbose_name="nom de l’organisation représentée"
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="motif")),
                ("details", models.JSONField(default=dict, verbose_name="détails")),
                ("mac", models.CharField(max_length=80, verbose_name="signature")),
            ],
            options={
                "verbose_name": "acte",
                "verbose_name_plural": "actes",
                "indexes": [
                    models.Index(fields=["about_kind", "about_id", "-at"], name="journal_about"),
                    models.Index(fields=["service_id", "-at"], name="journal_service"),
                ],
            },
        ),
    ]
