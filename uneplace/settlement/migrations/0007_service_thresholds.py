import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from uneplace.kit.migrations import append_only, row_security, same_service


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_access_links"),
        ("settlement", "0006_forecast_trials"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceThresholds",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "watch_below",
                    models.PositiveSmallIntegerField(
                        verbose_name="à surveiller, sous cette part des heures attendues"
                    ),
                ),
                ("alert_below", models.PositiveSmallIntegerField(verbose_name="en alerte, sous cette part")),
                (
                    "critical_below",
                    models.PositiveSmallIntegerField(verbose_name="critique, sous cette part"),
                ),
                (
                    "critical_from",
                    models.PositiveSmallIntegerField(
                        verbose_name="critique, à partir de cette part de l’exécution"
                    ),
                ),
                (
                    "documents_days",
                    models.PositiveSmallIntegerField(verbose_name="critique, relevé en retard de plus de"),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("decided_at", models.DateTimeField(verbose_name="décidé le")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidé par",
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
                "verbose_name": "seuils d’alerte du service",
                "verbose_name_plural": "seuils d’alerte des services",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "number"), name="servicethresholds_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alert_below__gte", 1),
                            ("alert_below__lte", 100),
                            ("critical_below__gte", 1),
                            ("critical_below__lte", 100),
                            ("critical_from__gte", 0),
                            ("critical_from__lte", 100),
                            ("documents_days__gte", 1),
                            ("documents_days__lte", 90),
                            ("watch_below__gte", 1),
                            ("watch_below__lte", 100),
                        ),
                        name="servicethresholds_are_possible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alert_below__lt", models.F("watch_below")),
                            ("critical_below__lt", models.F("alert_below")),
                        ),
                        name="servicethresholds_in_order",
                    ),
                ],
            },
        ),
        row_security("settlement_servicethresholds"),
        same_service("settlement_servicethresholds"),
        append_only("settlement_servicethresholds"),
    ]
