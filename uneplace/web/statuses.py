"""The words of every status: tone, icon and word for each code, one table per kind of thing.

The words are those of docs/glossaire.md; tests/web/test_statuses.py holds them against the models' choices.
Tones: grey (not started, closed), brand (under way), sun (you, now), green (done), orange (watch),
red (refused, blocked), violet (not real: demo, estimate, forecast).
"""

from dataclasses import dataclass

from uneplace.rules.alerts import Pace


@dataclass(frozen=True)
class Status:
    """What a status looks like: a colour, an icon and above all a word."""

    tone: str
    icon: str
    word: str


NO_MORE = Status("green", "check-circle", "Plus rien n’est demandé")
"""Hours due that are not all counted, of which relief asks no more."""

STATUSES: dict[str, dict[str, Status]] = {
    "clause": {
        "DRAFT": Status("grey", "pencil", "Brouillon"),
        "VALIDATED": Status("brand", "check-lg", "Validée"),
        "RUNNING": Status("brand", "play-circle", "En cours"),
        "SUSPENDED": Status("grey", "pause-circle", "Suspendue"),
        "MET": Status("green", "check-circle", "Heures atteintes"),
        "NOT_MET": Status("red", "x-circle", "Heures non atteintes"),
        "CLOSED": Status("grey", "lock", "Close"),
    },
    "transfer": {
        "PROPOSED": Status("sun", "hourglass-split", "À accepter"),
        "AGREED": Status("brand", "people", "À valider"),
        "VALIDATED": Status("green", "check-circle", "Validé"),
        "DECLINED": Status("grey", "dash-circle", "Décliné"),
        "REFUSED": Status("red", "x-circle", "Refusé"),
        "WITHDRAWN": Status("grey", "slash-circle", "Retiré"),
    },
    "subcontracting": {
        "DECLARED": Status("brand", "hourglass-split", "À valider"),
        "VALIDATED": Status("green", "check-circle", "Validée"),
        "REFUSED": Status("red", "x-circle", "Refusée"),
        "WITHDRAWN": Status("grey", "slash-circle", "Retirée"),
    },
    "mail": {
        "QUEUED": Status("grey", "hourglass-split", "En attente d’envoi"),
        "SENT": Status("grey", "send", "Envoyé"),
        "BOUNCED": Status("orange", "envelope-x", "Non remis"),
    },
    "job_sheet": {
        "DRAFT": Status("grey", "pencil", "Brouillon"),
        "TO_AGREE": Status("sun", "people", "À définir ensemble"),
        "PUBLISHED": Status("brand", "megaphone", "Diffusée"),
        "FILLED": Status("green", "check-circle", "Pourvue"),
        "CLOSED": Status("grey", "lock", "Close"),
    },
    "application": {
        "NEW": Status("brand", "inbox", "Nouvelle"),
        "STUDIED": Status("brand", "search", "À l’étude"),
        "ON_HOLD": Status("grey", "hourglass-split", "En attente"),
        "SHORTLISTED": Status("brand", "check-lg", "Retenue"),
        "SENT": Status("brand", "send", "Transmise"),
        "MEETING": Status("sun", "calendar-event", "Entretien proposé"),
        "HIRED": Status("green", "check-circle", "Embauchée"),
        "DECLINED": Status("grey", "dash-circle", "Non retenue"),
        "WITHDRAWN": Status("grey", "slash-circle", "Retirée"),
        "HIRED_ELSEWHERE": Status("grey", "box-arrow-up-right", "Embauchée ailleurs"),
    },
    "suggestion": {
        "ASKED": Status("brand", "hourglass", "Demandée"),
        "ACCEPTED": Status("green", "check-lg", "Acceptée"),
        "DECLINED": Status("grey", "dash-circle", "Refusée"),
        "MOOT": Status("grey", "slash-circle", "Sans objet"),
    },
    "stage": {
        "AT_WORK": Status("green", "check-lg", "En poste"),
        "ENDING": Status("orange", "calendar-x", "Contrat qui finit"),
        "HIRED": Status("green", "check-circle", "Choisie, contrat à venir"),
        "MEETING": Status("sun", "calendar-event", "En entretien"),
        "WITH_COMPANY": Status("brand", "send", "Dossier chez l’entreprise"),
        "PROPOSED": Status("brand", "inbox", "Proposée"),
        "ASKED": Status("sun", "people", "Demandée par le service"),
        "ENDED": Status("grey", "lock", "Contrat fini"),
        "ELSEWHERE": Status("grey", "box-arrow-up-right", "Embauchée ailleurs"),
        "LOOKING": Status("grey", "search", "En recherche"),
    },
    "eligibility": {
        "REQUESTED": Status("grey", "hourglass", "Demandée"),
        "TO_COMPLETE": Status("orange", "patch-question", "À compléter"),
        "ELIGIBLE": Status("green", "patch-check", "Éligible"),
        "REFUSED": Status("red", "x-circle", "Non éligible"),
        "EXPIRED": Status("grey", "calendar-x", "Expirée"),
    },
    "agreement": {
        "TO_COLLECT": Status("orange", "chat-dots", "Accord à recueillir"),
        "GIVEN": Status("green", "check-lg", "Accord donné"),
        "REFUSED": Status("grey", "dash-circle", "Refusé"),
    },
    "placement": {
        "UPCOMING": Status("grey", "calendar", "À venir"),
        "RUNNING": Status("green", "check-lg", "En poste"),
        "ENDING": Status("orange", "calendar-x", "Fin proche"),
        "ENDED": Status("grey", "lock", "Terminé"),
        "BROKEN": Status("red", "x-circle", "Rompu"),
    },
    "twin": {
        "SURE": Status("orange", "exclamation-triangle", "Très probable"),
        "TO_CHECK": Status("grey", "eye", "À vérifier"),
    },
    "statement": {
        "EXPECTED": Status("grey", "hourglass", "Attendu"),
        "DRAFT": Status("grey", "pencil", "Brouillon"),
        "SUBMITTED": Status("brand", "inbox", "Reçu"),
        "RETURNED": Status("orange", "arrow-repeat", "À corriger"),
        "VALIDATED": Status("green", "check-circle", "Validé"),
    },
    "hours_import": {
        "TO_MAP": Status("sun", "table", "Colonnes à dire"),
        "READING": Status("brand", "hourglass-split", "Lecture en cours"),
        "READY": Status("sun", "eye", "À vérifier"),
        "WRITING": Status("brand", "hourglass-split", "Écriture en cours"),
        "DONE": Status("green", "check-circle", "Importé"),
        "UNDONE": Status("grey", "arrow-repeat", "Annulé"),
        "DROPPED": Status("grey", "slash-circle", "Abandonné"),
        "FAILED": Status("orange", "file-earmark-x", "Illisible"),
    },
    "evidence": {
        "EXPECTED": Status("grey", "hourglass", "Attendu"),
        "RECEIVED": Status("brand", "inbox", "Reçu"),
        "ACCEPTED": Status("green", "check-lg", "Accepté"),
        "TO_REDO": Status("orange", "arrow-repeat", "À refaire"),
        "PURGED": Status("grey", "trash", "Purgé"),
    },
    "penalty_case": {
        "GAP": Status("orange", "search", "Écart constaté"),
        "EXCHANGE": Status("brand", "chat-left-text", "Échange en cours"),
        "RELIEF": Status("brand", "sliders", "Exonération étudiée"),
        "NOTICE": Status("red", "exclamation-octagon", "Mise en demeure"),
        "APPLIED": Status("red", "cash-coin", "Appliquée"),
        "WAIVED": Status("green", "check-circle", "Non appliquée"),
        "CLOSED": Status("grey", "lock", "Close"),
    },
    "coming": {
        "ASKED": Status("sun", "inbox", "À étudier"),
        "ANSWERED": Status("brand", "reply", "Répondu"),
        "PUBLISHED": Status("brand", "megaphone", "Consultation lancée"),
        "AWARDED": Status("green", "flag", "Attribué"),
        "DROPPED": Status("grey", "slash-circle", "Sans suite"),
    },
    "rights_request": {
        "OPEN": Status("sun", "inbox", "À répondre"),
        "DONE": Status("green", "check-circle", "Satisfaite"),
        "PARTIAL": Status("orange", "check-lg", "Satisfaite en partie"),
        "REFUSED": Status("grey", "dash-circle", "Refusée"),
    },
    "pace": {
        Pace.ON_PACE: Status("green", "check-lg", "Dans le rythme"),
        Pace.WATCH: Status("orange", "eye", "À surveiller"),
        Pace.ALERT: Status("red", "exclamation-triangle", "En alerte"),
        Pace.CRITICAL: Status("red", "exclamation-octagon", "Critique"),
    },
    "source": {
        "loi": Status("brand", "bank", "Loi"),
        "contrat type": Status("brand", "file-text", "Contrat type"),
        "contrat": Status("brand", "file-text", "Ce marché"),
        "usage": Status("grey", "info-circle", "Usage"),
        "à confirmer": Status("orange", "question-circle", "À confirmer"),
        "calcul": Status("grey", "calculator", "Calcul"),
        "fait": Status("grey", "journal-text", "Fait"),
    },
    "not_real": {
        "DEMO": Status("violet", "cone-striped", "Démonstration"),
        "ESTIMATE": Status("violet", "calculator", "Estimation"),
        "FORECAST": Status("violet", "graph-up-arrow", "Prévision"),
    },
}


def status_of(kind: str, value: str) -> Status:
    """The tone, icon and word of one status. Raises KeyError for a kind or a code that no table has."""
    return STATUSES[kind][value]
