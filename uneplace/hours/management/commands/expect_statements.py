from django.core.management.base import BaseCommand
from django.utils import timezone

from uneplace.hours.expected import expect_statements
from uneplace.kit.scope import every_service


class Command(BaseCommand):
    help = "Ouvre les relevés attendus des mois commencés."

    def handle(self, *args, **options):
        with every_service():
            opened = expect_statements(on=timezone.localdate())
        if options["verbosity"]:
            self.stdout.write(
                f"{opened} relevé{'s' if opened > 1 else ''} ouvert{'s' if opened > 1 else ''}."
            )
