from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.timezone import localtime

from uneplace.kit.scope import every_service
from uneplace.organisations.dormant import dormant, tell_of_dormant_accounts
from uneplace.rules.french import several


class Command(BaseCommand):
    help = "Les comptes qui n’ont pas servi depuis 90 jours, par organisation."

    def add_arguments(self, parser):
        parser.add_argument(
            "--tell",
            action="store_true",
            help="écrit aussi à qui administre, comme chaque trimestre",
        )

    def handle(self, *, tell, **options):
        at = timezone.now()
        rows = dormant(at=at).select_related("user", "organisation")
        rows = list(rows.order_by("organisation__name", "user__email", "pk"))
        for one in rows:
            last = one.user.last_login
            seen = f"vu le {localtime(last):%d/%m/%Y}" if last else "jamais connecté"
            self.stdout.write(f"{one.organisation}\t{one.user.email}\t{one.get_role_display()}\t{seen}")
        self.stdout.write(f"{several(len(rows), 'compte dormant', 'comptes dormants')}.")
        if tell:
            with every_service():
                told = tell_of_dormant_accounts(at=at)
            self.stdout.write(f"{several(told, 'organisation prévenue', 'organisations prévenues')}.")
