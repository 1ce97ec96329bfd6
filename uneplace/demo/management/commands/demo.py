import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from uneplace.demo.accounts import ACCOUNTS
from uneplace.demo.load import load_demo
from uneplace.demo.territory import PASSWORD
from uneplace.kit.refused import Refused


class Command(BaseCommand):
    help = "Charge le territoire de démonstration sur une base vide : tout y est inventé."

    def handle(self, *, verbosity, **options):
        start = time.monotonic()
        say = self.stdout.write if verbosity else lambda line: None
        try:
            load_demo(at=timezone.now(), say=say)
        except Refused as refusal:
            raise CommandError(str(refusal))
        say(f"Territoire de démonstration chargé en {time.monotonic() - start:.0f} s.")
        for account in ACCOUNTS:
            say(f"  {account.role_label} : {account.email}")
        say(f"Mot de passe de tous les comptes : {PASSWORD}")
