from django.core.management.base import CommandError
from django.core.management.commands import check
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from uneplace.kit import sealing
from uneplace.kit.database import faults


class Command(check.Command):
    """Django's own `check`, then the database: reachable, recent enough, migrated, with the right roles, and
    the keys that its sealed columns and files need."""

    def handle(self, *app_labels, **options):
        super().handle(*app_labels, **options)
        if app_labels or options["tags"] or options["list_tags"]:
            return
        try:
            found = faults(connection)
        except OperationalError as error:
            raise CommandError(f"Base de données injoignable : {' '.join(str(error).split())}", returncode=2)
        executor = MigrationExecutor(connection)
        if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            found.append(f"{len(waiting)} migration(s) à appliquer : lancez « uneplace migrate ».")
        else:
            found += sealing.faults()
        if found:
            raise CommandError("\n".join(found), returncode=2)
        self.stdout.write("Base de données : joignable, à jour, rôles séparés, données chiffrées lisibles.")
