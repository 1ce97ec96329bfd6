import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from uneplace.kit.migrations import row_security, same_service


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_whom_a_structure_follows"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="adresse électronique")),
                ("thing_kind", models.CharField(max_length=60, verbose_name="objet")),
                ("thing_id", models.BigIntegerField(verbose_name="identifiant de l’objet")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(verbose_name="envoyé le")),
                ("expires_at", models.DateTimeField(verbose_name="valable jusqu’au")),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="ouvert le")),
                ("session_hash", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="quitté le")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retiré le")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_links",
                        to="organisations.organisation",
                        verbose_name="organisation",
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
                "verbose_name": "lien d’accès",
                "verbose_name_plural": "liens d’accès",
                "indexes": [
                    models.Index(fields=["thing_kind", "thing_id", "-created_at"], name="link_by_thing")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="link_lives_a_while",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at", None), ("session_hash", None)),
                            models.Q(("opened_at__isnull", False), ("session_hash__isnull", False)),
                            _connector="OR",
                        ),
                        name="link_opened_starts_a_session",
                    ),
                ],
            },
        ),
        row_security("organisations_accesslink"),
        same_service("organisations_accesslink"),
    ]
