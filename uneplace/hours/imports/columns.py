"""What the columns of a file hold: proposed from their headings, then told once by who sends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import models

from uneplace.people.likeness import words_of

LOOKED_AT = 30  # rows, to find the headings under a title
MOST_COLUMNS = 60
SAMPLES = 3


class Column(models.TextChoices):
    """What a column of hours may hold."""

    LAST_NAME = "LAST_NAME", "Nom"
    FIRST_NAME = "FIRST_NAME", "Prénom"
    FULL_NAME = "FULL_NAME", "Nom et prénom"
    BORN_ON = "BORN_ON", "Date de naissance"
    MONTH = "MONTH", "Mois"
    HOURS = "HOURS", "Heures travaillées"
    TRAINING = "TRAINING", "dont heures de formation"
    CONTRACT = "CONTRACT", "Marché (numéro ou objet)"


WORDS: dict[str, tuple[str, ...]] = {
    Column.BORN_ON: ("naissance", "ne le", "nee le", "ne e le", "ddn"),
    Column.TRAINING: ("formation", "form"),
    Column.FULL_NAME: (
        "nom prenom",
        "nom et prenom",
        "prenom nom",
        "prenom et nom",
        "nom complet",
        "salarie",
        "salariee",
        "beneficiaire",
        "participant",
        "personne",
        "interimaire",
    ),
    Column.FIRST_NAME: ("prenom", "prenoms"),
    Column.LAST_NAME: ("nom", "nom de famille", "nom usage", "nom d usage", "nom de naissance"),
    Column.MONTH: ("mois", "periode", "mois de paie", "mois travaille"),
    Column.CONTRACT: ("marche", "operation", "chantier", "n marche", "numero de marche"),
    Column.HOURS: ("heures", "heure", "nb h", "nb heures", "hrs", "h"),
}
"""What headings say, without accents; the first kind that answers is proposed."""


@dataclass(frozen=True)
class Heading:
    """One column as the file shows it: its rank, heading and first values."""

    rank: int
    title: str
    samples: tuple[str, ...]

    @property
    def letter(self) -> str:
        """The letter that a spreadsheet gives it."""
        high, low = divmod(self.rank, 26)
        return (chr(64 + high) if high else "") + chr(65 + low)

    @property
    def name(self) -> str:
        """What it is called: its heading, else its letter."""
        return self.title or f"colonne {self.letter}"


@dataclass(frozen=True)
class Headings:
    """The row of headings and its columns; `row` is its number in the file."""

    row: int
    columns: tuple[Heading, ...]

    @property
    def key(self) -> str:
        """What two files of one sender have in common when they are drawn alike."""
        return "|".join(" ".join(words_of(column.title)) for column in self.columns)[:2000]


def headings_of(rows: Sequence[tuple[int, list[str]]]) -> Headings | None:
    """The headings among the first rows of a file: the row that names the most columns, else the first that
    has two cells or more. None when no row has two."""
    filled = [(number, cells) for number, cells in rows if sum(map(bool, cells)) > 1]
    if not filled:
        return None
    best = max(filled, key=lambda row: len({kind for cell in row[1] if (kind := proposed(cell))}))
    number, titles = best
    below = [cells for other, cells in rows if other > number and any(cells)]
    columns = tuple(
        Heading(rank, title[:80], _samples(below, rank))
        for rank, title in enumerate(titles[:MOST_COLUMNS])
        if title or _samples(below, rank)
    )
    return Headings(number, columns)


def _samples(rows: Sequence[list[str]], rank: int) -> tuple[str, ...]:
    found = [cells[rank][:60] for cells in rows if rank < len(cells) and cells[rank]]
    return tuple(dict.fromkeys(found))[:SAMPLES]


def proposed(title: str) -> str:
    """What a heading says that its column holds; empty when it says nothing known."""
    words = words_of(title)
    said = " ".join(words)
    exact = next((kind for kind, known in WORDS.items() if said in known), "")
    if exact or not said:
        return exact
    for kind in (Column.BORN_ON, Column.TRAINING):
        if any(known in said for known in WORDS[kind] if len(known) > 3):
            return kind
    if "prenom" in words and "nom" in words:
        return Column.FULL_NAME
    for kind in (Column.FIRST_NAME, Column.MONTH, Column.CONTRACT, Column.HOURS, Column.LAST_NAME):
        if set(WORDS[kind]) & set(words):
            return kind
    return ""


def proposal(headings: Headings, remembered: Mapping[str, int] | None = None) -> dict[str, int]:
    """The column (its rank) of each kind, as remembered for files drawn alike, else as headings say."""
    if remembered is not None:
        return dict(remembered)
    found: dict[str, int] = {}
    for column in headings.columns:
        kind = proposed(column.title)
        if kind and kind not in found:
            found[kind] = column.rank
    if Column.LAST_NAME in found and Column.FIRST_NAME in found:
        found.pop(Column.FULL_NAME, None)
    elif Column.LAST_NAME in found and Column.FULL_NAME not in found:
        found[Column.FULL_NAME] = found.pop(Column.LAST_NAME)
    return found


def why_not_read(columns: Mapping[str, int], *, has_month: bool) -> list[str]:
    """The reasons that keep a file from being read with these columns."""
    reasons = []
    named = Column.FULL_NAME in columns or (Column.LAST_NAME in columns and Column.FIRST_NAME in columns)
    if not named:
        reasons.append(
            "Dites quelle colonne tient le nom et laquelle le prénom, ou celle qui tient les deux."
        )
    if Column.HOURS not in columns:
        reasons.append("Dites quelle colonne tient les heures travaillées.")
    if Column.MONTH not in columns and not has_month:
        reasons.append("Dites quelle colonne tient le mois, ou choisissez le mois de tout le fichier.")
    if len(set(columns.values())) < len(columns):
        reasons.append("Une colonne ne tient qu’une chose : deux choix désignent la même.")
    return reasons
