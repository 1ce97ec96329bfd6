"""Who reads what of a person: the table that the notice, the record of processing and the pages print."""

from dataclasses import dataclass
from enum import StrEnum


class Reader(StrEnum):
    """Somebody who may read a part of a person's file."""

    SERVICE = "SERVICE"
    REFERRER = "REFERRER"
    EMPLOYER = "EMPLOYER"
    COMPANY = "COMPANY"
    BUYER = "BUYER"
    PUBLIC = "PUBLIC"

    @property
    def label(self) -> str:
        """As a person is told: « la structure qui vous accompagne »."""
        return READERS[self][0]

    @property
    def capacity(self) -> str:
        """As the record of processing says: « structure qui accompagne la personne »."""
        return READERS[self][1]


READERS = {
    Reader.SERVICE: ("le service facilitateur", "service facilitateur"),
    Reader.REFERRER: ("la structure qui vous accompagne", "structure qui accompagne la personne"),
    Reader.EMPLOYER: (
        "la structure d’insertion qui vous emploie ou vous propose",
        "structure d’insertion qui emploie ou propose la personne",
    ),
    Reader.COMPANY: ("l’entreprise du poste", "entreprise du poste"),
    Reader.BUYER: ("l’acheteur public", "acheteur public"),
    Reader.PUBLIC: ("tout le monde", "public"),
}
WHOLE, NEVER = "", None
NOTED = "chaque lecture est notée"


@dataclass(frozen=True)
class DataKind:
    """One kind of data: its name, what it holds, and within what limit each reader reads it.

    `WHOLE` is without limit, `NEVER` not at all.
    """

    name: str
    holds: str
    read_by: dict[Reader, str | None]


KINDS = [
    DataKind(
        "Identité et coordonnées",
        "nom, prénom, date de naissance, sexe, adresse, commune, téléphone, courriel",
        {
            Reader.SERVICE: WHOLE,
            Reader.REFERRER: WHOLE,
            Reader.EMPLOYER: WHOLE,
            Reader.COMPANY: "nom, téléphone et courriel, après accord de la personne",
            Reader.BUYER: NEVER,
            Reader.PUBLIC: NEVER,
        },
    ),
    DataKind(
        "CV, permis, disponibilité",
        "CV, permis et habilitations, disponibilité, réponses aux critères du poste",
        {
            Reader.SERVICE: WHOLE,
            Reader.REFERRER: WHOLE,
            Reader.EMPLOYER: WHOLE,
            Reader.COMPANY: "après accord de la personne",
            Reader.BUYER: NEVER,
            Reader.PUBLIC: NEVER,
        },
    ),
    DataKind(
        "Motif d’éligibilité et justificatifs",
        "ce qui donne droit à ces emplois (par exemple le RSA ou une reconnaissance de handicap), et "
        "les justificatifs vus",
        {
            Reader.SERVICE: NOTED,
            Reader.REFERRER: NOTED,
            Reader.EMPLOYER: NOTED,
            Reader.COMPANY: NEVER,
            Reader.BUYER: NEVER,
            Reader.PUBLIC: "un nombre de personnes, jamais moins de 5",
        },
    ),
    DataKind(
        "Contrat de travail et heures",
        "dates, type de contrat, poste, heures travaillées chaque mois",
        {
            Reader.SERVICE: WHOLE,
            Reader.REFERRER: WHOLE,
            Reader.EMPLOYER: "ceux qui la concernent",
            Reader.COMPANY: "ceux du travail fait pour elle",
            Reader.BUYER: "des totaux, sans nom",
            Reader.PUBLIC: "des totaux, jamais pour moins de 5 personnes",
        },
    ),
]


def read_by(reader: Reader) -> list[tuple[DataKind, str]]:
    """What this reader reads: each kind of data, and within what limit."""
    return [(kind, limit) for kind in KINDS if (limit := kind.read_by[reader]) is not None]


def never_read_by(reader: Reader) -> list[DataKind]:
    """What this reader never reads."""
    return [kind for kind in KINDS if kind.read_by[reader] is NEVER]
