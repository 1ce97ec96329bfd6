import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from uneplace.kit.migrations import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0003_job_sheet_content"),
        ("organisations", "0004_access_links"),
        ("people", "0004_more_licences"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="jobsheet",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jobsheet",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jobsheet",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="jobsheet",
            name="contacts_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="transmission",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="transmission",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="transmission",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="application",
            name="application_meeting_has_a_day",
        ),
        AtOnce(
            migrations.AddField(
                model_name="application",
                name="answered_through",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("ACCOUNT", "par son compte"),
                        ("LINK", "par un lien envoyé par courriel"),
                        ("SERVICE", "par le service, pour elle"),
                    ],
                    max_length=7,
                    verbose_name="réponse reçue",
                ),
            ),
            migrations.AddField(
                model_name="application",
                name="meeting_asked_by",
                field=models.CharField(
                    blank=True,
                    choices=[("COMPANY", "l’entreprise"), ("STRUCTURE", "la structure")],
                    max_length=9,
                    verbose_name="proposés par",
                ),
            ),
            migrations.AddField(
                model_name="application",
                name="meeting_minutes",
                field=models.PositiveSmallIntegerField(
                    default=30, verbose_name="durée de l’entretien, en minutes"
                ),
            ),
            migrations.AddField(
                model_name="application",
                name="meeting_revision",
                field=models.PositiveSmallIntegerField(default=0, verbose_name="propositions d’entretien"),
            ),
            migrations.AddField(
                model_name="application",
                name="meeting_slots",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.DateTimeField(),
                    blank=True,
                    default=list,
                    size=3,
                    verbose_name="moments proposés",
                ),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="others_asked_at",
                field=models.DateTimeField(
                    blank=True, null=True, verbose_name="d’autres candidatures demandées le"
                ),
            ),
            migrations.AddField(
                model_name="jobsheetevent",
                name="others_asked_at",
                field=models.DateTimeField(
                    blank=True, null=True, verbose_name="d’autres candidatures demandées le"
                ),
            ),
            migrations.AddField(
                model_name="transmission",
                name="sent_to",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.EmailField(max_length=254),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="prévenus",
                ),
            ),
            migrations.AddField(
                model_name="transmission",
                name="through",
                field=models.CharField(
                    choices=[
                        ("ACCOUNT", "par son compte"),
                        ("LINK", "par un lien envoyé par courriel"),
                        ("SERVICE", "par le service, pour elle"),
                    ],
                    default="ACCOUNT",
                    max_length=7,
                    verbose_name="par quel moyen",
                ),
            ),
            migrations.AddField(
                model_name="transmissionevent",
                name="sent_to",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.EmailField(max_length=254),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="prévenus",
                ),
            ),
            migrations.AddField(
                model_name="transmissionevent",
                name="through",
                field=models.CharField(
                    choices=[
                        ("ACCOUNT", "par son compte"),
                        ("LINK", "par un lien envoyé par courriel"),
                        ("SERVICE", "par le service, pour elle"),
                    ],
                    default="ACCOUNT",
                    max_length=7,
                    verbose_name="par quel moyen",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="jobsheet",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_jobsheetevent" ("access", "agreed_by_company_at", "agreed_by_service_at", "apply_before", "closing_kind", "closing_reason", "commitment_id", "commune_id", "created_at", "demands", "equipment", "equipment_by", "id", "modality", "others_asked_at", "pay", "pay_unit", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts", "published_at", "revision", "rome_id", "schedules", "service_id", "status", "tasks", "timetable", "title", "weekly_hours", "without_car") SELECT new_values."access", new_values."agreed_by_company_at", new_values."agreed_by_service_at", new_values."apply_before", new_values."closing_kind", new_values."closing_reason", new_values."commitment_id", new_values."commune_id", new_values."created_at", new_values."demands", new_values."equipment", new_values."equipment_by", new_values."id", new_values."modality", new_values."others_asked_at", new_values."pay", new_values."pay_unit", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."posts", new_values."published_at", new_values."revision", new_values."rome_id", new_values."schedules", new_values."service_id", new_values."status", new_values."tasks", new_values."timetable", new_values."title", new_values."weekly_hours", new_values."without_car" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="bdba3b638af2325892ed97af9f3d82476956c028",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_fbccf",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="offers_jobsheet",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="jobsheet",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_jobsheetevent" ("access", "agreed_by_company_at", "agreed_by_service_at", "apply_before", "closing_kind", "closing_reason", "commitment_id", "commune_id", "created_at", "demands", "equipment", "equipment_by", "id", "modality", "others_asked_at", "pay", "pay_unit", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts", "published_at", "revision", "rome_id", "schedules", "service_id", "status", "tasks", "timetable", "title", "weekly_hours", "without_car") SELECT new_values."access", new_values."agreed_by_company_at", new_values."agreed_by_service_at", new_values."apply_before", new_values."closing_kind", new_values."closing_reason", new_values."commitment_id", new_values."commune_id", new_values."created_at", new_values."demands", new_values."equipment", new_values."equipment_by", new_values."id", new_values."modality", new_values."others_asked_at", new_values."pay", new_values."pay_unit", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."posts", new_values."published_at", new_values."revision", new_values."rome_id", new_values."schedules", new_values."service_id", new_values."status", new_values."tasks", new_values."timetable", new_values."title", new_values."weekly_hours", new_values."without_car" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."access" IS DISTINCT FROM (new_values."access") OR old_values."agreed_by_company_at" IS DISTINCT FROM (new_values."agreed_by_company_at") OR old_values."agreed_by_service_at" IS DISTINCT FROM (new_values."agreed_by_service_at") OR old_values."apply_before" IS DISTINCT FROM (new_values."apply_before") OR old_values."closing_kind" IS DISTINCT FROM (new_values."closing_kind") OR old_values."closing_reason" IS DISTINCT FROM (new_values."closing_reason") OR old_values."commitment_id" IS DISTINCT FROM (new_values."commitment_id") OR old_values."commune_id" IS DISTINCT FROM (new_values."commune_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."demands" IS DISTINCT FROM (new_values."demands") OR old_values."equipment" IS DISTINCT FROM (new_values."equipment") OR old_values."equipment_by" IS DISTINCT FROM (new_values."equipment_by") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."modality" IS DISTINCT FROM (new_values."modality") OR old_values."others_asked_at" IS DISTINCT FROM (new_values."others_asked_at") OR old_values."pay" IS DISTINCT FROM (new_values."pay") OR old_values."pay_unit" IS DISTINCT FROM (new_values."pay_unit") OR old_values."period" IS DISTINCT FROM (new_values."period") OR old_values."posts" IS DISTINCT FROM (new_values."posts") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."revision" IS DISTINCT FROM (new_values."revision") OR old_values."rome_id" IS DISTINCT FROM (new_values."rome_id") OR old_values."schedules" IS DISTINCT FROM (new_values."schedules") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."tasks" IS DISTINCT FROM (new_values."tasks") OR old_values."timetable" IS DISTINCT FROM (new_values."timetable") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."weekly_hours" IS DISTINCT FROM (new_values."weekly_hours") OR old_values."without_car" IS DISTINCT FROM (new_values."without_car")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="99ce75c908f5b13fb6206bf0a30f56fac8c2f1ef",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_d5dce",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="offers_jobsheet",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="jobsheet",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_jobsheetevent" ("access", "agreed_by_company_at", "agreed_by_service_at", "apply_before", "closing_kind", "closing_reason", "commitment_id", "commune_id", "created_at", "demands", "equipment", "equipment_by", "id", "modality", "others_asked_at", "pay", "pay_unit", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts", "published_at", "revision", "rome_id", "schedules", "service_id", "status", "tasks", "timetable", "title", "weekly_hours", "without_car") SELECT old_values."access", old_values."agreed_by_company_at", old_values."agreed_by_service_at", old_values."apply_before", old_values."closing_kind", old_values."closing_reason", old_values."commitment_id", old_values."commune_id", old_values."created_at", old_values."demands", old_values."equipment", old_values."equipment_by", old_values."id", old_values."modality", old_values."others_asked_at", old_values."pay", old_values."pay_unit", old_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."posts", old_values."published_at", old_values."revision", old_values."rome_id", old_values."schedules", old_values."service_id", old_values."status", old_values."tasks", old_values."timetable", old_values."title", old_values."weekly_hours", old_values."without_car" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="6094aa99699d54158c66a0df99d7757749ed0728",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_1758d",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="offers_jobsheet",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="jobsheet",
                trigger=pgtrigger.compiler.Trigger(
                    name="contacts_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_jobsheetevent" ("access", "agreed_by_company_at", "agreed_by_service_at", "apply_before", "closing_kind", "closing_reason", "commitment_id", "commune_id", "created_at", "demands", "equipment", "equipment_by", "id", "modality", "others_asked_at", "pay", "pay_unit", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts", "published_at", "revision", "rome_id", "schedules", "service_id", "status", "tasks", "timetable", "title", "weekly_hours", "without_car") SELECT new_values."access", new_values."agreed_by_company_at", new_values."agreed_by_service_at", new_values."apply_before", new_values."closing_kind", new_values."closing_reason", new_values."commitment_id", new_values."commune_id", new_values."created_at", new_values."demands", new_values."equipment", new_values."equipment_by", new_values."id", new_values."modality", new_values."others_asked_at", new_values."pay", new_values."pay_unit", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'contacts\', new_values."id", new_values."posts", new_values."published_at", new_values."revision", new_values."rome_id", new_values."schedules", new_values."service_id", new_values."status", new_values."tasks", new_values."timetable", new_values."title", new_values."weekly_hours", new_values."without_car" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."tutor_name" IS DISTINCT FROM new_values."tutor_name" OR old_values."tutor_phone" IS DISTINCT FROM new_values."tutor_phone" OR old_values."deputy_name" IS DISTINCT FROM new_values."deputy_name" OR old_values."deputy_phone" IS DISTINCT FROM new_values."deputy_phone") ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="1880fd2d96cdf28c9f36d8317c81998667f3bad3",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_contacts_update_b6b4c",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="offers_jobsheet",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="transmission",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_transmissionevent" ("answer_before", "application_id", "company_id", "eligible_until", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "sent_to", "service_id", "through", "withdrawn_at") SELECT new_values."answer_before", new_values."application_id", new_values."company_id", new_values."eligible_until", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."sent_at", new_values."sent_by_id", new_values."sent_to", new_values."service_id", new_values."through", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="b4bb3716a4146d82212b3cb01e0240461d66b0ee",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_09554",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="offers_transmission",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="transmission",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_transmissionevent" ("answer_before", "application_id", "company_id", "eligible_until", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "sent_to", "service_id", "through", "withdrawn_at") SELECT new_values."answer_before", new_values."application_id", new_values."company_id", new_values."eligible_until", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."sent_at", new_values."sent_by_id", new_values."sent_to", new_values."service_id", new_values."through", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="ca18fbbb17040a86ae7808041128ea2f1fa63b09",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_6fa03",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="offers_transmission",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="transmission",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_transmissionevent" ("answer_before", "application_id", "company_id", "eligible_until", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "sent_to", "service_id", "through", "withdrawn_at") SELECT old_values."answer_before", old_values."application_id", old_values."company_id", old_values."eligible_until", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."sent_at", old_values."sent_by_id", old_values."sent_to", old_values."service_id", old_values."through", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="2789947be90aa45b57dc70b6e6452a7daa4f507f",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_1869e",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="offers_transmission",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="application",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("status", "MEETING"), _negated=True),
                        ("meeting_at__isnull", False),
                        models.Q(("meeting_slots", []), _negated=True),
                        _connector="OR",
                    ),
                    name="application_meeting_has_a_day",
                ),
            ),
        ),
    ]
