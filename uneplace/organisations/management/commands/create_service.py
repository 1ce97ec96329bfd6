from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db.utils import ProgrammingError
from django.utils import timezone

from uneplace.kit.refused import Refused
from uneplace.kit.siret import clean_siret
from uneplace.organisations.actions import open_service


class Command(BaseCommand):
    help = "Ouvre un service facilitateur et invite la première personne à l’administrer."

    def add_arguments(self, parser):
        parser.add_argument("--name", required=True, help="nom du service")
        parser.add_argument("--siret", required=True, help="SIRET de l’organisme qui le porte")
        parser.add_argument("--email", required=True, help="adresse de la personne à inviter")

    def handle(self, *, name, siret, email, **options):
        if not name.strip():
            raise CommandError("Le nom du service est vide.")
        try:
            digits = clean_siret(siret)
        except ValueError as error:
            raise CommandError(str(error))
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"Ce n’est pas une adresse électronique\u00a0: {email}")
        try:
            service, link = open_service(
                name=name.strip(), siret=digits, email=email.lower(), at=timezone.now()
            )
        except Refused as refusal:
            raise CommandError(str(refusal))
        except ProgrammingError:
            raise CommandError("Les tables manquent\u00a0: lancez d’abord «\u00a0uneplace migrate\u00a0».")
        self.stdout.write(f"Service ouvert\u00a0: {service} ({service.identifier}).")
        self.stdout.write(f"Invitation envoyée à {email}, valable 14 jours\u00a0:")
        self.stdout.write(link)
