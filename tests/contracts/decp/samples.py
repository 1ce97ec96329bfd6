"""The award data that the tests read, and one sound record of each shape to spoil at will."""

from pathlib import Path

DECP = Path(__file__).parents[2] / "data" / "decp"
OFFICIAL = DECP / "exemples_officiels"
AWS = DECP / "reel_2019" / "marches-publics.info_2019-03-07_extrait.json"
PES = DECP / "reel_2019" / "data.gouv.fr_pes_2019-04-05_extrait.json"
FLAT = DECP / "reel_2026" / "decp_2022_plat.json"
ALL = sorted(path for path in DECP.glob("*/*") if path.suffix in (".json", ".xml"))

BUYER = "22140118500014"
COMPANY = "73282932000074"
PARTNER = "55203253400646"


def record_1x(**changes):
    """A sound invented record of format 1.x; a change to None removes the member."""
    record = {
        "id": "2019000100",
        "acheteur": {"id": BUYER, "nom": "Ville de Sainte-Place"},
        "nature": "Marché",
        "objet": "Entretien des haies",
        "codeCPV": "77310000-6",
        "procedure": "Procédure adaptée",
        "lieuExecution": {"code": "14118", "typeCode": "Code commune", "nom": "Caen"},
        "dureeMois": 12,
        "dateNotification": "2019-03-04",
        "datePublicationDonnees": "2019-03-10",
        "montant": 45000,
        "formePrix": "Ferme",
        "titulaires": [{"typeIdentifiant": "SIRET", "id": COMPANY, "denominationSociale": "Les Haies Vives"}],
        "modifications": [],
    }
    return {name: value for name, value in (record | changes).items() if value is not None}


def record_2x(**changes):
    """A sound invented record of format 2.x."""
    record = {
        "id": "2026-12",
        "acheteur": {"id": BUYER},
        "nature": "Marché",
        "objet": "Entretien des mares",
        "codeCPV": "77310000-6",
        "techniques": {"technique": ["Sans objet"]},
        "modalitesExecution": {"modaliteExecution": ["Tranches"]},
        "procedure": "Procédure adaptée",
        "lieuExecution": {"code": "14118", "typeCode": "Code commune"},
        "dureeMois": 24,
        "dateNotification": "2026-03-04",
        "datePublicationDonnees": "2026-03-10",
        "montant": 90000,
        "formePrix": "Forfaitaire",
        "typesPrix": {"typePrix": ["Définitif ferme"]},
        "ccag": "Travaux",
        "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": COMPANY}}],
        "typeGroupementOperateurs": "Pas de groupement",
        "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
    }
    return {name: value for name, value in (record | changes).items() if value is not None}


def row(**changes):
    """A sound invented row of the flat form."""
    return {
        "id": "2026-12",
        "acheteur_id": BUYER,
        "nature": "Marché",
        "objet": "Entretien des mares",
        "codecpv": "77310000-6",
        "procedure": "Procédure adaptée",
        "titulaire_id_1": COMPANY,
        "titulaire_typeidentifiant_1": "SIRET",
        "titulaire_id_2": "CDL",
        "titulaire_typeidentifiant_2": "CDL",
        "dureemois": "24",
        "datenotification": "2026-03-04",
        "datepublicationdonnees": "2026-03-10",
        "montant": "90000.0",
        "idmodification": "CDL",
        "idactesoustraitance": "CDL",
        "soustraitancedeclaree": "non",
        "considerationssociales": "Clause sociale",
    } | changes
