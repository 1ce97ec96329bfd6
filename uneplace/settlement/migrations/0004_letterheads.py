import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from uneplace.kit.migrations import append_only, row_security, same_service


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_access_links"),
        ("settlement", "0003_accounts_of_cases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceLetterhead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("accent", models.CharField(max_length=7, verbose_name="couleur")),
                ("postal", models.TextField(blank=True, verbose_name="adresse postale")),
                ("signature", models.TextField(blank=True, verbose_name="signature")),
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
                "verbose_name": "en-tête du service",
                "verbose_name_plural": "en-têtes des services",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "number"), name="serviceletterhead_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accent__regex", "^#[0-9a-f]{6}$")),
                        name="serviceletterhead_accent_is_a_colour",
                    ),
                ],
            },
        ),
        row_security("settlement_serviceletterhead"),
        same_service("settlement_serviceletterhead"),
        append_only("settlement_serviceletterhead"),
    ]
