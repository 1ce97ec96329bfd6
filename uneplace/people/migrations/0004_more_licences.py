import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_work_profile"),
    ]

    operations = [
        migrations.AlterField(
            model_name="participant",
            name="licences",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
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
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="permis et habilitations",
            ),
        ),
    ]
