import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from uneplace.kit.scope import every_service, working_with
from uneplace.organisations.actor import Actor
from uneplace.people.models import Participant
from uneplace.rights import papers
from uneplace.rights.held import read_everything
from uneplace.web.acts import ACTS


class Command(BaseCommand):
    help = "Donne tout ce qui est gardé sur une personne, en JSON ou en PDF. Le journal le note."

    def add_arguments(self, parser):
        parser.add_argument("participant", type=int, metavar="PK", help="le numéro de la personne")
        form = parser.add_mutually_exclusive_group(required=True)
        form.add_argument("--json", action="store_true", dest="as_json", help="écrit le JSON sur la sortie")
        form.add_argument("--pdf", metavar="FICHIER", help="écrit le PDF dans ce fichier")

    def handle(self, *, participant, as_json: bool, pdf, **options):
        with every_service():
            person = Participant.objects.select_related("service").filter(pk=participant).first()
        if person is None:
            self.stderr.write(f"Aucune personne ne porte le numéro {participant}.")
            sys.exit(2)
        form, by = "json" if as_json else "pdf", Actor(None, person.service)
        with working_with([person.service_id]):
            data = read_everything(person, form=form, by=by, at=timezone.now())
        if as_json:
            self.stdout.write(papers.as_json(data))
            return
        Path(pdf).write_bytes(
            papers.as_pdf(data, words_of=lambda verb: ACTS[verb].words if verb in ACTS else verb)
        )
        self.stdout.write(f"Écrit\u00a0: {pdf}")
