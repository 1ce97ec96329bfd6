from django.core.management.base import BaseCommand
from django.utils import timezone

from uneplace.kit.scope import working_with
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.rights.retention import Outcome, apply_retention, forget_invitations
from uneplace.rules import french


class Command(BaseCommand):
    help = "Applique les durées de conservation\u00a0: annonce, anonymise, purge ce qui est à son terme."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait fait, sans rien faire")

    def handle(self, *, dry_run, **options):
        at = timezone.now()
        for service in Organisation.objects.facilitators().order_by("pk"):
            with working_with([service.pk]):
                outcome = apply_retention(service, by=Actor(None, service), at=at, dry_run=dry_run)
            self._print(str(service), outcome)
        invitations = forget_invitations(at=at, dry_run=dry_run)
        self.stdout.write(f"Invitations supprimées\u00a0: {french.number(invitations)}")
        if dry_run:
            self.stdout.write("Rien n’a été changé.")

    def _print(self, service: str, outcome: Outcome) -> None:
        self.stdout.write(service)
        for label, count in (
            ("Dossiers annoncés", len(outcome.announced)),
            ("Dossiers anonymisés", len(outcome.anonymised)),
            ("Dossiers gardés par un contrôle ou un contrat en cours", len(outcome.held)),
            ("CV supprimés", outcome.cvs),
            ("Justificatifs purgés", outcome.proofs),
            ("Fiches de poste dont la tutrice ou le tuteur est oublié", outcome.tutors),
        ):
            self.stdout.write(f"  {label}\u00a0: {french.number(count)}")
