"""What each figure of a report counts, in the words that pages and documents print under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from uneplace.rules import french

from .figures import UNKNOWN, Row, YearlyFigures

DEFINITIONS = {
    "hours": (
        "Heures d’insertion travaillées dans l’année, déclarées, contrôlées puis comptées selon la clause de "
        "chaque marché. Un mois compte dans l’année où il a été travaillé, même s’il est validé plus tard."
    ),
    "participants": (
        "Personnes qui ont des heures comptées dans l’année. Chacune est comptée une fois, quel que soit le "
        "nombre de ses contrats."
    ),
    "contracts": (
        "Marchés sur lesquels des heures sont comptées dans l’année. Un marché est compté une fois, quel que "
        "soit le nombre de ses lots et de ses entreprises."
    ),
    "placements": "Contrats de travail qui ont des heures comptées dans l’année.",
    "companies": "Entreprises engagées sur ces marchés, titulaires, cotraitantes ou sous-traitantes.",
    "buyers": "Acheteurs de ces marchés.",
    "full_time": "Heures comptées, divisées par les heures d’un équivalent temps plein.",
    "not_counted": (
        "Heures déclarées qui ne comptent pas pour la clause. La raison de chacune est écrite au registre."
    ),
}


@dataclass(frozen=True)
class Breakdown:
    """One way of telling the same hours: its name in code, its title, what its lines are, how to read it."""

    name: str
    title: str
    head: str
    note: str = ""


BREAKDOWNS = [
    Breakdown(
        "by_month", "Mois par mois", "Mois", "Une personne est comptée chaque mois où elle a des heures."
    ),
    Breakdown(
        "by_modality",
        "Comment les personnes travaillent",
        "Modalité",
        "Une personne qui a connu deux modalités est dans les deux lignes.",
    ),
    Breakdown(
        "by_ground",
        "Motif principal d’éligibilité",
        "Motif",
        "Le motif principal choisi dans la décision qui porte les heures.",
    ),
    Breakdown("by_sex", "Femmes et hommes", "Sexe"),
    Breakdown("by_age", "Âge", "Âge", "L’âge au premier jour compté de l’année."),
    Breakdown(
        "by_trade",
        "Métiers exercés",
        "Métier",
        "Métier du contrat de travail, répertoire ROME de France Travail. Une personne qui a exercé deux "
        "métiers est dans les deux lignes.",
    ),
    Breakdown("by_commune", "Communes d’habitation", "Commune", "La commune connue à ce jour."),
]

MASKING_NOTE = (
    "Un effectif de moins de 5 personnes n’est pas publié\u00a0; d’autres lignes sont masquées pour qu’on ne "
    "puisse pas le retrouver."
)


def label_of(row: Row) -> str:
    """The name of a line as a title: « Femme », « Non renseigné »."""
    return UNKNOWN.capitalize() if not row.code else row.label[:1].upper() + row.label[1:]


def has_masked(rows: Sequence[Row]) -> bool:
    """Whether some lines are withheld."""
    return any(row.masked for row in rows)


def divisor_words(figures: YearlyFigures) -> str:
    """« 1 600 h pour un équivalent temps plein (usage : …) »: always printed, with its status."""
    full_time = figures.full_time
    return (
        f"{french.hours(full_time.divisor)} pour un équivalent temps plein "
        f"({full_time.source.kind}\u00a0: {full_time.source.label})"
    )
