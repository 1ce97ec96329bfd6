import django.db.models.deletion
from django.db import migrations, models

from uneplace.kit.migrations import row_security, same_service


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0003_entries_once"),
        ("organisations", "0004_access_links"),
        ("settlement", "0005_clause_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="ForecastTrial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.PositiveSmallIntegerField(verbose_name="part de l’exécution passée, en centièmes"),
                ),
                ("known_on", models.DateField(verbose_name="comme on la connaissait le")),
                ("due", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="heures dues")),
                (
                    "finished",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="heures faites à la fin"
                    ),
                ),
                (
                    "contracts",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        verbose_name="heures annoncées par les contrats signés",
                    ),
                ),
                (
                    "pace",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="heures annoncées par le rythme"
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="forecast_trials",
                        to="contracts.clause",
                        verbose_name="clause",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="service",
                    ),
                ),
            ],
            options={
                "verbose_name": "épreuve de prévision",
                "verbose_name_plural": "épreuves de prévision",
                "indexes": [models.Index(fields=["service", "stage"], name="forecasttrial_by_stage")],
                "constraints": [
                    models.UniqueConstraint(fields=("clause", "stage"), name="forecasttrial_once_a_stage"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contracts__gte", 0), ("due__gt", 0), ("finished__gte", 0), ("pace__gte", 0)
                        ),
                        name="forecasttrial_is_possible",
                    ),
                ],
            },
        ),
        row_security("settlement_forecasttrial"),
        same_service("settlement_forecasttrial", clause_id="contracts_clause"),
    ]
