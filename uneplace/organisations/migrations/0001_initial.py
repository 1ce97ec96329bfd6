import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from uneplace.kit.migrations import AtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),  # the function that the triggers of history call
        ("reference", "0001_initial"),
    ]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name="Allowance",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("target", models.CharField(max_length=64, unique=True)),
                    (
                        "checked_at",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.DateTimeField(),
                            default=list,
                            size=None,
                            verbose_name="vérifiés à",
                        ),
                    ),
                    ("told_at", models.DateTimeField(null=True, verbose_name="signalés à")),
                    ("last_at", models.DateTimeField(db_index=True, verbose_name="dernier")),
                ],
                options={
                    "verbose_name": "essais",
                    "verbose_name_plural": "essais",
                },
            ),
            migrations.CreateModel(
                name="Identity",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("issuer", models.CharField(max_length=200, verbose_name="fournisseur")),
                    ("sub", models.CharField(max_length=255, verbose_name="identifiant")),
                    ("linked_at", models.DateTimeField(verbose_name="relié le")),
                    (
                        "user",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="identity",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="compte",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "identité ProConnect",
                    "verbose_name_plural": "identités ProConnect",
                    "constraints": [
                        models.UniqueConstraint(fields=("issuer", "sub"), name="identity_opens_one_account")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Invitation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("email", models.EmailField(max_length=254, verbose_name="adresse électronique")),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("ADMIN", "Administration"),
                                ("MEMBER", "Membre"),
                                ("READER", "Lecture seule"),
                            ],
                            default="ADMIN",
                            max_length=10,
                            verbose_name="rôle",
                        ),
                    ),
                    ("token_hash", models.CharField(max_length=64, unique=True)),
                    ("created_at", models.DateTimeField(verbose_name="envoyée le")),
                    ("expires_at", models.DateTimeField(verbose_name="valable jusqu’au")),
                    (
                        "accepted_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="acceptée le"),
                    ),
                    (
                        "accepted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="par",
                        ),
                    ),
                    (
                        "invited_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="par",
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="invitations",
                            to="organisations.organisation",
                            verbose_name="organisation",
                        ),
                    ),
                    (
                        "through",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="+",
                            to="organisations.organisation",
                            verbose_name="par le service",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "invitation",
                },
            ),
            migrations.CreateModel(
                name="KeptAccess",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("reason", models.CharField(max_length=200, verbose_name="motif")),
                    ("until", models.DateField(verbose_name="gardé jusqu’au")),
                    ("kept_at", models.DateTimeField(verbose_name="gardé le")),
                    (
                        "kept_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="par",
                        ),
                    ),
                    (
                        "membership",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="kept",
                            to="organisations.membership",
                            verbose_name="appartenance",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "accès gardé",
                    "verbose_name_plural": "accès gardés",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("reason", ""), _negated=True), name="kept_access_says_why"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Membership",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("ADMIN", "Administration"),
                                ("MEMBER", "Membre"),
                                ("READER", "Lecture seule"),
                            ],
                            default="MEMBER",
                            max_length=10,
                            verbose_name="rôle",
                        ),
                    ),
                    ("started_at", models.DateTimeField(verbose_name="depuis")),
                    ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="jusqu’à")),
                    (
                        "user",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="memberships",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="compte",
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="memberships",
                            to="organisations.organisation",
                            verbose_name="organisation",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "appartenance",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("user", "organisation"),
                            name="membership_once_at_a_time",
                            violation_error_message="Cette personne appartient déjà à l’organisation.",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="MembershipEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    (
                        "role",
                        models.CharField(
                            choices=[
                                ("ADMIN", "Administration"),
                                ("MEMBER", "Membre"),
                                ("READER", "Lecture seule"),
                            ],
                            default="MEMBER",
                            max_length=10,
                            verbose_name="rôle",
                        ),
                    ),
                    ("started_at", models.DateTimeField(verbose_name="depuis")),
                    ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="jusqu’à")),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="organisations.membership",
                        ),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="compte",
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="organisation",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Organisation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("name", models.CharField(blank=True, max_length=200, verbose_name="nom")),
                    (
                        "siret",
                        models.CharField(
                            blank=True, max_length=14, null=True, unique=True, verbose_name="SIRET"
                        ),
                    ),
                    (
                        "raw_identifier",
                        models.CharField(blank=True, max_length=60, verbose_name="identifiant reçu"),
                    ),
                    (
                        "capacities",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(
                                choices=[
                                    ("FACILITATOR", "Service facilitateur"),
                                    ("BUYER", "Acheteur"),
                                    ("COMPANY", "Entreprise"),
                                    ("INSERTION_EMPLOYER", "Structure d’insertion"),
                                    ("REFERRER", "Prescripteur"),
                                ],
                                max_length=20,
                            ),
                            default=list,
                            size=None,
                            verbose_name="rôles",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("ACI", "Atelier et chantier d’insertion"),
                                ("EI", "Entreprise d’insertion"),
                                ("AI", "Association intermédiaire"),
                                ("ETTI", "Entreprise de travail temporaire d’insertion"),
                                ("EITI", "Entreprise d’insertion par le travail indépendant"),
                                ("GEIQ", "Groupement d’employeurs pour l’insertion et la qualification"),
                                ("EA", "Entreprise adaptée"),
                                ("EATT", "Entreprise adaptée de travail temporaire"),
                                ("ESAT", "Établissement et service d’aide par le travail"),
                                ("REGIE", "Régie de quartier ou de territoire"),
                                ("MISSION_LOCALE", "Mission locale"),
                                ("FRANCE_TRAVAIL", "France Travail"),
                                ("CAP_EMPLOI", "Cap emploi"),
                                ("PLIE", "Plan local pour l’insertion et l’emploi"),
                                ("CCAS", "Centre communal d’action sociale"),
                                ("SPIP", "Service pénitentiaire d’insertion et de probation"),
                                ("DEPARTEMENT", "Département"),
                                ("COMMUNE", "Commune"),
                                ("EPCI", "Intercommunalité"),
                                ("BAILLEUR", "Bailleur social"),
                                ("ETABLISSEMENT_PUBLIC", "Établissement public"),
                                ("ETAT", "État"),
                                ("ENTREPRISE", "Entreprise"),
                                ("AUTRE", "Autre"),
                            ],
                            max_length=24,
                            verbose_name="type",
                        ),
                    ),
                    (
                        "email",
                        models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique"),
                    ),
                    ("phone", models.CharField(blank=True, max_length=30, verbose_name="téléphone")),
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
                ],
                options={
                    "verbose_name": "organisation",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("siret", None), ("siret__regex", "^\\d{14}$"), _connector="OR"
                            ),
                            name="organisation_siret_has_14_digits",
                        ),
                        models.UniqueConstraint(
                            models.F("raw_identifier"),
                            condition=models.Q(
                                ("siret", None), models.Q(("raw_identifier", ""), _negated=True)
                            ),
                            name="organisation_raw_identifier_once",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("name", ""), _negated=True),
                                ("siret__isnull", False),
                                models.Q(("raw_identifier", ""), _negated=True),
                                _connector="OR",
                            ),
                            name="organisation_can_be_named",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="OrganisationEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("name", models.CharField(blank=True, max_length=200, verbose_name="nom")),
                    (
                        "siret",
                        models.CharField(blank=True, max_length=14, null=True, verbose_name="SIRET"),
                    ),
                    (
                        "raw_identifier",
                        models.CharField(blank=True, max_length=60, verbose_name="identifiant reçu"),
                    ),
                    (
                        "capacities",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(
                                choices=[
                                    ("FACILITATOR", "Service facilitateur"),
                                    ("BUYER", "Acheteur"),
                                    ("COMPANY", "Entreprise"),
                                    ("INSERTION_EMPLOYER", "Structure d’insertion"),
                                    ("REFERRER", "Prescripteur"),
                                ],
                                max_length=20,
                            ),
                            default=list,
                            size=None,
                            verbose_name="rôles",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("ACI", "Atelier et chantier d’insertion"),
                                ("EI", "Entreprise d’insertion"),
                                ("AI", "Association intermédiaire"),
                                ("ETTI", "Entreprise de travail temporaire d’insertion"),
                                ("EITI", "Entreprise d’insertion par le travail indépendant"),
                                ("GEIQ", "Groupement d’employeurs pour l’insertion et la qualification"),
                                ("EA", "Entreprise adaptée"),
                                ("EATT", "Entreprise adaptée de travail temporaire"),
                                ("ESAT", "Établissement et service d’aide par le travail"),
                                ("REGIE", "Régie de quartier ou de territoire"),
                                ("MISSION_LOCALE", "Mission locale"),
                                ("FRANCE_TRAVAIL", "France Travail"),
                                ("CAP_EMPLOI", "Cap emploi"),
                                ("PLIE", "Plan local pour l’insertion et l’emploi"),
                                ("CCAS", "Centre communal d’action sociale"),
                                ("SPIP", "Service pénitentiaire d’insertion et de probation"),
                                ("DEPARTEMENT", "Département"),
                                ("COMMUNE", "Commune"),
                                ("EPCI", "Intercommunalité"),
                                ("BAILLEUR", "Bailleur social"),
                                ("ETABLISSEMENT_PUBLIC", "Établissement public"),
                                ("ETAT", "État"),
                                ("ENTREPRISE", "Entreprise"),
                                ("AUTRE", "Autre"),
                            ],
                            max_length=24,
                            verbose_name="type",
                        ),
                    ),
                    (
                        "email",
                        models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique"),
                    ),
                    ("phone", models.CharField(blank=True, max_length=30, verbose_name="téléphone")),
                    (
                        "commune",
                        models.ForeignKey(
                            blank=True,
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="reference.commune",
                            verbose_name="commune",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="organisations.organisation",
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Partnership",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("approved_at", models.DateTimeField(verbose_name="approuvé le")),
                    ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="terminé le")),
                    (
                        "approved_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.SET_NULL,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="approuvé par",
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="partnerships",
                            to="organisations.organisation",
                            verbose_name="organisation",
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
                    "verbose_name": "partenariat",
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_at", None)),
                            fields=("service", "organisation"),
                            name="partnership_once_at_a_time",
                            violation_error_message="Cette organisation est déjà partenaire.",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("service", models.F("organisation")), _negated=True),
                            name="partnership_is_with_another",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PartnershipEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("approved_at", models.DateTimeField(verbose_name="approuvé le")),
                    ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="terminé le")),
                    (
                        "approved_by",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="approuvé par",
                        ),
                    ),
                    (
                        "organisation",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="+",
                            related_query_name="+",
                            to="organisations.organisation",
                            verbose_name="organisation",
                        ),
                    ),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to="organisations.partnership",
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
                name="Session",
                fields=[
                    (
                        "session_key",
                        models.CharField(
                            max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                        ),
                    ),
                    ("session_data", models.TextField(verbose_name="session data")),
                    ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                    ("started_at", models.DateTimeField(null=True, verbose_name="ouverte le")),
                    ("seen_at", models.DateTimeField(null=True, verbose_name="dernière activité")),
                    ("browser", models.CharField(blank=True, max_length=80, verbose_name="navigateur")),
                    (
                        "address",
                        models.CharField(blank=True, max_length=40, verbose_name="adresse raccourcie"),
                    ),
                    (
                        "user",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            related_name="sessions",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="compte",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "session",
                    "verbose_name_plural": "sessions",
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="UserEvent",
                fields=[
                    ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                    ("pgh_label", models.TextField(help_text="The event label.")),
                    ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("pgh_context", pghistory.utils.JSONField(null=True)),
                    ("id", models.BigIntegerField()),
                    ("is_active", models.BooleanField(default=True, verbose_name="actif")),
                    (
                        "pgh_obj",
                        models.ForeignKey(
                            db_constraint=False,
                            db_index=False,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="events",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                ],
                options={
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="User",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("password", models.CharField(max_length=128, verbose_name="password")),
                    (
                        "last_login",
                        models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                    ),
                    (
                        "email",
                        models.EmailField(max_length=254, unique=True, verbose_name="adresse électronique"),
                    ),
                    ("first_name", models.CharField(blank=True, max_length=80, verbose_name="prénom")),
                    ("last_name", models.CharField(blank=True, max_length=80, verbose_name="nom")),
                    ("is_active", models.BooleanField(default=True, verbose_name="actif")),
                ],
                options={
                    "verbose_name": "compte",
                    "constraints": [
                        models.UniqueConstraint(
                            django.db.models.functions.text.Lower("email"),
                            name="user_email_once_whatever_the_case",
                        )
                    ],
                },
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="user",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_userevent" ("id", "is_active", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."is_active", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="2372649e1855b900af62bc3fc88fb60e5a31a204",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_33dc2",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="organisations_user",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="user",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_userevent" ("id", "is_active", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."is_active", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="e7cae2b74b427eddcacde925d5f3a2872f6377a5",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_15754",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="organisations_user",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="user",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_userevent" ("id", "is_active", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."id", old_values."is_active", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="7ab285a94947fde83d69ca2918f07160d2a06d1d",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_3f541",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="organisations_user",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="user",
                trigger=pgtrigger.compiler.Trigger(
                    name="identity_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_userevent" ("id", "is_active", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."is_active", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'identity\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."email" IS DISTINCT FROM new_values."email" OR old_values."first_name" IS DISTINCT FROM new_values."first_name" OR old_values."last_name" IS DISTINCT FROM new_values."last_name") ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="9ff62516a8bdc5e4ab5d5269137d5edc2e4ee0d5",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_identity_update_a8bc6",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="organisations_user",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="user",
                trigger=pgtrigger.compiler.Trigger(
                    name="password_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_userevent" ("id", "is_active", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."id", new_values."is_active", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'password\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."password" IS DISTINCT FROM new_values."password") ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="552703db1d64207b7baf5d50879c2f8025655164",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_password_update_1c1ac",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="organisations_user",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="organisation",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_organisationevent" ("capacities", "commune_id", "email", "id", "kind", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "raw_identifier", "siret") SELECT new_values."capacities", new_values."commune_id", new_values."email", new_values."id", new_values."kind", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."phone", new_values."raw_identifier", new_values."siret" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="9dd0cacf993fa11a1456d7e2a653bf5c189f98b3",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_040c9",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="organisations_organisation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="organisation",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_organisationevent" ("capacities", "commune_id", "email", "id", "kind", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "raw_identifier", "siret") SELECT new_values."capacities", new_values."commune_id", new_values."email", new_values."id", new_values."kind", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."phone", new_values."raw_identifier", new_values."siret" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="e71335e164cfa2ca931e180ae67ce1b1c72942ce",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_0b99b",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="organisations_organisation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="organisation",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_organisationevent" ("capacities", "commune_id", "email", "id", "kind", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "raw_identifier", "siret") SELECT old_values."capacities", old_values."commune_id", old_values."email", old_values."id", old_values."kind", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."phone", old_values."raw_identifier", old_values."siret" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="86591bad4b3c6ae7f40e15cfef2ca676a3d2ef84",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_57a4b",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="organisations_organisation",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="membershipevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="4cc7fa317e08ccd5435257e214c0adee8a67644b",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_8c259",
                        table="organisations_membershipevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="membership",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_membershipevent" ("ended_at", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_at", "user_id") SELECT new_values."ended_at", new_values."id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."role", new_values."started_at", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="71c0a0528c58713312ce36ff7f8f6b180b979023",
                        level="STATEMENT",
                        operation="INSERT",
                        pgid="pgtrigger_insert_insert_ea1f9",
                        referencing="REFERENCING NEW TABLE AS new_values ",
                        table="organisations_membership",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="membership",
                trigger=pgtrigger.compiler.Trigger(
                    name="update_update",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_membershipevent" ("ended_at", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_at", "user_id") SELECT new_values."ended_at", new_values."id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."role", new_values."started_at", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="98eb895dcc8b387b90014bffb2a2183c931de7f6",
                        level="STATEMENT",
                        operation="UPDATE",
                        pgid="pgtrigger_update_update_8973b",
                        referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                        table="organisations_membership",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="membership",
                trigger=pgtrigger.compiler.Trigger(
                    name="delete_delete",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_membershipevent" ("ended_at", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_at", "user_id") SELECT old_values."ended_at", old_values."id", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."role", old_values."started_at", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="2ca3147d19b65364491ce21ae7c7b0d4ebde1b77",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_b591d",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="organisations_membership",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="organisationevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="13eb6e28966182a08694bfb06589ddaadb2672fe",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_c38e9",
                        table="organisations_organisationevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="partnership",
                trigger=pgtrigger.compiler.Trigger(
                    name="insert_insert",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_partnershipevent" ("approved_at", "approved_by_id", "ended_at", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id") SELECT new_values."approved_at", new_values."approved_by_id", new_values."ended_at", new_values."id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."service_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="0820914389582351e2880fd317aa5ad9ca95b2f2",
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
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_partnershipevent" ("approved_at", "approved_by_id", "ended_at", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id") SELECT new_values."approved_at", new_values."approved_by_id", new_values."ended_at", new_values."id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."service_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                        hash="6273c8663e0a7bf993eeaf544b55301f194e56f7",
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
                        func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "organisations_partnershipevent" ("approved_at", "approved_by_id", "ended_at", "id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "service_id") SELECT old_values."approved_at", old_values."approved_by_id", old_values."ended_at", old_values."id", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."service_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                        hash="10ccba4549e2072bb71a260fafe7945ee7c84796",
                        level="STATEMENT",
                        operation="DELETE",
                        pgid="pgtrigger_delete_delete_87af9",
                        referencing="REFERENCING OLD TABLE AS old_values ",
                        table="organisations_partnership",
                        when="AFTER",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="partnershipevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="5e5035fed795503c3c8f4f93449a5049cb2466c7",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_df71f",
                        table="organisations_partnershipevent",
                        when="BEFORE",
                    ),
                ),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name="userevent",
                trigger=pgtrigger.compiler.Trigger(
                    name="append_only",
                    sql=pgtrigger.compiler.UpsertTriggerSql(
                        func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                        hash="42ac2804122b508c29ba0b9827ba98776e46a4ea",
                        operation="UPDATE OR DELETE",
                        pgid="pgtrigger_append_only_3d774",
                        table="organisations_userevent",
                        when="BEFORE",
                    ),
                ),
            ),
        )
    ]
