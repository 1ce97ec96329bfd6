import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from uneplace.kit.scope import every_service
from uneplace.mails.bounces import read_bounce
from uneplace.mails.outcomes import mark_bounced

MOST = 5_000_000  # bytes; a report joins at most the mail, and ours carry no file


class Command(BaseCommand):
    help = "Lit l’avis d’un serveur de courriel qui n’a pas pu remettre un message, et le note au dossier."

    def add_arguments(self, parser):
        parser.add_argument("file", help="l’avis, ou - pour l’entrée standard")

    def handle(self, *args, **options):
        raw = sys.stdin.buffer.read(MOST) if options["file"] == "-" else _content(Path(options["file"]))
        if (bounce := read_bounce(raw)) is None:
            self.stdout.write("Ce n’est pas l’avis d’un de nos messages non remis : rien n’est noté.")
            return
        with every_service():
            noted = mark_bounced(bounce.token, reason=bounce.reason, at=timezone.now())
        self.stdout.write(bounce.reason if noted else "Déjà noté, ou message oublié depuis.")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST)
    except OSError as error:
        raise CommandError(f"Impossible de lire {path} : {error.strerror}.", returncode=2) from error
