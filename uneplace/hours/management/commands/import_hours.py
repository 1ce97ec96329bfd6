import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone

from uneplace.hours.imports import actions
from uneplace.hours.imports.checking import Outcome, outcome_of
from uneplace.hours.imports.columns import Column, Heading, Headings, proposal
from uneplace.hours.imports.queries import Refusals
from uneplace.hours.imports.running import read_import
from uneplace.hours.imports.values import month_of
from uneplace.hours.models import HoursImport, ImportDoubt
from uneplace.kit.refused import Refused
from uneplace.kit.scope import working_with
from uneplace.kit.spreadsheets import KINDS
from uneplace.organisations.actor import Actor
from uneplace.organisations.choice import chosen_service
from uneplace.organisations.models import Organisation
from uneplace.rules import french

SOME_REFUSED, UNREADABLE = 1, 2
MOST_TOLD = 1000


class Command(BaseCommand):
    help = "Importe les heures d’un tableur dans les relevés d’un service, comme la page « Importer »."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FICHIER", help=KINDS)
        parser.add_argument("--service", help="SIRET ou nom du service (sinon le seul, ou celui de la démo)")
        parser.add_argument(
            "--sender", help="SIRET ou nom de qui a fait le fichier, s’il n’y a qu’un déclarant"
        )
        parser.add_argument("--month", help="le mois de tout le fichier, par exemple 2026-10")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="CHOSE=LETTRE",
            help=f"ce que tient une colonne, par exemple HOURS=D ; choses : {', '.join(Column.values)}",
        )
        parser.add_argument(
            "--send", action="store_true", help="envoie les relevés dont chaque personne a ses heures"
        )
        parser.add_argument("--dry-run", action="store_true", help="lit et vérifie, sans rien importer")
        parser.add_argument("--json", action="store_true", dest="as_json", help="répond en JSON")

    def handle(self, *, file, service, sender, month, column, send, dry_run, as_json, **options):
        at = timezone.now()
        try:
            chosen = chosen_service(service)
            by = Actor(None, chosen)
            with working_with([chosen.pk]):
                hours_import, known = self._receive(file, _sender(sender, chosen), chosen, by, at)
                if not known:
                    columns = _columns(hours_import, column)
                    whole = month_of(month) if month else None
                    actions.tell_columns(hours_import, columns, month=whole, by=by, at=at)
            if not known:
                read_import(hours_import, on=timezone.localtime(at).date())
            with working_with([chosen.pk]):
                is_whole = self._answer(hours_import, known, send, dry_run, as_json, by, at)
        except (Refused, ValueError) as error:
            self.stderr.write(str(error))
            sys.exit(UNREADABLE)
        if not is_whole:  # said once all is written: leaving the scope by an error would undo it
            sys.exit(SOME_REFUSED)

    def _receive(self, path, sender, service, by, at) -> tuple[HoursImport, bool]:
        """The import of a file, and whether it was already done."""
        try:
            with path.open("rb") as content:
                digest = actions.digest_of(content)
                if done := actions.same_file(digest, service=service, importer=service):
                    return done, True
                size = path.stat().st_size
                received = actions.receive_file(
                    content, path.name, size, service=service, sender=sender, by=by, at=at
                )
        except OSError:
            raise Refused("Ce fichier ne peut pas être lu.")
        return received, False

    def _answer(self, hours_import, known, send, dry_run, as_json, by, at) -> bool:
        """Accept what is good and tell the rest; whether every line entered or was already declared."""
        if known:
            self._tell(hours_import, None, as_json, [])
            return True
        hours_import.refresh_from_db()
        if hours_import.status == HoursImport.Status.FAILED:
            raise Refused(hours_import.failure)
        open_doubts = hours_import.doubts.values_list("pk", flat=True)
        doubtful = outcome_of(hours_import).doubtful
        answers = dict.fromkeys(open_doubts, ImportDoubt.NOBODY)
        if answers:
            actions.settle_doubts(hours_import, answers, by=by, at=at)
        outcome = outcome_of(hours_import)
        refusals = Refusals(hours_import)
        told = refusals[0:MOST_TOLD]
        if dry_run or not outcome.good:
            actions.drop_import(hours_import, by=by, at=at)
        else:
            actions.accept_import(hours_import, shown=outcome.digest, sends=send, by=by, at=at)
        self._tell(hours_import, outcome, as_json, told)
        return not doubtful and not outcome.refused

    def _tell(self, hours_import: HoursImport, outcome: Outcome | None, as_json: bool, refusals) -> None:
        done = hours_import.status == HoursImport.Status.DONE and outcome is not None
        figures = {
            "lines": hours_import.lines_read,
            "imported": outcome.good if done else 0,
            "unchanged": outcome.unchanged if outcome else hours_import.lines_read,
            "to_choose": outcome.left_out if outcome else 0,
            "refused": outcome.refused if outcome else 0,
            "shared": outcome.shared if done else 0,
        }
        if as_json:
            lines = [vars(one) for one in refusals]
            self.stdout.write(json.dumps({**figures, "refusals": lines}, ensure_ascii=False))
            return
        for one in refusals:
            self.stdout.write(f"Ligne {one.number}, {one.heading}, « {one.said} » : {one.reason}")
        if outcome is None:
            self.stdout.write("Ce fichier est déjà importé : rien n’a changé.")
            return
        self.stdout.write(
            f"Lignes lues : {figures['lines']} ; importées : {figures['imported']} ; "
            f"déjà déclarées : {figures['unchanged']} ; à choisir sur la page : {figures['to_choose']} ; "
            f"refusées : {figures['refused']}."
        )
        if done and outcome.shared:
            self.stdout.write(
                f"Sans marché, réparties entre ceux de la personne : {outcome.shared} ; "
                f"{french.hours(outcome.elsewhere)} hors de ces marchés."
            )


def _sender(named: str | None, service: Organisation) -> Organisation:
    if not named:
        return service
    digits = named.replace(" ", "")
    found = list(Organisation.objects.filter(Q(siret=digits) | Q(name__iexact=named.strip()))[:2])
    if len(found) != 1:
        raise Refused(f"Aucune organisation ne répond à « {named} », ou plusieurs.")
    return found[0]


def _columns(hours_import: HoursImport, told: list[str]) -> dict[str, int]:
    """The columns as told, the others as remembered or proposed."""
    headings = Headings(
        hours_import.headings["row"],
        tuple(
            Heading(rank, title, tuple(samples)) for rank, title, samples in hours_import.headings["columns"]
        ),
    )
    found = proposal(headings, actions.remembered_columns(hours_import))
    letters = {column.letter: column.rank for column in headings.columns}
    for one in told:
        kind, _, letter = one.partition("=")
        if kind not in Column.values or letter.upper() not in letters:
            raise CommandError(f"--column {one} : écrivez par exemple HOURS=D.")
        found = {key: rank for key, rank in found.items() if rank != letters[letter.upper()]}
        found[kind] = letters[letter.upper()]
    return found
