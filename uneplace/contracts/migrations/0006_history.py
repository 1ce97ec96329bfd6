import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import uneplace.kit.periods
from uneplace.kit.migrations import history_table


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0004_seals"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("contracts", "0005_shares_sum_to_the_clause"),
        ("organisations", "0003_partnership"),
    ]

    operations = [
        migrations.CreateModel(
            name="AmendmentEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                ("official_id", models.CharField(blank=True, max_length=60, verbose_name="identifiant reçu")),
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
            ],
            options={
                "abstract": False,
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
                        choices=[("LABOUR_SHARE", "Part de la main-d’œuvre"), ("FIXED", "Volume fixe")],
                        max_length=14,
                        verbose_name="calcul des heures",
                    ),
                ),
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
                    "labour_share",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="part de la main-d’œuvre",
                    ),
                ),
                (
                    "insertion_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="part réservée à l’insertion",
                    ),
                ),
                (
                    "hourly_cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=7,
                        null=True,
                        verbose_name="coût d’une heure de travail",
                    ),
                ),
                (
                    "fixed_hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="volume d’heures",
                    ),
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
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="heures dues",
                    ),
                ),
                ("execution", uneplace.kit.periods.PeriodField(verbose_name="période d’exécution")),
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
                    "statement_due_day",
                    models.PositiveSmallIntegerField(default=12, verbose_name="relevé attendu avant le"),
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
                    "work_study_window_months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="durée de comptage d’une alternance en mois"
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
                    models.PositiveSmallIntegerField(default=0, verbose_name="retard admis de la décision"),
                ),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="révision")),
                ("validated_at", models.DateTimeField(blank=True, null=True, verbose_name="validée le")),
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
                    models.CharField(blank=True, max_length=80, null=True, verbose_name="numéro du marché"),
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
                ("place_code", models.CharField(blank=True, max_length=20, verbose_name="code du lieu")),
                ("place_name", models.CharField(blank=True, max_length=150, verbose_name="lieu d’exécution")),
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
                        choices=[("TYPED", "Saisi à la main"), ("AWARD_DATA", "Données essentielles")],
                        default="TYPED",
                        max_length=10,
                        verbose_name="origine",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
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
            ],
            options={
                "abstract": False,
            },
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
            model_name="clause",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_clauseevent" ("accepted_grounds", "accepted_modalities", "amount", "device", "execution", "fixed_hours", "hourly_cost", "hours_due", "id", "insertion_rate", "labour_share", "late_decision_days", "lot_id", "method", "penalty_rate", "permanent_window_months", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "rounding", "service_id", "statement_due_day", "status", "training", "training_cap_share", "validated_at", "window_months", "work_study_window_months") SELECT new_values."accepted_grounds", new_values."accepted_modalities", new_values."amount", new_values."device", new_values."execution", new_values."fixed_hours", new_values."hourly_cost", new_values."hours_due", new_values."id", new_values."insertion_rate", new_values."labour_share", new_values."late_decision_days", new_values."lot_id", new_values."method", new_values."penalty_rate", new_values."permanent_window_months", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."revision", new_values."rounding", new_values."service_id", new_values."statement_due_day", new_values."status", new_values."training", new_values."training_cap_share", new_values."validated_at", new_values."window_months", new_values."work_study_window_months" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ba558f9dc039c006d5d751aa6f6b8809f98183c5",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_clauseevent" ("accepted_grounds", "accepted_modalities", "amount", "device", "execution", "fixed_hours", "hourly_cost", "hours_due", "id", "insertion_rate", "labour_share", "late_decision_days", "lot_id", "method", "penalty_rate", "permanent_window_months", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "rounding", "service_id", "statement_due_day", "status", "training", "training_cap_share", "validated_at", "window_months", "work_study_window_months") SELECT new_values."accepted_grounds", new_values."accepted_modalities", new_values."amount", new_values."device", new_values."execution", new_values."fixed_hours", new_values."hourly_cost", new_values."hours_due", new_values."id", new_values."insertion_rate", new_values."labour_share", new_values."late_decision_days", new_values."lot_id", new_values."method", new_values."penalty_rate", new_values."permanent_window_months", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."revision", new_values."rounding", new_values."service_id", new_values."statement_due_day", new_values."status", new_values."training", new_values."training_cap_share", new_values."validated_at", new_values."window_months", new_values."work_study_window_months" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."accepted_grounds" IS DISTINCT FROM (new_values."accepted_grounds") OR old_values."accepted_modalities" IS DISTINCT FROM (new_values."accepted_modalities") OR old_values."amount" IS DISTINCT FROM (new_values."amount") OR old_values."device" IS DISTINCT FROM (new_values."device") OR old_values."execution" IS DISTINCT FROM (new_values."execution") OR old_values."fixed_hours" IS DISTINCT FROM (new_values."fixed_hours") OR old_values."hourly_cost" IS DISTINCT FROM (new_values."hourly_cost") OR old_values."hours_due" IS DISTINCT FROM (new_values."hours_due") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."insertion_rate" IS DISTINCT FROM (new_values."insertion_rate") OR old_values."labour_share" IS DISTINCT FROM (new_values."labour_share") OR old_values."late_decision_days" IS DISTINCT FROM (new_values."late_decision_days") OR old_values."lot_id" IS DISTINCT FROM (new_values."lot_id") OR old_values."method" IS DISTINCT FROM (new_values."method") OR old_values."penalty_rate" IS DISTINCT FROM (new_values."penalty_rate") OR old_values."permanent_window_months" IS DISTINCT FROM (new_values."permanent_window_months") OR old_values."revision" IS DISTINCT FROM (new_values."revision") OR old_values."rounding" IS DISTINCT FROM (new_values."rounding") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id") OR old_values."statement_due_day" IS DISTINCT FROM (new_values."statement_due_day") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."training" IS DISTINCT FROM (new_values."training") OR old_values."training_cap_share" IS DISTINCT FROM (new_values."training_cap_share") OR old_values."validated_at" IS DISTINCT FROM (new_values."validated_at") OR old_values."window_months" IS DISTINCT FROM (new_values."window_months") OR old_values."work_study_window_months" IS DISTINCT FROM (new_values."work_study_window_months")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2de6e494c4010aa881882a23f995f5ae269ff09e",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "contracts_clauseevent" ("accepted_grounds", "accepted_modalities", "amount", "device", "execution", "fixed_hours", "hourly_cost", "hours_due", "id", "insertion_rate", "labour_share", "late_decision_days", "lot_id", "method", "penalty_rate", "permanent_window_months", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "rounding", "service_id", "statement_due_day", "status", "training", "training_cap_share", "validated_at", "window_months", "work_study_window_months") SELECT old_values."accepted_grounds", old_values."accepted_modalities", old_values."amount", old_values."device", old_values."execution", old_values."fixed_hours", old_values."hourly_cost", old_values."hours_due", old_values."id", old_values."insertion_rate", old_values."labour_share", old_values."late_decision_days", old_values."lot_id", old_values."method", old_values."penalty_rate", old_values."permanent_window_months", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."revision", old_values."rounding", old_values."service_id", old_values."statement_due_day", old_values."status", old_values."training", old_values."training_cap_share", old_values."validated_at", old_values."window_months", old_values."work_study_window_months" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1749415bee8b091a5adfa867f559cfc11e1477d2",
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
        migrations.AddField(
            model_name="amendmentevent",
            name="contract",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="contracts.contract",
                verbose_name="marché",
            ),
        ),
        migrations.AddField(
            model_name="amendmentevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="contracts.amendment",
            ),
        ),
        migrations.AddField(
            model_name="amendmentevent",
            name="service",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="service",
            ),
        ),
        migrations.AddField(
            model_name="awardevent",
            name="lot",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="contracts.lot",
                verbose_name="lot",
            ),
        ),
        migrations.AddField(
            model_name="awardevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="contracts.award",
            ),
        ),
        migrations.AddField(
            model_name="awardevent",
            name="service",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="service",
            ),
        ),
        migrations.AddField(
            model_name="awardmemberevent",
            name="award",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="contracts.award",
                verbose_name="attribution",
            ),
        ),
        migrations.AddField(
            model_name="awardmemberevent",
            name="company",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="entreprise",
            ),
        ),
        migrations.AddField(
            model_name="awardmemberevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="contracts.awardmember",
            ),
        ),
        migrations.AddField(
            model_name="awardmemberevent",
            name="service",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="service",
            ),
        ),
        migrations.AddField(
            model_name="clauseevent",
            name="lot",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="contracts.lot",
                verbose_name="lot",
            ),
        ),
        migrations.AddField(
            model_name="clauseevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="contracts.clause",
            ),
        ),
        migrations.AddField(
            model_name="clauseevent",
            name="service",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="service",
            ),
        ),
        migrations.AddField(
            model_name="commitmentevent",
            name="clause",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="contracts.clause",
                verbose_name="clause",
            ),
        ),
        migrations.AddField(
            model_name="commitmentevent",
            name="company",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="entreprise",
            ),
        ),
        migrations.AddField(
            model_name="commitmentevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="contracts.commitment",
            ),
        ),
        migrations.AddField(
            model_name="commitmentevent",
            name="service",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="service",
            ),
        ),
        migrations.AddField(
            model_name="contractevent",
            name="buyer",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="acheteur",
            ),
        ),
        migrations.AddField(
            model_name="contractevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="contracts.contract",
            ),
        ),
        migrations.AddField(
            model_name="contractevent",
            name="service",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="service",
            ),
        ),
        migrations.AddField(
            model_name="lotevent",
            name="contract",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="contracts.contract",
                verbose_name="marché",
            ),
        ),
        migrations.AddField(
            model_name="lotevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="contracts.lot",
            ),
        ),
        migrations.AddField(
            model_name="lotevent",
            name="service",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="organisations.organisation",
                verbose_name="service",
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
        *history_table("contracts_amendmentevent"),
        *history_table("contracts_awardevent"),
        *history_table("contracts_awardmemberevent"),
        *history_table("contracts_clauseevent"),
        *history_table("contracts_commitmentevent"),
        *history_table("contracts_contractevent"),
        *history_table("contracts_lotevent"),
    ]
