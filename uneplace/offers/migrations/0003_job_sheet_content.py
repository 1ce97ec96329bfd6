from decimal import Decimal

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from uneplace.kit.migrations import AtOnce, append_only, row_security, same_service

# Offers sent before the morning's mail existed were told of one by one: they are not told again.
TOLD = """
    SELECT set_config('uneplace.services', '*', true);
    UPDATE offers_diffusion SET told_at = sent_at;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0002_held_by_the_database"),
        ("offers", "0002_held_by_the_database"),
        ("organisations", "0003_whom_a_structure_follows"),
        ("reference", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JobSheetVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("content", models.JSONField(verbose_name="contenu")),
                ("written_at", models.DateTimeField(verbose_name="écrite le")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="pourquoi")),
            ],
            options={
                "verbose_name": "version d’une fiche de poste",
                "verbose_name_plural": "versions d’une fiche de poste",
                "ordering": ["number"],
            },
        ),
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
        AtOnce(
            migrations.AddField(
                model_name="criterion",
                name="dropped_at_revision",
                field=models.PositiveSmallIntegerField(
                    blank=True, null=True, verbose_name="abandonné à la version"
                ),
            ),
            migrations.AddField(
                model_name="criterion",
                name="kind",
                field=models.CharField(
                    choices=[
                        ("LICENCE", "Permis ou habilitation"),
                        ("TRADE", "Connaître le métier"),
                        ("SCHEDULE", "Accepter les horaires"),
                        ("TRAVEL", "Pouvoir venir sur place"),
                        ("TEXT", "Autre critère"),
                    ],
                    default="TEXT",
                    max_length=8,
                    verbose_name="nature",
                ),
            ),
            migrations.AddField(
                model_name="criterion",
                name="licence",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("B", "Permis B"),
                        ("C", "Permis C"),
                        ("D", "Permis D"),
                        ("BE", "Permis BE"),
                        ("CACES_ENGINS", "CACES engins de chantier (R482)"),
                        ("CACES_CHARIOT", "CACES chariots (R489)"),
                        ("CACES_NACELLE", "CACES nacelles (R486)"),
                        ("CACES_GRUE_TOUR", "CACES grues à tour (R487)"),
                        ("CACES_GRUE_AUXILIAIRE", "CACES grues auxiliaires (R490)"),
                        ("ECHAFAUDAGE", "Montage d’échafaudages"),
                        ("HAUTEUR", "Travail en hauteur"),
                        ("HABILITATION_ELECTRIQUE", "Habilitation électrique"),
                        ("AIPR", "Intervention à proximité des réseaux"),
                        ("SST", "Sauveteur secouriste du travail"),
                    ],
                    max_length=30,
                    verbose_name="permis ou habilitation",
                ),
            ),
            migrations.AddField(
                model_name="diffusion",
                name="nothing_at",
                field=models.DateTimeField(blank=True, null=True, verbose_name="rien à proposer, le"),
            ),
            migrations.AddField(
                model_name="diffusion",
                name="nothing_note",
                field=models.CharField(blank=True, max_length=300, verbose_name="précision"),
            ),
            migrations.AddField(
                model_name="diffusion",
                name="nothing_reason",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("NOBODY", "Personne pour ce métier en ce moment"),
                        ("TOO_FAR", "Le lieu est trop loin pour nos personnes"),
                        ("HOURS", "Les horaires ne conviennent pas"),
                        ("CRITERIA", "Les critères sont trop élevés"),
                        ("NOT_OURS", "Ce n’est pas le public que nous suivons"),
                        ("OTHER", "Autre raison"),
                    ],
                    max_length=10,
                    verbose_name="raison",
                ),
            ),
            migrations.AddField(
                model_name="diffusion",
                name="opened_at",
                field=models.DateTimeField(blank=True, null=True, verbose_name="ouverte le"),
            ),
            migrations.AddField(
                model_name="diffusion",
                name="reminded_at",
                field=models.DateTimeField(blank=True, null=True, verbose_name="rappelée le"),
            ),
            migrations.AddField(
                model_name="diffusion",
                name="told_at",
                field=models.DateTimeField(blank=True, null=True, verbose_name="annoncée par courriel le"),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="access",
                field=models.CharField(blank=True, max_length=300, verbose_name="comment s’y rendre"),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="closing_kind",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("FILLED", "Le poste est pourvu"),
                        ("POSTPONED", "Le chantier est reporté ou arrêté"),
                        ("NEED_CHANGED", "Le besoin de l’entreprise a changé"),
                        ("NOBODY", "Personne n’a pu être proposé"),
                        ("HOURS_DONE", "Les heures de la clause sont faites"),
                        ("REPLACED", "Une autre fiche la remplace"),
                        ("OTHER", "Autre raison"),
                    ],
                    max_length=12,
                    verbose_name="motif de clôture",
                ),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="demands",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[
                            ("CARRYING", "Porter des charges"),
                            ("STANDING", "Rester debout"),
                            ("BENDING", "Se pencher, s’accroupir ou s’agenouiller"),
                            ("HEIGHT", "Travailler en hauteur"),
                            ("OUTSIDE", "Travailler dehors par tous les temps"),
                            ("REPEATING", "Répéter les mêmes gestes"),
                            ("NOISE", "Travailler dans le bruit"),
                            ("DUST", "Travailler dans la poussière ou les produits"),
                            ("DRIVING", "Conduire"),
                            ("PEOPLE", "Parler avec des habitants ou des clients"),
                        ],
                        max_length=10,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="ce que le poste demande",
                ),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="deputy_name",
                field=models.CharField(blank=True, max_length=120, verbose_name="en son absence"),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="deputy_phone",
                field=models.CharField(blank=True, max_length=30, verbose_name="téléphone"),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="equipment",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[
                            ("SHOES", "Chaussures de sécurité"),
                            ("HELMET", "Casque"),
                            ("GLOVES", "Gants"),
                            ("GLASSES", "Lunettes"),
                            ("EARS", "Protections contre le bruit"),
                            ("MASK", "Masque"),
                            ("VEST", "Gilet à haute visibilité"),
                            ("HARNESS", "Harnais"),
                            ("CLOTHES", "Vêtements de travail"),
                        ],
                        max_length=10,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="équipements de protection",
                ),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="equipment_by",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("COMPANY", "L’entreprise"),
                        ("EMPLOYER", "La structure qui emploie"),
                        ("BOTH", "L’une et l’autre"),
                    ],
                    max_length=10,
                    verbose_name="équipements fournis par",
                ),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="pay",
                field=models.DecimalField(
                    blank=True,
                    decimal_places=2,
                    max_digits=8,
                    null=True,
                    validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                    verbose_name="rémunération brute",
                ),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="pay_unit",
                field=models.CharField(
                    choices=[("HOUR", "de l’heure"), ("MONTH", "par mois")],
                    default="HOUR",
                    max_length=5,
                    verbose_name="rémunération, par",
                ),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="schedules",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[("EARLY", "Tôt le matin"), ("NIGHT", "La nuit"), ("WEEKEND", "Le week-end")],
                        max_length=10,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="horaires particuliers",
                ),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="timetable",
                field=models.CharField(blank=True, max_length=200, verbose_name="horaires"),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="tutor_name",
                field=models.CharField(blank=True, max_length=120, verbose_name="tutrice ou tuteur"),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="tutor_phone",
                field=models.CharField(blank=True, max_length=30, verbose_name="téléphone"),
            ),
            migrations.AddField(
                model_name="jobsheet",
                name="without_car",
                field=models.BooleanField(blank=True, null=True, verbose_name="accessible sans voiture"),
            ),
            migrations.AddField(
                model_name="jobsheetevent",
                name="access",
                field=models.CharField(blank=True, max_length=300, verbose_name="comment s’y rendre"),
            ),
            migrations.AddField(
                model_name="jobsheetevent",
                name="closing_kind",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("FILLED", "Le poste est pourvu"),
                        ("POSTPONED", "Le chantier est reporté ou arrêté"),
                        ("NEED_CHANGED", "Le besoin de l’entreprise a changé"),
                        ("NOBODY", "Personne n’a pu être proposé"),
                        ("HOURS_DONE", "Les heures de la clause sont faites"),
                        ("REPLACED", "Une autre fiche la remplace"),
                        ("OTHER", "Autre raison"),
                    ],
                    max_length=12,
                    verbose_name="motif de clôture",
                ),
            ),
            migrations.AddField(
                model_name="jobsheetevent",
                name="demands",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[
                            ("CARRYING", "Porter des charges"),
                            ("STANDING", "Rester debout"),
                            ("BENDING", "Se pencher, s’accroupir ou s’agenouiller"),
                            ("HEIGHT", "Travailler en hauteur"),
                            ("OUTSIDE", "Travailler dehors par tous les temps"),
                            ("REPEATING", "Répéter les mêmes gestes"),
                            ("NOISE", "Travailler dans le bruit"),
                            ("DUST", "Travailler dans la poussière ou les produits"),
                            ("DRIVING", "Conduire"),
                            ("PEOPLE", "Parler avec des habitants ou des clients"),
                        ],
                        max_length=10,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="ce que le poste demande",
                ),
            ),
            migrations.AddField(
                model_name="jobsheetevent",
                name="equipment",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[
                            ("SHOES", "Chaussures de sécurité"),
                            ("HELMET", "Casque"),
                            ("GLOVES", "Gants"),
                            ("GLASSES", "Lunettes"),
                            ("EARS", "Protections contre le bruit"),
                            ("MASK", "Masque"),
                            ("VEST", "Gilet à haute visibilité"),
                            ("HARNESS", "Harnais"),
                            ("CLOTHES", "Vêtements de travail"),
                        ],
                        max_length=10,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="équipements de protection",
                ),
            ),
            migrations.AddField(
                model_name="jobsheetevent",
                name="equipment_by",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("COMPANY", "L’entreprise"),
                        ("EMPLOYER", "La structure qui emploie"),
                        ("BOTH", "L’une et l’autre"),
                    ],
                    max_length=10,
                    verbose_name="équipements fournis par",
                ),
            ),
            migrations.AddField(
                model_name="jobsheetevent",
                name="pay",
                field=models.DecimalField(
                    blank=True,
                    decimal_places=2,
                    max_digits=8,
                    null=True,
                    validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                    verbose_name="rémunération brute",
                ),
            ),
            migrations.AddField(
                model_name="jobsheetevent",
                name="pay_unit",
                field=models.CharField(
                    choices=[("HOUR", "de l’heure"), ("MONTH", "par mois")],
                    default="HOUR",
                    max_length=5,
                    verbose_name="rémunération, par",
                ),
            ),
            migrations.AddField(
                model_name="jobsheetevent",
                name="schedules",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[("EARLY", "Tôt le matin"), ("NIGHT", "La nuit"), ("WEEKEND", "Le week-end")],
                        max_length=10,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="horaires particuliers",
                ),
            ),
            migrations.AddField(
                model_name="jobsheetevent",
                name="timetable",
                field=models.CharField(blank=True, max_length=200, verbose_name="horaires"),
            ),
            migrations.AddField(
                model_name="jobsheetevent",
                name="without_car",
                field=models.BooleanField(blank=True, null=True, verbose_name="accessible sans voiture"),
            ),
        ),
        migrations.AlterField(
            model_name="jobsheet",
            name="closing_reason",
            field=models.CharField(blank=True, max_length=360, verbose_name="motif de clôture, en mots"),
        ),
        migrations.AlterField(
            model_name="jobsheetevent",
            name="closing_reason",
            field=models.CharField(blank=True, max_length=360, verbose_name="motif de clôture, en mots"),
        ),
        AtOnce(
            migrations.AddIndex(
                model_name="diffusion",
                index=models.Index(
                    condition=models.Q(("told_at", None)), fields=["organisation"], name="diffusion_to_tell"
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="jobsheet",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_jobsheetevent" ("access", "agreed_by_company_at", "agreed_by_service_at", "apply_before", "closing_kind", "closing_reason", "commitment_id", "commune_id", "created_at", "demands", "equipment", "equipment_by", "id", "modality", "pay", "pay_unit", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts", "published_at", "revision", "rome_id", "schedules", "service_id", "status", "tasks", "timetable", "title", "weekly_hours", "without_car") SELECT new_values."access", new_values."agreed_by_company_at", new_values."agreed_by_service_at", new_values."apply_before", new_values."closing_kind", new_values."closing_reason", new_values."commitment_id", new_values."commune_id", new_values."created_at", new_values."demands", new_values."equipment", new_values."equipment_by", new_values."id", new_values."modality", new_values."pay", new_values."pay_unit", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."posts", new_values."published_at", new_values."revision", new_values."rome_id", new_values."schedules", new_values."service_id", new_values."status", new_values."tasks", new_values."timetable", new_values."title", new_values."weekly_hours", new_values."without_car" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="94401fb18a31dcdab32288257849977df3f73731",
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
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_jobsheetevent" ("access", "agreed_by_company_at", "agreed_by_service_at", "apply_before", "closing_kind", "closing_reason", "commitment_id", "commune_id", "created_at", "demands", "equipment", "equipment_by", "id", "modality", "pay", "pay_unit", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts", "published_at", "revision", "rome_id", "schedules", "service_id", "status", "tasks", "timetable", "title", "weekly_hours", "without_car") SELECT new_values."access", new_values."agreed_by_company_at", new_values."agreed_by_service_at", new_values."apply_before", new_values."closing_kind", new_values."closing_reason", new_values."commitment_id", new_values."commune_id", new_values."created_at", new_values."demands", new_values."equipment", new_values."equipment_by", new_values."id", new_values."modality", new_values."pay", new_values."pay_unit", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."posts", new_values."published_at", new_values."revision", new_values."rome_id", new_values."schedules", new_values."service_id", new_values."status", new_values."tasks", new_values."timetable", new_values."title", new_values."weekly_hours", new_values."without_car" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."access" IS DISTINCT FROM (new_values."access") OR old_values."agreed_by_company_at" IS DISTINCT FROM (new_values."agreed_by_company_at") OR old_values."agreed_by_service_at" IS DISTINCT FROM (new_values."agreed_by_service_at") OR old_values."apply_before" IS DISTINCT FROM (new_values."apply_before") OR old_values."closing_kind" IS DISTINCT FROM (new_values."closing_kind") OR old_values."closing_reason" IS DISTINCT FROM (new_values."closing_reason") OR old_values."commitment_id" IS DISTINCT FROM (new_values."commitment_id") OR old_values."commune_id" IS DISTINCT FROM (new_values."commune_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."demands" IS DISTINCT FROM (new_values."demands") OR old_values."equipment" IS DISTINCT FROM (new_values."equipment") OR old_values."equipment_by" IS DISTINCT FROM (new_values."equipment_by") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."modality" IS DISTINCT FROM (new_values."modality") OR old_values."pay" IS DISTINCT FROM (new_values."pay") OR old_values."pay_unit" IS DISTINCT FROM (new_values."pay_unit") OR old_values."period" IS DISTINCT FROM (new_values."period") OR old_values."posts" IS DISTINCT FROM (new_values."posts") OR old_values."published_at" IS DISTINCT FROM (new_values."published_at") OR old_values."revision" IS DISTINCT FROM (new_values."revision") OR old_values."rome_id" IS DISTINCT FROM (new_values."rome_id") OR old_values."schedules" IS DISTINCT FROM (new_values."schedules") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."tasks" IS DISTINCT FROM (new_values."tasks") OR old_values."timetable" IS DISTINCT FROM (new_values."timetable") OR old_values."title" IS DISTINCT FROM (new_values."title") OR old_values."weekly_hours" IS DISTINCT FROM (new_values."weekly_hours") OR old_values."without_car" IS DISTINCT FROM (new_values."without_car")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="08d9efd3843ad540401f22eb1680a12d9fc0e26e",
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
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_jobsheetevent" ("access", "agreed_by_company_at", "agreed_by_service_at", "apply_before", "closing_kind", "closing_reason", "commitment_id", "commune_id", "created_at", "demands", "equipment", "equipment_by", "id", "modality", "pay", "pay_unit", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts", "published_at", "revision", "rome_id", "schedules", "service_id", "status", "tasks", "timetable", "title", "weekly_hours", "without_car") SELECT old_values."access", old_values."agreed_by_company_at", old_values."agreed_by_service_at", old_values."apply_before", old_values."closing_kind", old_values."closing_reason", old_values."commitment_id", old_values."commune_id", old_values."created_at", old_values."demands", old_values."equipment", old_values."equipment_by", old_values."id", old_values."modality", old_values."pay", old_values."pay_unit", old_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."posts", old_values."published_at", old_values."revision", old_values."rome_id", old_values."schedules", old_values."service_id", old_values."status", old_values."tasks", old_values."timetable", old_values."title", old_values."weekly_hours", old_values."without_car" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="031c35af587c2db3118a82bc744aa8f55d5e1fb5",
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
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_jobsheetevent" ("access", "agreed_by_company_at", "agreed_by_service_at", "apply_before", "closing_kind", "closing_reason", "commitment_id", "commune_id", "created_at", "demands", "equipment", "equipment_by", "id", "modality", "pay", "pay_unit", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts", "published_at", "revision", "rome_id", "schedules", "service_id", "status", "tasks", "timetable", "title", "weekly_hours", "without_car") SELECT new_values."access", new_values."agreed_by_company_at", new_values."agreed_by_service_at", new_values."apply_before", new_values."closing_kind", new_values."closing_reason", new_values."commitment_id", new_values."commune_id", new_values."created_at", new_values."demands", new_values."equipment", new_values."equipment_by", new_values."id", new_values."modality", new_values."pay", new_values."pay_unit", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'contacts\', new_values."id", new_values."posts", new_values."published_at", new_values."revision", new_values."rome_id", new_values."schedules", new_values."service_id", new_values."status", new_values."tasks", new_values."timetable", new_values."title", new_values."weekly_hours", new_values."without_car" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."tutor_name" IS DISTINCT FROM new_values."tutor_name" OR old_values."tutor_phone" IS DISTINCT FROM new_values."tutor_phone" OR old_values."deputy_name" IS DISTINCT FROM new_values."deputy_name" OR old_values."deputy_phone" IS DISTINCT FROM new_values."deputy_phone") ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="49ae00de0c2cdf66b591cf451d5f4c4ade1c0de6",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_contacts_update_b6b4c",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="offers_jobsheet",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="criterion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("kind", "LICENCE"), models.Q(("licence", ""), _negated=True)),
                        models.Q(models.Q(("kind", "LICENCE"), _negated=True), ("licence", "")),
                        _connector="OR",
                    ),
                    name="criterion_licence_is_named",
                ),
            ),
            migrations.AddConstraint(
                model_name="criterion",
                constraint=models.CheckConstraint(
                    condition=models.Q(("text", ""), _negated=True), name="criterion_has_words"
                ),
            ),
            migrations.AddConstraint(
                model_name="diffusion",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("nothing_at", None),
                        models.Q(
                            ("opened_at__isnull", False), models.Q(("nothing_reason", ""), _negated=True)
                        ),
                        _connector="OR",
                    ),
                    name="diffusion_nothing_says_why",
                ),
            ),
            migrations.AddConstraint(
                model_name="jobsheet",
                constraint=models.CheckConstraint(
                    condition=models.Q(("pay", None), ("pay__gt", 0), _connector="OR"),
                    name="job_sheet_pay_is_positive",
                ),
            ),
            migrations.AddField(
                model_name="jobsheetversion",
                name="job_sheet",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="versions",
                    to="offers.jobsheet",
                    verbose_name="fiche de poste",
                ),
            ),
            migrations.AddField(
                model_name="jobsheetversion",
                name="service",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="organisations.organisation",
                    verbose_name="service",
                ),
            ),
            migrations.AddField(
                model_name="jobsheetversion",
                name="written_by",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="écrite par",
                ),
            ),
            migrations.AddField(
                model_name="jobsheetversion",
                name="written_for",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="organisations.organisation",
                    verbose_name="au nom de",
                ),
            ),
            migrations.AddConstraint(
                model_name="jobsheetversion",
                constraint=models.UniqueConstraint(
                    fields=("job_sheet", "number"), name="job_sheet_version_once"
                ),
            ),
        ),
        row_security("offers_jobsheetversion"),
        same_service("offers_jobsheetversion", job_sheet_id="offers_jobsheet"),
        append_only("offers_jobsheetversion"),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
    ]
