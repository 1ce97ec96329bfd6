from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from uneplace.reference.areas import UnreadableMapError, import_priority_districts
from uneplace.rules.french import several


class Command(BaseCommand):
    help = "Remplace la carte des quartiers prioritaires (QPV) par un fichier GeoJSON de l’ANCT."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="le fichier GeoJSON, en degrés (WGS 84)")
        parser.add_argument(
            "--drawn-on", type=date.fromisoformat, required=True, help="date de la carte, AAAA-MM-JJ"
        )

    def handle(self, *args, **options):
        try:
            done = import_priority_districts(options["file"], drawn_on=options["drawn_on"])
        except UnreadableMapError as error:
            raise CommandError(str(error), returncode=2)
        districts = several(done.read, "quartier prioritaire", "quartiers prioritaires")
        self.stdout.write(f"{districts}, à la place de {done.before}.")
