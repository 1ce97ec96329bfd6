import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Commune",
            fields=[
                (
                    "code_insee",
                    models.CharField(
                        max_length=5, primary_key=True, serialize=False, verbose_name="code INSEE"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="nom")),
                ("departement", models.CharField(max_length=3, verbose_name="département")),
                (
                    "epci",
                    models.CharField(blank=True, max_length=9, verbose_name="SIREN de l’intercommunalité"),
                ),
                (
                    "population",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="population"),
                ),
                (
                    "postcodes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5),
                        default=list,
                        size=None,
                        verbose_name="codes postaux",
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=7, null=True, verbose_name="latitude"
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=7,
                        null=True,
                        verbose_name="longitude",
                    ),
                ),
                ("search", models.CharField(editable=False, max_length=80)),
            ],
            options={
                "verbose_name": "commune",
                "ordering": ["search", "code_insee"],
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("search", name="text_pattern_ops"),
                        name="commune_prefix",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search", name="gin_trgm_ops"),
                        name="commune_trigrams",
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["postcodes"], name="commune_postcodes"),
                    models.Index(models.F("departement"), models.F("search"), name="commune_by_departement"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CpvCode",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=8, primary_key=True, serialize=False, verbose_name="code CPV"
                    ),
                ),
                ("label", models.CharField(max_length=250, verbose_name="libellé")),
                ("search", models.CharField(editable=False, max_length=270)),
            ],
            options={
                "verbose_name": "code CPV",
                "verbose_name_plural": "codes CPV",
                "ordering": ["code"],
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("search", name="text_pattern_ops"),
                        name="cpv_prefix",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search", name="gin_trgm_ops"),
                        name="cpv_trigrams",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RomeJob",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=5, primary_key=True, serialize=False, verbose_name="code ROME"
                    ),
                ),
                ("label", models.CharField(max_length=150, verbose_name="métier")),
                ("search", models.CharField(editable=False, max_length=160)),
            ],
            options={
                "verbose_name": "métier",
                "ordering": ["search", "code"],
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("search", name="text_pattern_ops"),
                        name="rome_job_prefix",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search", name="gin_trgm_ops"),
                        name="rome_job_trigrams",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RomeLabel",
            fields=[
                (
                    "ogr",
                    models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="code OGR"),
                ),
                ("label", models.CharField(max_length=100, verbose_name="appellation")),
                ("search", models.CharField(editable=False, max_length=110)),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labels",
                        to="reference.romejob",
                        verbose_name="métier",
                    ),
                ),
            ],
            options={
                "verbose_name": "appellation",
                "ordering": ["search", "ogr"],
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("search", name="text_pattern_ops"),
                        name="rome_label_prefix",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("search", name="gin_trgm_ops"),
                        name="rome_label_trigrams",
                    ),
                ],
            },
        ),
    ]
