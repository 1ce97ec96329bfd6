"""Sensitive fields, each with a mark found wherever the field is shown; and the matrix of `fields.txt`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import models

from tests.meta.world import World
from uneplace.evidence.models import Evidence
from uneplace.hours.models import Confirmation, Placement, Statement, StatementLine
from uneplace.offers.models import Application, CriterionAnswer
from uneplace.people.models import DecisionProof, EligibilityDecision, Participant
from uneplace.rules.eligibility import Ground

FILE = Path(__file__).with_name("fields.txt")
READERS = {
    "service": "service",
    "referrer": "prescripteur",
    "employer": "structure",
    "company": "entreprise",
    "buyer": "acheteur",
    "public": "public",
}
SIGNS = {
    "page": "p",
    "fragment": "p",
    "suggestion": "s",
    "export": "x",
    "document": "d",
    "asked": "a",
    "mail": "m",
}
LEGEND = """\
# Qui lit quoi : une ligne par donnée d’une personne, une colonne par lecteur. Prescripteur et structure sont
# ceux de la personne, l’entreprise celle à qui son dossier est transmis, l’acheteur celui du marché.
#   p  dans une page   s  dans une recherche   x  dans un export   d  dans un PDF   m  dans un message
#   a  seulement après l’avoir demandé : un envoi (POST) écrit au journal     -  nulle part
"""


@dataclass(frozen=True)
class Field:
    """A sensitive field: its words, where it is kept, and the mark that stands for it on a page.

    Words that stand on some pages about nobody (`apart`, a pattern of addresses) are not the field.
    """

    words: str
    model: type[models.Model]
    name: str
    mark: str
    value: Any = None
    apart: str = "^$"

    def plant(self, world: World) -> None:
        """Give everybody of the world's file this value."""
        for thing in self.model.objects.filter(service=world.organisations["service"]):
            setattr(thing, self.name, self.mark if self.value is None else self.value)
            thing.save()


FIELDS = [
    Field("nom", Participant, "last_name", "Marque-Nom"),
    Field("date de naissance", Participant, "born_on", "14 mars 1987", date(1987, 3, 14)),
    Field("adresse électronique", Participant, "email", "marque@courriel.example"),
    Field("téléphone", Participant, "phone", "06 99 88 77 66"),
    Field("adresse", Participant, "address", "7 rue de la Marque"),
    Field(
        "motif d’éligibilité",
        EligibilityDecision,
        "main_ground",
        Ground.BOETH.label,
        Ground.BOETH.value,
        # totals, and forms that list them all
        apart=r"^/bilans/|^/service/|/(eligibilite|modifier|clause|avenant|reponse)/$",
    ),
    Field("justificatif : sa nature", Evidence, "kind", "Marque-Nature"),
    Field("justificatif : pourquoi à refaire", Evidence, "reason", "Marque-Refaire"),
    Field("justificatif : nom du fichier", Evidence, "file_name", "Marque-Preuve.pdf"),
    Field("décision : raison d’un refus", EligibilityDecision, "reason", "Marque-Raison"),
    Field("candidature : disponibilité", Application, "availability", "Marque-Disponible"),
    Field("candidature : mot de la structure", Application, "message", "Marque-Mot"),
    Field("candidature : nom du CV", Application, "cv_name", "Marque-CV.pdf"),
    Field("candidature : raison de la présélection", Application, "shortlist_reason", "Marque-Retenue"),
    Field("candidature : précision d’un refus", Application, "decline_note", "Marque-Refus"),
    Field("réponse à un critère", CriterionAnswer, "fact", "Marque-Fait"),
    Field("contrat de travail : poste", Placement, "job", "Marque-Poste"),
    Field("relevé : commentaire", Statement, "comment", "Marque-Commentaire"),
    Field("relevé : commentaire d’une ligne", StatementLine, "comment", "Marque-Ligne"),
    Field("mois dit autre : ses mots", Confirmation, "words", "Marque-Écart"),
]
CV_WORDS = "Marque-Dans-Le-CV"
PROOF_WORDS = "Marque-Dans-Le-Justificatif"


def plant(world: World) -> None:
    """Put every mark in the file of the world."""
    service = world.organisations["service"]
    for decision in EligibilityDecision.objects.filter(service=service):
        decision.grounds = [Ground.BOETH.value]
        decision.main_ground = Ground.BOETH.value
        decision.save()
    DecisionProof.objects.filter(service=service).update(ground=Ground.BOETH.value)
    for application in Application.objects.filter(service=service):
        application.cv.save("cv.pdf", ContentFile(b"%PDF-1.4\n" + CV_WORDS.encode()))
    for evidence in Evidence.objects.filter(service=service):
        evidence.file_name = "marque.pdf"
        evidence.file.save("justificatif.pdf", ContentFile(b"%PDF-1.4\n" + PROOF_WORDS.encode()))
    for field in FIELDS:
        field.plant(world)


def marks() -> Iterator[tuple[str, str, str]]:
    """The words of each field, its mark and the addresses left apart; the contents of files included."""
    yield from ((field.words, field.mark, field.apart) for field in FIELDS)
    yield "candidature : contenu du CV", CV_WORDS, "^$"
    yield "justificatif : contenu du fichier", PROOF_WORDS, "^$"


def declared() -> dict[str, dict[str, str]]:
    """What the file says: for each field, the signs of each reader."""
    found = {}
    for line in FILE.read_text().splitlines():
        if not line.startswith("#") and line.strip():
            words, *cells = (cell.strip() for cell in line.split("|"))
            found[words] = dict(zip(READERS, cells, strict=True))
    return found


def written(cells: dict[str, dict[str, str]]) -> str:
    """These signs as the file writes them."""
    width = max(len(words) for words in cells)
    head = "#" + " " * (width - 1) + "".join(f" | {name:<12}" for name in READERS.values())
    lines = [
        f"{words:<{width}}" + "".join(f" | {signs[name]:<12}" for name in READERS)
        for words, signs in cells.items()
    ]
    return LEGEND + "#\n" + "\n".join(line.rstrip() for line in [head, *lines]) + "\n"
