import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import uneplace.kit.encrypted
from uneplace.kit.migrations import AtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name="Keeping",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("until", models.DateField(verbose_name="gardé jusqu’au")),
                    (
                        "reason",
                        uneplace.kit.encrypted.EncryptedTextField(
                            context="rights_keeping.reason", verbose_name="motif"
                        ),
                    ),
                    ("decided_on", models.DateField(verbose_name="décidé le")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="décidé par la personne",
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organisations.organisation",
                            verbose_name="décidé par",
                        ),
                    ),
                    (
                        "participant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="keepings",
                            to="people.participant",
                            verbose_name="personne",
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
                    "verbose_name": "dossier gardé",
                    "verbose_name_plural": "dossiers gardés",
                    "ordering": ["-decided_on", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("reason", ""), _negated=True), name="keeping_says_why"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("until__gt", models.F("decided_on"))),
                            name="keeping_has_time",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="RightsRequest",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("ACCESS", "Lire ses données"),
                                ("CORRECTION", "Faire corriger"),
                                ("ERASURE", "Faire effacer"),
                                ("OBJECTION", "S’opposer"),
                                ("LIMITATION", "Limiter l’usage"),
                            ],
                            max_length=10,
                            verbose_name="droit",
                        ),
                    ),
                    (
                        "asked_by",
                        models.CharField(
                            choices=[
                                ("PERSON", "La personne elle-même"),
                                ("REPRESENTATIVE", "Une personne qu’elle a chargée de le faire"),
                            ],
                            max_length=14,
                            verbose_name="demandée par",
                        ),
                    ),
                    ("asked_on", models.DateField(verbose_name="demandée le")),
                    (
                        "means",
                        models.CharField(
                            choices=[
                                ("INTERVIEW", "En entretien"),
                                ("PHONE", "Par téléphone"),
                                ("EMAIL", "Par courriel"),
                                ("POST", "Par courrier"),
                                ("SIGNED", "Par écrit, signé"),
                            ],
                            max_length=10,
                            verbose_name="moyen",
                        ),
                    ),
                    (
                        "note",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True, context="rights_rightsrequest.note", verbose_name="précisions"
                        ),
                    ),
                    ("due_on", models.DateField(verbose_name="réponse attendue avant le")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("OPEN", "À répondre"),
                                ("DONE", "Satisfaite"),
                                ("PARTIAL", "Satisfaite en partie"),
                                ("REFUSED", "Refusée"),
                            ],
                            default="OPEN",
                            max_length=8,
                            verbose_name="état",
                        ),
                    ),
                    (
                        "answered_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="réponse donnée le"),
                    ),
                    (
                        "reason",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True, context="rights_rightsrequest.reason", verbose_name="réponse"
                        ),
                    ),
                    (
                        "answered_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="réponse donnée par",
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organisations.organisation",
                            verbose_name="enregistrée par",
                        ),
                    ),
                    (
                        "participant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="rights_requests",
                            to="people.participant",
                            verbose_name="personne",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="enregistrée par la personne",
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
                    "verbose_name": "demande d’une personne sur ses données",
                    "verbose_name_plural": "demandes sur les données",
                    "ordering": ["-asked_on", "-pk"],
                    "indexes": [models.Index(fields=["service", "status", "due_on"], name="request_to_do")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("due_on__gt", models.F("asked_on"))),
                            name="request_has_time",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("status", "OPEN"),
                                models.Q(
                                    ("answered_at__isnull", False),
                                    models.Q(("reason", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="request_answered_says_when_and_what",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status", "OPEN")),
                            fields=("participant", "kind"),
                            name="request_one_open_a_right",
                            violation_error_message="Cette demande est déjà enregistrée et attend une réponse.",
                        ),
                    ],
                },
            ),
        )
    ]
