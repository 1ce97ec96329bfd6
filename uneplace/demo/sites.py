"""The clauses under way on the day of loading: each tells one situation that a facilitator meets."""

from dataclasses import dataclass
from decimal import Decimal

from uneplace.contracts.models import Clause
from uneplace.hours.models import Statement
from uneplace.rules.hours_due import Actions, Bands, Invoiced

Status = Statement.Status


@dataclass(frozen=True)
class Site:
    """One clause under way.

    Months are counted from the current one: the execution began `ago` months before and ends `left` months
    after. `pace` is what is counted over what should be, `last` and `before` what became of the statements of
    the last month and of the one before; None is a month that nobody declared yet. `due` is in hours, or in
    actions for a clause that counts them; 0 is what the pace asks for.
    """

    object: str
    sector: str
    buyer: int
    company: int | None
    ago: int
    left: int
    people: int
    pace: Decimal = Decimal(1)
    status: str = Clause.Status.RUNNING
    last: str | None = Status.VALIDATED
    before: str | None = Status.VALIDATED
    with_company: int | None = None
    due: int = 0
    imported: bool = False
    method: str = ""  # by turns the amount and a fixed volume, when left out


# The buyer, the company and the structure of the demo accounts are the first of their lists. No company: the
# worksite « Les Chantiers de l’Aubrelle » holds the contract itself.
SITES = [
    Site(
        "Construction du groupe scolaire des Tilleuls, gros œuvre",
        *("gros_oeuvre", 0, 0, 9, 9, 7, Decimal("0.97")),
        last=Status.SUBMITTED,
        imported=True,
    ),
    Site(
        "Réhabilitation du gymnase du Val-Marin, maçonnerie",
        *("gros_oeuvre", 0, 0, 6, 8, 7, Decimal("0.80")),
        last=None,
        before=Status.RETURNED,
        with_company=1,
    ),
    Site(
        "Entretien des espaces naturels des marais de Lysandre",
        *("espaces_verts", 1, None, 8, 16, 26, Decimal("1.02")),
        last=Status.DRAFT,
    ),
    Site(
        "Remise en peinture de logements, résidence des Iris",
        *("peinture", 0, 45, 8, 4, 3, Decimal("0.55")),
        last=Status.SUBMITTED,
    ),
    Site(
        "Rénovation thermique de la résidence des Sorbiers",
        *("second_oeuvre", 0, 78, 10, 3, 2, Decimal("0.28")),
        last=None,
        before=None,
    ),
    Site(
        "Réfection de la voirie, secteur du Haut-Quai",
        *("reseaux", 2, 60, 7, 5, 4, Decimal("0.90")),
        status=Clause.Status.SUSPENDED,
    ),
    Site(
        "Nettoyage des locaux, site des Courlis",
        *("nettoyage", 5, 98, 10, 2, 5, Decimal("1.30")),
        status=Clause.Status.MET,
    ),
    Site(
        "Collecte et tri, déchèterie du Colombier",
        *("dechets", 19, 136, 13, -1, 4, Decimal("0.72")),
        status=Clause.Status.NOT_MET,
    ),
    Site(
        "Aménagement d’une voie cyclable, section des Saules",
        *("reseaux", 0, 62, -1, 9, 0),
        status=Clause.Status.VALIDATED,
        due=910,
    ),
    Site(
        "Peinture et sols du collège du Bel-Orme",
        *("peinture", 1, 47, -1, 7, 0),
        status=Clause.Status.DRAFT,
        due=630,
        imported=True,
    ),
    Site(
        "Extension de la halle de la Corderie",
        *("gros_oeuvre", 4, 2, 5, 7, 4, Decimal("1.08")),
        last=Status.SUBMITTED,
    ),
    Site(
        "Entretien des parties communes, résidences des Ormeaux", "nettoyage", 3, 99, 9, 3, 5, Decimal("0.95")
    ),
    Site(
        "Renouvellement du réseau d’eau, secteur des Quatre-Vents",
        *("reseaux", 14, 63, 6, 6, 3, Decimal("0.74")),
        last=None,
        method=Invoiced.code,
    ),
    Site("Restauration collective, site du Grand-Hêtre", "restauration", 8, 128, 11, 13, 4, Decimal("1.00")),
    Site(
        "Entretien des espaces verts, secteur de la Lande-Rousse",
        *("espaces_verts", 7, 115, 7, 5, 4, Decimal("0.66")),
        last=Status.SUBMITTED,
        method=Bands.code,
    ),
    Site(
        "Réfection de la couverture de l’école des Mouettes", "second_oeuvre", 9, 80, 4, 3, 3, Decimal("0.92")
    ),
    Site(
        "Restauration des vitraux du prieuré", *("second_oeuvre", 0, 81, 3, 8, 0), due=4, method=Actions.code
    ),
]
