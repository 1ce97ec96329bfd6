from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.factors import reset_factors
from uneplace.organisations.queries import organisations_of, user_with


class Command(BaseCommand):
    help = "Remet à zéro la double authentification d’une personne, quand personne d’autre ne peut le faire."

    def add_arguments(self, parser):
        parser.add_argument("email", help="adresse du compte")

    def handle(self, *, email, **options):
        user = user_with(email)
        if user is None:
            raise CommandError(f"Aucun compte n’a cette adresse\u00a0: {email}")
        memberships = organisations_of(user)
        if not memberships:
            raise CommandError(f"{email} n’appartient à aucune organisation.")
        try:
            reset_factors(user, by=Actor(None, memberships[0].organisation), at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal))
        self.stdout.write(f"{user} choisira une nouvelle double authentification à sa prochaine connexion.")
