from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from uneplace.reference.areas import UnreadableMapError, import_rural_zones
from uneplace.rules.french import several


class Command(BaseCommand):
    help = "Remplace la liste des communes France ruralités revitalisation (FRR) par un fichier CSV."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="le fichier CSV : code de la commune, classement")
        parser.add_argument(
            "--listed-on", type=date.fromisoformat, required=True, help="date de la liste, AAAA-MM-JJ"
        )

    def handle(self, *args, **options):
        try:
            done = import_rural_zones(options["file"], listed_on=options["listed_on"])
        except UnreadableMapError as error:
            raise CommandError(str(error), returncode=2)
        communes = several(done.read, "commune classée", "communes classées")
        self.stdout.write(f"{communes}, à la place de {done.before}.")
