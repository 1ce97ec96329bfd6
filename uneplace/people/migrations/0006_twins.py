import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from uneplace.kit.migrations import AtOnce, row_security, same_service


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_access_links"),
        ("people", "0005_told_by_email"),
        ("reference", "0002_areas"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            migrations.CreateModel(
                name="Merge",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("merged_at", models.DateTimeField(verbose_name="réunis le")),
                    (
                        "moved",
                        models.JSONField(default=dict, editable=False, verbose_name="lignes déplacées"),
                    ),
                    (
                        "swapped",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=40),
                            default=list,
                            editable=False,
                            size=None,
                        ),
                    ),
                ],
                options={
                    "verbose_name": "fusion de deux dossiers",
                    "verbose_name_plural": "fusions de dossiers",
                    "ordering": ["-merged_at", "-pk"],
                },
            ),
            migrations.CreateModel(
                name="Resemblance",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "reasons",
                        django.contrib.postgres.fields.ArrayField(
                            base_field=models.CharField(max_length=20),
                            size=None,
                            verbose_name="ressemblances",
                        ),
                    ),
                    ("is_sure", models.BooleanField(verbose_name="très probable")),
                    ("found_at", models.DateTimeField(verbose_name="trouvé le")),
                    (
                        "told_apart_at",
                        models.DateTimeField(blank=True, null=True, verbose_name="dites distinctes le"),
                    ),
                ],
                options={
                    "verbose_name": "doublon possible",
                    "verbose_name_plural": "doublons possibles",
                },
            ),
            migrations.AddIndex(
                model_name="participant",
                index=models.Index(models.F("service"), models.F("born_on"), name="participant_by_birth"),
            ),
        ),
        AtOnce(
            migrations.AddField(
                model_name="merge",
                name="kept",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="merges",
                    to="people.participant",
                    verbose_name="dossier gardé",
                ),
            ),
            migrations.AddField(
                model_name="merge",
                name="left",
                field=models.OneToOneField(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="merge",
                    to="people.participant",
                    verbose_name="dossier réuni",
                ),
            ),
            migrations.AddField(
                model_name="merge",
                name="merged_by",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="réunis par",
                ),
            ),
            migrations.AddField(
                model_name="merge",
                name="service",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="organisations.organisation",
                    verbose_name="service",
                ),
            ),
            migrations.AddField(
                model_name="resemblance",
                name="one",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="people.participant",
                    verbose_name="personne",
                ),
            ),
            migrations.AddField(
                model_name="resemblance",
                name="other",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="people.participant",
                    verbose_name="personne qui lui ressemble",
                ),
            ),
            migrations.AddField(
                model_name="resemblance",
                name="service",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="organisations.organisation",
                    verbose_name="service",
                ),
            ),
            migrations.AddField(
                model_name="resemblance",
                name="told_apart_by",
                field=models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                    verbose_name="dites distinctes par",
                ),
            ),
            migrations.AddConstraint(
                model_name="merge",
                constraint=models.CheckConstraint(
                    condition=models.Q(("left", models.F("kept")), _negated=True), name="merge_of_two_files"
                ),
            ),
            migrations.AddConstraint(
                model_name="resemblance",
                constraint=models.UniqueConstraint(fields=("one", "other"), name="resemblance_once"),
            ),
            migrations.AddConstraint(
                model_name="resemblance",
                constraint=models.CheckConstraint(
                    condition=models.Q(("one__lt", models.F("other"))), name="resemblance_lesser_first"
                ),
            ),
        ),
        row_security("people_merge"),
        row_security("people_resemblance"),
        same_service("people_merge", left_id="people_participant", kept_id="people_participant"),
        same_service("people_resemblance", one_id="people_participant", other_id="people_participant"),
    ]
