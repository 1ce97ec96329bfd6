"""The ways of sizing a clause in plain words: what each starts from, and when one meets it."""

from dataclasses import dataclass

QUESTION = "Sur quoi se calculent les heures\u00a0?"


@dataclass(frozen=True)
class Words:
    """What a method is called where one chooses it, and what it is for."""

    label: str
    hint: str


METHOD_WORDS = {
    "LABOUR_SHARE": Words(
        "Le montant du marché",
        "La part de la main-d’œuvre dans le montant, puis la part réservée à l’insertion. Le plus courant.",
    ),
    "WORKED_HOURS": Words(
        "Les heures de travail prévues", "Une part des heures que l’entreprise prévoit elle-même."
    ),
    "INVOICED": Words(
        "Ce qui est facturé", "Tant d’heures par tranche facturée\u00a0: accords-cadres à bons de commande."
    ),
    "FIXED": Words("Un volume fixe", "Le marché écrit le nombre d’heures."),
    "PER_YEAR": Words("Un volume par année", "Tant d’heures pour chaque année de marché."),
    "NET_STAFF": Words(
        "Le personnel nouveau",
        "L’effectif du marché, sans les personnes reprises\u00a0: propreté, gardiennage.",
    ),
    "BANDS": Words("Un barème", "Les heures se lisent dans un tableau, selon le montant du marché."),
    "ACTIONS": Words(
        "Des actions, sans heures", "Visites, stages, parrainages\u00a0: le marché compte des actions."
    ),
}
