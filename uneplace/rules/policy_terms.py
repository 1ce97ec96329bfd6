"""The terms of a clause that are not its sizing, by the names of its columns: what each is, how it is said.

One table, so that presets, the public page, the clause and the history of its amendments say them alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from uneplace.rules import french
from uneplace.rules.calendar import calendars
from uneplace.rules.grounds import Ground

TermKind = Literal[
    "months", "months before", "days", "day of month", "euros", "share", "flag", "choice", "codes"
]
Value = int | str | bool | Decimal | None | list[str]

EVERY = {1: "chaque mois", 3: "chaque trimestre", 6: "chaque semestre", 12: "chaque année"}


@dataclass(frozen=True)
class Term:
    """One term: its French name, the kind of its values, and the words of those that a number does not say.

    `none` says what the absence of a value means; a term without it always has a value.
    """

    label: str
    kind: TermKind
    none: str = ""
    words: Mapping[Any, str] | None = None

    def say(self, value: Value) -> str:
        """The value as people read it, with its unit."""
        if value is None:
            return self.none
        if self.words is not None and not isinstance(value, list):
            return self.words.get(value, str(value))
        if isinstance(value, list):
            names = self.words or {}
            return ", ".join(names.get(code, code) for code in value)
        if self.kind == "euros":
            return french.euros(Decimal(str(value)))
        if self.kind == "share":
            return french.percent(Decimal(str(value)))
        if self.kind == "months":
            return f"{value}{french.NBSP}mois"
        if self.kind == "months before":
            return f"{value}{french.NBSP}mois avant la fin de la précédente"
        if self.kind == "days":
            return french.several(int(str(value)), "jour", "jours")
        if self.kind == "day of month":
            return f"avant le {value} du mois suivant"
        return str(value)


YES_NO = {True: "oui", False: "non"}
MODALITIES = {
    "DIRECT": "embauche directe",
    "MISE_A_DISPOSITION": "mise à disposition",
    "SOUS_TRAITANCE": "sous-traitance",
}

COUNTING: dict[str, Term] = {
    "window_months": Term("Durée de comptage d’une personne", "months", "sans limite"),
    "permanent_window_months": Term("Durée de comptage d’un CDI", "months", "sans limite"),
    "permanent_window_from": Term(
        "La durée d’un CDI part",
        "choice",
        words={"HIRE": "de l’embauche", "CLAUSE": "de son premier jour dans l’exécution du marché"},
    ),
    "work_study_window_months": Term("Durée de comptage d’une alternance", "months", "tout le contrat"),
    "window_scope": Term(
        "La durée d’une personne s’ouvre",
        "choice",
        words={
            "CLAUSE": "sur ce marché seulement",
            "PERSON": "à son premier contrat sur n’importe quel marché",
        },
    ),
    "renewal_months": Term("Nouvelle durée, sur une décision prise au plus tôt", "months before"),
    "training": Term(
        "Heures de formation",
        "choice",
        words={
            "COUNTED": "comptées",
            "NOT_COUNTED": "non comptées",
            "CAPPED": "comptées jusqu’à une part des heures",
        },
    ),
    "training_cap_share": Term("Part de formation comptée", "share", "sans limite"),
    "accepted_grounds": Term(
        "Publics admis",
        "codes",
        "tous ceux de la clause sociale",
        {ground.value: ground.label for ground in Ground},
    ),
    "accepted_modalities": Term("Modalités admises", "codes", "toutes", MODALITIES),
    "late_decision_days": Term("Retard admis de la décision d’éligibilité", "days"),
    "holiday_zone": Term("Jours fériés", "choice", words={zone: zone for zone in calendars()}),
}
DOCUMENTS: dict[str, Term] = {
    "statement_every": Term("Relevé d’heures", "choice", words=EVERY),
    "statement_due_day": Term("Relevé d’heures attendu", "day of month"),
    "forecast_every": Term("Prévisionnel des embauches", "choice", "non demandé", EVERY),
    "forecast_due_day": Term("Prévisionnel attendu", "day of month", "sans date"),
    "certificate_every": Term("Attestation de sous-traitance d’insertion", "choice", "non demandée", EVERY),
    "certificate_due_day": Term("Attestation attendue", "day of month", "sans date"),
    "proof_every": Term("Justificatif des heures", "choice", "non demandé", EVERY),
    "proof_due_day": Term("Justificatif attendu", "day of month", "sans date"),
}
PENALTIES: dict[str, Term] = {
    "penalty_rate": Term("Pénalité par heure manquante", "euros", "aucune prévue"),
    "penalty_document_day": Term("Pénalité par jour de retard d’un document", "euros", "aucune prévue"),
    "penalty_per_document": Term(
        "Plusieurs documents en retard le même jour",
        "flag",
        words={True: "chacun compte", False: "le jour compte une fois"},
    ),
    "penalty_days_from_notice": Term(
        "Les jours de retard partent",
        "flag",
        words={True: "de la mise en demeure", False: "de la date attendue"},
    ),
    "penalty_action": Term("Pénalité par action manquée", "euros", "aucune prévue"),
    "penalty_requires_notice": Term(
        "Mise en demeure avant toute pénalité", "flag", words={True: "nécessaire", False: "non nécessaire"}
    ),
}
TERMS: dict[str, Term] = COUNTING | DOCUMENTS | PENALTIES
