import django.core.validators
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from uneplace.kit.migrations import append_only, history_table, row_security, same_service

# Each table, and the tables of what its rows hang on.
LINKS = {
    "settlement_difficulty": {
        "commitment_id": "contracts_commitment",
        "act_id": "contracts_dutychange",
    },
    "settlement_meeting": {"commitment_id": "contracts_commitment"},
    "settlement_notice": {"case_id": "settlement_penaltycase"},
    "settlement_relief": {"case_id": "settlement_penaltycase"},
}


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0004_proof_of_hours"),
        ("organisations", "0004_access_links"),
        ("settlement", "0007_service_thresholds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Difficulty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "asked",
                    models.CharField(
                        choices=[
                            ("SUSPENSION", "Suspendre l’obligation"),
                            ("REDUCTION", "Réduire les heures"),
                            ("REMOVAL", "Supprimer ce qui reste à faire"),
                        ],
                        max_length=10,
                        verbose_name="demande",
                    ),
                ),
                ("since", models.DateField(verbose_name="depuis le")),
                (
                    "until",
                    models.DateField(
                        blank=True, null=True, verbose_name="dernier jour de la suspension demandée"
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="heures que l’entreprise peut faire",
                    ),
                ),
                ("reason", models.TextField(max_length=2000, verbose_name="ce qui empêche")),
                ("declared_at", models.DateTimeField(verbose_name="déclarée le")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ACCEPTED", "Acceptée, par un acte"),
                            ("DECLINED", "Non retenue"),
                            ("WITHDRAWN", "Retirée par l’entreprise"),
                        ],
                        max_length=9,
                        verbose_name="suite",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="réponse")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="réponse le")),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="difficulties",
                        to="contracts.dutychange",
                        verbose_name="acte",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="réponse de",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="difficulties",
                        to="contracts.commitment",
                        verbose_name="engagement",
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déclarée par",
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
                "verbose_name": "difficulté déclarée",
                "verbose_name_plural": "difficultés déclarées",
                "ordering": ["declared_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DifficultyEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "asked",
                    models.CharField(
                        choices=[
                            ("SUSPENSION", "Suspendre l’obligation"),
                            ("REDUCTION", "Réduire les heures"),
                            ("REMOVAL", "Supprimer ce qui reste à faire"),
                        ],
                        max_length=10,
                        verbose_name="demande",
                    ),
                ),
                ("since", models.DateField(verbose_name="depuis le")),
                (
                    "until",
                    models.DateField(
                        blank=True, null=True, verbose_name="dernier jour de la suspension demandée"
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="heures que l’entreprise peut faire",
                    ),
                ),
                ("reason", models.TextField(max_length=2000, verbose_name="ce qui empêche")),
                ("declared_at", models.DateTimeField(verbose_name="déclarée le")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ACCEPTED", "Acceptée, par un acte"),
                            ("DECLINED", "Non retenue"),
                            ("WITHDRAWN", "Retirée par l’entreprise"),
                        ],
                        max_length=9,
                        verbose_name="suite",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="réponse")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="réponse le")),
                (
                    "act",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contracts.dutychange",
                        verbose_name="acte",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="réponse de",
                    ),
                ),
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
                    "declared_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déclarée par",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="settlement.difficulty",
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
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="tenue le")),
                ("attended", models.CharField(max_length=300, verbose_name="présents")),
                ("decided", models.TextField(max_length=2000, verbose_name="ce qui a été décidé")),
                ("recorded_at", models.DateTimeField(verbose_name="notée le")),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="contracts.commitment",
                        verbose_name="engagement",
                    ),
                ),
                (
                    "recorded_by",
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
                "verbose_name": "réunion",
                "ordering": ["held_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("REMINDER", "Relance"),
                            ("LETTER", "Courrier à l’entreprise"),
                            ("FORMAL", "Mise en demeure"),
                            ("ACCOUNT", "Décompte pour l’acheteur"),
                        ],
                        max_length=8,
                        verbose_name="nature",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="numéro dans le dossier")),
                ("text", models.TextField(blank=True, verbose_name="ce qui est écrit")),
                (
                    "answer_before",
                    models.DateField(blank=True, null=True, verbose_name="réponse attendue avant le"),
                ),
                ("figures", models.JSONField(verbose_name="chiffres du jour")),
                ("sent_at", models.DateTimeField(verbose_name="envoyé le")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="envoyé par",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="settlement.penaltycase",
                        verbose_name="dossier de pénalité",
                    ),
                ),
                (
                    "copy_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                        verbose_name="copie à",
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
                "verbose_name": "courrier du dossier",
                "verbose_name_plural": "courriers du dossier",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Relief",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="heures proposées",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="motif")),
                ("proposed_at", models.DateTimeField(verbose_name="proposée le")),
                (
                    "granted",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="heures accordées",
                    ),
                ),
                (
                    "answer",
                    models.CharField(blank=True, max_length=500, verbose_name="réponse de l’acheteur"),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="réponse le")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="réponse de",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reliefs",
                        to="settlement.penaltycase",
                        verbose_name="dossier de pénalité",
                    ),
                ),
                (
                    "proposed_by",
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
                "verbose_name": "exonération",
                "ordering": ["proposed_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReliefEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="heures proposées",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="motif")),
                ("proposed_at", models.DateTimeField(verbose_name="proposée le")),
                (
                    "granted",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="heures accordées",
                    ),
                ),
                (
                    "answer",
                    models.CharField(blank=True, max_length=500, verbose_name="réponse de l’acheteur"),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="réponse le")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="réponse de",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="settlement.penaltycase",
                        verbose_name="dossier de pénalité",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="settlement.relief",
                    ),
                ),
                (
                    "proposed_by",
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
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="difficulty_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked", "SUSPENSION"), ("until__gte", models.F("since"))),
                    models.Q(models.Q(("asked", "SUSPENSION"), _negated=True), ("until", None)),
                    _connector="OR",
                ),
                name="difficulty_only_a_suspension_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked", "REDUCTION"), ("hours__isnull", False)),
                    models.Q(models.Q(("asked", "REDUCTION"), _negated=True), ("hours", None)),
                    _connector="OR",
                ),
                name="difficulty_only_a_reduction_has_hours",
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", None), ("answered_at", None), ("outcome", "")),
                    models.Q(("act__isnull", False), ("answered_at__isnull", False), ("outcome", "ACCEPTED")),
                    models.Q(
                        ("act", None),
                        ("answered_at__isnull", False),
                        ("outcome", "DECLINED"),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    models.Q(("act", None), ("answered_at__isnull", False), ("outcome", "WITHDRAWN")),
                    _connector="OR",
                ),
                name="difficulty_answered_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="difficulty",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "")),
                fields=("commitment",),
                name="difficulty_one_waiting_a_commitment",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="difficulty",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "settlement_difficultyevent" ("act_id", "answer", "answered_at", "answered_by_id", "asked", "commitment_id", "declared_at", "declared_by_id", "hours", "id", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "service_id", "since", "until") SELECT new_values."act_id", new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked", new_values."commitment_id", new_values."declared_at", new_values."declared_by_id", new_values."hours", new_values."id", new_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."reason", new_values."service_id", new_values."since", new_values."until" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="b421f9ab9cb5d575c92e7680ccd5cb15103ec3cd",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b5339",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="settlement_difficulty",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="difficulty",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "settlement_difficultyevent" ("act_id", "answer", "answered_at", "answered_by_id", "asked", "commitment_id", "declared_at", "declared_by_id", "hours", "id", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "service_id", "since", "until") SELECT new_values."act_id", new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."asked", new_values."commitment_id", new_values."declared_at", new_values."declared_by_id", new_values."hours", new_values."id", new_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."reason", new_values."service_id", new_values."since", new_values."until" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="eba868f1199cc22538eb77f9ae78ec001df512d2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5b0b8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="settlement_difficulty",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="difficulty",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "settlement_difficultyevent" ("act_id", "answer", "answered_at", "answered_by_id", "asked", "commitment_id", "declared_at", "declared_by_id", "hours", "id", "outcome", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "service_id", "since", "until") SELECT old_values."act_id", old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."asked", old_values."commitment_id", old_values."declared_at", old_values."declared_by_id", old_values."hours", old_values."id", old_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."reason", old_values."service_id", old_values."since", old_values."until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="92ab47cb63173290bd3ca68914497ee19db23200",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_fec48",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="settlement_difficulty",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="difficultyevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4761b4455a5c3eedde961d10bcec5fceabe78cab",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_beb67",
                    table="settlement_difficultyevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attended", ""), _negated=True), models.Q(("decided", ""), _negated=True)
                ),
                name="meeting_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("case", "number"), name="notice_number_once"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer_before", None), ("kind", "ACCOUNT")),
                    models.Q(models.Q(("kind", "ACCOUNT"), _negated=True), ("answer_before__isnull", False)),
                    _connector="OR",
                ),
                name="notice_says_when_to_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="relief",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gt", 0), models.Q(("reason", ""), _negated=True)),
                name="relief_says_what_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="relief",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None), ("granted", None)),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("granted__gte", 0),
                        ("granted__lte", models.F("hours")),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="relief_answered_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="relief",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None)), fields=("case",), name="relief_one_waiting_a_case"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="relief",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "settlement_reliefevent" ("answer", "answered_at", "answered_by_id", "case_id", "granted", "hours", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "service_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."case_id", new_values."granted", new_values."hours", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."service_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1a4a09e0a136261cc932b6987fb2b4931d36868b",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_70590",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="settlement_relief",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="relief",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "settlement_reliefevent" ("answer", "answered_at", "answered_by_id", "case_id", "granted", "hours", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "service_id") SELECT new_values."answer", new_values."answered_at", new_values."answered_by_id", new_values."case_id", new_values."granted", new_values."hours", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."reason", new_values."service_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="ff6c7556895c958f6a9ec6bf9ec37eae1fb53c08",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1913f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="settlement_relief",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="relief",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "settlement_reliefevent" ("answer", "answered_at", "answered_by_id", "case_id", "granted", "hours", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "service_id") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."case_id", old_values."granted", old_values."hours", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."proposed_at", old_values."proposed_by_id", old_values."reason", old_values."service_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="58f02d15a58fd923ffe758fb1e833be61275dcad",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b9a55",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="settlement_relief",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reliefevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5577bd17241e420158259619f38899b8e75e495c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4d5d5",
                    table="settlement_reliefevent",
                    when="BEFORE",
                ),
            ),
        ),
        *(row_security(table) for table in LINKS),
        *(same_service(table, **parents) for table, parents in LINKS.items()),
        append_only("settlement_notice"),
        append_only("settlement_meeting"),
        *history_table("settlement_difficultyevent"),
        *history_table("settlement_reliefevent"),
    ]
