import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from uneplace.kit.migrations import AtOnce, row_security, same_service


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0002_held_by_the_database"),
        ("people", "0002_held_by_the_database"),
        ("reference", "0001_initial"),
    ]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name="ParticipantTrade",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "months",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="mois d’expérience"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "métier connu",
                    "verbose_name_plural": "métiers connus",
                    "ordering": ["pk"],
                },
            ),
            migrations.AddField(
                model_name="participant",
                name="available_from",
                field=models.DateField(blank=True, null=True, verbose_name="disponible à partir du"),
            ),
            migrations.AddField(
                model_name="participant",
                name="profiled_at",
                field=models.DateTimeField(blank=True, null=True, verbose_name="profil rempli le"),
            ),
            migrations.AddField(
                model_name="participant",
                name="schedules",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.CharField(
                        choices=[("EARLY", "Tôt le matin"), ("NIGHT", "La nuit"), ("WEEKEND", "Le week-end")],
                        max_length=10,
                    ),
                    blank=True,
                    default=list,
                    size=None,
                    verbose_name="horaires acceptés",
                ),
            ),
            migrations.AddField(
                model_name="participant",
                name="travel",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("FOOT_BUS", "À pied ou en bus"),
                        ("BIKE", "À vélo ou en trottinette"),
                        ("CAR", "En voiture ou en deux-roues à moteur"),
                    ],
                    max_length=10,
                    verbose_name="moyen de déplacement",
                ),
            ),
            migrations.AddField(
                model_name="participant",
                name="travel_km",
                field=models.PositiveSmallIntegerField(
                    blank=True, null=True, verbose_name="trajet le plus long, en km"
                ),
            ),
            migrations.AddField(
                model_name="participant",
                name="weekly_hours_max",
                field=models.DecimalField(
                    blank=True,
                    decimal_places=2,
                    max_digits=4,
                    null=True,
                    verbose_name="heures par semaine au plus",
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="participant",
                trigger=pgtrigger.compiler.Trigger(
                    name="profile_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "people_participantevent" ("announced_on", "anonymised_at", "created_at", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "restricted_at", "service_id") SELECT new_values."announced_on", new_values."anonymised_at", new_values."created_at", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'profile\', new_values."id", new_values."restricted_at", new_values."service_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."schedules" IS DISTINCT FROM new_values."schedules" OR old_values."travel" IS DISTINCT FROM new_values."travel" OR old_values."travel_km" IS DISTINCT FROM new_values."travel_km" OR old_values."available_from" IS DISTINCT FROM new_values."available_from" OR old_values."weekly_hours_max" IS DISTINCT FROM new_values."weekly_hours_max" OR old_values."profiled_at" IS DISTINCT FROM new_values."profiled_at") ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="68b504343d1c3de643e2f33b15188d3155e33ada",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_profile_update_2dd7e",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="people_participant",
                        when="AFTER",
                    ),
                ),
            ),
            migrations.AddConstraint(
                model_name="participant",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("travel_km", None),
                        models.Q(("travel_km__gte", 1), ("travel_km__lte", 300)),
                        _connector="OR",
                    ),
                    name="participant_travel_is_daily",
                ),
            ),
            migrations.AddConstraint(
                model_name="participant",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("weekly_hours_max", None),
                        models.Q(("weekly_hours_max__gt", 0), ("weekly_hours_max__lte", 48)),
                        _connector="OR",
                    ),
                    name="participant_weekly_hours_are_legal",
                ),
            ),
        ),
        AtOnce(
            migrations.AddField(
                model_name="participanttrade",
                name="participant",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="trades",
                    to="people.participant",
                    verbose_name="personne",
                ),
            ),
            migrations.AddField(
                model_name="participanttrade",
                name="rome",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="reference.romejob",
                    verbose_name="métier",
                ),
            ),
            migrations.AddField(
                model_name="participanttrade",
                name="service",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="organisations.organisation",
                    verbose_name="service",
                ),
            ),
            migrations.AddConstraint(
                model_name="participanttrade",
                constraint=models.UniqueConstraint(
                    fields=("participant", "rome"), name="participanttrade_once"
                ),
            ),
            migrations.AddConstraint(
                model_name="participanttrade",
                constraint=models.CheckConstraint(
                    condition=models.Q(("months", None), ("months__lte", 720), _connector="OR"),
                    name="participanttrade_months_of_one_life",
                ),
            ),
        ),
        row_security("people_participanttrade"),
        same_service("people_participanttrade", participant_id="people_participant"),
    ]
