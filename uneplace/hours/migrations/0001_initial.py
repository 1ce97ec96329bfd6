import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import uneplace.kit.periods
from uneplace.kit.migrations import AtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contracts", "0001_initial"),
        ("offers", "0001_initial"),
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
        ("reference", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name="Allocation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("period", uneplace.kit.periods.PeriodField(verbose_name="période")),
                    (
                        "share",
                        models.DecimalField(
                            decimal_places=4,
                            default=1,
                            max_digits=5,
                            validators=[django.core.validators.MinValueValidator(0)],
                            verbose_name="part",
                        ),
                    ),
                    (
                        "commitment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="allocations",
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
                    (
                        "placement",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="allocations",
                            to="hours.placement",
                            verbose_name="contrat de travail",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "affectation",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("period__isempty", False), ("period__startswith__isnull", False)
                            ),
                            name="allocation_period_is_sound",
                            violation_error_message="La fin doit venir après le début.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("share__gt", 0), ("share__lte", 1)),
                            name="allocation_share_is_a_share",
                        ),
                        django.contrib.postgres.constraints.ExclusionConstraint(
                            expressions=[("placement", "="), ("commitment", "="), ("period", "&&")],
                            name="allocation_once_a_day",
                            violation_error_message="Ce contrat est déjà affecté à ce marché sur cette période.",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Placement",
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
                                ("CDI", "CDI"),
                                ("CDD", "CDD"),
                                ("CTT", "Mission d’intérim"),
                                ("CDDI", "CDD d’insertion"),
                                ("APPRENTISSAGE", "Apprentissage"),
                                ("PROFESSIONNALISATION", "Contrat de professionnalisation"),
                            ],
                            max_length=20,
                            verbose_name="contrat",
                        ),
                    ),
                    (
                        "modality",
                        models.CharField(
                            choices=[
                                ("DIRECT", "Embauche directe"),
                                ("MISE_A_DISPOSITION", "Mise à disposition"),
                                ("SOUS_TRAITANCE", "Sous-traitance"),
                            ],
                            max_length=20,
                            verbose_name="modalité",
                        ),
                    ),
                    ("job", models.CharField(blank=True, max_length=150, verbose_name="poste")),
                    ("period", uneplace.kit.periods.PeriodField(verbose_name="dates du contrat")),
                    (
                        "weekly_hours",
                        models.DecimalField(
                            decimal_places=2, max_digits=4, verbose_name="heures par semaine"
                        ),
                    ),
                    ("recorded_at", models.DateTimeField(verbose_name="enregistré le")),
                    (
                        "confirmed_at",
                        models.DateTimeField(
                            blank=True, null=True, verbose_name="confirmé par l’employeur le"
                        ),
                    ),
                    (
                        "application",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="placement",
                            to="offers.application",
                            verbose_name="candidature",
                        ),
                    ),
                    (
                        "declared_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="placements_declared",
                            to="organisations.organisation",
                            verbose_name="déclarant",
                        ),
                    ),
                    (
                        "employer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="placements",
                            to="organisations.organisation",
                            verbose_name="employeur",
                        ),
                    ),
                    (
                        "participant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="placements",
                            to="people.participant",
                            verbose_name="personne",
                        ),
                    ),
                    (
                        "rome",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="reference.romejob",
                            verbose_name="métier",
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
                    "verbose_name": "contrat de travail",
                    "verbose_name_plural": "contrats de travail",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("period__isempty", False), ("period__startswith__isnull", False)
                            ),
                            name="placement_period_is_sound",
                            violation_error_message="La fin doit venir après le début.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("weekly_hours__gt", 0), ("weekly_hours__lte", 48)),
                            name="placement_weekly_hours_are_legal",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AllocationEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("period", uneplace.kit.periods.PeriodField(verbose_name="période")),
                    (
                        "share",
                        models.DecimalField(
                            decimal_places=4,
                            default=1,
                            max_digits=5,
                            validators=[django.core.validators.MinValueValidator(0)],
                            verbose_name="part",
                        ),
                    ),
                    (
                        "commitment",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="contracts.commitment",
                            verbose_name="engagement",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="hours.allocation",
                        ),
                    ),
                    (
                        "service",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="service",
                        ),
                    ),
                    (
                        "placement",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="hours.placement",
                            verbose_name="contrat de travail",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="PlacementEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("CDI", "CDI"),
                                ("CDD", "CDD"),
                                ("CTT", "Mission d’intérim"),
                                ("CDDI", "CDD d’insertion"),
                                ("APPRENTISSAGE", "Apprentissage"),
                                ("PROFESSIONNALISATION", "Contrat de professionnalisation"),
                            ],
                            max_length=20,
                            verbose_name="contrat",
                        ),
                    ),
                    (
                        "modality",
                        models.CharField(
                            choices=[
                                ("DIRECT", "Embauche directe"),
                                ("MISE_A_DISPOSITION", "Mise à disposition"),
                                ("SOUS_TRAITANCE", "Sous-traitance"),
                            ],
                            max_length=20,
                            verbose_name="modalité",
                        ),
                    ),
                    ("period", uneplace.kit.periods.PeriodField(verbose_name="dates du contrat")),
                    (
                        "weekly_hours",
                        models.DecimalField(
                            decimal_places=2, max_digits=4, verbose_name="heures par semaine"
                        ),
                    ),
                    ("recorded_at", models.DateTimeField(verbose_name="enregistré le")),
                    (
                        "confirmed_at",
                        models.DateTimeField(
                            blank=True, null=True, verbose_name="confirmé par l’employeur le"
                        ),
                    ),
                    (
                        "application",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="offers.application",
                            verbose_name="candidature",
                        ),
                    ),
                    (
                        "declared_by",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="déclarant",
                        ),
                    ),
                    (
                        "employer",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="employeur",
                        ),
                    ),
                    (
                        "participant",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="people.participant",
                            verbose_name="personne",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="hours.placement",
                        ),
                    ),
                    (
                        "rome",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="reference.romejob",
                            verbose_name="métier",
                        ),
                    ),
                    (
                        "service",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="service",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="RecountNotice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "lines",
                        models.PositiveIntegerField(verbose_name="lignes qui compteraient autrement"),
                    ),
                    (
                        "hours",
                        models.DecimalField(decimal_places=2, max_digits=10, verbose_name="écart en heures"),
                    ),
                    ("found_at", models.DateTimeField(verbose_name="constaté le")),
                    (
                        "clause",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="recount_notice",
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
                    "verbose_name": "heures à recompter",
                    "verbose_name_plural": "heures à recompter",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("lines__gt", 0)), name="recountnotice_has_lines"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Statement",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("month", models.DateField(verbose_name="mois")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("EXPECTED", "Attendu"),
                                ("DRAFT", "Brouillon"),
                                ("SUBMITTED", "Reçu"),
                                ("RETURNED", "À corriger"),
                                ("VALIDATED", "Validé"),
                            ],
                            default="EXPECTED",
                            max_length=10,
                            verbose_name="état",
                        ),
                    ),
                    ("due_on", models.DateField(verbose_name="attendu avant le")),
                    ("comment", models.TextField(blank=True, verbose_name="commentaire")),
                    ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                    (
                        "submitted_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="transmis le"),
                    ),
                    (
                        "return_reason",
                        models.CharField(blank=True, max_length=500, verbose_name="ce qu’il faut corriger"),
                    ),
                    (
                        "validated_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="validé le"),
                    ),
                    (
                        "commitment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="statements",
                            to="contracts.commitment",
                            verbose_name="engagement",
                        ),
                    ),
                    (
                        "declarant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="statements",
                            to="organisations.organisation",
                            verbose_name="déclarant",
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
                    (
                        "submitted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="transmis par",
                        ),
                    ),
                    (
                        "validated_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="validé par",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "relevé d’heures",
                    "verbose_name_plural": "relevés d’heures",
                    "indexes": [
                        models.Index(fields=["service", "status", "due_on"], name="statement_to_do"),
                        models.Index(fields=["declarant", "status"], name="statement_of_declarant"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("commitment", "month", "declarant"),
                            name="statement_once_a_month",
                            violation_error_message="Ce relevé existe déjà.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("month__day", 1)), name="statement_month_is_a_first_day"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("status__in", ["SUBMITTED", "RETURNED", "VALIDATED"]), _negated=True
                                ),
                                ("submitted_at__isnull", False),
                                _connector="OR",
                            ),
                            name="statement_received_was_submitted",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "RETURNED"), _negated=True),
                                models.Q(("return_reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="statement_returned_says_why",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "VALIDATED"), _negated=True),
                                ("validated_at__isnull", False),
                                _connector="OR",
                            ),
                            name="statement_validated_says_when",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="StatementEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("month", models.DateField(verbose_name="mois")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("EXPECTED", "Attendu"),
                                ("DRAFT", "Brouillon"),
                                ("SUBMITTED", "Reçu"),
                                ("RETURNED", "À corriger"),
                                ("VALIDATED", "Validé"),
                            ],
                            default="EXPECTED",
                            max_length=10,
                            verbose_name="état",
                        ),
                    ),
                    ("due_on", models.DateField(verbose_name="attendu avant le")),
                    ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                    (
                        "submitted_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="transmis le"),
                    ),
                    (
                        "validated_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="validé le"),
                    ),
                    (
                        "commitment",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="contracts.commitment",
                            verbose_name="engagement",
                        ),
                    ),
                    (
                        "declarant",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="déclarant",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="hours.statement",
                        ),
                    ),
                    (
                        "service",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="service",
                        ),
                    ),
                    (
                        "submitted_by",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="transmis par",
                        ),
                    ),
                    (
                        "validated_by",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="validé par",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="StatementLine",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("hours", models.DecimalField(decimal_places=2, max_digits=7, verbose_name="heures")),
                    (
                        "training_hours",
                        models.DecimalField(
                            decimal_places=2, default=0, max_digits=7, verbose_name="dont formation"
                        ),
                    ),
                    ("comment", models.CharField(blank=True, max_length=300, verbose_name="commentaire")),
                    (
                        "service",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organisations.organisation",
                            verbose_name="service",
                        ),
                    ),
                    (
                        "statement",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="lines",
                            to="hours.statement",
                            verbose_name="relevé",
                        ),
                    ),
                    (
                        "worked_month",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lines",
                            to="hours.workedmonth",
                            verbose_name="mois travaillé",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "ligne de relevé",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("statement", "worked_month"), name="line_once_a_statement"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("hours__gte", 0),
                                ("training_hours__gte", 0),
                                ("training_hours__lte", models.F("hours")),
                            ),
                            name="line_training_is_within_its_hours",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LedgerEntry",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("month", models.DateField(verbose_name="mois")),
                    (
                        "declared",
                        models.DecimalField(decimal_places=2, max_digits=7, verbose_name="heures déclarées"),
                    ),
                    (
                        "counted",
                        models.DecimalField(decimal_places=2, max_digits=7, verbose_name="heures comptées"),
                    ),
                    ("excluded", models.JSONField(default=list, verbose_name="heures non comptées")),
                    ("explanation", models.JSONField(default=list, verbose_name="explication")),
                    ("entered_at", models.DateTimeField(verbose_name="inscrit le")),
                    ("reason", models.CharField(blank=True, max_length=300, verbose_name="motif")),
                    (
                        "commitment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ledger_entries",
                            to="contracts.commitment",
                            verbose_name="engagement",
                        ),
                    ),
                    (
                        "corrects",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="corrections",
                            to="hours.ledgerentry",
                            verbose_name="corrige",
                        ),
                    ),
                    (
                        "decision",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ledger_entries",
                            to="people.eligibilitydecision",
                            verbose_name="décision d’éligibilité",
                        ),
                    ),
                    (
                        "entered_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="inscrit par",
                        ),
                    ),
                    (
                        "participant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ledger_entries",
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
                    (
                        "placement",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ledger_entries",
                            to="hours.placement",
                            verbose_name="contrat de travail",
                        ),
                    ),
                    (
                        "line",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ledger_entries",
                            to="hours.statementline",
                            verbose_name="ligne de relevé",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "heures comptées",
                    "verbose_name_plural": "heures comptées",
                    "indexes": [
                        models.Index(fields=["service", "month"], name="ledger_by_month"),
                        models.Index(fields=["commitment", "month"], name="ledger_by_commitment"),
                        models.Index(fields=["participant"], name="ledger_by_person"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("corrects", None)),
                            fields=("line",),
                            name="ledger_one_first_entry_a_line",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("corrects__isnull", False),
                                models.Q(("counted__gte", 0), ("counted__lte", models.F("declared"))),
                                _connector="OR",
                            ),
                            name="ledger_counts_no_more_than_declared",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("corrects", None),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="ledger_correction_says_why",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("month__day", 1)), name="ledger_month_is_a_first_day"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="WorkedMonth",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("month", models.DateField(verbose_name="mois")),
                    (
                        "hours",
                        models.DecimalField(
                            decimal_places=2, max_digits=7, verbose_name="heures travaillées"
                        ),
                    ),
                    (
                        "training_hours",
                        models.DecimalField(
                            decimal_places=2, default=0, max_digits=7, verbose_name="dont formation"
                        ),
                    ),
                    (
                        "placement",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="worked_months",
                            to="hours.placement",
                            verbose_name="contrat de travail",
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
                    "verbose_name": "mois travaillé",
                    "constraints": [
                        models.UniqueConstraint(fields=("placement", "month"), name="worked_month_once"),
                        models.CheckConstraint(
                            condition=models.Q(("month__day", 1)), name="worked_month_is_a_first_day"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("hours__gte", 0), ("hours__lte", 744)),
                            name="worked_month_hours_fit_a_month",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("training_hours__gte", 0), ("training_hours__lte", models.F("hours"))
                            ),
                            name="worked_month_training_is_within_its_hours",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="StatementLineEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("hours", models.DecimalField(decimal_places=2, max_digits=7, verbose_name="heures")),
                    (
                        "training_hours",
                        models.DecimalField(
                            decimal_places=2, default=0, max_digits=7, verbose_name="dont formation"
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="hours.statementline",
                        ),
                    ),
                    (
                        "service",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="service",
                        ),
                    ),
                    (
                        "statement",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="hours.statement",
                            verbose_name="relevé",
                        ),
                    ),
                    (
                        "worked_month",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="hours.workedmonth",
                            verbose_name="mois travaillé",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="WorkedMonthEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("month", models.DateField(verbose_name="mois")),
                    (
                        "hours",
                        models.DecimalField(
                            decimal_places=2, max_digits=7, verbose_name="heures travaillées"
                        ),
                    ),
                    (
                        "training_hours",
                        models.DecimalField(
                            decimal_places=2, default=0, max_digits=7, verbose_name="dont formation"
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="hours.workedmonth",
                        ),
                    ),
                    (
                        "placement",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="hours.placement",
                            verbose_name="contrat de travail",
                        ),
                    ),
                    (
                        "service",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="service",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="placement",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_placementevent" ("application_id", "confirmed_at", "declared_by_id", "employer_id", "id", "kind", "modality", "participant_id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "rome_id", "service_id", "weekly_hours") SELECT new_values."application_id", new_values."confirmed_at", new_values."declared_by_id", new_values."employer_id", new_values."id", new_values."kind", new_values."modality", new_values."participant_id", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."recorded_at", new_values."rome_id", new_values."service_id", new_values."weekly_hours" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="8098dc7ac35113276cc86af80e98605bbe66d26b",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_0401e",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="hours_placement",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="placement",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_placementevent" ("application_id", "confirmed_at", "declared_by_id", "employer_id", "id", "kind", "modality", "participant_id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "rome_id", "service_id", "weekly_hours") SELECT new_values."application_id", new_values."confirmed_at", new_values."declared_by_id", new_values."employer_id", new_values."id", new_values."kind", new_values."modality", new_values."participant_id", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."recorded_at", new_values."rome_id", new_values."service_id", new_values."weekly_hours" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."application_id" IS DISTINCT FROM (new_values."application_id") OR old_values."confirmed_at" IS DISTINCT FROM (new_values."confirmed_at") OR old_values."declared_by_id" IS DISTINCT FROM (new_values."declared_by_id") OR old_values."employer_id" IS DISTINCT FROM (new_values."employer_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."modality" IS DISTINCT FROM (new_values."modality") OR old_values."participant_id" IS DISTINCT FROM (new_values."participant_id") OR old_values."period" IS DISTINCT FROM (new_values."period") OR old_values."recorded_at" IS DISTINCT FROM (new_values."recorded_at") OR old_values."rome_id" IS DISTINCT FROM (new_values."rome_id") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id") OR old_values."weekly_hours" IS DISTINCT FROM (new_values."weekly_hours")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="25de3cb09bb045277b497bbd356e65945dfb5f52",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_2e65a",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="hours_placement",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="placement",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_placementevent" ("application_id", "confirmed_at", "declared_by_id", "employer_id", "id", "kind", "modality", "participant_id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "rome_id", "service_id", "weekly_hours") SELECT old_values."application_id", old_values."confirmed_at", old_values."declared_by_id", old_values."employer_id", old_values."id", old_values."kind", old_values."modality", old_values."participant_id", old_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."rome_id", old_values."service_id", old_values."weekly_hours" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="3e2e966225a8a9d5e867a450611d807fbbcba726",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_a1d9a",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="hours_placement",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="allocationevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="06fceeea2b57cf76903ac06e2ca99959ab6f486f",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_4a90f",
                        table="hours_allocationevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="allocation",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_allocationevent" ("commitment_id", "id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "service_id", "share") SELECT new_values."commitment_id", new_values."id", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."placement_id", new_values."service_id", new_values."share" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="c5d969522a5cce7991bd0df8e0725a6cb1543566",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_f5260",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="hours_allocation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="allocation",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_allocationevent" ("commitment_id", "id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "service_id", "share") SELECT new_values."commitment_id", new_values."id", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."placement_id", new_values."service_id", new_values."share" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="79a6fbcd9588bca5e00e47963d1cb99e0e44f63f",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_aa404",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="hours_allocation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="allocation",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_allocationevent" ("commitment_id", "id", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "service_id", "share") SELECT old_values."commitment_id", old_values."id", old_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."placement_id", old_values."service_id", old_values."share" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="53e5f7c3dc869a05bf603f7f28ac7bb5bdeb4069",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_ee6f9",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="hours_allocation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="placementevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="12468b5504b9984925dcf14f1fb5e047edc8bf4a",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_3466f",
                        table="hours_placementevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="statement",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_statementevent" ("commitment_id", "declarant_id", "due_on", "id", "month", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "status", "submitted_at", "submitted_by_id", "validated_at", "validated_by_id", "version") SELECT new_values."commitment_id", new_values."declarant_id", new_values."due_on", new_values."id", new_values."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."service_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."validated_at", new_values."validated_by_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="bbd0f4203ca3a87e00d10aac7c620be0c86cf16e",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_8a52a",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="hours_statement",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="statement",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_statementevent" ("commitment_id", "declarant_id", "due_on", "id", "month", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "status", "submitted_at", "submitted_by_id", "validated_at", "validated_by_id", "version") SELECT new_values."commitment_id", new_values."declarant_id", new_values."due_on", new_values."id", new_values."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."service_id", new_values."status", new_values."submitted_at", new_values."submitted_by_id", new_values."validated_at", new_values."validated_by_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."commitment_id" IS DISTINCT FROM (new_values."commitment_id") OR old_values."declarant_id" IS DISTINCT FROM (new_values."declarant_id") OR old_values."due_on" IS DISTINCT FROM (new_values."due_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."month" IS DISTINCT FROM (new_values."month") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."submitted_at" IS DISTINCT FROM (new_values."submitted_at") OR old_values."submitted_by_id" IS DISTINCT FROM (new_values."submitted_by_id") OR old_values."validated_at" IS DISTINCT FROM (new_values."validated_at") OR old_values."validated_by_id" IS DISTINCT FROM (new_values."validated_by_id") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="d3045022ce1645c0574762eee4cecb1ef4f4c4c4",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_9531e",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="hours_statement",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="statement",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_statementevent" ("commitment_id", "declarant_id", "due_on", "id", "month", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "status", "submitted_at", "submitted_by_id", "validated_at", "validated_by_id", "version") SELECT old_values."commitment_id", old_values."declarant_id", old_values."due_on", old_values."id", old_values."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."service_id", old_values."status", old_values."submitted_at", old_values."submitted_by_id", old_values."validated_at", old_values."validated_by_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="65c7db3cd6e94849b61ce8e05715f70efdeb1d5e",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_4c298",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="hours_statement",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="statementevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="3624dc20fad3aaad3a5fef9cb026ffecf576f227",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_6299b",
                        table="hours_statementevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="workedmonth",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_workedmonthevent" ("hours", "id", "month", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "service_id", "training_hours") SELECT new_values."hours", new_values."id", new_values."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."placement_id", new_values."service_id", new_values."training_hours" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="830c30f3a354443d9e7c0f892a43329f21e16f46",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_7e0bf",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="hours_workedmonth",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="workedmonth",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_workedmonthevent" ("hours", "id", "month", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "service_id", "training_hours") SELECT new_values."hours", new_values."id", new_values."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."placement_id", new_values."service_id", new_values."training_hours" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="8d8209250a2a1c080a8107ef059ae9567d43bcf4",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_af491",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="hours_workedmonth",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="workedmonth",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_workedmonthevent" ("hours", "id", "month", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placement_id", "service_id", "training_hours") SELECT old_values."hours", old_values."id", old_values."month", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."placement_id", old_values."service_id", old_values."training_hours" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="557cbde4e5ededcd7cbc0554f71cdf4cde5cb353",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_75411",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="hours_workedmonth",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="statementlineevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="a67bceb3a5b124d280e485b46e0e750962f73c19",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_24bc6",
                        table="hours_statementlineevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="statementline",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_statementlineevent" ("hours", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "statement_id", "training_hours", "worked_month_id") SELECT new_values."hours", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."service_id", new_values."statement_id", new_values."training_hours", new_values."worked_month_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="a54fac9529c8d3c27b1f12bbb7b809aa078f7686",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_5e24f",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="hours_statementline",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="statementline",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_statementlineevent" ("hours", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "statement_id", "training_hours", "worked_month_id") SELECT new_values."hours", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."service_id", new_values."statement_id", new_values."training_hours", new_values."worked_month_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."hours" IS DISTINCT FROM (new_values."hours") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id") OR old_values."statement_id" IS DISTINCT FROM (new_values."statement_id") OR old_values."training_hours" IS DISTINCT FROM (new_values."training_hours") OR old_values."worked_month_id" IS DISTINCT FROM (new_values."worked_month_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="84e86268e9682dc75fce013031ac23004c7cc943",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_81a63",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="hours_statementline",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="statementline",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "hours_statementlineevent" ("hours", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "statement_id", "training_hours", "worked_month_id") SELECT old_values."hours", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."service_id", old_values."statement_id", old_values."training_hours", old_values."worked_month_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="cd69b54364bca43f489801efb5817a6dd53fae76",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_2d3d3",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="hours_statementline",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="workedmonthevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="5cecfe7205419225cb9e471c4543d92ebb8d4b90",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_b54f1",
                        table="hours_workedmonthevent",
                        when="BEFORE",
                    ),
                ),
            ),
        )
    ]
