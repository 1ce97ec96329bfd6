from django.core.management.commands import migrate
from django.db import connections

from uneplace.kit.database import as_owner, prepare


class Command(migrate.Command):
    """Django's own `migrate`, signed in as the owner of the tables."""

    def handle(self, *args, **options):
        alias = options["database"]
        application_role = connections[alias].settings_dict["USER"]
        with as_owner(alias) as connection:
            prepare(connection, application_role)
            return super().handle(*args, **options)
