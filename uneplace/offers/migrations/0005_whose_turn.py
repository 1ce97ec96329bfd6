from datetime import UTC, datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from uneplace.kit.migrations import append_only, row_security, same_service

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # until the last line, which tells better
# When somebody last acted, as far as the rows tell; nobody's act ever set the status that goes.
LAST_ACTS = """
    SELECT set_config('uneplace.services', '*', true);
    UPDATE offers_jobsheet SET acted_at = GREATEST(
        created_at, agreed_by_service_at, agreed_by_company_at, published_at, others_asked_at
    );
    UPDATE offers_application SET acted_at = GREATEST(
        sent_at,
        shortlisted_at,
        answered_at,
        (SELECT sent_at FROM offers_transmission WHERE application_id = offers_application.id)
    );
    UPDATE offers_application SET status = 'ON_HOLD' WHERE status = 'POOL';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0004_answers_by_link"),
        ("organisations", "0004_access_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="acted_at",
            field=models.DateTimeField(default=EARLIEST, verbose_name="dernière action le"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="jobsheet",
            name="acted_at",
            field=models.DateTimeField(default=EARLIEST, verbose_name="dernière action le"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="application",
            name="decline_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("UNREACHABLE", "Personne injoignable"),
                    ("ABSENT", "Absence à l’entretien"),
                    ("IN_JOB", "Déjà en emploi"),
                    ("IN_TRAINING", "En formation"),
                    ("NOT_AVAILABLE", "Pas disponible à la date"),
                    ("NOT_MOBILE", "Trajet impossible"),
                    ("NOT_INTERESTED", "La personne n’est pas intéressée"),
                    ("SKILLS", "Il manque des compétences pour ce poste"),
                    ("OTHER_CANDIDATE", "Une autre personne a été choisie"),
                    ("NO_RECRUITMENT", "Plus de recrutement en cours"),
                    ("NO_ANSWER", "Personne n’a répondu dans le délai du service"),
                    ("OTHER", "Autre raison"),
                ],
                max_length=20,
                verbose_name="raison",
            ),
        ),
        migrations.AlterField(
            model_name="application",
            name="status",
            field=models.CharField(
                choices=[
                    ("NEW", "Nouvelle"),
                    ("STUDIED", "À l’étude"),
                    ("ON_HOLD", "En attente"),
                    ("SHORTLISTED", "Retenue"),
                    ("SENT", "Transmise"),
                    ("MEETING", "Entretien proposé"),
                    ("HIRED", "Embauchée"),
                    ("DECLINED", "Non retenue"),
                    ("WITHDRAWN", "Retirée"),
                    ("HIRED_ELSEWHERE", "Embauchée ailleurs"),
                ],
                default="NEW",
                max_length=16,
                verbose_name="état",
            ),
        ),
        migrations.AlterField(
            model_name="applicationevent",
            name="status",
            field=models.CharField(
                choices=[
                    ("NEW", "Nouvelle"),
                    ("STUDIED", "À l’étude"),
                    ("ON_HOLD", "En attente"),
                    ("SHORTLISTED", "Retenue"),
                    ("SENT", "Transmise"),
                    ("MEETING", "Entretien proposé"),
                    ("HIRED", "Embauchée"),
                    ("DECLINED", "Non retenue"),
                    ("WITHDRAWN", "Retirée"),
                    ("HIRED_ELSEWHERE", "Embauchée ailleurs"),
                ],
                default="NEW",
                max_length=16,
                verbose_name="état",
            ),
        ),
        migrations.AlterField(
            model_name="jobsheet",
            name="closing_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("FILLED", "Le poste est pourvu"),
                    ("POSTPONED", "Le chantier est reporté ou arrêté"),
                    ("NEED_CHANGED", "Le besoin de l’entreprise a changé"),
                    ("NOBODY", "Personne n’a pu être proposé"),
                    ("SILENCE", "Personne n’a agi dans le délai du service"),
                    ("HOURS_DONE", "Les heures de la clause sont faites"),
                    ("REPLACED", "Une autre fiche la remplace"),
                    ("OTHER", "Autre raison"),
                ],
                max_length=12,
                verbose_name="motif de clôture",
            ),
        ),
        migrations.AlterField(
            model_name="jobsheetevent",
            name="closing_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("FILLED", "Le poste est pourvu"),
                    ("POSTPONED", "Le chantier est reporté ou arrêté"),
                    ("NEED_CHANGED", "Le besoin de l’entreprise a changé"),
                    ("NOBODY", "Personne n’a pu être proposé"),
                    ("SILENCE", "Personne n’a agi dans le délai du service"),
                    ("HOURS_DONE", "Les heures de la clause sont faites"),
                    ("REPLACED", "Une autre fiche la remplace"),
                    ("OTHER", "Autre raison"),
                ],
                max_length=12,
                verbose_name="motif de clôture",
            ),
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("SHARE", "partager la fiche avec l’entreprise"),
                            ("AGREE", "relire la fiche et donner son accord"),
                            ("AGREE_TOO", "donner l’accord du service"),
                            ("PUBLISH", "diffuser la fiche aux structures"),
                            ("PROPOSE", "proposer des personnes"),
                            ("SEEK", "chercher ailleurs, ou clore la fiche"),
                            ("NOBODY", "chercher ailleurs, aucune structure n’a personne à proposer"),
                            ("OTHERS", "proposer d’autres personnes"),
                            ("STUDY", "étudier la candidature"),
                            ("DECIDE", "décider pour ce dossier en réserve"),
                            ("REPLY", "répondre, le poste est pourvu"),
                            ("COLLECT", "recueillir l’accord de la personne"),
                            ("TRANSMIT", "transmettre le dossier"),
                            ("ANSWER", "lire le dossier et répondre"),
                            ("ANSWER_MET", "répondre après l’entretien"),
                            ("MEET_COMPANY", "choisir un moment pour l’entretien"),
                            ("MEET_STRUCTURE", "choisir un moment pour l’entretien, avec la personne"),
                            ("RECORD", "enregistrer le contrat de travail"),
                        ],
                        max_length=14,
                        verbose_name="ce qui est attendu",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="attendu depuis le")),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="numéro")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("OWES", "Relance"),
                            ("DEPUTY", "Relance aux autres contacts"),
                            ("SERVICE", "Service prévenu"),
                            ("NOTICE", "Clôture annoncée"),
                        ],
                        max_length=7,
                        verbose_name="nature",
                    ),
                ),
                (
                    "sent_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.EmailField(max_length=254),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="prévenus",
                    ),
                ),
                ("sent_at", models.DateTimeField(verbose_name="envoyée le")),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="offers.application",
                        verbose_name="candidature",
                    ),
                ),
                (
                    "job_sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="offers.jobsheet",
                        verbose_name="fiche de poste",
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
                    "told",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="adressée à",
                    ),
                ),
            ],
            options={
                "verbose_name": "relance",
                "indexes": [models.Index(fields=["application"], name="reminder_by_application")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("job_sheet", "application", "act", "since", "number", "told"),
                        name="reminder_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "NOTICE"), ("number", None)),
                            models.Q(models.Q(("level", "NOTICE"), _negated=True), ("number__gte", 1)),
                            _connector="OR",
                        ),
                        name="reminder_has_its_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceDelays",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "agree_days",
                    models.PositiveSmallIntegerField(
                        verbose_name="l’entreprise donne son accord sur la fiche"
                    ),
                ),
                (
                    "structures_days",
                    models.PositiveSmallIntegerField(
                        verbose_name="les structures répondent à une fiche diffusée"
                    ),
                ),
                (
                    "service_days",
                    models.PositiveSmallIntegerField(verbose_name="le service fait ce qui lui revient"),
                ),
                (
                    "collect_days",
                    models.PositiveSmallIntegerField(
                        verbose_name="la structure recueille l’accord de la personne"
                    ),
                ),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        verbose_name="l’entreprise répond à un dossier transmis"
                    ),
                ),
                (
                    "meet_days",
                    models.PositiveSmallIntegerField(verbose_name="un moment d’entretien est choisi"),
                ),
                ("reminder_days", models.PositiveSmallIntegerField(verbose_name="relance à qui doit agir")),
                (
                    "deputy_days",
                    models.PositiveSmallIntegerField(
                        verbose_name="relance aux autres contacts de son organisation"
                    ),
                ),
                ("escalation_days", models.PositiveSmallIntegerField(verbose_name="le service est prévenu")),
                ("closing_days", models.PositiveSmallIntegerField(verbose_name="clôture sans réponse")),
                ("notice_days", models.PositiveSmallIntegerField(verbose_name="annonce de la clôture")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
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
                "verbose_name": "délais du service",
                "verbose_name_plural": "délais des services",
                "constraints": [
                    models.UniqueConstraint(fields=("service", "number"), name="servicedelays_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agree_days__gte", 1),
                            ("agree_days__lte", 15),
                            ("answer_days__gte", 1),
                            ("answer_days__lte", 15),
                            ("closing_days__gte", 30),
                            ("closing_days__lte", 365),
                            ("collect_days__gte", 1),
                            ("collect_days__lte", 15),
                            ("deputy_days__gte", 1),
                            ("deputy_days__lte", 15),
                            ("escalation_days__gte", 1),
                            ("escalation_days__lte", 15),
                            ("meet_days__gte", 1),
                            ("meet_days__lte", 15),
                            ("notice_days__gte", 3),
                            ("notice_days__lte", 14),
                            ("reminder_days__gte", 1),
                            ("reminder_days__lte", 15),
                            ("service_days__gte", 1),
                            ("service_days__lte", 15),
                            ("structures_days__gte", 1),
                            ("structures_days__lte", 45),
                        ),
                        name="servicedelays_are_possible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deputy_days__gt", models.F("reminder_days")),
                            ("escalation_days__gt", models.F("deputy_days")),
                        ),
                        name="servicedelays_reminders_in_order",
                    ),
                ],
            },
        ),
        row_security("offers_reminder"),
        same_service("offers_reminder", job_sheet_id="offers_jobsheet", application_id="offers_application"),
        row_security("offers_servicedelays"),
        same_service("offers_servicedelays"),
        append_only("offers_servicedelays"),
        migrations.RunSQL(LAST_ACTS, migrations.RunSQL.noop),
    ]
