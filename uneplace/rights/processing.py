"""The record of processing (RGPD, article 30), drawn from what the code does: readers, data, times, measures.

What only the service knows (its officer, its host, its ground for sensitive data) is said to be missing.
"""

from dataclasses import dataclass
from datetime import date

from .notice import TO_CONFIRM, what_reads
from .readers import KINDS, Reader
from .retention import RULES

MEASURES = [
    "Chaque page demande qui vient et ce que cette personne a le droit de voir\u00a0; l’inconnu et "
    "l’interdit reçoivent la même réponse.",
    "Les motifs d’éligibilité et les justificatifs sont masqués\u00a0; les ouvrir est un acte noté au "
    "journal.",
    "Une entreprise ne reçoit jamais un motif\u00a0: ni page, ni courriel, ni document.",
    "La base de données ne montre à chaque requête que les lignes des services pour lesquels on travaille.",
    "Les coordonnées, les motifs, les justificatifs, les mots écrits sur une personne et les fichiers "
    "déposés sont chiffrés.",
    "Le journal des actes n’est jamais modifié ni effacé par l’application\u00a0; chaque acte est signé.",
    "Les fichiers déposés ont un nom tiré au hasard et ne sont servis que par une page qui vérifie qui "
    "demande.",
    "Aucun texte, script ou mesure d’audience ne vient d’un autre site.",
    "Un effectif de moins de 5 personnes n’est jamais publié.",
]
TUTORS = (
    "Tutrice ou tuteur d’un poste, et qui les remplace\u00a0: nom et téléphone, lus par le service et "
    "l’entreprise du poste"
)


@dataclass(frozen=True)
class Processing:
    """One processing: what for, on which ground, about whom, which data, who receives them, how long."""

    name: str
    purposes: tuple[str, ...]
    ground: str
    people: tuple[str, ...]
    data: tuple[str, ...]
    recipients: tuple[str, ...]
    times: tuple[str, ...]
    transfers: str = "Aucun transfert hors de l’Union européenne n’est fait par le logiciel."


def record_of_processing(*, on: date) -> list[Processing]:
    """The processings of this installation, as they are that day."""
    times = {
        rule.thing: f"{rule.thing}\u00a0: {rule.time_on(on)} ({rule.kind}), {rule.done}" for rule in RULES
    }
    of_accounts = ("Invitations", "Sessions", "Essais", "Journal", "Messages")
    accounts = tuple(text for thing, text in times.items() if thing.startswith(of_accounts))
    files = tuple(text for text in times.values() if text not in accounts)
    return [
        Processing(
            "Suivi de la clause sociale d’insertion",
            (
                "Proposer des personnes éloignées de l’emploi pour les emplois réservés par un marché public",
                "Vérifier qu’elles y ont droit",
                "Déclarer, contrôler et compter leurs heures",
                "Rendre compte aux acheteurs et au public par des totaux",
            ),
            "Mission d’intérêt public pour un service public (RGPD, article 6, paragraphe 1, point e)\u00a0; "
            "intérêt légitime possible pour une association (point f). Données de santé, de handicap ou de "
            f"justice\u00a0: fondement {TO_CONFIRM}.",
            (
                "Personnes suivies",
                "Professionnels qui agissent pour elles",
                "Tutrices et tuteurs en entreprise",
            ),
            (*(f"{kind.name}\u00a0: {kind.holds}" for kind in KINDS), TUTORS),
            tuple(what_reads(reader, name=reader.capacity) for reader in Reader),
            files,
        ),
        Processing(
            "Comptes et traces des professionnels",
            ("Ouvrir un compte, se connecter", "Savoir qui a fait et lu quoi"),
            "La même que le suivi de la clause, et la sécurité du traitement (article 32)\u00a0; "
            f"{TO_CONFIRM}.",
            ("Professionnels qui ont un compte",),
            ("Nom, prénom, adresse électronique professionnelle", "Actes et lectures, avec leur date"),
            ("Administration de l’organisation\u00a0; le service, pour les actes de ses dossiers",),
            accounts,
        ),
    ]
