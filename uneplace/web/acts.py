"""How the journal reads on screen: the words, icon and tone of each act. A test holds every verb."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """One kind of act, as a timeline shows it."""

    words: str
    icon: str = "circle"
    tone: str = ""


ACTS: dict[str, Act] = {
    "agreement.recorded": Act("Accord de la personne enregistré", "check-lg", "green"),
    "amendment.imported": Act("Avenant importé", "pencil", "brand"),
    "application.declined": Act("Candidature non retenue", "dash-circle"),
    "application.hired": Act("Personne choisie par l’entreprise", "check-circle", "green"),
    "application.meeting_proposed": Act("Entretien proposé", "calendar-event", "brand"),
    "application.sent": Act("Candidature proposée", "inbox", "brand"),
    "application.shortlisted": Act("Présélection décidée", "list-check", "brand"),
    "application.transmitted": Act("Dossier transmis à l’entreprise", "send", "brand"),
    "application.withdrawn": Act("Candidature retirée", "dash-circle"),
    "eligibility.decided": Act("Éligibilité décidée", "patch-check", "brand"),
    "grounds.read": Act("Motifs d’éligibilité consultés", "eye", "orange"),
    "information.recorded": Act("Information de la personne enregistrée", "info-circle", "brand"),
    "invitation.accepted": Act("Invitation acceptée", "check-lg", "green"),
    "invitation.cancelled": Act("Invitation annulée", "dash-circle"),
    "invitation.sent": Act("Invitation envoyée", "send", "brand"),
    "membership.ended": Act("Départ d’un membre", "dash-circle"),
    "participant.corrected": Act("Fiche de la personne corrigée", "pencil", "brand"),
    "participant.registered": Act("Personne enregistrée", "person-check", "brand"),
    "placement.allocated": Act("Contrat de travail affecté au marché", "flag", "brand"),
    "placement.confirmed": Act("Contrat de travail confirmé par l’employeur", "check-circle", "green"),
    "placement.recorded": Act("Contrat de travail enregistré", "pencil", "brand"),
    "statement.kept": Act("Brouillon du relevé gardé", "pencil"),
    "statement.returned": Act("Relevé renvoyé pour correction", "arrow-repeat", "orange"),
    "statement.submitted": Act("Relevé envoyé", "inbox", "brand"),
    "statement.validated": Act("Relevé validé, heures comptées", "check-lg", "green"),
}
