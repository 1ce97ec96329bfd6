import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from uneplace.kit.migrations import history_table


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0004_seals"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("organisations", "0006_history"),
        ("people", "0005_same_service"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EligibilityDecisionEvent",
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
                            ("REQUESTED", "Demandée"),
                            ("TO_COMPLETE", "À compléter"),
                            ("ELIGIBLE", "Éligible"),
                            ("REFUSED", "Non éligible"),
                            ("EXPIRED", "Expirée"),
                        ],
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("requested_on", models.DateField(blank=True, null=True, verbose_name="demandée le")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="décidée le")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="éligible jusqu’au")),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="retirée le")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ParticipantEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                (
                    "restricted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="traitement limité le"),
                ),
                (
                    "announced_on",
                    models.DateField(blank=True, null=True, verbose_name="anonymisation annoncée le"),
                ),
                ("anonymised_at", models.DateTimeField(blank=True, null=True, verbose_name="anonymisée le")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="eligibilitydecision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "people_eligibilitydecisionevent" ("decided_by_id", "decided_on", "id", "participant_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "requested_on", "revoked_on", "service_id", "status", "valid_until") SELECT new_values."decided_by_id", new_values."decided_on", new_values."id", new_values."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."requested_on", new_values."revoked_on", new_values."service_id", new_values."status", new_values."valid_until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="986dad176ab938733459b82885a988c086d04e5c",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ce45f",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="people_eligibilitydecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="eligibilitydecision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "people_eligibilitydecisionevent" ("decided_by_id", "decided_on", "id", "participant_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "requested_on", "revoked_on", "service_id", "status", "valid_until") SELECT new_values."decided_by_id", new_values."decided_on", new_values."id", new_values."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."requested_on", new_values."revoked_on", new_values."service_id", new_values."status", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."decided_by_id" IS DISTINCT FROM (new_values."decided_by_id") OR old_values."decided_on" IS DISTINCT FROM (new_values."decided_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."participant_id" IS DISTINCT FROM (new_values."participant_id") OR old_values."requested_on" IS DISTINCT FROM (new_values."requested_on") OR old_values."revoked_on" IS DISTINCT FROM (new_values."revoked_on") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."valid_until" IS DISTINCT FROM (new_values."valid_until")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8c9ea09ac92110a401d2c8af3295daa0738b037d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ba171",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="people_eligibilitydecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="eligibilitydecision",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "people_eligibilitydecisionevent" ("decided_by_id", "decided_on", "id", "participant_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "requested_on", "revoked_on", "service_id", "status", "valid_until") SELECT old_values."decided_by_id", old_values."decided_on", old_values."id", old_values."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."requested_on", old_values."revoked_on", old_values."service_id", old_values."status", old_values."valid_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="3260ab20f4e774f4deb95cd9c33b5a1ef15d1092",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a44ef",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="people_eligibilitydecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="eligibilitydecision",
            trigger=pgtrigger.compiler.Trigger(
                name="grounds_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "people_eligibilitydecisionevent" ("decided_by_id", "decided_on", "id", "participant_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "requested_on", "revoked_on", "service_id", "status", "valid_until") SELECT new_values."decided_by_id", new_values."decided_on", new_values."id", new_values."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'grounds\', new_values."id", new_values."requested_on", new_values."revoked_on", new_values."service_id", new_values."status", new_values."valid_until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."grounds" IS DISTINCT FROM new_values."grounds" OR old_values."main_ground" IS DISTINCT FROM new_values."main_ground" OR old_values."situation" IS DISTINCT FROM new_values."situation" OR old_values."explanation" IS DISTINCT FROM new_values."explanation" OR old_values."reason" IS DISTINCT FROM new_values."reason") ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="edf6e67c67d83b45ffdbb229ad0a9951885d525d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_grounds_update_58c22",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="people_eligibilitydecision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "people_participantevent" ("announced_on", "anonymised_at", "created_at", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "restricted_at", "service_id") SELECT new_values."announced_on", new_values."anonymised_at", new_values."created_at", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."restricted_at", new_values."service_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ad60084e955e996e035fd0134abf33e7419968de",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b4a6b",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="people_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "people_participantevent" ("announced_on", "anonymised_at", "created_at", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "restricted_at", "service_id") SELECT new_values."announced_on", new_values."anonymised_at", new_values."created_at", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."restricted_at", new_values."service_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."announced_on" IS DISTINCT FROM (new_values."announced_on") OR old_values."anonymised_at" IS DISTINCT FROM (new_values."anonymised_at") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."restricted_at" IS DISTINCT FROM (new_values."restricted_at") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="6d66176e0bb0ad4bfdecf9a2290529809da28063",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_b71fa",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="people_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "people_participantevent" ("announced_on", "anonymised_at", "created_at", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "restricted_at", "service_id") SELECT old_values."announced_on", old_values."anonymised_at", old_values."created_at", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."restricted_at", old_values."service_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="7d7721cbe00ee0b86350c713812a85b86b39c7b8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_915e6",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="people_participant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participant",
            trigger=pgtrigger.compiler.Trigger(
                name="identity_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "people_participantevent" ("announced_on", "anonymised_at", "created_at", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "restricted_at", "service_id") SELECT new_values."announced_on", new_values."anonymised_at", new_values."created_at", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'identity\', new_values."id", new_values."restricted_at", new_values."service_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."first_name" IS DISTINCT FROM new_values."first_name" OR old_values."last_name" IS DISTINCT FROM new_values."last_name" OR old_values."born_on" IS DISTINCT FROM new_values."born_on" OR old_values."sex" IS DISTINCT FROM new_values."sex" OR old_values."email" IS DISTINCT FROM new_values."email" OR old_values."phone" IS DISTINCT FROM new_values."phone" OR old_values."address" IS DISTINCT FROM new_values."address" OR old_values."commune_id" IS DISTINCT FROM new_values."commune_id" OR old_values."diploma_level" IS DISTINCT FROM new_values."diploma_level" OR old_values."licences" IS DISTINCT FROM new_values."licences") ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="45894d4eb3fff32bf52e40c9c94a267e649c91d9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_identity_update_f96c3",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="people_participant",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="eligibilitydecisionevent",
            name="decided_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="décidée par",
            ),
        ),
        migrations.AddField(
            model_name="eligibilitydecisionevent",
            name="participant",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="people.participant",
                verbose_name="personne",
            ),
        ),
        migrations.AddField(
            model_name="eligibilitydecisionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="people.eligibilitydecision",
            ),
        ),
        migrations.AddField(
            model_name="eligibilitydecisionevent",
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
            model_name="participantevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="people.participant",
            ),
        ),
        migrations.AddField(
            model_name="participantevent",
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
            model_name="eligibilitydecisionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="55f5aa381e995d5d25647a963b7d88edcf3b3cfc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_28787",
                    table="people_eligibilitydecisionevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="participantevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5c87045056f7d991dad2751476f07e2e53272f51",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a62b4",
                    table="people_participantevent",
                    when="BEFORE",
                ),
            ),
        ),
        *history_table("people_eligibilitydecisionevent"),
        *history_table("people_participantevent"),
    ]
