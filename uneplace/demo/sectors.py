"""What the demo's contracts buy: sectors of activity, their trades and the words of their objects."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Job:
    """A post that insertion contracts offer: its ROME code, its name, and how many women in a hundred."""

    rome: str
    title: str
    women: int


@dataclass(frozen=True)
class Sector:
    """One sector: how often it comes in a hundred contracts, what it buys, whom it hires.

    `summer` is the part of a month worked in August. `objects` are completed with a place.
    """

    key: str
    weight: int
    cpv: str
    labour_share: Decimal
    summer: Decimal
    company: str
    objects: tuple[str, ...]
    jobs: tuple[Job, ...]


SECTORS = [
    Sector(
        "gros_oeuvre",
        22,
        "45262300",
        Decimal("0.50"),
        Decimal("0.40"),
        "Maçonnerie",
        (
            "Construction du groupe scolaire {place}, gros œuvre",
            "Extension de la halle {place}",
            "Construction de logements, résidence {place}",
            "Réhabilitation du gymnase {place}, maçonnerie",
        ),
        (
            Job("F1703", "Aide-maçonne ou aide-maçon", 4),
            Job("F1704", "Manœuvre de chantier", 5),
            Job("F1701", "Aide-coffreuse ou aide-coffreur", 3),
        ),
    ),
    Sector(
        "peinture",
        14,
        "45442100",
        Decimal("0.70"),
        Decimal("0.45"),
        "Peintures",
        (
            "Remise en peinture de logements, résidence {place}",
            "Peinture et sols du collège {place}",
            "Réfection des parties communes, résidence {place}",
        ),
        (
            Job("F1606", "Peintre en bâtiment", 22),
            Job("F1609", "Aide-solière ou aide-solier", 12),
            Job("F1601", "Aide-plaquiste", 5),
        ),
    ),
    Sector(
        "reseaux",
        14,
        "45233140",
        Decimal("0.35"),
        Decimal("0.50"),
        "Travaux publics",
        (
            "Réfection de la voirie, secteur {place}",
            "Aménagement des abords de la place {place}",
            "Renouvellement du réseau d’eau, secteur {place}",
            "Aménagement d’une voie cyclable, section {place}",
        ),
        (
            Job("F1702", "Ouvrière ou ouvrier de travaux publics", 5),
            Job("F1704", "Aide aux terrassements", 4),
        ),
    ),
    Sector(
        "second_oeuvre",
        14,
        "45453100",
        Decimal("0.40"),
        Decimal("0.40"),
        "Rénovation",
        (
            "Rénovation thermique de la résidence {place}",
            "Mise en accessibilité des bâtiments, site {place}",
            "Réfection de la couverture de l’école {place}",
            "Remplacement des menuiseries du collège {place}",
        ),
        (
            Job("F1607", "Aide-poseuse ou aide-poseur de menuiseries", 5),
            Job("F1602", "Aide-électricienne ou aide-électricien", 6),
            Job("F1603", "Aide-plombière ou aide-plombier", 4),
            Job("F1610", "Aide-couvreuse ou aide-couvreur", 3),
            Job("F1613", "Aide à l’isolation", 7),
        ),
    ),
    Sector(
        "nettoyage",
        13,
        "90910000",
        Decimal("0.85"),
        Decimal("0.70"),
        "Propreté",
        (
            "Nettoyage des locaux, site {place}",
            "Entretien des parties communes, résidences {place}",
            "Nettoyage du collège {place}",
        ),
        (
            Job("K2204", "Agente ou agent de propreté", 68),
            Job("K2303", "Agente ou agent de propreté urbaine", 20),
        ),
    ),
    Sector(
        "espaces_verts",
        12,
        "77310000",
        Decimal("0.60"),
        Decimal("0.85"),
        "Paysages",
        (
            "Entretien des espaces verts, secteur {place}",
            "Entretien des sentiers et des talus, boucle {place}",
            "Fauche et débroussaillage, secteur {place}",
        ),
        (
            Job("A1203", "Ouvrière ou ouvrier d’entretien des espaces verts", 14),
            Job("A1201", "Aide à l’élagage et au bûcheronnage", 4),
        ),
    ),
    Sector(
        "restauration",
        5,
        "55524000",
        Decimal("0.45"),
        Decimal("0.15"),
        "Restauration",
        ("Restauration collective, site {place}", "Préparation de repas scolaires, cuisine {place}"),
        (
            Job("G1603", "Employée ou employé de restauration", 64),
            Job("G1605", "Plongeuse ou plongeur", 40),
        ),
    ),
    Sector(
        "dechets",
        4,
        "90511000",
        Decimal("0.55"),
        Decimal("0.90"),
        "Recyclage",
        ("Collecte et tri, déchèterie {place}", "Collecte des encombrants, secteur {place}"),
        (Job("K2304", "Agente ou agent de tri", 34), Job("N4105", "Équipière ou équipier de collecte", 9)),
    ),
    Sector(
        "services",
        2,
        "98310000",
        Decimal("0.75"),
        Decimal("0.70"),
        "Services",
        ("Entretien du linge, établissement {place}", "Accueil et gardiennage, site {place}"),
        (
            Job("K2201", "Agente ou agent de blanchisserie", 70),
            Job("M1601", "Agente ou agent d’accueil", 62),
            Job("K2503", "Agente ou agent de gardiennage", 15),
        ),
    ),
]
