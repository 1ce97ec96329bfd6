import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from uneplace.kit.migrations import AtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contracts", "0001_initial"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name="PenaltyCase",
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
                                ("GAP", "Écart constaté"),
                                ("EXCHANGE", "Échange en cours"),
                                ("RELIEF", "Exonération étudiée"),
                                ("NOTICE", "Mise en demeure"),
                                ("APPLIED", "Appliquée"),
                                ("WAIVED", "Non appliquée"),
                                ("CLOSED", "Close"),
                            ],
                            default="GAP",
                            max_length=10,
                            verbose_name="état",
                        ),
                    ),
                    ("opened_at", models.DateTimeField(verbose_name="ouvert le")),
                    (
                        "missing_hours",
                        models.DecimalField(
                            decimal_places=2,
                            max_digits=10,
                            verbose_name="heures manquantes à l’ouverture",
                        ),
                    ),
                    (
                        "notice_on",
                        models.DateField(blank=True, null=True, verbose_name="mise en demeure le"),
                    ),
                    (
                        "answer_before",
                        models.DateField(blank=True, null=True, verbose_name="réponse attendue avant le"),
                    ),
                    ("reason", models.CharField(blank=True, max_length=500, verbose_name="motif")),
                    (
                        "commitment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="penalty_cases",
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
                    "verbose_name": "dossier de pénalité",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("missing_hours__gt", 0)), name="penalty_case_has_a_gap"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["NOTICE", "APPLIED"]), _negated=True),
                                ("notice_on__isnull", False),
                                _connector="OR",
                            ),
                            name="penalty_case_notice_before_penalty",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["WAIVED", "CLOSED"]), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="penalty_case_ended_says_why",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("status__in", ["GAP", "EXCHANGE", "RELIEF", "NOTICE"])),
                            fields=("commitment",),
                            name="penalty_case_one_open_a_commitment",
                            violation_error_message="Un dossier est déjà ouvert pour cet engagement.",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Exchange",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("held_on", models.DateField(verbose_name="le")),
                    (
                        "means",
                        models.CharField(
                            choices=[
                                ("WRITTEN", "Par écrit"),
                                ("PHONE", "Par téléphone"),
                                ("MEETING", "En réunion"),
                                ("SITE", "Sur le chantier"),
                            ],
                            default="WRITTEN",
                            max_length=8,
                            verbose_name="moyen",
                        ),
                    ),
                    ("text", models.TextField(verbose_name="ce qui a été dit")),
                    ("recorded_at", models.DateTimeField(verbose_name="enregistré le")),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organisations.organisation",
                            verbose_name="dit par",
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
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="exchanges",
                            to="settlement.penaltycase",
                            verbose_name="dossier de pénalité",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "échange",
                    "ordering": ["-recorded_at", "-pk"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("text", ""), _negated=True),
                            name="exchange_says_something",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="PenaltyCaseEvent",
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
                                ("GAP", "Écart constaté"),
                                ("EXCHANGE", "Échange en cours"),
                                ("RELIEF", "Exonération étudiée"),
                                ("NOTICE", "Mise en demeure"),
                                ("APPLIED", "Appliquée"),
                                ("WAIVED", "Non appliquée"),
                                ("CLOSED", "Close"),
                            ],
                            default="GAP",
                            max_length=10,
                            verbose_name="état",
                        ),
                    ),
                    ("opened_at", models.DateTimeField(verbose_name="ouvert le")),
                    (
                        "missing_hours",
                        models.DecimalField(
                            decimal_places=2,
                            max_digits=10,
                            verbose_name="heures manquantes à l’ouverture",
                        ),
                    ),
                    (
                        "notice_on",
                        models.DateField(blank=True, null=True, verbose_name="mise en demeure le"),
                    ),
                    (
                        "answer_before",
                        models.DateField(blank=True, null=True, verbose_name="réponse attendue avant le"),
                    ),
                    ("reason", models.CharField(blank=True, max_length=500, verbose_name="motif")),
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
                            to="settlement.penaltycase",
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
                model_name="penaltycase",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "settlement_penaltycaseevent" ("answer_before", "commitment_id", "id", "missing_hours", "notice_on", "opened_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "service_id", "status") SELECT new_values."answer_before", new_values."commitment_id", new_values."id", new_values."missing_hours", new_values."notice_on", new_values."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."reason", new_values."service_id", new_values."status" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="87a7253a28a3c15843c72be0d4a79a6bb43c0931",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_1887f",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="settlement_penaltycase",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="penaltycase",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "settlement_penaltycaseevent" ("answer_before", "commitment_id", "id", "missing_hours", "notice_on", "opened_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "service_id", "status") SELECT new_values."answer_before", new_values."commitment_id", new_values."id", new_values."missing_hours", new_values."notice_on", new_values."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."reason", new_values."service_id", new_values."status" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="6ef1c8ffdd542a155e4b0b9865db84df327dd6bb",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_96fb9",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="settlement_penaltycase",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="penaltycase",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "settlement_penaltycaseevent" ("answer_before", "commitment_id", "id", "missing_hours", "notice_on", "opened_at", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "service_id", "status") SELECT old_values."answer_before", old_values."commitment_id", old_values."id", old_values."missing_hours", old_values."notice_on", old_values."opened_at", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."reason", old_values."service_id", old_values."status" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="c875b0e3e8f5b5580c120ef21141a8022562c87d",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_35ff9",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="settlement_penaltycase",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="penaltycaseevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="f3b338ba76f350bda7eb0982abf79d633d97d941",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_47710",
                        table="settlement_penaltycaseevent",
                        when="BEFORE",
                    ),
                ),
            ),
        )
    ]
