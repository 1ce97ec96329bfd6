from django.core.management.commands import flush

from tests.plugin import database


class Command(flush.Command):
    """What a transactional test calls when it ends: the database goes back to what it was."""

    def handle(self, **options):
        database.restore()
