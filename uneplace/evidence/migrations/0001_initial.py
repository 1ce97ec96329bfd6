import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import uneplace.kit.encrypted
from uneplace.kit.migrations import AtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name="Evidence",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "kind",
                        uneplace.kit.encrypted.EncryptedTextField(
                            context="evidence_evidence.kind", step=128, verbose_name="nature"
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("EXPECTED", "Attendu"),
                                ("RECEIVED", "Reçu"),
                                ("ACCEPTED", "Accepté"),
                                ("TO_REDO", "À refaire"),
                                ("PURGED", "Purgé"),
                            ],
                            default="ACCEPTED",
                            max_length=10,
                            verbose_name="état",
                        ),
                    ),
                    ("dated_on", models.DateField(blank=True, null=True, verbose_name="daté du")),
                    (
                        "valid_until",
                        models.DateField(blank=True, null=True, verbose_name="valable jusqu’au"),
                    ),
                    ("seen_on", models.DateField(blank=True, null=True, verbose_name="vu le")),
                    (
                        "reason",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True, context="evidence_evidence.reason", verbose_name="motif"
                        ),
                    ),
                    (
                        "seen_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="vu par",
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
                    "verbose_name": "justificatif",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "ACCEPTED"), _negated=True),
                                ("seen_on__isnull", False),
                                _connector="OR",
                            ),
                            name="evidence_accepted_was_seen",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "TO_REDO"), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="evidence_to_redo_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="EvidenceEvent",
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
                                ("EXPECTED", "Attendu"),
                                ("RECEIVED", "Reçu"),
                                ("ACCEPTED", "Accepté"),
                                ("TO_REDO", "À refaire"),
                                ("PURGED", "Purgé"),
                            ],
                            default="ACCEPTED",
                            max_length=10,
                            verbose_name="état",
                        ),
                    ),
                    ("seen_on", models.DateField(blank=True, null=True, verbose_name="vu le")),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="evidence.evidence",
                        ),
                    ),
                    (
                        "seen_by",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="vu par",
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
                model_name="evidence",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "evidence_evidenceevent" ("id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_by_id", "seen_on", "service_id", "status") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."seen_by_id", new_values."seen_on", new_values."service_id", new_values."status" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="f049a06cc9520efed21f1dafd4203cf90399f852",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_1215e",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="evidence_evidence",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="evidence",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "evidence_evidenceevent" ("id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_by_id", "seen_on", "service_id", "status") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."seen_by_id", new_values."seen_on", new_values."service_id", new_values."status" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."seen_by_id" IS DISTINCT FROM (new_values."seen_by_id") OR old_values."seen_on" IS DISTINCT FROM (new_values."seen_on") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id") OR old_values."status" IS DISTINCT FROM (new_values."status")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="b6d6c0bd5e96f28d2bcdfbb435f0fadc499f4c6f",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_1de0e",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="evidence_evidence",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="evidence",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "evidence_evidenceevent" ("id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_by_id", "seen_on", "service_id", "status") SELECT old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."seen_by_id", old_values."seen_on", old_values."service_id", old_values."status" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="3d238a5b8183c5f6ec5cdfd232645262afe5baf6",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_25375",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="evidence_evidence",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="evidence",
                trigger=pgtrigger.compiler.Trigger(
                    name="proof_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "evidence_evidenceevent" ("id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_by_id", "seen_on", "service_id", "status") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'proof\', new_values."id", new_values."seen_by_id", new_values."seen_on", new_values."service_id", new_values."status" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."kind" IS DISTINCT FROM new_values."kind" OR old_values."dated_on" IS DISTINCT FROM new_values."dated_on" OR old_values."valid_until" IS DISTINCT FROM new_values."valid_until") ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="b0d2558962d2015951c9c17e3bd85941193f20f1",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_proof_update_2a9d7",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="evidence_evidence",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="evidenceevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="9015ed7c6ff39066186033419474e39856535cdf",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_c44b8",
                        table="evidence_evidenceevent",
                        when="BEFORE",
                    ),
                ),
            ),
        )
    ]
