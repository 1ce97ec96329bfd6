import django.db.models.deletion
from django.db import migrations, models

from uneplace.kit.migrations import row_security, same_service


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0006_transfers_held"),
        ("organisations", "0004_access_links"),
        ("settlement", "0009_late_documents"),
    ]

    operations = [
        migrations.CreateModel(
            name="MorningAlert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pace",
                    models.CharField(
                        choices=[("ALERT", "ALERT"), ("CRITICAL", "CRITICAL")],
                        max_length=8,
                        verbose_name="niveau",
                    ),
                ),
                ("reasons", models.JSONField(default=list, verbose_name="raisons")),
                (
                    "late",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="heures de retard"),
                ),
                ("raised_on", models.DateField(verbose_name="jour")),
                (
                    "commitment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="morning_alert",
                        to="contracts.commitment",
                        verbose_name="engagement",
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
                "verbose_name": "alerte du matin",
                "verbose_name_plural": "alertes du matin",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("late__gte", 0)), name="morningalert_is_possible"
                    )
                ],
            },
        ),
        row_security("settlement_morningalert"),
        same_service("settlement_morningalert", commitment_id="contracts_commitment"),
    ]
