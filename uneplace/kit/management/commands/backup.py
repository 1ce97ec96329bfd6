from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from uneplace.kit.backup import DUMP, WITNESS, BackupError, back_up

APART = """\
Les clés n’y sont pas : gardez-les ailleurs, sans elles les champs et les fichiers chiffrés sont perdus.
  UNEPLACE_ENCRYPTION_KEYS, ou le fichier encryption_keys du dossier des données
  UNEPLACE_JOURNAL_KEY, ou le fichier journal_key
  UNEPLACE_SECRET_KEY, ou le fichier secret_key"""


class Command(BaseCommand):
    help = "Sauvegarde la base de données et les fichiers dans une archive, vérifiable et sans les clés."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", metavar="FICHIER", type=Path, help="l’archive à écrire ; elle n’existe pas"
        )

    def handle(self, *, file, **options):
        try:
            manifest = back_up(file.absolute(), made_at=timezone.now().isoformat(timespec="seconds"))
        except BackupError as error:
            raise CommandError(str(error))
        rows = sum(manifest.tables.values())
        files = len(manifest.parts.keys() - {DUMP, WITNESS})
        self.stdout.write(f"{file} : {len(manifest.tables)} tables, {rows} lignes, {files} fichiers.")
        if manifest.skipped:
            left = len(manifest.skipped)
            self.stdout.write(f"{left} fichier(s) laissé(s) : en cours d’écriture, ou supprimés entre-temps.")
        self.stdout.write(APART)
