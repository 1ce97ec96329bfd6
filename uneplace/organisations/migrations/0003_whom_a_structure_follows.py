import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_held_by_the_database"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="partnership",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="partnership",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="partnership",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="partnership",
            name="publics",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("YOUTH", "Jeunes de moins de 26 ans"),
                        ("JOB_SEEKERS", "Personnes en recherche d’emploi"),
                        ("RSA", "Allocataires du RSA"),
                        ("DISABLED", "Personnes en situation de handicap"),
                        ("JUSTICE", "Personnes suivies par la justice"),
                        ("REFUGEES", "Personnes réfugiées"),
                        ("SENIORS", "Personnes de 50 ans et plus"),
                        ("DISTRICT", "Habitants de quartiers prioritaires"),
                        ("PATH", "Personnes en parcours d’insertion"),
                    ],
                    max_length=12,
                ),
                default=list,
                size=None,
                verbose_name="publics",
            ),
        ),
        migrations.AddField(
            model_name="partnership",
            name="trades",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("A", "Agriculture, espaces naturels et espaces verts"),
                        ("B", "Arts et façonnage d’ouvrages d’art"),
                        ("C", "Banque, assurance, immobilier"),
                        ("D", "Commerce, vente et grande distribution"),
                        ("E", "Communication, média et multimédia"),
                        ("F", "Construction, bâtiment et travaux publics"),
                        ("G", "Hôtellerie, restauration, tourisme, loisirs"),
                        ("H", "Industrie"),
                        ("I", "Installation et maintenance"),
                        ("J", "Santé"),
                        ("K", "Services à la personne et à la collectivité"),
                        ("L", "Spectacle"),
                        ("M", "Support à l’entreprise"),
                        ("N", "Transport et logistique"),
                    ],
                    max_length=1,
                ),
                default=list,
                size=None,
                verbose_name="métiers",
            ),
        ),
        migrations.AddField(
            model_name="partnershipevent",
            name="publics",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("YOUTH", "Jeunes de moins de 26 ans"),
                        ("JOB_SEEKERS", "Personnes en recherche d’emploi"),
                        ("RSA", "Allocataires du RSA"),
                        ("DISABLED", "Personnes en situation de handicap"),
                        ("JUSTICE", "Personnes suivies par la justice"),
                        ("REFUGEES", "Personnes réfugiées"),
                        ("SENIORS", "Personnes de 50 ans et plus"),
                        ("DISTRICT", "Habitants de quartiers prioritaires"),
                        ("PATH", "Personnes en parcours d’insertion"),
                    ],
                    max_length=12,
                ),
                default=list,
                size=None,
                verbose_name="publics",
            ),
        ),
        migrations.AddField(
            model_name="partnershipevent",
            name="trades",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("A", "Agriculture, espaces naturels et espaces verts"),
                        ("B", "Arts et façonnage d’ouvrages d’art"),
                        ("C", "Banque, assurance, immobilier"),
                        ("D", "Commerce, vente et grande distribution"),
                        ("E", "Communication, média et multimédia"),
                        ("F", "Construction, bâtiment et travaux publics"),
                        ("G", "Hôtellerie, restauration, tourisme, loisirs"),
                        ("H", "Industrie"),
                        ("I", "Installation et maintenance"),
                        ("J", "Santé"),
                        ("K", "Services à la personne et à la collectivité"),
                        ("L", "Spectacle"),
                        ("M", "Support à l’entreprise"),
                        ("N", "Transport et logistique"),
                    ],
                    max_length=1,
                ),
                default=list,
                size=None,
                verbose_name="métiers",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partnership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_partnershipevent" ("approved_at", "approved_by_id", "ended_at", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "publics", "service_id", "trades") SELECT new_values."approved_at", new_values."approved_by_id", new_values."ended_at", new_values."id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."publics", new_values."service_id", new_values."trades" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2830fb718a6456fe0029a286a64ade4c38aa8b16",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_2ff58",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="organisations_partnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partnership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_partnershipevent" ("approved_at", "approved_by_id", "ended_at", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "publics", "service_id", "trades") SELECT new_values."approved_at", new_values."approved_by_id", new_values."ended_at", new_values."id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."publics", new_values."service_id", new_values."trades" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="f526d8534d30770e73a9ca57c3f6800363ea73ec",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a2704",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="organisations_partnership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="partnership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_partnershipevent" ("approved_at", "approved_by_id", "ended_at", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "publics", "service_id", "trades") SELECT old_values."approved_at", old_values."approved_by_id", old_values."ended_at", old_values."id", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."publics", old_values."service_id", old_values."trades" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f660e88821de4a54708111451cb94cf458e20178",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_87af9",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="organisations_partnership",
                    when="AFTER",
                ),
            ),
        ),
    ]
