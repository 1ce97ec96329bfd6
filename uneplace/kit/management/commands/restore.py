from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from uneplace.kit.backup import BackupError
from uneplace.kit.restore import places_aside, restore, waiting_migrations


class Command(BaseCommand):
    help = "Remet la base de données et les fichiers dans l’état d’une sauvegarde, vérifiée d’abord."
    requires_system_checks = ()  # the database is empty: nothing of ours can be checked yet

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FICHIER", type=Path, help="l’archive à remettre")
        parser.add_argument(
            "--force", action="store_true", help="remplace une installation qui n’est pas vide"
        )

    def handle(self, *, file, force, **options):
        try:
            manifest = restore(file.absolute(), force=force)
        except (BackupError, FileNotFoundError) as error:
            raise CommandError(str(error))
        rows = sum(manifest.tables.values())
        self.stdout.write(f"Restauré : la sauvegarde du {manifest.made_at}, {rows} lignes.")
        if force and (aside := [str(place) for place in places_aside() if place.exists()]):
            self.stdout.write(
                f"Ce qui était là est dans {' et '.join(aside)} : supprimez-le une fois tout vérifié."
            )
        missing, unknown = waiting_migrations(manifest)
        if missing:
            self.stdout.write(f"{len(missing)} migration(s) à appliquer : lancez « uneplace migrate ».")
        if unknown:
            self.stdout.write(
                "Cette sauvegarde vient d’une version plus récente d’Uneplace : mettez le programme à jour."
            )
