import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import uneplace.kit.encrypted
import uneplace.kit.periods
from uneplace.kit.migrations import AtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contracts", "0001_initial"),
        ("organisations", "0001_initial"),
        ("people", "0001_initial"),
        ("reference", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name="Application",
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
                                ("POOL", "Vivier"),
                            ],
                            default="NEW",
                            max_length=16,
                            verbose_name="état",
                        ),
                    ),
                    (
                        "available_from",
                        models.DateField(blank=True, null=True, verbose_name="disponible à partir du"),
                    ),
                    (
                        "availability",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True,
                            context="offers_application.availability",
                            verbose_name="précisions sur la disponibilité",
                        ),
                    ),
                    (
                        "message",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True,
                            context="offers_application.message",
                            verbose_name="pourquoi cette personne",
                        ),
                    ),
                    (
                        "cv",
                        models.FileField(blank=True, max_length=200, upload_to="cv", verbose_name="CV"),
                    ),
                    (
                        "cv_name",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True,
                            context="offers_application.cv_name",
                            verbose_name="nom du fichier",
                        ),
                    ),
                    ("sent_at", models.DateTimeField(verbose_name="proposée le")),
                    (
                        "shortlist_reason",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True,
                            context="offers_application.shortlist_reason",
                            verbose_name="motif de la présélection",
                        ),
                    ),
                    (
                        "shortlisted_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="présélection décidée le"),
                    ),
                    (
                        "meeting_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="entretien le"),
                    ),
                    (
                        "meeting_place",
                        models.CharField(blank=True, max_length=200, verbose_name="lieu de l’entretien"),
                    ),
                    (
                        "decline_reason",
                        models.CharField(
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
                                ("OTHER", "Autre raison"),
                            ],
                            max_length=20,
                            verbose_name="raison",
                        ),
                    ),
                    (
                        "decline_note",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True,
                            context="offers_application.decline_note",
                            verbose_name="précision",
                        ),
                    ),
                    (
                        "answered_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="réponse donnée le"),
                    ),
                    (
                        "answered_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organisations.organisation",
                            verbose_name="réponse donnée par",
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="applications_sent",
                            to="organisations.organisation",
                            verbose_name="proposée par",
                        ),
                    ),
                    (
                        "participant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="applications",
                            to="people.participant",
                            verbose_name="personne",
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
                        "job_sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="applications",
                            to="offers.jobsheet",
                            verbose_name="fiche de poste",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "candidature",
                    "indexes": [
                        models.Index(fields=["job_sheet", "status"], name="application_by_status"),
                        models.Index(fields=["organisation", "-sent_at"], name="application_by_structure"),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("job_sheet", "participant"),
                            name="application_once_a_job_sheet",
                            violation_error_message="Cette personne est déjà proposée pour ce poste.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["DECLINED", "WITHDRAWN"]), _negated=True),
                                models.Q(("decline_reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="application_declined_says_why",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "MEETING"), _negated=True),
                                ("meeting_at__isnull", False),
                                _connector="OR",
                            ),
                            name="application_meeting_has_a_day",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Agreement",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "answer",
                        models.CharField(
                            choices=[("GIVEN", "Accord donné"), ("REFUSED", "Refusé")],
                            max_length=7,
                            verbose_name="réponse",
                        ),
                    ),
                    ("given_on", models.DateField(verbose_name="le")),
                    (
                        "means",
                        models.CharField(
                            choices=[
                                ("INTERVIEW", "En entretien"),
                                ("PHONE", "Par téléphone"),
                                ("EMAIL", "Par courriel"),
                                ("POST", "Par courrier"),
                                ("SIGNED", "Par écrit, signé"),
                            ],
                            max_length=10,
                            verbose_name="moyen",
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
                        "application",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="agreement",
                            to="offers.application",
                            verbose_name="candidature",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "accord de la personne",
                },
            ),
            migrations.CreateModel(
                name="JobSheet",
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
                                ("DRAFT", "Brouillon"),
                                ("TO_AGREE", "À définir ensemble"),
                                ("PUBLISHED", "Diffusée"),
                                ("FILLED", "Pourvue"),
                                ("CLOSED", "Close"),
                            ],
                            default="DRAFT",
                            max_length=10,
                            verbose_name="état",
                        ),
                    ),
                    ("title", models.CharField(max_length=150, verbose_name="intitulé")),
                    ("tasks", models.TextField(blank=True, verbose_name="missions")),
                    ("posts", models.PositiveSmallIntegerField(default=1, verbose_name="postes")),
                    ("period", uneplace.kit.periods.PeriodField(verbose_name="dates du contrat")),
                    (
                        "weekly_hours",
                        models.DecimalField(
                            decimal_places=2, max_digits=4, verbose_name="heures par semaine"
                        ),
                    ),
                    (
                        "modality",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("DIRECT", "Embauche directe"),
                                ("MISE_A_DISPOSITION", "Mise à disposition"),
                                ("SOUS_TRAITANCE", "Sous-traitance"),
                            ],
                            max_length=20,
                            verbose_name="modalité souhaitée",
                        ),
                    ),
                    (
                        "apply_before",
                        models.DateField(blank=True, null=True, verbose_name="candidatures avant le"),
                    ),
                    (
                        "agreed_by_service_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="accord du service"),
                    ),
                    (
                        "agreed_by_company_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="accord de l’entreprise"),
                    ),
                    (
                        "published_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="diffusée le"),
                    ),
                    (
                        "closing_reason",
                        models.CharField(blank=True, max_length=300, verbose_name="motif de clôture"),
                    ),
                    ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                    ("created_at", models.DateTimeField(verbose_name="créée le")),
                    (
                        "commitment",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="job_sheets",
                            to="contracts.commitment",
                            verbose_name="engagement",
                        ),
                    ),
                    (
                        "commune",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="reference.commune",
                            verbose_name="lieu",
                        ),
                    ),
                    (
                        "rome",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="reference.romejob",
                            verbose_name="métier",
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
                    "verbose_name": "fiche de poste",
                    "verbose_name_plural": "fiches de poste",
                    "indexes": [models.Index(fields=["service", "status"], name="job_sheet_by_status")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("period__isempty", False), ("period__startswith__isnull", False)
                            ),
                            name="job_sheet_period_is_sound",
                            violation_error_message="La fin doit venir après le début.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("posts__gte", 1)), name="job_sheet_has_a_post"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("weekly_hours__gt", 0), ("weekly_hours__lte", 48)),
                            name="job_sheet_weekly_hours_are_legal",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status__in", ["PUBLISHED", "FILLED"]), _negated=True),
                                models.Q(
                                    ("agreed_by_company_at__isnull", False),
                                    ("agreed_by_service_at__isnull", False),
                                    ("published_at__isnull", False),
                                ),
                                _connector="OR",
                            ),
                            name="job_sheet_published_was_agreed_by_both",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "CLOSED"), _negated=True),
                                models.Q(("closing_reason", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="job_sheet_closed_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Diffusion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("sent_at", models.DateTimeField(verbose_name="envoyée le")),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="diffusions",
                            to="organisations.organisation",
                            verbose_name="structure",
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
                        "job_sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="diffusions",
                            to="offers.jobsheet",
                            verbose_name="fiche de poste",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "diffusion",
                    "constraints": [
                        models.UniqueConstraint(fields=("job_sheet", "organisation"), name="diffusion_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Criterion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "weight",
                        models.CharField(
                            choices=[("HARD", "Indispensable"), ("SOFT", "Souhaité")],
                            max_length=4,
                            verbose_name="poids",
                        ),
                    ),
                    ("text", models.CharField(max_length=150, verbose_name="critère")),
                    ("rank", models.PositiveSmallIntegerField(default=0, verbose_name="rang")),
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
                        "job_sheet",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="criteria",
                            to="offers.jobsheet",
                            verbose_name="fiche de poste",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "critère",
                    "ordering": ["weight", "rank", "pk"],
                },
            ),
            migrations.CreateModel(
                name="ApplicationEvent",
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
                                ("POOL", "Vivier"),
                            ],
                            default="NEW",
                            max_length=16,
                            verbose_name="état",
                        ),
                    ),
                    ("sent_at", models.DateTimeField(verbose_name="proposée le")),
                    (
                        "shortlisted_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="présélection décidée le"),
                    ),
                    (
                        "answered_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="réponse donnée le"),
                    ),
                    (
                        "participant",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="people.participant",
                            verbose_name="personne",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="offers.application",
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
                        "job_sheet",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="offers.jobsheet",
                            verbose_name="fiche de poste",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="JobSheetEvent",
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
                                ("TO_AGREE", "À définir ensemble"),
                                ("PUBLISHED", "Diffusée"),
                                ("FILLED", "Pourvue"),
                                ("CLOSED", "Close"),
                            ],
                            default="DRAFT",
                            max_length=10,
                            verbose_name="état",
                        ),
                    ),
                    ("title", models.CharField(max_length=150, verbose_name="intitulé")),
                    ("tasks", models.TextField(blank=True, verbose_name="missions")),
                    ("posts", models.PositiveSmallIntegerField(default=1, verbose_name="postes")),
                    ("period", uneplace.kit.periods.PeriodField(verbose_name="dates du contrat")),
                    (
                        "weekly_hours",
                        models.DecimalField(
                            decimal_places=2, max_digits=4, verbose_name="heures par semaine"
                        ),
                    ),
                    (
                        "modality",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("DIRECT", "Embauche directe"),
                                ("MISE_A_DISPOSITION", "Mise à disposition"),
                                ("SOUS_TRAITANCE", "Sous-traitance"),
                            ],
                            max_length=20,
                            verbose_name="modalité souhaitée",
                        ),
                    ),
                    (
                        "apply_before",
                        models.DateField(blank=True, null=True, verbose_name="candidatures avant le"),
                    ),
                    (
                        "agreed_by_service_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="accord du service"),
                    ),
                    (
                        "agreed_by_company_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="accord de l’entreprise"),
                    ),
                    (
                        "published_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="diffusée le"),
                    ),
                    (
                        "closing_reason",
                        models.CharField(blank=True, max_length=300, verbose_name="motif de clôture"),
                    ),
                    ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                    ("created_at", models.DateTimeField(verbose_name="créée le")),
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
                        "commune",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="reference.commune",
                            verbose_name="lieu",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="offers.jobsheet",
                        ),
                    ),
                    (
                        "rome",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="reference.romejob",
                            verbose_name="métier",
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
                name="Transmission",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("sent_at", models.DateTimeField(verbose_name="transmise le")),
                    ("eligible_until", models.DateField(verbose_name="éligible jusqu’au")),
                    ("answer_before", models.DateField(verbose_name="réponse attendue avant le")),
                    (
                        "withdrawn_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="retirée le"),
                    ),
                    (
                        "application",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="transmission",
                            to="offers.application",
                            verbose_name="candidature",
                        ),
                    ),
                    (
                        "company",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="transmissions",
                            to="organisations.organisation",
                            verbose_name="entreprise",
                        ),
                    ),
                    (
                        "sent_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="par",
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
                    "verbose_name": "dossier transmis",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("withdrawn_at", None),
                                ("withdrawn_at__gte", models.F("sent_at")),
                                _connector="OR",
                            ),
                            name="transmission_withdrawn_after_sent",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="TransmissionEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("sent_at", models.DateTimeField(verbose_name="transmise le")),
                    ("eligible_until", models.DateField(verbose_name="éligible jusqu’au")),
                    ("answer_before", models.DateField(verbose_name="réponse attendue avant le")),
                    (
                        "withdrawn_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="retirée le"),
                    ),
                    (
                        "application",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="offers.application",
                            verbose_name="candidature",
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
                            to="offers.transmission",
                        ),
                    ),
                    (
                        "sent_by",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="par",
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
                name="CriterionAnswer",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "met",
                        models.CharField(
                            choices=[("YES", "Oui"), ("UNSURE", "À confirmer"), ("NO", "Non")],
                            max_length=6,
                            verbose_name="rempli",
                        ),
                    ),
                    (
                        "fact",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True, context="offers_criterionanswer.fact", verbose_name="fait"
                        ),
                    ),
                    (
                        "application",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="answers",
                            to="offers.application",
                            verbose_name="candidature",
                        ),
                    ),
                    (
                        "criterion",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="answers",
                            to="offers.criterion",
                            verbose_name="critère",
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
                    "verbose_name": "réponse à un critère",
                    "constraints": [
                        models.UniqueConstraint(fields=("application", "criterion"), name="answer_once")
                    ],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="jobsheet",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_jobsheetevent" ("agreed_by_company_at", "agreed_by_service_at", "apply_before", "closing_reason", "commitment_id", "commune_id", "created_at", "id", "modality", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts", "published_at", "revision", "rome_id", "service_id", "status", "tasks", "title", "weekly_hours") SELECT new_values."agreed_by_company_at", new_values."agreed_by_service_at", new_values."apply_before", new_values."closing_reason", new_values."commitment_id", new_values."commune_id", new_values."created_at", new_values."id", new_values."modality", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."posts", new_values."published_at", new_values."revision", new_values."rome_id", new_values."service_id", new_values."status", new_values."tasks", new_values."title", new_values."weekly_hours" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="f80d5bc37b8568a8e03e3fdc380bd90edb2dad9e",
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
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_jobsheetevent" ("agreed_by_company_at", "agreed_by_service_at", "apply_before", "closing_reason", "commitment_id", "commune_id", "created_at", "id", "modality", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts", "published_at", "revision", "rome_id", "service_id", "status", "tasks", "title", "weekly_hours") SELECT new_values."agreed_by_company_at", new_values."agreed_by_service_at", new_values."apply_before", new_values."closing_reason", new_values."commitment_id", new_values."commune_id", new_values."created_at", new_values."id", new_values."modality", new_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."posts", new_values."published_at", new_values."revision", new_values."rome_id", new_values."service_id", new_values."status", new_values."tasks", new_values."title", new_values."weekly_hours" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="485f0e83acdc988e30cd975be94478d6583ed185",
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
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_jobsheetevent" ("agreed_by_company_at", "agreed_by_service_at", "apply_before", "closing_reason", "commitment_id", "commune_id", "created_at", "id", "modality", "period", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "posts", "published_at", "revision", "rome_id", "service_id", "status", "tasks", "title", "weekly_hours") SELECT old_values."agreed_by_company_at", old_values."agreed_by_service_at", old_values."apply_before", old_values."closing_reason", old_values."commitment_id", old_values."commune_id", old_values."created_at", old_values."id", old_values."modality", old_values."period", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."posts", old_values."published_at", old_values."revision", old_values."rome_id", old_values."service_id", old_values."status", old_values."tasks", old_values."title", old_values."weekly_hours" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="bcd48b2a14b88b0ad1513a54e4f50758ce13cb16",
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
                model_name="applicationevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="14990edd82af9c2f93abf61785ae38a4731af37a",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_82f34",
                        table="offers_applicationevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="application",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_applicationevent" ("answered_at", "id", "job_sheet_id", "participant_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "service_id", "shortlisted_at", "status") SELECT new_values."answered_at", new_values."id", new_values."job_sheet_id", new_values."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."sent_at", new_values."service_id", new_values."shortlisted_at", new_values."status" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="f4c997d23af017441e69e314a6e81a3e454b8c7f",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_86c82",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="offers_application",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="application",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_applicationevent" ("answered_at", "id", "job_sheet_id", "participant_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "service_id", "shortlisted_at", "status") SELECT new_values."answered_at", new_values."id", new_values."job_sheet_id", new_values."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."sent_at", new_values."service_id", new_values."shortlisted_at", new_values."status" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."answered_at" IS DISTINCT FROM (new_values."answered_at") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."job_sheet_id" IS DISTINCT FROM (new_values."job_sheet_id") OR old_values."participant_id" IS DISTINCT FROM (new_values."participant_id") OR old_values."sent_at" IS DISTINCT FROM (new_values."sent_at") OR old_values."service_id" IS DISTINCT FROM (new_values."service_id") OR old_values."shortlisted_at" IS DISTINCT FROM (new_values."shortlisted_at") OR old_values."status" IS DISTINCT FROM (new_values."status")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="1d58f8eacb89dafb18109b9407bb20f97ba8fe6a",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_bec1c",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="offers_application",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="application",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_applicationevent" ("answered_at", "id", "job_sheet_id", "participant_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "service_id", "shortlisted_at", "status") SELECT old_values."answered_at", old_values."id", old_values."job_sheet_id", old_values."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."sent_at", old_values."service_id", old_values."shortlisted_at", old_values."status" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="6e931908ba6c27ac60eda642a21b8975c9685a3f",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_8c2b5",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="offers_application",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="application",
                trigger=pgtrigger.compiler.Trigger(
                    name="file_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_applicationevent" ("answered_at", "id", "job_sheet_id", "participant_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "service_id", "shortlisted_at", "status") SELECT new_values."answered_at", new_values."id", new_values."job_sheet_id", new_values."participant_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'file\', new_values."id", new_values."sent_at", new_values."service_id", new_values."shortlisted_at", new_values."status" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."cv" IS DISTINCT FROM new_values."cv" OR old_values."cv_name" IS DISTINCT FROM new_values."cv_name" OR old_values."message" IS DISTINCT FROM new_values."message" OR old_values."availability" IS DISTINCT FROM new_values."availability" OR old_values."available_from" IS DISTINCT FROM new_values."available_from" OR old_values."meeting_at" IS DISTINCT FROM new_values."meeting_at") ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2d0e98ce56979da5538f195f22bfee714bc18a35",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_file_update_ee54c",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="offers_application",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="jobsheetevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="3b06af7c0fbff753aa713a90026df4678e3673b9",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_c5810",
                        table="offers_jobsheetevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="transmission",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_transmissionevent" ("answer_before", "application_id", "company_id", "eligible_until", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "service_id", "withdrawn_at") SELECT new_values."answer_before", new_values."application_id", new_values."company_id", new_values."eligible_until", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."sent_at", new_values."sent_by_id", new_values."service_id", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="4d4843d8b1f6e7e7181e0496f4525f17008b2e15",
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
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_transmissionevent" ("answer_before", "application_id", "company_id", "eligible_until", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "service_id", "withdrawn_at") SELECT new_values."answer_before", new_values."application_id", new_values."company_id", new_values."eligible_until", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."sent_at", new_values."sent_by_id", new_values."service_id", new_values."withdrawn_at" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="f571e4d013d66dd79b749a098d61fced2a51afe1",
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
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "offers_transmissionevent" ("answer_before", "application_id", "company_id", "eligible_until", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "service_id", "withdrawn_at") SELECT old_values."answer_before", old_values."application_id", old_values."company_id", old_values."eligible_until", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."sent_at", old_values."sent_by_id", old_values."service_id", old_values."withdrawn_at" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="fb8c6b5a0468577fdcb49c4d89df2c0f85d5d46e",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_1869e",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="offers_transmission",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="transmissionevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="9e81dbea1a27ff5cd727b66a934b6f845999a86b",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_24c4a",
                        table="offers_transmissionevent",
                        when="BEFORE",
                    ),
                ),
            ),
        )
    ]
