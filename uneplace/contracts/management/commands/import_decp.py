import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone

from uneplace.contracts.decp import MAX_MEGABYTES, UnreadableFile, read
from uneplace.contracts.decp.load import ImportResult, import_contracts
from uneplace.kit.refused import Refused
from uneplace.kit.scope import working_with
from uneplace.organisations.actor import Actor
from uneplace.organisations.choice import chosen_service

UNREADABLE = 2


class Command(BaseCommand):
    help = "Importe des données essentielles de la commande publique (DECP) dans un service facilitateur."

    def add_arguments(self, parser):
        parser.add_argument(
            "files",
            nargs="+",
            type=Path,
            metavar="FICHIER",
            help=f"fichiers JSON ou XML, de {MAX_MEGABYTES} Mo au plus chacun",
        )
        parser.add_argument("--service", help="SIRET ou nom du service (sinon le seul, ou celui de la démo)")
        parser.add_argument("--json", action="store_true", dest="as_json", help="répond en JSON")

    def handle(self, *, files, service, as_json, **options):
        try:
            reading = read(*files)
            chosen = chosen_service(service)
            with working_with([chosen.pk]):
                result = import_contracts(reading, service=chosen, by=Actor(None, chosen), at=timezone.now())
        except (UnreadableFile, Refused) as error:
            self.stderr.write(str(error))
            sys.exit(UNREADABLE)
        if as_json:
            self.stdout.write(json.dumps(result.as_dict(), ensure_ascii=False))
        else:
            self._tell(result)

    def _tell(self, result: ImportResult) -> None:
        for finding in result.findings:
            level = "Erreur" if finding.level == "error" else "À vérifier"
            self.stdout.write(f"{level} : {finding.record} {finding.path} : {finding.message}")
        self.stdout.write(
            f"Marchés lus : {result.read} ; créés : {result.created} ; mis à jour : {result.updated} ;"
            f" inchangés : {result.unchanged} ; rejetés : {result.rejected}."
        )
