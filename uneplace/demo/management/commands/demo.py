import os
import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from uneplace.demo.accounts import accounts_told
from uneplace.demo.load import bring_reference, load_demo
from uneplace.kit.database import as_owner
from uneplace.kit.refused import Refused


class Command(BaseCommand):
    help = "Charge le territoire de démonstration sur une base vide : tout y est inventé."

    def add_arguments(self, parser):
        parser.add_argument("--without-accounts", action="store_true", help="ne rappelle pas les comptes")

    def handle(self, *, verbosity, without_accounts, **options):
        start = time.monotonic()
        say = self.stdout.write if verbosity else lambda line: None
        try:
            bring_reference(say)
            load_demo(at=timezone.now(), say=say)
        except Refused as refusal:
            raise CommandError(str(refusal))
        self._gather_statistics()
        say(f"Territoire de démonstration chargé en {time.monotonic() - start:.0f} s.")
        if not without_accounts:
            say(accounts_told())

    def _gather_statistics(self) -> None:
        # PostgreSQL knows nothing of tables filled a moment ago, and plans badly until it has looked at them.
        if os.environ.get("DATABASE_OWNER_URL"):
            with as_owner() as connection, connection.cursor() as cursor:
                cursor.execute("ANALYZE")
