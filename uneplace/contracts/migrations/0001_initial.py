import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import uneplace.kit.periods
import uneplace.kit.sorting
from uneplace.kit.migrations import AtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        ("reference", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name="Amendment",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                    (
                        "official_id",
                        models.CharField(blank=True, max_length=60, verbose_name="identifiant reçu"),
                    ),
                    ("object", models.CharField(blank=True, max_length=500, verbose_name="objet")),
                    ("notified_on", models.DateField(blank=True, null=True, verbose_name="notifié le")),
                    ("published_on", models.DateField(blank=True, null=True, verbose_name="publié le")),
                    (
                        "amount",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="nouveau montant hors taxes",
                        ),
                    ),
                    (
                        "duration_months",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="nouvelle durée en mois"
                        ),
                    ),
                    (
                        "holders",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="nouveaux titulaires",
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
                        "contract",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="amendments",
                            to="contracts.contract",
                            verbose_name="marché",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "avenant",
                    "ordering": ["contract", "number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("contract", "number"), name="amendment_number_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Award",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "group_type",
                        models.CharField(blank=True, max_length=60, verbose_name="forme du groupement"),
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
                        "lot",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="award",
                            to="contracts.lot",
                            verbose_name="lot",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "attribution",
                },
            ),
            migrations.CreateModel(
                name="AwardMember",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("MANDATAIRE", "Mandataire"),
                                ("COTRAITANT", "Cotraitante"),
                                ("SOUS_TRAITANT", "Sous-traitante"),
                            ],
                            default="MANDATAIRE",
                            max_length=14,
                            verbose_name="place",
                        ),
                    ),
                    (
                        "award",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="members",
                            to="contracts.award",
                            verbose_name="attribution",
                        ),
                    ),
                    (
                        "company",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="awards",
                            to="organisations.organisation",
                            verbose_name="entreprise",
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
                    "verbose_name": "membre du groupement",
                    "constraints": [
                        models.UniqueConstraint(fields=("award", "company"), name="award_member_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="AwardMemberEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("MANDATAIRE", "Mandataire"),
                                ("COTRAITANT", "Cotraitante"),
                                ("SOUS_TRAITANT", "Sous-traitante"),
                            ],
                            default="MANDATAIRE",
                            max_length=14,
                            verbose_name="place",
                        ),
                    ),
                    (
                        "award",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="contracts.award",
                            verbose_name="attribution",
                        ),
                    ),
                    (
                        "company",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="entreprise",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="contracts.awardmember",
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
                name="Clause",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "window_months",
                        models.PositiveSmallIntegerField(
                            default=24, null=True, verbose_name="durée de comptage en mois"
                        ),
                    ),
                    (
                        "permanent_window_months",
                        models.PositiveSmallIntegerField(
                            default=48, null=True, verbose_name="durée de comptage d’un CDI en mois"
                        ),
                    ),
                    (
                        "permanent_window_from",
                        models.CharField(
                            choices=[
                                ("HIRE", "De l’embauche"),
                                ("CLAUSE", "Du premier jour dans l’exécution du marché"),
                            ],
                            default="HIRE",
                            max_length=6,
                            verbose_name="la durée d’un CDI part",
                        ),
                    ),
                    (
                        "work_study_window_months",
                        models.PositiveSmallIntegerField(
                            blank=True,
                            null=True,
                            verbose_name="durée de comptage d’une alternance en mois",
                        ),
                    ),
                    (
                        "window_scope",
                        models.CharField(
                            choices=[
                                ("CLAUSE", "À son premier contrat sur ce marché"),
                                ("PERSON", "À son premier contrat sur n’importe quel marché du service"),
                            ],
                            default="CLAUSE",
                            max_length=6,
                            verbose_name="la durée d’une personne s’ouvre",
                        ),
                    ),
                    (
                        "renewal_months",
                        models.PositiveSmallIntegerField(
                            default=3, verbose_name="nouvelle durée, décision prise depuis"
                        ),
                    ),
                    (
                        "training",
                        models.CharField(
                            choices=[
                                ("COUNTED", "Comptée"),
                                ("NOT_COUNTED", "Non comptée"),
                                ("CAPPED", "Comptée jusqu’à une part des heures"),
                            ],
                            default="COUNTED",
                            max_length=12,
                            verbose_name="formation",
                        ),
                    ),
                    (
                        "training_cap_share",
                        models.DecimalField(
                            blank=True,
                            decimal_places=6,
                            max_digits=7,
                            null=True,
                            validators=[
                                django.core.validators.MinValueValidator(0),
                                django.core.validators.MaxValueValidator(1),
                            ],
                            verbose_name="part de formation comptée",
                        ),
                    ),
                    (
                        "accepted_grounds",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=20),
                            blank=True,
                            null=True,
                            size=None,
                            verbose_name="motifs admis",
                        ),
                    ),
                    (
                        "accepted_modalities",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=24),
                            blank=True,
                            null=True,
                            size=None,
                            verbose_name="modalités admises",
                        ),
                    ),
                    (
                        "late_decision_days",
                        models.PositiveSmallIntegerField(
                            default=0, verbose_name="retard admis de la décision"
                        ),
                    ),
                    (
                        "holiday_zone",
                        models.CharField(default="Métropole", max_length=40, verbose_name="jours fériés"),
                    ),
                    (
                        "statement_every",
                        models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Chaque mois"),
                                (3, "Chaque trimestre"),
                                (6, "Chaque semestre"),
                                (12, "Chaque année"),
                            ],
                            default=1,
                            verbose_name="relevé d’heures",
                        ),
                    ),
                    (
                        "statement_due_day",
                        models.PositiveSmallIntegerField(default=12, verbose_name="relevé attendu avant le"),
                    ),
                    (
                        "forecast_every",
                        models.PositiveSmallIntegerField(
                            blank=True,
                            choices=[
                                (1, "Chaque mois"),
                                (3, "Chaque trimestre"),
                                (6, "Chaque semestre"),
                                (12, "Chaque année"),
                            ],
                            null=True,
                            verbose_name="prévisionnel des embauches",
                        ),
                    ),
                    (
                        "forecast_due_day",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="prévisionnel attendu avant le"
                        ),
                    ),
                    (
                        "certificate_every",
                        models.PositiveSmallIntegerField(
                            blank=True,
                            choices=[
                                (1, "Chaque mois"),
                                (3, "Chaque trimestre"),
                                (6, "Chaque semestre"),
                                (12, "Chaque année"),
                            ],
                            null=True,
                            verbose_name="attestation de sous-traitance d’insertion",
                        ),
                    ),
                    (
                        "certificate_due_day",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="attestation attendue avant le"
                        ),
                    ),
                    (
                        "penalty_rate",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=8,
                            null=True,
                            verbose_name="pénalité par heure manquante",
                        ),
                    ),
                    (
                        "penalty_document_day",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=8,
                            null=True,
                            verbose_name="pénalité par jour de retard d’un document",
                        ),
                    ),
                    (
                        "penalty_per_document",
                        models.BooleanField(default=True, verbose_name="chaque document en retard compte"),
                    ),
                    (
                        "penalty_days_from_notice",
                        models.BooleanField(
                            default=False, verbose_name="retard compté depuis la mise en demeure"
                        ),
                    ),
                    (
                        "penalty_action",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=8,
                            null=True,
                            verbose_name="pénalité par action manquée",
                        ),
                    ),
                    (
                        "penalty_requires_notice",
                        models.BooleanField(
                            default=True, verbose_name="mise en demeure avant toute pénalité"
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("DRAFT", "Brouillon"),
                                ("VALIDATED", "Validée"),
                                ("RUNNING", "En cours"),
                                ("SUSPENDED", "Suspendue"),
                                ("MET", "Heures atteintes"),
                                ("NOT_MET", "Heures non atteintes"),
                                ("CLOSED", "Close"),
                            ],
                            default="DRAFT",
                            max_length=10,
                            verbose_name="état",
                        ),
                    ),
                    (
                        "device",
                        models.CharField(
                            choices=[
                                ("CLAUSE_EXEC", "Clause d’exécution"),
                                ("CLAUSE_CRITERE", "Clause d’exécution et critère d’attribution"),
                                ("RESERVE_HANDICAP", "Marché réservé, handicap"),
                                ("RESERVE_SIAE", "Marché réservé, insertion"),
                                ("RESERVE_BOTH", "Marché réservé, handicap et insertion"),
                                ("RESERVE_ESS", "Marché réservé, économie sociale et solidaire"),
                                ("MARCHE_INSERTION", "Marché d’insertion"),
                                ("PRIVE_VOLONTAIRE", "Opération privée ou subventionnée"),
                            ],
                            default="CLAUSE_EXEC",
                            max_length=20,
                            verbose_name="dispositif",
                        ),
                    ),
                    (
                        "method",
                        models.CharField(
                            choices=[
                                ("LABOUR_SHARE", "Part de la main-d’œuvre dans le montant"),
                                ("WORKED_HOURS", "Part des heures de travail prévues"),
                                ("INVOICED", "Heures par tranche facturée"),
                                ("FIXED", "Volume fixe"),
                                ("PER_YEAR", "Heures par année de marché"),
                                ("NET_STAFF", "Effectif, personnes reprises déduites"),
                                ("BANDS", "Barème selon le montant"),
                                ("ACTIONS", "Nombre d’actions"),
                            ],
                            max_length=14,
                            verbose_name="calcul des heures",
                        ),
                    ),
                    ("inputs", models.JSONField(default=dict, verbose_name="données du calcul")),
                    (
                        "rounding",
                        models.CharField(
                            choices=[
                                ("NONE", "Au centième d’heure"),
                                ("HOUR", "À l’heure la plus proche"),
                                ("UP_35", "Au multiple de 35 h supérieur"),
                            ],
                            default="NONE",
                            max_length=6,
                            verbose_name="arrondi",
                        ),
                    ),
                    (
                        "hours_due",
                        models.DecimalField(
                            decimal_places=2,
                            max_digits=10,
                            validators=[django.core.validators.MinValueValidator(0)],
                            verbose_name="heures dues",
                        ),
                    ),
                    (
                        "due_explanation",
                        models.JSONField(default=list, verbose_name="explication des heures dues"),
                    ),
                    (
                        "foreseeable",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=10,
                            null=True,
                            validators=[django.core.validators.MinValueValidator(0)],
                            verbose_name="heures prévisibles",
                        ),
                    ),
                    (
                        "actions_due",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="actions dues"),
                    ),
                    ("execution", uneplace.kit.periods.PeriodField(verbose_name="période d’exécution")),
                    (
                        "preset",
                        models.CharField(blank=True, max_length=40, verbose_name="modèle de départ"),
                    ),
                    ("revision", models.PositiveIntegerField(default=0, verbose_name="révision")),
                    (
                        "validated_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="validée le"),
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
                        "lot",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="clause",
                            to="contracts.lot",
                            verbose_name="lot",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "clause",
                    "indexes": [models.Index(fields=["service", "status"], name="clause_by_status")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("execution__isempty", False), ("execution__startswith__isnull", False)
                            ),
                            name="clause_execution_is_sound",
                            violation_error_message="La fin doit venir après le début.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("method", "LABOUR_SHARE"), _negated=True),
                                (
                                    "inputs__has_keys",
                                    ["amount", "labour_share", "insertion_rate", "hourly_cost"],
                                ),
                                _connector="OR",
                            ),
                            name="clause_labour_share_has_its_inputs",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("method", "WORKED_HOURS"), _negated=True),
                                ("inputs__has_keys", ["planned_hours", "insertion_rate"]),
                                _connector="OR",
                            ),
                            name="clause_worked_hours_has_its_inputs",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("method", "INVOICED"), _negated=True),
                                (
                                    "inputs__has_keys",
                                    ["slice", "hours_per_slice", "threshold", "whole_slices"],
                                ),
                                _connector="OR",
                            ),
                            name="clause_invoiced_has_its_inputs",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("method", "FIXED"), _negated=True),
                                ("inputs__has_keys", ["hours"]),
                                _connector="OR",
                            ),
                            name="clause_fixed_has_its_inputs",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("method", "PER_YEAR"), _negated=True),
                                ("inputs__has_keys", ["hours_per_year", "period"]),
                                _connector="OR",
                            ),
                            name="clause_per_year_has_its_inputs",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("method", "NET_STAFF"), _negated=True),
                                (
                                    "inputs__has_keys",
                                    ["staff_hours", "transferred_hours", "insertion_rate"],
                                ),
                                _connector="OR",
                            ),
                            name="clause_net_staff_has_its_inputs",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("method", "BANDS"), _negated=True),
                                ("inputs__has_keys", ["amount", "bands"]),
                                _connector="OR",
                            ),
                            name="clause_bands_has_its_inputs",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("method", "ACTIONS"), _negated=True),
                                ("inputs__has_keys", ["actions"]),
                                _connector="OR",
                            ),
                            name="clause_actions_has_its_inputs",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("actions_due__isnull", False),
                                    ("hours_due", 0),
                                    ("method", "ACTIONS"),
                                ),
                                models.Q(
                                    models.Q(("method", "ACTIONS"), _negated=True), ("actions_due", None)
                                ),
                                _connector="OR",
                            ),
                            name="clause_owes_hours_or_actions",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("foreseeable__gte", models.F("hours_due")), ("method", "INVOICED")),
                                models.Q(
                                    models.Q(("method", "INVOICED"), _negated=True), ("foreseeable", None)
                                ),
                                _connector="OR",
                            ),
                            name="clause_foresees_no_less_than_it_owes",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("hours_due__gte", 0)),
                            name="clause_hours_due_not_negative",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("penalty_rate", None), ("penalty_rate__gte", 0), _connector="OR"
                            ),
                            name="clause_penalty_not_negative",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("penalty_document_day", None),
                                    ("penalty_document_day__gte", 0),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("penalty_action", None), ("penalty_action__gte", 0), _connector="OR"
                                ),
                            ),
                            name="clause_rates_not_negative",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("statement_due_day__gte", 1), ("statement_due_day__lte", 28)),
                            name="clause_statement_due_day_exists_in_every_month",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("statement_every__in", [1, 3, 6, 12])),
                            name="clause_statement_frequency_is_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("forecast_due_day", None), ("forecast_every", None)),
                                models.Q(
                                    ("forecast_due_day__gte", 1),
                                    ("forecast_due_day__isnull", False),
                                    ("forecast_due_day__lte", 28),
                                    ("forecast_every__in", [1, 3, 6, 12]),
                                    ("forecast_every__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="clause_forecast_has_frequency_and_day",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("certificate_due_day", None), ("certificate_every", None)),
                                models.Q(
                                    ("certificate_due_day__gte", 1),
                                    ("certificate_due_day__isnull", False),
                                    ("certificate_due_day__lte", 28),
                                    ("certificate_every__in", [1, 3, 6, 12]),
                                    ("certificate_every__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="clause_certificate_has_frequency_and_day",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("training", "CAPPED"), _negated=True),
                                models.Q(
                                    ("training_cap_share__gte", 0),
                                    ("training_cap_share__isnull", False),
                                    ("training_cap_share__lte", 1),
                                ),
                                _connector="OR",
                            ),
                            name="clause_training_cap_has_its_share",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("permanent_window_from__in", ["HIRE", "CLAUSE"]),
                                ("window_scope__in", ["CLAUSE", "PERSON"]),
                            ),
                            name="clause_windows_are_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "holiday_zone__in",
                                    [
                                        "Métropole",
                                        "Alsace-Moselle",
                                        "Guadeloupe",
                                        "Guyane",
                                        "Martinique",
                                        "Mayotte",
                                        "Nouvelle-Calédonie",
                                        "La Réunion",
                                        "Polynésie Française",
                                        "Saint-Barthélémy",
                                        "Saint-Martin",
                                        "Wallis-et-Futuna",
                                        "Saint-Pierre-et-Miquelon",
                                    ],
                                )
                            ),
                            name="clause_holiday_zone_is_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("status", "DRAFT"), ("validated_at__isnull", False), _connector="OR"
                            ),
                            name="clause_past_draft_was_validated",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ActionDone",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("recorded_at", models.DateTimeField(verbose_name="enregistré le")),
                    ("on", models.DateField(verbose_name="faite le")),
                    ("what", models.CharField(max_length=200, verbose_name="action")),
                    ("seen", models.CharField(max_length=200, verbose_name="ce qui a été vu")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="enregistré par",
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
                        "clause",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="%(class)ss",
                            to="contracts.clause",
                            verbose_name="clause",
                        ),
                    ),
                    (
                        "commitment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="actions_done",
                            to="contracts.commitment",
                            verbose_name="engagement",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "action faite",
                    "verbose_name_plural": "actions faites",
                    "ordering": ["-on", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("what", ""), _negated=True),
                                models.Q(("seen", ""), _negated=True),
                            ),
                            name="action_done_says_what_was_seen",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ClauseText",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "document",
                        models.CharField(
                            choices=[
                                ("RULES", "Règlement de la consultation"),
                                ("CONDITIONS", "Cahier des clauses administratives particulières (CCAP)"),
                                ("COMMITMENT", "Acte d’engagement"),
                                ("ANSWER", "Cadre de réponse"),
                            ],
                            max_length=10,
                            verbose_name="document",
                        ),
                    ),
                    (
                        "family",
                        models.CharField(
                            choices=[
                                ("EXECUTION", "Clause d’exécution"),
                                ("CRITERION", "Clause d’exécution et critère d’attribution"),
                                ("RESERVED", "Marché réservé"),
                                ("INSERTION", "Marché d’insertion"),
                            ],
                            max_length=10,
                            verbose_name="dispositif",
                        ),
                    ),
                    ("title", models.CharField(max_length=200, verbose_name="titre")),
                    ("body", models.TextField(verbose_name="texte")),
                    ("revision", models.PositiveIntegerField(default=1, verbose_name="révision")),
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
                    "verbose_name": "texte de clause",
                    "verbose_name_plural": "textes de clause",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("service", "document", "family"), name="clause_text_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("title", ""), _negated=True),
                                models.Q(("body", ""), _negated=True),
                            ),
                            name="clause_text_says_something",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ClauseTextEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    (
                        "document",
                        models.CharField(
                            choices=[
                                ("RULES", "Règlement de la consultation"),
                                ("CONDITIONS", "Cahier des clauses administratives particulières (CCAP)"),
                                ("COMMITMENT", "Acte d’engagement"),
                                ("ANSWER", "Cadre de réponse"),
                            ],
                            max_length=10,
                            verbose_name="document",
                        ),
                    ),
                    (
                        "family",
                        models.CharField(
                            choices=[
                                ("EXECUTION", "Clause d’exécution"),
                                ("CRITERION", "Clause d’exécution et critère d’attribution"),
                                ("RESERVED", "Marché réservé"),
                                ("INSERTION", "Marché d’insertion"),
                            ],
                            max_length=10,
                            verbose_name="dispositif",
                        ),
                    ),
                    ("title", models.CharField(max_length=200, verbose_name="titre")),
                    ("body", models.TextField(verbose_name="texte")),
                    ("revision", models.PositiveIntegerField(default=1, verbose_name="révision")),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="contracts.clausetext",
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
                name="ComingContract",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("ASKED", "À étudier"),
                                ("ANSWERED", "Répondu"),
                                ("PUBLISHED", "Consultation lancée"),
                                ("AWARDED", "Attribué"),
                                ("DROPPED", "Sans suite"),
                            ],
                            default="ASKED",
                            max_length=10,
                            verbose_name="état",
                        ),
                    ),
                    ("object", models.TextField(verbose_name="objet")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("WORKS", "Travaux"),
                                ("SUPPLIES", "Fournitures"),
                                ("SERVICES", "Services"),
                                ("CONCESSION", "Concession"),
                            ],
                            max_length=10,
                            verbose_name="nature",
                        ),
                    ),
                    (
                        "estimated_amount",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="montant estimé hors taxes"
                        ),
                    ),
                    ("consultation_on", models.DateField(verbose_name="consultation le")),
                    (
                        "starts_on",
                        models.DateField(blank=True, null=True, verbose_name="début de l’exécution"),
                    ),
                    (
                        "duration_months",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="durée en mois"),
                    ),
                    (
                        "typed_by_service",
                        models.BooleanField(default=False, verbose_name="saisi par le service"),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                    ("answer_before", models.DateField(verbose_name="réponse attendue au plus tard le")),
                    (
                        "delay_explanation",
                        models.JSONField(default=list, verbose_name="explication du délai"),
                    ),
                    (
                        "social_condition",
                        models.BooleanField(verbose_name="condition sociale obligatoire"),
                    ),
                    (
                        "condition_explanation",
                        models.JSONField(default=list, verbose_name="explication de la condition sociale"),
                    ),
                    (
                        "answer",
                        models.CharField(
                            blank=True,
                            choices=[("CLAUSE", "Une clause"), ("NO_CLAUSE", "Pas de clause")],
                            max_length=9,
                            verbose_name="réponse",
                        ),
                    ),
                    (
                        "answered_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="répondu le"),
                    ),
                    ("reasons", models.TextField(blank=True, verbose_name="raisons")),
                    (
                        "device",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("CLAUSE_EXEC", "Clause d’exécution"),
                                ("CLAUSE_CRITERE", "Clause d’exécution et critère d’attribution"),
                                ("RESERVE_HANDICAP", "Marché réservé, handicap"),
                                ("RESERVE_SIAE", "Marché réservé, insertion"),
                                ("RESERVE_BOTH", "Marché réservé, handicap et insertion"),
                                ("RESERVE_ESS", "Marché réservé, économie sociale et solidaire"),
                                ("MARCHE_INSERTION", "Marché d’insertion"),
                                ("PRIVE_VOLONTAIRE", "Opération privée ou subventionnée"),
                            ],
                            max_length=20,
                            verbose_name="dispositif",
                        ),
                    ),
                    (
                        "criterion_weight",
                        models.DecimalField(
                            blank=True,
                            decimal_places=6,
                            max_digits=7,
                            null=True,
                            validators=[
                                django.core.validators.MinValueValidator(0),
                                django.core.validators.MaxValueValidator(1),
                            ],
                            verbose_name="pondération du critère",
                        ),
                    ),
                    (
                        "method",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("LABOUR_SHARE", "Part de la main-d’œuvre dans le montant"),
                                ("WORKED_HOURS", "Part des heures de travail prévues"),
                                ("INVOICED", "Heures par tranche facturée"),
                                ("FIXED", "Volume fixe"),
                                ("PER_YEAR", "Heures par année de marché"),
                                ("NET_STAFF", "Effectif, personnes reprises déduites"),
                                ("BANDS", "Barème selon le montant"),
                                ("ACTIONS", "Nombre d’actions"),
                            ],
                            max_length=14,
                            verbose_name="calcul des heures",
                        ),
                    ),
                    (
                        "inputs",
                        models.JSONField(blank=True, default=dict, verbose_name="données du calcul"),
                    ),
                    (
                        "rounding",
                        models.CharField(
                            choices=[
                                ("NONE", "Au centième d’heure"),
                                ("HOUR", "À l’heure la plus proche"),
                                ("UP_35", "Au multiple de 35 h supérieur"),
                            ],
                            default="NONE",
                            max_length=6,
                            verbose_name="arrondi",
                        ),
                    ),
                    (
                        "hours_due",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=10,
                            null=True,
                            validators=[django.core.validators.MinValueValidator(0)],
                            verbose_name="heures dues",
                        ),
                    ),
                    (
                        "actions_due",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="actions dues"),
                    ),
                    (
                        "due_explanation",
                        models.JSONField(
                            blank=True, default=list, verbose_name="explication des heures dues"
                        ),
                    ),
                    (
                        "penalty_rate",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=8,
                            null=True,
                            verbose_name="pénalité par heure manquante",
                        ),
                    ),
                    (
                        "accepted_grounds",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=20),
                            blank=True,
                            null=True,
                            size=None,
                            verbose_name="publics admis",
                        ),
                    ),
                    (
                        "derogation",
                        models.CharField(
                            blank=True,
                            choices=[
                                (
                                    "AVAILABLE_SOLUTION",
                                    "Le besoin est couvert par une solution immédiatement disponible",
                                ),
                                (
                                    "NO_LINK",
                                    "La condition n’aurait pas de lien suffisant avec l’objet du marché",
                                ),
                                (
                                    "COMPETITION",
                                    "La condition restreindrait la concurrence, ou rendrait l’exécution difficile techniquement ou économiquement",
                                ),
                                ("SHORT_WORKS", "Le marché de travaux dure moins de six mois"),
                            ],
                            max_length=20,
                            verbose_name="dérogation",
                        ),
                    ),
                    (
                        "derogation_detail",
                        models.TextField(blank=True, verbose_name="justification de la dérogation"),
                    ),
                    (
                        "dropped_reason",
                        models.CharField(blank=True, max_length=500, verbose_name="raison de l’abandon"),
                    ),
                    ("revision", models.PositiveIntegerField(default=0, verbose_name="révision")),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="répondu par",
                        ),
                    ),
                    (
                        "asked_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="demandé par",
                        ),
                    ),
                    (
                        "buyer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="coming_contracts",
                            to="organisations.organisation",
                            verbose_name="acheteur",
                        ),
                    ),
                    (
                        "commune",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="reference.commune",
                            verbose_name="lieu",
                        ),
                    ),
                    (
                        "cpv",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="reference.cpvcode",
                            verbose_name="code CPV",
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
                        "lot",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="coming",
                            to="contracts.lot",
                            verbose_name="lot attribué",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "marché à venir",
                    "verbose_name_plural": "marchés à venir",
                    "indexes": [
                        models.Index(fields=["service", "status", "answer_before"], name="coming_by_status"),
                        models.Index(fields=["buyer", "status"], name="coming_by_buyer"),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("object", ""), _negated=True), name="coming_has_an_object"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("estimated_amount__gte", 0)),
                            name="coming_amount_not_negative",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("duration_months", None), ("duration_months__gt", 0), _connector="OR"
                            ),
                            name="coming_lasts",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["ANSWERED", "PUBLISHED", "AWARDED"]), _negated=True),
                                models.Q(
                                    ("answered_at__isnull", False),
                                    models.Q(("answer", ""), _negated=True),
                                    models.Q(("reasons", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="coming_answered_says_why",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer", "CLAUSE"), _negated=True),
                                models.Q(
                                    ("hours_due__isnull", False),
                                    models.Q(("device", ""), _negated=True),
                                    models.Q(("method", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="coming_clause_is_sized",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer", "NO_CLAUSE"), _negated=True),
                                ("social_condition", False),
                                models.Q(
                                    models.Q(("derogation", ""), _negated=True),
                                    models.Q(("derogation_detail", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="coming_derogation_says_why",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "DROPPED"), _negated=True),
                                models.Q(("dropped_reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="coming_dropped_says_why",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer", "CLAUSE"), ("lot__isnull", False), ("status", "AWARDED")),
                                models.Q(models.Q(("status", "AWARDED"), _negated=True), ("lot", None)),
                                _connector="OR",
                            ),
                            name="coming_awarded_has_its_lot",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("criterion_weight", None),
                                models.Q(("criterion_weight__gte", 0), ("criterion_weight__lte", 1)),
                                _connector="OR",
                            ),
                            name="coming_criterion_weight_is_a_share",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("penalty_rate", None), ("penalty_rate__gte", 0), _connector="OR"
                            ),
                            name="coming_penalty_not_negative",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Commitment",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("MANDATAIRE", "Mandataire"),
                                ("COTRAITANT", "Cotraitante"),
                                ("SOUS_TRAITANT", "Sous-traitante"),
                            ],
                            default="MANDATAIRE",
                            max_length=14,
                            verbose_name="place",
                        ),
                    ),
                    (
                        "share",
                        models.DecimalField(
                            decimal_places=6,
                            default=1,
                            max_digits=7,
                            validators=[
                                django.core.validators.MinValueValidator(0),
                                django.core.validators.MaxValueValidator(1),
                            ],
                            verbose_name="part de la clause",
                        ),
                    ),
                    (
                        "hours_due",
                        models.DecimalField(
                            decimal_places=2,
                            max_digits=10,
                            validators=[django.core.validators.MinValueValidator(0)],
                            verbose_name="heures à réaliser",
                        ),
                    ),
                    (
                        "penalty_rate",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=8,
                            null=True,
                            verbose_name="pénalité par heure",
                        ),
                    ),
                    ("period", uneplace.kit.periods.PeriodField(verbose_name="période")),
                    (
                        "clause",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="commitments",
                            to="contracts.clause",
                            verbose_name="clause",
                        ),
                    ),
                    (
                        "company",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="commitments",
                            to="organisations.organisation",
                            verbose_name="entreprise",
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
                    "verbose_name": "engagement",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("period__isempty", False), ("period__startswith__isnull", False)
                            ),
                            name="commitment_period_is_sound",
                            violation_error_message="La fin doit venir après le début.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("hours_due__gte", 0)),
                            name="commitment_hours_due_not_negative",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("share__gte", 0), ("share__lte", 1)),
                            name="commitment_share_is_a_share",
                        ),
                        django.contrib.postgres.constraints.ExclusionConstraint(
                            expressions=[("company", "="), ("clause", "="), ("period", "&&")],
                            name="commitment_periods_do_not_overlap",
                            violation_error_message="Un engagement couvre déjà cette période pour cette clause.",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ActionDoneEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("recorded_at", models.DateTimeField(verbose_name="enregistré le")),
                    ("on", models.DateField(verbose_name="faite le")),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="contracts.actiondone",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="enregistré par",
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
                        "clause",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="contracts.clause",
                            verbose_name="clause",
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
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="CommitmentEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("MANDATAIRE", "Mandataire"),
                                ("COTRAITANT", "Cotraitante"),
                                ("SOUS_TRAITANT", "Sous-traitante"),
                            ],
                            default="MANDATAIRE",
                            max_length=14,
                            verbose_name="place",
                        ),
                    ),
                    (
                        "share",
                        models.DecimalField(
                            decimal_places=6,
                            default=1,
                            max_digits=7,
                            validators=[
                                django.core.validators.MinValueValidator(0),
                                django.core.validators.MaxValueValidator(1),
                            ],
                            verbose_name="part de la clause",
                        ),
                    ),
                    (
                        "hours_due",
                        models.DecimalField(
                            decimal_places=2,
                            max_digits=10,
                            validators=[django.core.validators.MinValueValidator(0)],
                            verbose_name="heures à réaliser",
                        ),
                    ),
                    (
                        "penalty_rate",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=8,
                            null=True,
                            verbose_name="pénalité par heure",
                        ),
                    ),
                    ("period", uneplace.kit.periods.PeriodField(verbose_name="période")),
                    (
                        "clause",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="contracts.clause",
                            verbose_name="clause",
                        ),
                    ),
                    (
                        "company",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="entreprise",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="contracts.commitment",
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
                name="Contract",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "official_id",
                        models.CharField(
                            blank=True, max_length=80, null=True, verbose_name="numéro du marché"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("MARCHE", "Marché"), ("CONCESSION", "Concession")],
                            default="MARCHE",
                            max_length=10,
                            verbose_name="type",
                        ),
                    ),
                    ("nature", models.CharField(blank=True, max_length=80, verbose_name="nature")),
                    ("object", models.TextField(verbose_name="objet")),
                    ("cpv", models.CharField(blank=True, max_length=10, verbose_name="code CPV")),
                    ("procedure", models.CharField(blank=True, max_length=120, verbose_name="procédure")),
                    (
                        "amount",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="montant hors taxes",
                        ),
                    ),
                    (
                        "duration_months",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="durée en mois"),
                    ),
                    ("notified_on", models.DateField(blank=True, null=True, verbose_name="notifié le")),
                    ("published_on", models.DateField(blank=True, null=True, verbose_name="publié le")),
                    (
                        "place_code",
                        models.CharField(blank=True, max_length=20, verbose_name="code du lieu"),
                    ),
                    (
                        "place_name",
                        models.CharField(blank=True, max_length=150, verbose_name="lieu d’exécution"),
                    ),
                    (
                        "social_considerations",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="considérations sociales",
                        ),
                    ),
                    (
                        "source",
                        models.CharField(
                            choices=[
                                ("TYPED", "Saisi à la main"),
                                ("AWARD_DATA", "Données essentielles"),
                            ],
                            default="TYPED",
                            max_length=10,
                            verbose_name="origine",
                        ),
                    ),
                    (
                        "publications",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=32),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="publications reçues",
                        ),
                    ),
                    ("created_at", models.DateTimeField(verbose_name="créé le")),
                    (
                        "buyer",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="contracts_bought",
                            to="organisations.organisation",
                            verbose_name="acheteur",
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
                    "verbose_name": "marché",
                    "indexes": [
                        models.Index(fields=["service", "-created_at", "-id"], name="contract_list"),
                        django.contrib.postgres.indexes.GinIndex(
                            django.contrib.postgres.indexes.OpClass(
                                uneplace.kit.sorting.SortKey("object"), name="gin_trgm_ops"
                            ),
                            name="contract_object_trigrams",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("service", "buyer", "official_id"),
                            name="contract_once_by_buyer_and_id",
                            violation_error_message="Ce marché existe déjà pour cet acheteur.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("official_id", ""), _negated=True),
                            name="contract_official_id_not_blank",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("object", ""), _negated=True),
                            name="contract_has_an_object",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AmendmentEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                    (
                        "official_id",
                        models.CharField(blank=True, max_length=60, verbose_name="identifiant reçu"),
                    ),
                    ("object", models.CharField(blank=True, max_length=500, verbose_name="objet")),
                    ("notified_on", models.DateField(blank=True, null=True, verbose_name="notifié le")),
                    ("published_on", models.DateField(blank=True, null=True, verbose_name="publié le")),
                    (
                        "amount",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="nouveau montant hors taxes",
                        ),
                    ),
                    (
                        "duration_months",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="nouvelle durée en mois"
                        ),
                    ),
                    (
                        "holders",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="nouveaux titulaires",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="contracts.amendment",
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
                        "contract",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="contracts.contract",
                            verbose_name="marché",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="ContractEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    (
                        "official_id",
                        models.CharField(
                            blank=True, max_length=80, null=True, verbose_name="numéro du marché"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("MARCHE", "Marché"), ("CONCESSION", "Concession")],
                            default="MARCHE",
                            max_length=10,
                            verbose_name="type",
                        ),
                    ),
                    ("nature", models.CharField(blank=True, max_length=80, verbose_name="nature")),
                    ("object", models.TextField(verbose_name="objet")),
                    ("cpv", models.CharField(blank=True, max_length=10, verbose_name="code CPV")),
                    ("procedure", models.CharField(blank=True, max_length=120, verbose_name="procédure")),
                    (
                        "amount",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="montant hors taxes",
                        ),
                    ),
                    (
                        "duration_months",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="durée en mois"),
                    ),
                    ("notified_on", models.DateField(blank=True, null=True, verbose_name="notifié le")),
                    ("published_on", models.DateField(blank=True, null=True, verbose_name="publié le")),
                    (
                        "place_code",
                        models.CharField(blank=True, max_length=20, verbose_name="code du lieu"),
                    ),
                    (
                        "place_name",
                        models.CharField(blank=True, max_length=150, verbose_name="lieu d’exécution"),
                    ),
                    (
                        "social_considerations",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=60),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="considérations sociales",
                        ),
                    ),
                    (
                        "source",
                        models.CharField(
                            choices=[
                                ("TYPED", "Saisi à la main"),
                                ("AWARD_DATA", "Données essentielles"),
                            ],
                            default="TYPED",
                            max_length=10,
                            verbose_name="origine",
                        ),
                    ),
                    ("created_at", models.DateTimeField(verbose_name="créé le")),
                    (
                        "buyer",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="acheteur",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="contracts.contract",
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
                name="DutyChange",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("recorded_at", models.DateTimeField(verbose_name="enregistré le")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("AMENDMENT", "Avenant"),
                                ("TRANCHE", "Tranche affermie"),
                                ("RENEWAL", "Reconduction"),
                                ("SUSPENSION", "Suspension"),
                                ("REDUCTION", "Réduction"),
                            ],
                            max_length=10,
                            verbose_name="nature",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="prend effet le")),
                    (
                        "until",
                        models.DateField(blank=True, null=True, verbose_name="dernier jour de la suspension"),
                    ),
                    ("act", models.CharField(max_length=120, verbose_name="acte")),
                    (
                        "inputs",
                        models.JSONField(blank=True, default=dict, verbose_name="données changées"),
                    ),
                    (
                        "applied_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="appliqué le"),
                    ),
                    (
                        "kept_hours",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=10,
                            null=True,
                            validators=[django.core.validators.MinValueValidator(0)],
                            verbose_name="heures gardées, déjà validées",
                        ),
                    ),
                    (
                        "clause",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="%(class)ss",
                            to="contracts.clause",
                            verbose_name="clause",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="enregistré par",
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
                    "verbose_name": "changement de l’obligation",
                    "verbose_name_plural": "changements de l’obligation",
                    "ordering": ["on", "pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("act", ""), _negated=True),
                            name="duty_change_names_its_act",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "SUSPENSION"), ("until__gte", models.F("on"))),
                                models.Q(models.Q(("kind", "SUSPENSION"), _negated=True), ("until", None)),
                                _connector="OR",
                            ),
                            name="duty_change_only_a_suspension_ends",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("kind", "SUSPENSION"),
                                models.Q(("inputs", {}), _negated=True),
                                _connector="OR",
                            ),
                            name="duty_change_changes_something",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="DutyChangeEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("recorded_at", models.DateTimeField(verbose_name="enregistré le")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("AMENDMENT", "Avenant"),
                                ("TRANCHE", "Tranche affermie"),
                                ("RENEWAL", "Reconduction"),
                                ("SUSPENSION", "Suspension"),
                                ("REDUCTION", "Réduction"),
                            ],
                            max_length=10,
                            verbose_name="nature",
                        ),
                    ),
                    ("on", models.DateField(verbose_name="prend effet le")),
                    (
                        "until",
                        models.DateField(blank=True, null=True, verbose_name="dernier jour de la suspension"),
                    ),
                    ("act", models.CharField(max_length=120, verbose_name="acte")),
                    (
                        "inputs",
                        models.JSONField(blank=True, default=dict, verbose_name="données changées"),
                    ),
                    (
                        "applied_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="appliqué le"),
                    ),
                    (
                        "kept_hours",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=10,
                            null=True,
                            validators=[django.core.validators.MinValueValidator(0)],
                            verbose_name="heures gardées, déjà validées",
                        ),
                    ),
                    (
                        "clause",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="contracts.clause",
                            verbose_name="clause",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="contracts.dutychange",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="enregistré par",
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
                name="Invoice",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("recorded_at", models.DateTimeField(verbose_name="enregistré le")),
                    ("on", models.DateField(verbose_name="date")),
                    (
                        "amount",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="montant hors taxes"
                        ),
                    ),
                    ("reference", models.CharField(max_length=80, verbose_name="référence")),
                    (
                        "clause",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="%(class)ss",
                            to="contracts.clause",
                            verbose_name="clause",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="enregistré par",
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
                    "verbose_name": "facture",
                    "ordering": ["-on", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("reference", ""), _negated=True),
                            name="invoice_has_a_reference",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="InvoiceEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("recorded_at", models.DateTimeField(verbose_name="enregistré le")),
                    ("on", models.DateField(verbose_name="date")),
                    (
                        "amount",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="montant hors taxes"
                        ),
                    ),
                    ("reference", models.CharField(max_length=80, verbose_name="référence")),
                    (
                        "clause",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="contracts.clause",
                            verbose_name="clause",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="contracts.invoice",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="enregistré par",
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
                name="Lot",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(default=1, verbose_name="numéro")),
                    ("title", models.CharField(blank=True, max_length=200, verbose_name="intitulé")),
                    (
                        "amount",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="montant hors taxes",
                        ),
                    ),
                    (
                        "contract",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="lots",
                            to="contracts.contract",
                            verbose_name="marché",
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
                    "verbose_name": "lot",
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("contract", "number"),
                            name="lot_number_once",
                            violation_error_message="Ce lot existe déjà.",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ComingContractEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("ASKED", "À étudier"),
                                ("ANSWERED", "Répondu"),
                                ("PUBLISHED", "Consultation lancée"),
                                ("AWARDED", "Attribué"),
                                ("DROPPED", "Sans suite"),
                            ],
                            default="ASKED",
                            max_length=10,
                            verbose_name="état",
                        ),
                    ),
                    ("object", models.TextField(verbose_name="objet")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("WORKS", "Travaux"),
                                ("SUPPLIES", "Fournitures"),
                                ("SERVICES", "Services"),
                                ("CONCESSION", "Concession"),
                            ],
                            max_length=10,
                            verbose_name="nature",
                        ),
                    ),
                    (
                        "estimated_amount",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="montant estimé hors taxes"
                        ),
                    ),
                    ("consultation_on", models.DateField(verbose_name="consultation le")),
                    (
                        "starts_on",
                        models.DateField(blank=True, null=True, verbose_name="début de l’exécution"),
                    ),
                    (
                        "duration_months",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="durée en mois"),
                    ),
                    (
                        "typed_by_service",
                        models.BooleanField(default=False, verbose_name="saisi par le service"),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="demandé le")),
                    ("answer_before", models.DateField(verbose_name="réponse attendue au plus tard le")),
                    (
                        "social_condition",
                        models.BooleanField(verbose_name="condition sociale obligatoire"),
                    ),
                    (
                        "answer",
                        models.CharField(
                            blank=True,
                            choices=[("CLAUSE", "Une clause"), ("NO_CLAUSE", "Pas de clause")],
                            max_length=9,
                            verbose_name="réponse",
                        ),
                    ),
                    (
                        "answered_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="répondu le"),
                    ),
                    ("reasons", models.TextField(blank=True, verbose_name="raisons")),
                    (
                        "device",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("CLAUSE_EXEC", "Clause d’exécution"),
                                ("CLAUSE_CRITERE", "Clause d’exécution et critère d’attribution"),
                                ("RESERVE_HANDICAP", "Marché réservé, handicap"),
                                ("RESERVE_SIAE", "Marché réservé, insertion"),
                                ("RESERVE_BOTH", "Marché réservé, handicap et insertion"),
                                ("RESERVE_ESS", "Marché réservé, économie sociale et solidaire"),
                                ("MARCHE_INSERTION", "Marché d’insertion"),
                                ("PRIVE_VOLONTAIRE", "Opération privée ou subventionnée"),
                            ],
                            max_length=20,
                            verbose_name="dispositif",
                        ),
                    ),
                    (
                        "criterion_weight",
                        models.DecimalField(
                            blank=True,
                            decimal_places=6,
                            max_digits=7,
                            null=True,
                            validators=[
                                django.core.validators.MinValueValidator(0),
                                django.core.validators.MaxValueValidator(1),
                            ],
                            verbose_name="pondération du critère",
                        ),
                    ),
                    (
                        "method",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("LABOUR_SHARE", "Part de la main-d’œuvre dans le montant"),
                                ("WORKED_HOURS", "Part des heures de travail prévues"),
                                ("INVOICED", "Heures par tranche facturée"),
                                ("FIXED", "Volume fixe"),
                                ("PER_YEAR", "Heures par année de marché"),
                                ("NET_STAFF", "Effectif, personnes reprises déduites"),
                                ("BANDS", "Barème selon le montant"),
                                ("ACTIONS", "Nombre d’actions"),
                            ],
                            max_length=14,
                            verbose_name="calcul des heures",
                        ),
                    ),
                    (
                        "inputs",
                        models.JSONField(blank=True, default=dict, verbose_name="données du calcul"),
                    ),
                    (
                        "rounding",
                        models.CharField(
                            choices=[
                                ("NONE", "Au centième d’heure"),
                                ("HOUR", "À l’heure la plus proche"),
                                ("UP_35", "Au multiple de 35 h supérieur"),
                            ],
                            default="NONE",
                            max_length=6,
                            verbose_name="arrondi",
                        ),
                    ),
                    (
                        "hours_due",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=10,
                            null=True,
                            validators=[django.core.validators.MinValueValidator(0)],
                            verbose_name="heures dues",
                        ),
                    ),
                    (
                        "actions_due",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="actions dues"),
                    ),
                    (
                        "penalty_rate",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=8,
                            null=True,
                            verbose_name="pénalité par heure manquante",
                        ),
                    ),
                    (
                        "accepted_grounds",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=20),
                            blank=True,
                            null=True,
                            size=None,
                            verbose_name="publics admis",
                        ),
                    ),
                    (
                        "derogation",
                        models.CharField(
                            blank=True,
                            choices=[
                                (
                                    "AVAILABLE_SOLUTION",
                                    "Le besoin est couvert par une solution immédiatement disponible",
                                ),
                                (
                                    "NO_LINK",
                                    "La condition n’aurait pas de lien suffisant avec l’objet du marché",
                                ),
                                (
                                    "COMPETITION",
                                    "La condition restreindrait la concurrence, ou rendrait l’exécution difficile techniquement ou économiquement",
                                ),
                                ("SHORT_WORKS", "Le marché de travaux dure moins de six mois"),
                            ],
                            max_length=20,
                            verbose_name="dérogation",
                        ),
                    ),
                    (
                        "derogation_detail",
                        models.TextField(blank=True, verbose_name="justification de la dérogation"),
                    ),
                    (
                        "dropped_reason",
                        models.CharField(blank=True, max_length=500, verbose_name="raison de l’abandon"),
                    ),
                    ("revision", models.PositiveIntegerField(default=0, verbose_name="révision")),
                    (
                        "answered_by",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="répondu par",
                        ),
                    ),
                    (
                        "asked_by",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="demandé par",
                        ),
                    ),
                    (
                        "buyer",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="acheteur",
                        ),
                    ),
                    (
                        "commune",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="reference.commune",
                            verbose_name="lieu",
                        ),
                    ),
                    (
                        "cpv",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="reference.cpvcode",
                            verbose_name="code CPV",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="contracts.comingcontract",
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
                        "lot",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="contracts.lot",
                            verbose_name="lot attribué",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="ClauseEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    (
                        "window_months",
                        models.PositiveSmallIntegerField(
                            default=24, null=True, verbose_name="durée de comptage en mois"
                        ),
                    ),
                    (
                        "permanent_window_months",
                        models.PositiveSmallIntegerField(
                            default=48, null=True, verbose_name="durée de comptage d’un CDI en mois"
                        ),
                    ),
                    (
                        "permanent_window_from",
                        models.CharField(
                            choices=[
                                ("HIRE", "De l’embauche"),
                                ("CLAUSE", "Du premier jour dans l’exécution du marché"),
                            ],
                            default="HIRE",
                            max_length=6,
                            verbose_name="la durée d’un CDI part",
                        ),
                    ),
                    (
                        "work_study_window_months",
                        models.PositiveSmallIntegerField(
                            blank=True,
                            null=True,
                            verbose_name="durée de comptage d’une alternance en mois",
                        ),
                    ),
                    (
                        "window_scope",
                        models.CharField(
                            choices=[
                                ("CLAUSE", "À son premier contrat sur ce marché"),
                                ("PERSON", "À son premier contrat sur n’importe quel marché du service"),
                            ],
                            default="CLAUSE",
                            max_length=6,
                            verbose_name="la durée d’une personne s’ouvre",
                        ),
                    ),
                    (
                        "renewal_months",
                        models.PositiveSmallIntegerField(
                            default=3, verbose_name="nouvelle durée, décision prise depuis"
                        ),
                    ),
                    (
                        "training",
                        models.CharField(
                            choices=[
                                ("COUNTED", "Comptée"),
                                ("NOT_COUNTED", "Non comptée"),
                                ("CAPPED", "Comptée jusqu’à une part des heures"),
                            ],
                            default="COUNTED",
                            max_length=12,
                            verbose_name="formation",
                        ),
                    ),
                    (
                        "training_cap_share",
                        models.DecimalField(
                            blank=True,
                            decimal_places=6,
                            max_digits=7,
                            null=True,
                            validators=[
                                django.core.validators.MinValueValidator(0),
                                django.core.validators.MaxValueValidator(1),
                            ],
                            verbose_name="part de formation comptée",
                        ),
                    ),
                    (
                        "accepted_grounds",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=20),
                            blank=True,
                            null=True,
                            size=None,
                            verbose_name="motifs admis",
                        ),
                    ),
                    (
                        "accepted_modalities",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=24),
                            blank=True,
                            null=True,
                            size=None,
                            verbose_name="modalités admises",
                        ),
                    ),
                    (
                        "late_decision_days",
                        models.PositiveSmallIntegerField(
                            default=0, verbose_name="retard admis de la décision"
                        ),
                    ),
                    (
                        "holiday_zone",
                        models.CharField(default="Métropole", max_length=40, verbose_name="jours fériés"),
                    ),
                    (
                        "statement_every",
                        models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Chaque mois"),
                                (3, "Chaque trimestre"),
                                (6, "Chaque semestre"),
                                (12, "Chaque année"),
                            ],
                            default=1,
                            verbose_name="relevé d’heures",
                        ),
                    ),
                    (
                        "statement_due_day",
                        models.PositiveSmallIntegerField(default=12, verbose_name="relevé attendu avant le"),
                    ),
                    (
                        "forecast_every",
                        models.PositiveSmallIntegerField(
                            blank=True,
                            choices=[
                                (1, "Chaque mois"),
                                (3, "Chaque trimestre"),
                                (6, "Chaque semestre"),
                                (12, "Chaque année"),
                            ],
                            null=True,
                            verbose_name="prévisionnel des embauches",
                        ),
                    ),
                    (
                        "forecast_due_day",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="prévisionnel attendu avant le"
                        ),
                    ),
                    (
                        "certificate_every",
                        models.PositiveSmallIntegerField(
                            blank=True,
                            choices=[
                                (1, "Chaque mois"),
                                (3, "Chaque trimestre"),
                                (6, "Chaque semestre"),
                                (12, "Chaque année"),
                            ],
                            null=True,
                            verbose_name="attestation de sous-traitance d’insertion",
                        ),
                    ),
                    (
                        "certificate_due_day",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="attestation attendue avant le"
                        ),
                    ),
                    (
                        "penalty_rate",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=8,
                            null=True,
                            verbose_name="pénalité par heure manquante",
                        ),
                    ),
                    (
                        "penalty_document_day",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=8,
                            null=True,
                            verbose_name="pénalité par jour de retard d’un document",
                        ),
                    ),
                    (
                        "penalty_per_document",
                        models.BooleanField(default=True, verbose_name="chaque document en retard compte"),
                    ),
                    (
                        "penalty_days_from_notice",
                        models.BooleanField(
                            default=False, verbose_name="retard compté depuis la mise en demeure"
                        ),
                    ),
                    (
                        "penalty_action",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=8,
                            null=True,
                            verbose_name="pénalité par action manquée",
                        ),
                    ),
                    (
                        "penalty_requires_notice",
                        models.BooleanField(
                            default=True, verbose_name="mise en demeure avant toute pénalité"
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("DRAFT", "Brouillon"),
                                ("VALIDATED", "Validée"),
                                ("RUNNING", "En cours"),
                                ("SUSPENDED", "Suspendue"),
                                ("MET", "Heures atteintes"),
                                ("NOT_MET", "Heures non atteintes"),
                                ("CLOSED", "Close"),
                            ],
                            default="DRAFT",
                            max_length=10,
                            verbose_name="état",
                        ),
                    ),
                    (
                        "device",
                        models.CharField(
                            choices=[
                                ("CLAUSE_EXEC", "Clause d’exécution"),
                                ("CLAUSE_CRITERE", "Clause d’exécution et critère d’attribution"),
                                ("RESERVE_HANDICAP", "Marché réservé, handicap"),
                                ("RESERVE_SIAE", "Marché réservé, insertion"),
                                ("RESERVE_BOTH", "Marché réservé, handicap et insertion"),
                                ("RESERVE_ESS", "Marché réservé, économie sociale et solidaire"),
                                ("MARCHE_INSERTION", "Marché d’insertion"),
                                ("PRIVE_VOLONTAIRE", "Opération privée ou subventionnée"),
                            ],
                            default="CLAUSE_EXEC",
                            max_length=20,
                            verbose_name="dispositif",
                        ),
                    ),
                    (
                        "method",
                        models.CharField(
                            choices=[
                                ("LABOUR_SHARE", "Part de la main-d’œuvre dans le montant"),
                                ("WORKED_HOURS", "Part des heures de travail prévues"),
                                ("INVOICED", "Heures par tranche facturée"),
                                ("FIXED", "Volume fixe"),
                                ("PER_YEAR", "Heures par année de marché"),
                                ("NET_STAFF", "Effectif, personnes reprises déduites"),
                                ("BANDS", "Barème selon le montant"),
                                ("ACTIONS", "Nombre d’actions"),
                            ],
                            max_length=14,
                            verbose_name="calcul des heures",
                        ),
                    ),
                    ("inputs", models.JSONField(default=dict, verbose_name="données du calcul")),
                    (
                        "rounding",
                        models.CharField(
                            choices=[
                                ("NONE", "Au centième d’heure"),
                                ("HOUR", "À l’heure la plus proche"),
                                ("UP_35", "Au multiple de 35 h supérieur"),
                            ],
                            default="NONE",
                            max_length=6,
                            verbose_name="arrondi",
                        ),
                    ),
                    (
                        "hours_due",
                        models.DecimalField(
                            decimal_places=2,
                            max_digits=10,
                            validators=[django.core.validators.MinValueValidator(0)],
                            verbose_name="heures dues",
                        ),
                    ),
                    (
                        "foreseeable",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=10,
                            null=True,
                            validators=[django.core.validators.MinValueValidator(0)],
                            verbose_name="heures prévisibles",
                        ),
                    ),
                    (
                        "actions_due",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="actions dues"),
                    ),
                    ("execution", uneplace.kit.periods.PeriodField(verbose_name="période d’exécution")),
                    (
                        "preset",
                        models.CharField(blank=True, max_length=40, verbose_name="modèle de départ"),
                    ),
                    ("revision", models.PositiveIntegerField(default=0, verbose_name="révision")),
                    (
                        "validated_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="validée le"),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="contracts.clause",
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
                        "lot",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="contracts.lot",
                            verbose_name="lot",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="AwardEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    (
                        "group_type",
                        models.CharField(blank=True, max_length=60, verbose_name="forme du groupement"),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="contracts.award",
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
                        "lot",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="contracts.lot",
                            verbose_name="lot",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="LotEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("number", models.PositiveSmallIntegerField(default=1, verbose_name="numéro")),
                    ("title", models.CharField(blank=True, max_length=200, verbose_name="intitulé")),
                    (
                        "amount",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="montant hors taxes",
                        ),
                    ),
                    (
                        "contract",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="contracts.contract",
                            verbose_name="marché",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="contracts.lot",
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
                name="Order",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("recorded_at", models.DateTimeField(verbose_name="enregistré le")),
                    ("on", models.DateField(verbose_name="date")),
                    (
                        "amount",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="montant hors taxes"
                        ),
                    ),
                    ("reference", models.CharField(max_length=80, verbose_name="référence")),
                    (
                        "clause",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="%(class)ss",
                            to="contracts.clause",
                            verbose_name="clause",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="enregistré par",
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
                    "verbose_name": "bon de commande",
                    "verbose_name_plural": "bons de commande",
                    "ordering": ["-on", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("reference", ""), _negated=True),
                            name="order_has_a_reference",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="OrderEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("recorded_at", models.DateTimeField(verbose_name="enregistré le")),
                    ("on", models.DateField(verbose_name="date")),
                    (
                        "amount",
                        models.DecimalField(
                            decimal_places=2, max_digits=14, verbose_name="montant hors taxes"
                        ),
                    ),
                    ("reference", models.CharField(max_length=80, verbose_name="référence")),
                    (
                        "clause",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="contracts.clause",
                            verbose_name="clause",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="contracts.order",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="enregistré par",
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
                name="PolicyChange",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveIntegerField(verbose_name="numéro")),
                    ("reference", models.CharField(max_length=120, verbose_name="acte")),
                    ("signed_on", models.DateField(verbose_name="signé le")),
                    ("applies_on", models.DateField(verbose_name="applicable le")),
                    ("reason", models.CharField(max_length=500, verbose_name="motif")),
                    ("before", models.JSONField(verbose_name="avant")),
                    ("after", models.JSONField(verbose_name="après")),
                    ("recorded_at", models.DateTimeField(verbose_name="enregistré le")),
                    (
                        "clause",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="policy_changes",
                            to="contracts.clause",
                            verbose_name="clause",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="enregistré par",
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
                    "verbose_name": "avenant à la clause",
                    "verbose_name_plural": "avenants aux clauses",
                    "constraints": [
                        models.UniqueConstraint(fields=("clause", "number"), name="policychange_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(("number__gte", 1)), name="policychange_number_from_one"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("reference", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            name="policychange_names_its_act_and_why",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("before", models.F("after")), _negated=True),
                            name="policychange_changes_something",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="ServicePolicy",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "window_months",
                        models.PositiveSmallIntegerField(
                            default=24, null=True, verbose_name="durée de comptage en mois"
                        ),
                    ),
                    (
                        "permanent_window_months",
                        models.PositiveSmallIntegerField(
                            default=48, null=True, verbose_name="durée de comptage d’un CDI en mois"
                        ),
                    ),
                    (
                        "permanent_window_from",
                        models.CharField(
                            choices=[
                                ("HIRE", "De l’embauche"),
                                ("CLAUSE", "Du premier jour dans l’exécution du marché"),
                            ],
                            default="HIRE",
                            max_length=6,
                            verbose_name="la durée d’un CDI part",
                        ),
                    ),
                    (
                        "work_study_window_months",
                        models.PositiveSmallIntegerField(
                            blank=True,
                            null=True,
                            verbose_name="durée de comptage d’une alternance en mois",
                        ),
                    ),
                    (
                        "window_scope",
                        models.CharField(
                            choices=[
                                ("CLAUSE", "À son premier contrat sur ce marché"),
                                ("PERSON", "À son premier contrat sur n’importe quel marché du service"),
                            ],
                            default="CLAUSE",
                            max_length=6,
                            verbose_name="la durée d’une personne s’ouvre",
                        ),
                    ),
                    (
                        "renewal_months",
                        models.PositiveSmallIntegerField(
                            default=3, verbose_name="nouvelle durée, décision prise depuis"
                        ),
                    ),
                    (
                        "training",
                        models.CharField(
                            choices=[
                                ("COUNTED", "Comptée"),
                                ("NOT_COUNTED", "Non comptée"),
                                ("CAPPED", "Comptée jusqu’à une part des heures"),
                            ],
                            default="COUNTED",
                            max_length=12,
                            verbose_name="formation",
                        ),
                    ),
                    (
                        "training_cap_share",
                        models.DecimalField(
                            blank=True,
                            decimal_places=6,
                            max_digits=7,
                            null=True,
                            validators=[
                                django.core.validators.MinValueValidator(0),
                                django.core.validators.MaxValueValidator(1),
                            ],
                            verbose_name="part de formation comptée",
                        ),
                    ),
                    (
                        "accepted_grounds",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=20),
                            blank=True,
                            null=True,
                            size=None,
                            verbose_name="motifs admis",
                        ),
                    ),
                    (
                        "accepted_modalities",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=24),
                            blank=True,
                            null=True,
                            size=None,
                            verbose_name="modalités admises",
                        ),
                    ),
                    (
                        "late_decision_days",
                        models.PositiveSmallIntegerField(
                            default=0, verbose_name="retard admis de la décision"
                        ),
                    ),
                    (
                        "holiday_zone",
                        models.CharField(default="Métropole", max_length=40, verbose_name="jours fériés"),
                    ),
                    (
                        "statement_every",
                        models.PositiveSmallIntegerField(
                            choices=[
                                (1, "Chaque mois"),
                                (3, "Chaque trimestre"),
                                (6, "Chaque semestre"),
                                (12, "Chaque année"),
                            ],
                            default=1,
                            verbose_name="relevé d’heures",
                        ),
                    ),
                    (
                        "statement_due_day",
                        models.PositiveSmallIntegerField(default=12, verbose_name="relevé attendu avant le"),
                    ),
                    (
                        "forecast_every",
                        models.PositiveSmallIntegerField(
                            blank=True,
                            choices=[
                                (1, "Chaque mois"),
                                (3, "Chaque trimestre"),
                                (6, "Chaque semestre"),
                                (12, "Chaque année"),
                            ],
                            null=True,
                            verbose_name="prévisionnel des embauches",
                        ),
                    ),
                    (
                        "forecast_due_day",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="prévisionnel attendu avant le"
                        ),
                    ),
                    (
                        "certificate_every",
                        models.PositiveSmallIntegerField(
                            blank=True,
                            choices=[
                                (1, "Chaque mois"),
                                (3, "Chaque trimestre"),
                                (6, "Chaque semestre"),
                                (12, "Chaque année"),
                            ],
                            null=True,
                            verbose_name="attestation de sous-traitance d’insertion",
                        ),
                    ),
                    (
                        "certificate_due_day",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="attestation attendue avant le"
                        ),
                    ),
                    (
                        "penalty_rate",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=8,
                            null=True,
                            verbose_name="pénalité par heure manquante",
                        ),
                    ),
                    (
                        "penalty_document_day",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=8,
                            null=True,
                            verbose_name="pénalité par jour de retard d’un document",
                        ),
                    ),
                    (
                        "penalty_per_document",
                        models.BooleanField(default=True, verbose_name="chaque document en retard compte"),
                    ),
                    (
                        "penalty_days_from_notice",
                        models.BooleanField(
                            default=False, verbose_name="retard compté depuis la mise en demeure"
                        ),
                    ),
                    (
                        "penalty_action",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=8,
                            null=True,
                            verbose_name="pénalité par action manquée",
                        ),
                    ),
                    (
                        "penalty_requires_notice",
                        models.BooleanField(
                            default=True, verbose_name="mise en demeure avant toute pénalité"
                        ),
                    ),
                    ("number", models.PositiveIntegerField(verbose_name="version")),
                    ("applies_on", models.DateField(verbose_name="applicable le")),
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
                    "verbose_name": "modèle du service",
                    "verbose_name_plural": "modèles des services",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("penalty_rate", None), ("penalty_rate__gte", 0), _connector="OR"
                            ),
                            name="servicepolicy_penalty_not_negative",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(
                                    ("penalty_document_day", None),
                                    ("penalty_document_day__gte", 0),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("penalty_action", None), ("penalty_action__gte", 0), _connector="OR"
                                ),
                            ),
                            name="servicepolicy_rates_not_negative",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("statement_due_day__gte", 1), ("statement_due_day__lte", 28)),
                            name="servicepolicy_statement_due_day_exists_in_every_month",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("statement_every__in", [1, 3, 6, 12])),
                            name="servicepolicy_statement_frequency_is_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("forecast_due_day", None), ("forecast_every", None)),
                                models.Q(
                                    ("forecast_due_day__gte", 1),
                                    ("forecast_due_day__isnull", False),
                                    ("forecast_due_day__lte", 28),
                                    ("forecast_every__in", [1, 3, 6, 12]),
                                    ("forecast_every__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="servicepolicy_forecast_has_frequency_and_day",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("certificate_due_day", None), ("certificate_every", None)),
                                models.Q(
                                    ("certificate_due_day__gte", 1),
                                    ("certificate_due_day__isnull", False),
                                    ("certificate_due_day__lte", 28),
                                    ("certificate_every__in", [1, 3, 6, 12]),
                                    ("certificate_every__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="servicepolicy_certificate_has_frequency_and_day",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("training", "CAPPED"), _negated=True),
                                models.Q(
                                    ("training_cap_share__gte", 0),
                                    ("training_cap_share__isnull", False),
                                    ("training_cap_share__lte", 1),
                                ),
                                _connector="OR",
                            ),
                            name="servicepolicy_training_cap_has_its_share",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("permanent_window_from__in", ["HIRE", "CLAUSE"]),
                                ("window_scope__in", ["CLAUSE", "PERSON"]),
                            ),
                            name="servicepolicy_windows_are_known",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                (
                                    "holiday_zone__in",
                                    [
                                        "Métropole",
                                        "Alsace-Moselle",
                                        "Guadeloupe",
                                        "Guyane",
                                        "Martinique",
                                        "Mayotte",
                                        "Nouvelle-Calédonie",
                                        "La Réunion",
                                        "Polynésie Française",
                                        "Saint-Barthélémy",
                                        "Saint-Martin",
                                        "Wallis-et-Futuna",
                                        "Saint-Pierre-et-Miquelon",
                                    ],
                                )
                            ),
                            name="servicepolicy_holiday_zone_is_known",
                        ),
                        models.UniqueConstraint(
                            fields=("service", "number"), name="servicepolicy_number_once"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("number__gte", 1)), name="servicepolicy_number_from_one"
                        ),
                    ],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="awardmember",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_awardmemberevent" ("award_id", "company_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "service_id") SELECT new_values."award_id", new_values."company_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."role", new_values."service_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="7a9398be36779de7bdd51dcdf34e7655a7c0e4d5",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_ff3a8",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="contracts_awardmember",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="awardmember",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_awardmemberevent" ("award_id", "company_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "service_id") SELECT new_values."award_id", new_values."company_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."role", new_values."service_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2f01c28e7bffc04b99e520f6fd202997281e4171",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_4427e",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="contracts_awardmember",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="awardmember",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_awardmemberevent" ("award_id", "company_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "service_id") SELECT old_values."award_id", old_values."company_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."role", old_values."service_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="d52b2f93108632b1cf86496b6f28656b9b51a17d",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_a544f",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="contracts_awardmember",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="awardmemberevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="c2f78174d3be0dee590818524761c21809a94e17",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_c05fa",
                        table="contracts_awardmemberevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="clausetext",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_clausetextevent" ("body", "document", "family", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "service_id", "title") SELECT new_values."body", new_values."document", new_values."family", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."revision", new_values."service_id", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2ebe0ff0f5a661c1722aeb6544e9b1eb46c35c56",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_02823",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="contracts_clausetext",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="clausetext",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_clausetextevent" ("body", "document", "family", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "service_id", "title") SELECT new_values."body", new_values."document", new_values."family", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."revision", new_values."service_id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="207ef5dcf1e2b03d857b015a09674bb67066cc44",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_c0258",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="contracts_clausetext",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="clausetext",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_clausetextevent" ("body", "document", "family", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "service_id", "title") SELECT old_values."body", old_values."document", old_values."family", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."revision", old_values."service_id", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="c3745e011aa61218a0709fd3e97b65ebc93d51b7",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_bfbd0",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="contracts_clausetext",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="clausetextevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="135d507f33427249e553e35baf3046d53e8964ed",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_99610",
                        table="contracts_clausetextevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="commitment",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_commitmentevent" ("clause_id", "company_id", "hours_due", "id", "penalty_rate", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "service_id", "share") SELECT new_values."clause_id", new_values."company_id", new_values."hours_due", new_values."id", new_values."penalty_rate", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."role", new_values."service_id", new_values."share" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="338b40f43873c3d4b9abd50735e7faf33f13af83",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_a2fe8",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="contracts_commitment",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="commitment",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_commitmentevent" ("clause_id", "company_id", "hours_due", "id", "penalty_rate", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "service_id", "share") SELECT new_values."clause_id", new_values."company_id", new_values."hours_due", new_values."id", new_values."penalty_rate", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."role", new_values."service_id", new_values."share" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="f1fd2a49115c0ba44cf444526c3ab1d949a5a75a",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_3b389",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="contracts_commitment",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="commitment",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_commitmentevent" ("clause_id", "company_id", "hours_due", "id", "penalty_rate", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "service_id", "share") SELECT old_values."clause_id", old_values."company_id", old_values."hours_due", old_values."id", old_values."penalty_rate", old_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."role", old_values."service_id", old_values."share" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="5483da72c7a127213a56248f7b9936a93dd423f8",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_17bb0",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="contracts_commitment",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="actiondoneevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="39f0a24740e062966fc21cd787f9b57affd31a21",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_097a4",
                        table="contracts_actiondoneevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="actiondone",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_actiondoneevent" ("clause_id", "commitment_id", "id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "service_id") SELECT new_values."clause_id", new_values."commitment_id", new_values."id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."service_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="b60db86583e6b6f8fdc04b98a0e2247efd1f636d",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_1634a",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="contracts_actiondone",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="actiondone",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_actiondoneevent" ("clause_id", "commitment_id", "id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "service_id") SELECT new_values."clause_id", new_values."commitment_id", new_values."id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."service_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."clause_id" IS DISTINCT FROM (new_values."clause_id") OR old_values."commitment_id" IS DISTINCT FROM (new_values."commitment_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."on" IS DISTINCT FROM (new_values."on") OR old_values."recorded_at" IS DISTINCT FROM (new_values."recorded_at") OR old_values."recorded_by_id" IS DISTINCT FROM (new_values."recorded_by_id") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="73554a123c5852bee0683f527edd55114416013c",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_c2580",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="contracts_actiondone",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="actiondone",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_actiondoneevent" ("clause_id", "commitment_id", "id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "service_id") SELECT old_values."clause_id", old_values."commitment_id", old_values."id", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."recorded_by_id", old_values."service_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="30c45b8745e240d45370eae97de061909c7588d5",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_e0414",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="contracts_actiondone",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="commitmentevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="7473086c9f4cdc5ecfad28173f6f5a83fa79b388",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_482f6",
                        table="contracts_commitmentevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="contract",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_contractevent" ("amount", "buyer_id", "cpv", "created_at", "duration_months", "id", "kind", "nature", "notified_on", "object", "official_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_code", "place_name", "procedure", "published_on", "service_id", "social_considerations", "source") SELECT new_values."amount", new_values."buyer_id", new_values."cpv", new_values."created_at", new_values."duration_months", new_values."id", new_values."kind", new_values."nature", new_values."notified_on", new_values."object", new_values."official_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."place_code", new_values."place_name", new_values."procedure", new_values."published_on", new_values."service_id", new_values."social_considerations", new_values."source" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="443a69af7daab446f5a739675480be5a499b6a67",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_5fe2a",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="contracts_contract",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="contract",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_contractevent" ("amount", "buyer_id", "cpv", "created_at", "duration_months", "id", "kind", "nature", "notified_on", "object", "official_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_code", "place_name", "procedure", "published_on", "service_id", "social_considerations", "source") SELECT new_values."amount", new_values."buyer_id", new_values."cpv", new_values."created_at", new_values."duration_months", new_values."id", new_values."kind", new_values."nature", new_values."notified_on", new_values."object", new_values."official_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."place_code", new_values."place_name", new_values."procedure", new_values."published_on", new_values."service_id", new_values."social_considerations", new_values."source" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."amount" IS DISTINCT FROM (new_values."amount") OR old_values."buyer_id" IS DISTINCT FROM (new_values."buyer_id") OR old_values."cpv" IS DISTINCT FROM (new_values."cpv") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."duration_months" IS DISTINCT FROM (new_values."duration_months") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."nature" IS DISTINCT FROM (new_values."nature") OR old_values."notified_on" IS DISTINCT FROM (new_values."notified_on") OR old_values."object" IS DISTINCT FROM (new_values."object") OR old_values."official_id" IS DISTINCT FROM (new_values."official_id") OR old_values."place_code" IS DISTINCT FROM (new_values."place_code") OR old_values."place_name" IS DISTINCT FROM (new_values."place_name") OR old_values."procedure" IS DISTINCT FROM (new_values."procedure") OR old_values."published_on" IS DISTINCT FROM (new_values."published_on") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id") OR old_values."social_considerations" IS DISTINCT FROM (new_values."social_considerations") OR old_values."source" IS DISTINCT FROM (new_values."source")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="04a37c1c2c5a6e3c6069b4ea3de4fa4fd21bf8db",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_3acc9",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="contracts_contract",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="contract",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_contractevent" ("amount", "buyer_id", "cpv", "created_at", "duration_months", "id", "kind", "nature", "notified_on", "object", "official_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_code", "place_name", "procedure", "published_on", "service_id", "social_considerations", "source") SELECT old_values."amount", old_values."buyer_id", old_values."cpv", old_values."created_at", old_values."duration_months", old_values."id", old_values."kind", old_values."nature", old_values."notified_on", old_values."object", old_values."official_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."place_code", old_values."place_name", old_values."procedure", old_values."published_on", old_values."service_id", old_values."social_considerations", old_values."source" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="53ecc8184f89e158b5ab8b74c16a92581ba4a3f8",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_6ed57",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="contracts_contract",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="amendmentevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="3782c1d6118f3f18f3f1d59cbc6df2d96cf7c9f5",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_df940",
                        table="contracts_amendmentevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="amendment",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_amendmentevent" ("amount", "contract_id", "duration_months", "holders", "id", "notified_on", "number", "object", "official_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "service_id") SELECT new_values."amount", new_values."contract_id", new_values."duration_months", new_values."holders", new_values."id", new_values."notified_on", new_values."number", new_values."object", new_values."official_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."published_on", new_values."service_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="f5d599c5508b4cba6c9bea341877db145cfabfc8",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_01e87",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="contracts_amendment",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="amendment",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_amendmentevent" ("amount", "contract_id", "duration_months", "holders", "id", "notified_on", "number", "object", "official_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "service_id") SELECT new_values."amount", new_values."contract_id", new_values."duration_months", new_values."holders", new_values."id", new_values."notified_on", new_values."number", new_values."object", new_values."official_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."published_on", new_values."service_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="0e71827ccdbdbb175b0461e9d001977532b25617",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_f70d6",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="contracts_amendment",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="amendment",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_amendmentevent" ("amount", "contract_id", "duration_months", "holders", "id", "notified_on", "number", "object", "official_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "service_id") SELECT old_values."amount", old_values."contract_id", old_values."duration_months", old_values."holders", old_values."id", old_values."notified_on", old_values."number", old_values."object", old_values."official_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."published_on", old_values."service_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="2da5230786f749906940ba7a422228e71e43d7a0",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_0511e",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="contracts_amendment",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="contractevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="6cccaf328a0534143cb2761d5f164e2247f189df",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_1465d",
                        table="contracts_contractevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="dutychange",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_dutychangeevent" ("act", "applied_at", "clause_id", "id", "inputs", "kept_hours", "kind", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "service_id", "until") SELECT new_values."act", new_values."applied_at", new_values."clause_id", new_values."id", new_values."inputs", new_values."kept_hours", new_values."kind", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."service_id", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="b5a8ca43e498231ccd683d7dac33cb7cd625b3d4",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_62869",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="contracts_dutychange",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="dutychange",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_dutychangeevent" ("act", "applied_at", "clause_id", "id", "inputs", "kept_hours", "kind", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "service_id", "until") SELECT new_values."act", new_values."applied_at", new_values."clause_id", new_values."id", new_values."inputs", new_values."kept_hours", new_values."kind", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."service_id", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="3413251b8dc1b9260a80c775d55cb4e190c1be20",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_c051b",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="contracts_dutychange",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="dutychange",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_dutychangeevent" ("act", "applied_at", "clause_id", "id", "inputs", "kept_hours", "kind", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "service_id", "until") SELECT old_values."act", old_values."applied_at", old_values."clause_id", old_values."id", old_values."inputs", old_values."kept_hours", old_values."kind", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."recorded_by_id", old_values."service_id", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="aa1c8d3d5d914158c22cc81980bf3ddbe9e96c19",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_887bb",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="contracts_dutychange",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="dutychangeevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="c28b9593d25ffc6c7e681ba72884d1eadc4e8b9b",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_05a59",
                        table="contracts_dutychangeevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="invoice",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_invoiceevent" ("amount", "clause_id", "id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "service_id") SELECT new_values."amount", new_values."clause_id", new_values."id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."reference", new_values."service_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="45232cbd2e3f427d5f2aa4e274307f7c0c0fa746",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_46b40",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="contracts_invoice",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="invoice",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_invoiceevent" ("amount", "clause_id", "id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "service_id") SELECT new_values."amount", new_values."clause_id", new_values."id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."reference", new_values."service_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="7ab4f2888e4604a3ad1f439faf7a9a82766d2dad",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_0bb7e",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="contracts_invoice",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="invoice",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_invoiceevent" ("amount", "clause_id", "id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "service_id") SELECT old_values."amount", old_values."clause_id", old_values."id", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."recorded_by_id", old_values."reference", old_values."service_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="e0ef7cf39165bb4e47d34938d2f1c79bfd1b7f7f",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_75dab",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="contracts_invoice",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="invoiceevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="fb5bfc7338ca9d9e9910df92f52e7f5327484448",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_c7948",
                        table="contracts_invoiceevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="lot",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_lotevent" ("amount", "contract_id", "id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "title") SELECT new_values."amount", new_values."contract_id", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."service_id", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="5e6621218d588660cc137d3468817a591d4035da",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_8f96a",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="contracts_lot",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="lot",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_lotevent" ("amount", "contract_id", "id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "title") SELECT new_values."amount", new_values."contract_id", new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."service_id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2c845d4116919c3084edca630dbd14204510b1f5",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_ecb51",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="contracts_lot",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="lot",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_lotevent" ("amount", "contract_id", "id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id", "title") SELECT old_values."amount", old_values."contract_id", old_values."id", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."service_id", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="e77af6d8b8983b0cb75b13ff7bed24d8f3b1f299",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_823c2",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="contracts_lot",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="comingcontractevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="0ccac68d99ff349bcffc828c4bacdb651acbb02f",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_a1f2c",
                        table="contracts_comingcontractevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="comingcontract",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_comingcontractevent" ("accepted_grounds", "actions_due", "answer", "answer_before", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "buyer_id", "commune_id", "consultation_on", "cpv_id", "criterion_weight", "derogation", "derogation_detail", "device", "dropped_reason", "duration_months", "estimated_amount", "hours_due", "id", "inputs", "kind", "lot_id", "method", "object", "penalty_rate", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "revision", "rounding", "service_id", "social_condition", "starts_on", "status", "typed_by_service") SELECT new_values."accepted_grounds", new_values."actions_due", new_values."answer", new_values."answer_before", new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."asked_by_id", new_values."buyer_id", new_values."commune_id", new_values."consultation_on", new_values."cpv_id", new_values."criterion_weight", new_values."derogation", new_values."derogation_detail", new_values."device", new_values."dropped_reason", new_values."duration_months", new_values."estimated_amount", new_values."hours_due", new_values."id", new_values."inputs", new_values."kind", new_values."lot_id", new_values."method", new_values."object", new_values."penalty_rate", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."reasons", new_values."revision", new_values."rounding", new_values."service_id", new_values."social_condition", new_values."starts_on", new_values."status", new_values."typed_by_service" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2bc58bde3e2bb0772d94fd6265016d24d4b702a1",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_ad7f5",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="contracts_comingcontract",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="comingcontract",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_comingcontractevent" ("accepted_grounds", "actions_due", "answer", "answer_before", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "buyer_id", "commune_id", "consultation_on", "cpv_id", "criterion_weight", "derogation", "derogation_detail", "device", "dropped_reason", "duration_months", "estimated_amount", "hours_due", "id", "inputs", "kind", "lot_id", "method", "object", "penalty_rate", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "revision", "rounding", "service_id", "social_condition", "starts_on", "status", "typed_by_service") SELECT new_values."accepted_grounds", new_values."actions_due", new_values."answer", new_values."answer_before", new_values."answered_at", new_values."answered_by_id", new_values."asked_at", new_values."asked_by_id", new_values."buyer_id", new_values."commune_id", new_values."consultation_on", new_values."cpv_id", new_values."criterion_weight", new_values."derogation", new_values."derogation_detail", new_values."device", new_values."dropped_reason", new_values."duration_months", new_values."estimated_amount", new_values."hours_due", new_values."id", new_values."inputs", new_values."kind", new_values."lot_id", new_values."method", new_values."object", new_values."penalty_rate", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."reasons", new_values."revision", new_values."rounding", new_values."service_id", new_values."social_condition", new_values."starts_on", new_values."status", new_values."typed_by_service" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accepted_grounds" IS DISTINCT FROM (new_values."accepted_grounds") OR old_values."actions_due" IS DISTINCT FROM (new_values."actions_due") OR old_values."answer" IS DISTINCT FROM (new_values."answer") OR old_values."answer_before" IS DISTINCT FROM (new_values."answer_before") OR old_values."answered_at" IS DISTINCT FROM (new_values."answered_at") OR old_values."answered_by_id" IS DISTINCT FROM (new_values."answered_by_id") OR old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."asked_by_id" IS DISTINCT FROM (new_values."asked_by_id") OR old_values."buyer_id" IS DISTINCT FROM (new_values."buyer_id") OR old_values."commune_id" IS DISTINCT FROM (new_values."commune_id") OR old_values."consultation_on" IS DISTINCT FROM (new_values."consultation_on") OR old_values."cpv_id" IS DISTINCT FROM (new_values."cpv_id") OR old_values."criterion_weight" IS DISTINCT FROM (new_values."criterion_weight") OR old_values."derogation" IS DISTINCT FROM (new_values."derogation") OR old_values."derogation_detail" IS DISTINCT FROM (new_values."derogation_detail") OR old_values."device" IS DISTINCT FROM (new_values."device") OR old_values."dropped_reason" IS DISTINCT FROM (new_values."dropped_reason") OR old_values."duration_months" IS DISTINCT FROM (new_values."duration_months") OR old_values."estimated_amount" IS DISTINCT FROM (new_values."estimated_amount") OR old_values."hours_due" IS DISTINCT FROM (new_values."hours_due") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."inputs" IS DISTINCT FROM (new_values."inputs") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."lot_id" IS DISTINCT FROM (new_values."lot_id") OR old_values."method" IS DISTINCT FROM (new_values."method") OR old_values."object" IS DISTINCT FROM (new_values."object") OR old_values."penalty_rate" IS DISTINCT FROM (new_values."penalty_rate") OR old_values."reasons" IS DISTINCT FROM (new_values."reasons") OR old_values."revision" IS DISTINCT FROM (new_values."revision") OR old_values."rounding" IS DISTINCT FROM (new_values."rounding") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id") OR old_values."social_condition" IS DISTINCT FROM (new_values."social_condition") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."typed_by_service" IS DISTINCT FROM (new_values."typed_by_service")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2a385247cd5be074db8c898845e44848a1e72303",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_b5975",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="contracts_comingcontract",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="comingcontract",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_comingcontractevent" ("accepted_grounds", "actions_due", "answer", "answer_before", "answered_at", "answered_by_id", "asked_at", "asked_by_id", "buyer_id", "commune_id", "consultation_on", "cpv_id", "criterion_weight", "derogation", "derogation_detail", "device", "dropped_reason", "duration_months", "estimated_amount", "hours_due", "id", "inputs", "kind", "lot_id", "method", "object", "penalty_rate", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "revision", "rounding", "service_id", "social_condition", "starts_on", "status", "typed_by_service") SELECT old_values."accepted_grounds", old_values."actions_due", old_values."answer", old_values."answer_before", old_values."answered_at", old_values."answered_by_id", old_values."asked_at", old_values."asked_by_id", old_values."buyer_id", old_values."commune_id", old_values."consultation_on", old_values."cpv_id", old_values."criterion_weight", old_values."derogation", old_values."derogation_detail", old_values."device", old_values."dropped_reason", old_values."duration_months", old_values."estimated_amount", old_values."hours_due", old_values."id", old_values."inputs", old_values."kind", old_values."lot_id", old_values."method", old_values."object", old_values."penalty_rate", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."reasons", old_values."revision", old_values."rounding", old_values."service_id", old_values."social_condition", old_values."starts_on", old_values."status", old_values."typed_by_service" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="0d7e5d816c5ab5ceb199406a66292e0ae3edea21",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_6658e",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="contracts_comingcontract",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="clauseevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="c03320191fb7324f80ff516e8b231355b6cec850",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_42a2b",
                        table="contracts_clauseevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="clause",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_clauseevent" ("accepted_grounds", "accepted_modalities", "actions_due", "certificate_due_day", "certificate_every", "device", "execution", "forecast_due_day", "forecast_every", "foreseeable", "holiday_zone", "hours_due", "id", "inputs", "late_decision_days", "lot_id", "method", "penalty_action", "penalty_days_from_notice", "penalty_document_day", "penalty_per_document", "penalty_rate", "penalty_requires_notice", "permanent_window_from", "permanent_window_months", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preset", "renewal_months", "revision", "rounding", "service_id", "statement_due_day", "statement_every", "status", "training", "training_cap_share", "validated_at", "window_months", "window_scope", "work_study_window_months") SELECT new_values."accepted_grounds", new_values."accepted_modalities", new_values."actions_due", new_values."certificate_due_day", new_values."certificate_every", new_values."device", new_values."execution", new_values."forecast_due_day", new_values."forecast_every", new_values."foreseeable", new_values."holiday_zone", new_values."hours_due", new_values."id", new_values."inputs", new_values."late_decision_days", new_values."lot_id", new_values."method", new_values."penalty_action", new_values."penalty_days_from_notice", new_values."penalty_document_day", new_values."penalty_per_document", new_values."penalty_rate", new_values."penalty_requires_notice", new_values."permanent_window_from", new_values."permanent_window_months", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."preset", new_values."renewal_months", new_values."revision", new_values."rounding", new_values."service_id", new_values."statement_due_day", new_values."statement_every", new_values."status", new_values."training", new_values."training_cap_share", new_values."validated_at", new_values."window_months", new_values."window_scope", new_values."work_study_window_months" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="4b561f54c965d0706ecc2187ba4c8c84aaa410b1",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_d75e5",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="contracts_clause",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="clause",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_clauseevent" ("accepted_grounds", "accepted_modalities", "actions_due", "certificate_due_day", "certificate_every", "device", "execution", "forecast_due_day", "forecast_every", "foreseeable", "holiday_zone", "hours_due", "id", "inputs", "late_decision_days", "lot_id", "method", "penalty_action", "penalty_days_from_notice", "penalty_document_day", "penalty_per_document", "penalty_rate", "penalty_requires_notice", "permanent_window_from", "permanent_window_months", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preset", "renewal_months", "revision", "rounding", "service_id", "statement_due_day", "statement_every", "status", "training", "training_cap_share", "validated_at", "window_months", "window_scope", "work_study_window_months") SELECT new_values."accepted_grounds", new_values."accepted_modalities", new_values."actions_due", new_values."certificate_due_day", new_values."certificate_every", new_values."device", new_values."execution", new_values."forecast_due_day", new_values."forecast_every", new_values."foreseeable", new_values."holiday_zone", new_values."hours_due", new_values."id", new_values."inputs", new_values."late_decision_days", new_values."lot_id", new_values."method", new_values."penalty_action", new_values."penalty_days_from_notice", new_values."penalty_document_day", new_values."penalty_per_document", new_values."penalty_rate", new_values."penalty_requires_notice", new_values."permanent_window_from", new_values."permanent_window_months", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."preset", new_values."renewal_months", new_values."revision", new_values."rounding", new_values."service_id", new_values."statement_due_day", new_values."statement_every", new_values."status", new_values."training", new_values."training_cap_share", new_values."validated_at", new_values."window_months", new_values."window_scope", new_values."work_study_window_months" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accepted_grounds" IS DISTINCT FROM (new_values."accepted_grounds") OR old_values."accepted_modalities" IS DISTINCT FROM (new_values."accepted_modalities") OR old_values."actions_due" IS DISTINCT FROM (new_values."actions_due") OR old_values."certificate_due_day" IS DISTINCT FROM (new_values."certificate_due_day") OR old_values."certificate_every" IS DISTINCT FROM (new_values."certificate_every") OR old_values."device" IS DISTINCT FROM (new_values."device") OR old_values."execution" IS DISTINCT FROM (new_values."execution") OR old_values."forecast_due_day" IS DISTINCT FROM (new_values."forecast_due_day") OR old_values."forecast_every" IS DISTINCT FROM (new_values."forecast_every") OR old_values."foreseeable" IS DISTINCT FROM (new_values."foreseeable") OR old_values."holiday_zone" IS DISTINCT FROM (new_values."holiday_zone") OR old_values."hours_due" IS DISTINCT FROM (new_values."hours_due") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."inputs" IS DISTINCT FROM (new_values."inputs") OR old_values."late_decision_days" IS DISTINCT FROM (new_values."late_decision_days") OR old_values."lot_id" IS DISTINCT FROM (new_values."lot_id") OR old_values."method" IS DISTINCT FROM (new_values."method") OR old_values."penalty_action" IS DISTINCT FROM (new_values."penalty_action") OR old_values."penalty_days_from_notice" IS DISTINCT FROM (new_values."penalty_days_from_notice") OR old_values."penalty_document_day" IS DISTINCT FROM (new_values."penalty_document_day") OR old_values."penalty_per_document" IS DISTINCT FROM (new_values."penalty_per_document") OR old_values."penalty_rate" IS DISTINCT FROM (new_values."penalty_rate") OR old_values."penalty_requires_notice" IS DISTINCT FROM (new_values."penalty_requires_notice") OR old_values."permanent_window_from" IS DISTINCT FROM (new_values."permanent_window_from") OR old_values."permanent_window_months" IS DISTINCT FROM (new_values."permanent_window_months") OR old_values."preset" IS DISTINCT FROM (new_values."preset") OR old_values."renewal_months" IS DISTINCT FROM (new_values."renewal_months") OR old_values."revision" IS DISTINCT FROM (new_values."revision") OR old_values."rounding" IS DISTINCT FROM (new_values."rounding") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id") OR old_values."statement_due_day" IS DISTINCT FROM (new_values."statement_due_day") OR old_values."statement_every" IS DISTINCT FROM (new_values."statement_every") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."training" IS DISTINCT FROM (new_values."training") OR old_values."training_cap_share" IS DISTINCT FROM (new_values."training_cap_share") OR old_values."validated_at" IS DISTINCT FROM (new_values."validated_at") OR old_values."window_months" IS DISTINCT FROM (new_values."window_months") OR old_values."window_scope" IS DISTINCT FROM (new_values."window_scope") OR old_values."work_study_window_months" IS DISTINCT FROM (new_values."work_study_window_months")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="c8e25b6b5cb304375c8b49fc74875569fffc116f",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_37c16",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="contracts_clause",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="clause",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_clauseevent" ("accepted_grounds", "accepted_modalities", "actions_due", "certificate_due_day", "certificate_every", "device", "execution", "forecast_due_day", "forecast_every", "foreseeable", "holiday_zone", "hours_due", "id", "inputs", "late_decision_days", "lot_id", "method", "penalty_action", "penalty_days_from_notice", "penalty_document_day", "penalty_per_document", "penalty_rate", "penalty_requires_notice", "permanent_window_from", "permanent_window_months", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "preset", "renewal_months", "revision", "rounding", "service_id", "statement_due_day", "statement_every", "status", "training", "training_cap_share", "validated_at", "window_months", "window_scope", "work_study_window_months") SELECT old_values."accepted_grounds", old_values."accepted_modalities", old_values."actions_due", old_values."certificate_due_day", old_values."certificate_every", old_values."device", old_values."execution", old_values."forecast_due_day", old_values."forecast_every", old_values."foreseeable", old_values."holiday_zone", old_values."hours_due", old_values."id", old_values."inputs", old_values."late_decision_days", old_values."lot_id", old_values."method", old_values."penalty_action", old_values."penalty_days_from_notice", old_values."penalty_document_day", old_values."penalty_per_document", old_values."penalty_rate", old_values."penalty_requires_notice", old_values."permanent_window_from", old_values."permanent_window_months", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."preset", old_values."renewal_months", old_values."revision", old_values."rounding", old_values."service_id", old_values."statement_due_day", old_values."statement_every", old_values."status", old_values."training", old_values."training_cap_share", old_values."validated_at", old_values."window_months", old_values."window_scope", old_values."work_study_window_months" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="237aa277d84ae427d7929ad4bc8f625fe3671050",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_51de0",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="contracts_clause",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="awardevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="3a4b22f3ac55500420084492bed4807008c755fc",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_258f6",
                        table="contracts_awardevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="award",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_awardevent" ("group_type", "id", "lot_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id") SELECT new_values."group_type", new_values."id", new_values."lot_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."service_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="a14db8aac3541d1c6918bcc9f62dc7a798f507bb",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_753cb",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="contracts_award",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="award",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_awardevent" ("group_type", "id", "lot_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id") SELECT new_values."group_type", new_values."id", new_values."lot_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."service_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="47946140827c1241247e66f74ced0eb042c876fa",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_0188d",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="contracts_award",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="award",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_awardevent" ("group_type", "id", "lot_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id") SELECT old_values."group_type", old_values."id", old_values."lot_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."service_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="0c296bade0d6fc10a883f2a21c9a7e12959ad102",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_c6664",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="contracts_award",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="lotevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="94993609c83f4da399b3dc418778fb40a95f7eab",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_c7063",
                        table="contracts_lotevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="order",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_orderevent" ("amount", "clause_id", "id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "service_id") SELECT new_values."amount", new_values."clause_id", new_values."id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."reference", new_values."service_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="69de59e08e232521442592e6f4a9dac06069f770",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_3d462",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="contracts_order",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="order",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_orderevent" ("amount", "clause_id", "id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "service_id") SELECT new_values."amount", new_values."clause_id", new_values."id", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."reference", new_values."service_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="4b2d0590e1da202b8ff24929c66367dea4a5ccef",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_01923",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="contracts_order",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="order",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_orderevent" ("amount", "clause_id", "id", "on", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "reference", "service_id") SELECT old_values."amount", old_values."clause_id", old_values."id", old_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."recorded_by_id", old_values."reference", old_values."service_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="876bd1cbe9c6ab5ae56b37b6edadba85989ca0a0",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_dd76b",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="contracts_order",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="orderevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="5f74ae3e7d963f8a759a2a819c225c433d65bc76",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_a6a3c",
                        table="contracts_orderevent",
                        when="BEFORE",
                    ),
                ),
            ),
        )
    ]
