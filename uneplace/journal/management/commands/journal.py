import json
import secrets
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from uneplace.journal import witness
from uneplace.journal.chain import Broken, seal_entries
from uneplace.journal.verify import Verdict, verify

SHOWN = 40  # faults told one by one


class Command(BaseCommand):
    help = "Scelle le journal des actes, et vérifie que personne n’y a touché."

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True, metavar="verify | seal | restored | new-key")
        check = acts.add_parser("verify", help="relit tout le journal ; 0 entier, 1 altéré, 2 non vérifiable")
        check.add_argument("--json", action="store_true", help="la réponse en JSON")
        acts.add_parser("seal", help="scelle les actes qui ne le sont pas encore")
        restored = acts.add_parser("restored", help="accepte le journal tel qu’une sauvegarde l’a rendu")
        restored.add_argument("--reason", required=True, help="pourquoi la base a été restaurée")
        acts.add_parser("new-key", help="tire une nouvelle clé ; les anciennes vérifient encore")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, options["act"].replace("-", "_"))(options)

    def verify(self, options: dict[str, Any]) -> None:
        verdict = verify()
        if verdict.is_whole and verdict.unsealed:
            seal_entries(at=timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps({"whole": verdict.is_whole, **asdict(verdict)}, ensure_ascii=False))
        else:
            self.stdout.write(in_words(verdict))
        if not verdict.is_whole:
            raise SystemExit(2 if verdict.unchecked else 1)

    def seal(self, options: dict[str, Any]) -> None:
        try:
            sealed = seal_entries(at=timezone.now())
        except Broken:
            raise CommandError(
                "Rien n’est scellé : la fin du journal n’est plus celle que le témoin a vue. "
                "Lancez « uneplace journal verify ».",
                returncode=1,
            )
        self.stdout.write(f"Actes scellés : {sealed}.")

    def restored(self, options: dict[str, Any]) -> None:
        witness.note_restoration(reason=options["reason"][:300], at=timezone.now())
        self.stdout.write("Le témoin repart du journal restauré ; il note que la suite est perdue.")

    def new_key(self, options: dict[str, Any]) -> None:
        path = settings.JOURNAL_KEY_FILE
        if path is None:
            raise CommandError(
                "Les clés viennent de UNEPLACE_JOURNAL_KEY : ajoutez-y la nouvelle, après une espace.",
                returncode=2,
            )
        with path.open("a") as file:
            file.write(f"\n{secrets.token_urlsafe(50)}\n")
        self.stdout.write("Nouvelle clé ajoutée : relancez le site pour qu’il s’en serve.")


def in_words(verdict: Verdict) -> str:
    """What a check found, for whoever administers the site."""
    if verdict.unchecked:
        return f"Journal non vérifiable : {verdict.unchecked}"
    read = f"{verdict.entries} acte(s), {verdict.seals} scellé(s)"
    if verdict.is_whole:
        return f"Journal entier : {read}, {verdict.unsealed} acte(s) à sceller."
    told = [str(fault) for fault in verdict.faults[:SHOWN]]
    if len(verdict.faults) > SHOWN:
        told.append(f"… et {len(verdict.faults) - SHOWN} autre(s).")
    return "\n".join([f"Journal altéré ({read}) :", *told])
