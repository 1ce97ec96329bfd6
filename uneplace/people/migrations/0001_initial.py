import django.contrib.postgres.fields
import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import uneplace.kit.encrypted
import uneplace.kit.sorting
from uneplace.kit.migrations import AtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("evidence", "0001_initial"),
        ("organisations", "0001_initial"),
        ("reference", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name="EligibilityDecision",
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
                    (
                        "grounds",
                        uneplace.kit.encrypted.EncryptedJSONField(
                            blank=True,
                            context="people_eligibilitydecision.grounds",
                            default=list,
                            verbose_name="motifs",
                        ),
                    ),
                    (
                        "main_ground",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True,
                            context="people_eligibilitydecision.main_ground",
                            verbose_name="motif principal",
                        ),
                    ),
                    (
                        "valid_until",
                        models.DateField(blank=True, null=True, verbose_name="éligible jusqu’au"),
                    ),
                    (
                        "situation",
                        uneplace.kit.encrypted.EncryptedJSONField(
                            context="people_eligibilitydecision.situation",
                            default=dict,
                            step=512,
                            verbose_name="situation",
                        ),
                    ),
                    (
                        "explanation",
                        uneplace.kit.encrypted.EncryptedJSONField(
                            context="people_eligibilitydecision.explanation",
                            default=list,
                            step=2048,
                            verbose_name="explication",
                        ),
                    ),
                    (
                        "reason",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True,
                            context="people_eligibilitydecision.reason",
                            verbose_name="motif du refus ou de la demande",
                        ),
                    ),
                    ("revoked_on", models.DateField(blank=True, null=True, verbose_name="retirée le")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="décidée par",
                        ),
                    ),
                    (
                        "requested_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organisations.organisation",
                            verbose_name="demandée par",
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
                        "participant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="decisions",
                            to="people.participant",
                            verbose_name="personne",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "décision d’éligibilité",
                    "ordering": ["-decided_on", "-pk"],
                    "indexes": [
                        models.Index(fields=["participant", "-decided_on"], name="decision_by_person")
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "ELIGIBLE"), _negated=True),
                                models.Q(
                                    ("decided_on__isnull", False),
                                    ("valid_until__gt", models.F("decided_on")),
                                    models.Q(("grounds", ""), _negated=True),
                                    models.Q(("main_ground", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="decision_eligible_is_complete",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("status", "REFUSED"), _negated=True),
                                models.Q(
                                    models.Q(("reason", ""), _negated=True), ("decided_on__isnull", False)
                                ),
                                _connector="OR",
                            ),
                            name="decision_refused_says_why",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Participant",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("first_name", models.CharField(max_length=80, verbose_name="prénom")),
                    ("last_name", models.CharField(max_length=80, verbose_name="nom")),
                    (
                        "born_on",
                        models.DateField(blank=True, null=True, verbose_name="date de naissance"),
                    ),
                    (
                        "sex",
                        models.CharField(
                            blank=True,
                            choices=[("F", "Femme"), ("M", "Homme")],
                            max_length=1,
                            verbose_name="sexe",
                        ),
                    ),
                    (
                        "email",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True,
                            context="people_participant.email",
                            verbose_name="adresse électronique",
                        ),
                    ),
                    (
                        "email_index",
                        uneplace.kit.encrypted.BlindIndexField(
                            normalise=uneplace.kit.encrypted.normal_email, of="email"
                        ),
                    ),
                    (
                        "phone",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True, context="people_participant.phone", verbose_name="téléphone"
                        ),
                    ),
                    (
                        "phone_index",
                        uneplace.kit.encrypted.BlindIndexField(
                            normalise=uneplace.kit.encrypted.normal_phone, of="phone"
                        ),
                    ),
                    (
                        "address",
                        uneplace.kit.encrypted.EncryptedTextField(
                            blank=True, context="people_participant.address", verbose_name="adresse"
                        ),
                    ),
                    (
                        "diploma_level",
                        models.PositiveSmallIntegerField(
                            blank=True,
                            choices=[
                                (0, "Sans diplôme"),
                                (2, "Inférieur au CAP"),
                                (3, "CAP, BEP"),
                                (4, "Baccalauréat"),
                                (5, "Supérieur au baccalauréat"),
                            ],
                            null=True,
                            verbose_name="niveau de diplôme",
                        ),
                    ),
                    (
                        "licences",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(
                                choices=[
                                    ("B", "Permis B"),
                                    ("C", "Permis C"),
                                    ("D", "Permis D"),
                                    ("BE", "Permis BE"),
                                    ("CACES_ENGINS", "CACES engins de chantier (R482)"),
                                    ("CACES_CHARIOT", "CACES chariots (R489)"),
                                    ("CACES_NACELLE", "CACES nacelles (R486)"),
                                    ("HABILITATION_ELECTRIQUE", "Habilitation électrique"),
                                    ("AIPR", "Intervention à proximité des réseaux"),
                                    ("SST", "Sauveteur secouriste du travail"),
                                ],
                                max_length=30,
                            ),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="permis et habilitations",
                        ),
                    ),
                    ("created_at", models.DateTimeField(verbose_name="créé le")),
                    (
                        "restricted_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="traitement limité le"),
                    ),
                    (
                        "announced_on",
                        models.DateField(blank=True, null=True, verbose_name="anonymisation annoncée le"),
                    ),
                    (
                        "anonymised_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="anonymisée le"),
                    ),
                    (
                        "commune",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="reference.commune",
                            verbose_name="commune",
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
                    "verbose_name": "personne",
                    "indexes": [
                        models.Index(
                            models.F("service"),
                            uneplace.kit.sorting.SortKey("last_name"),
                            uneplace.kit.sorting.SortKey("first_name"),
                            models.F("id"),
                            name="participant_list",
                        ),
                        models.Index(
                            models.F("service"),
                            models.F("email_index"),
                            condition=models.Q(("email_index", ""), _negated=True),
                            name="participant_by_email",
                        ),
                        models.Index(
                            models.F("service"),
                            models.F("phone_index"),
                            condition=models.Q(("phone_index", ""), _negated=True),
                            name="participant_by_phone",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("first_name", ""), _negated=True),
                                models.Q(("last_name", ""), _negated=True),
                            ),
                            name="participant_has_a_name",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="InformationGiven",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("given_on", models.DateField(verbose_name="information donnée le")),
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
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="organisations.organisation",
                            verbose_name="donnée par",
                        ),
                    ),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="enregistrée par",
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
                        "participant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="informations",
                            to="people.participant",
                            verbose_name="personne",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "information donnée",
                    "ordering": ["-given_on", "-pk"],
                },
            ),
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
                    (
                        "valid_until",
                        models.DateField(blank=True, null=True, verbose_name="éligible jusqu’au"),
                    ),
                    ("revoked_on", models.DateField(blank=True, null=True, verbose_name="retirée le")),
                    (
                        "decided_by",
                        models.ForeignKey(
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
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="people.eligibilitydecision",
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
                    (
                        "anonymised_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="anonymisée le"),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="people.participant",
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
                name="ProofPolicy",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("number", models.PositiveIntegerField(verbose_name="version")),
                    ("applies_on", models.DateField(verbose_name="applicable le")),
                    ("months", models.JSONField(blank=True, default=dict, verbose_name="mois par motif")),
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
                    "verbose_name": "ancienneté admise des justificatifs",
                    "verbose_name_plural": "anciennetés admises des justificatifs",
                    "constraints": [
                        models.UniqueConstraint(fields=("service", "number"), name="proofpolicy_number_once"),
                        models.CheckConstraint(
                            condition=models.Q(("number__gte", 1)), name="proofpolicy_number_from_one"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Support",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("since", models.DateField(verbose_name="depuis")),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="supports",
                            to="organisations.organisation",
                            verbose_name="structure",
                        ),
                    ),
                    (
                        "participant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="supports",
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
                ],
                options={
                    "verbose_name": "accompagnement",
                    "constraints": [
                        models.UniqueConstraint(fields=("participant", "organisation"), name="support_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="DecisionProof",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "ground",
                        uneplace.kit.encrypted.EncryptedTextField(
                            context="people_decisionproof.ground", verbose_name="motif"
                        ),
                    ),
                    (
                        "evidence",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="evidence.evidence",
                            verbose_name="justificatif",
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
                        "decision",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="proofs",
                            to="people.eligibilitydecision",
                            verbose_name="décision",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "justificatif d’une décision",
                    "constraints": [
                        models.UniqueConstraint(fields=("decision", "evidence"), name="decision_proof_once")
                    ],
                },
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
        )
    ]
