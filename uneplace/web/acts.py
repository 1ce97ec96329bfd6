"""How the journal reads on screen: the words, icon and tone of each act. A test holds every verb."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """One kind of act, as a timeline shows it."""

    words: str
    icon: str = "circle"
    tone: str = ""


ACTS: dict[str, Act] = {
    "account.guessed": Act("Essais répétés pour entrer dans ce compte", "exclamation-triangle", "orange"),
    "agreement.recorded": Act("Accord de la personne enregistré", "check-lg", "green"),
    "amendment.imported": Act("Avenant importé", "pencil", "brand"),
    "application.declined": Act("Candidature non retenue", "dash-circle"),
    "application.hired": Act("Personne choisie par l’entreprise", "check-circle", "green"),
    "application.hired_elsewhere": Act("Embauchée ailleurs, candidature close", "box-arrow-up-right"),
    "application.meeting_proposed": Act("Entretien proposé", "calendar-event", "brand"),
    "application.sent": Act("Candidature proposée", "inbox", "brand"),
    "application.shortlisted": Act("Présélection décidée", "list-check", "brand"),
    "application.transmitted": Act("Dossier transmis à l’entreprise", "send", "brand"),
    "application.withdrawn": Act("Candidature retirée", "dash-circle"),
    "award_data.imported": Act("Données essentielles importées", "inbox", "brand"),
    "clause.closed": Act("Clause close", "lock"),
    "clause.opened": Act("Clause ouverte", "pencil", "brand"),
    "clause.revised": Act("Clause modifiée", "pencil", "brand"),
    "clause.shared": Act("Heures réparties entre les entreprises", "people", "brand"),
    "clause.started": Act("Exécution commencée", "play-circle", "brand"),
    "clause.validated": Act("Clause validée", "check-lg", "green"),
    "commitment.company_invited": Act("Entreprise invitée", "send", "brand"),
    "contract.edited": Act("Marché corrigé", "pencil", "brand"),
    "contract.followed_award_data": Act(
        "Marché mis à jour par les données essentielles", "arrow-repeat", "brand"
    ),
    "contract.imported": Act("Marché importé", "inbox", "brand"),
    "contract.typed": Act("Marché saisi", "pencil", "brand"),
    "cv.read": Act("CV ouvert", "eye", "orange"),
    "eligibility.decided": Act("Éligibilité décidée", "patch-check", "brand"),
    "grounds.read": Act("Motifs d’éligibilité consultés", "eye", "orange"),
    "information.recorded": Act("Information de la personne enregistrée", "info-circle", "brand"),
    "invitation.accepted": Act("Invitation acceptée", "check-lg", "green"),
    "invitation.cancelled": Act("Invitation annulée", "dash-circle"),
    "invitation.sent": Act("Invitation envoyée", "send", "brand"),
    "job_sheet.agreed": Act("Accord donné sur la fiche de poste", "check-lg", "green"),
    "job_sheet.closed": Act("Fiche de poste close", "lock"),
    "job_sheet.diffused": Act("Fiche de poste envoyée aux structures", "send", "brand"),
    "job_sheet.drafted": Act("Fiche de poste rédigée", "pencil", "brand"),
    "job_sheet.filled": Act("Fiche de poste pourvue", "check-circle", "green"),
    "job_sheet.published": Act("Fiche de poste diffusée, critères fixés", "megaphone", "brand"),
    "job_sheet.revised": Act("Fiche de poste corrigée", "pencil", "brand"),
    "job_sheet.shared": Act("Fiche de poste partagée avec l’entreprise", "people", "brand"),
    "lot.added": Act("Lot ajouté", "pencil", "brand"),
    "membership.ended": Act("Départ d’un membre", "dash-circle"),
    "organisation.completed": Act("Fiche de l’organisation complétée", "pencil"),
    "organisation.created": Act("Organisation ajoutée", "building", "brand"),
    "participant.corrected": Act("Fiche de la personne corrigée", "pencil", "brand"),
    "participant.registered": Act("Personne enregistrée", "person-check", "brand"),
    "partner.approved": Act("Organisation admise parmi les partenaires", "check-circle", "green"),
    "penalty_case.applied": Act("Pénalité appliquée par l’acheteur", "cash-coin", "red"),
    "penalty_case.closed": Act("Dossier clos", "lock"),
    "penalty_case.exchanged": Act("Échange noté", "chat-left-text", "brand"),
    "penalty_case.notice_given": Act("Mise en demeure envoyée", "exclamation-octagon", "red"),
    "penalty_case.opened": Act("Écart constaté", "search", "orange"),
    "penalty_case.relief_proposed": Act("Exonération proposée à l’acheteur", "sliders", "brand"),
    "penalty_case.waived": Act("Pénalité non appliquée", "check-circle", "green"),
    "placement.allocated": Act("Contrat de travail affecté au marché", "flag", "brand"),
    "placement.confirmed": Act("Contrat de travail confirmé par l’employeur", "check-circle", "green"),
    "placement.recorded": Act("Contrat de travail enregistré", "pencil", "brand"),
    "service.opened": Act("Service ouvert", "building", "brand"),
    "statement.kept": Act("Brouillon du relevé gardé", "pencil"),
    "statement.returned": Act("Relevé renvoyé pour correction", "arrow-repeat", "orange"),
    "statement.submitted": Act("Relevé envoyé", "inbox", "brand"),
    "statement.validated": Act("Relevé validé, heures comptées", "check-lg", "green"),
    "user.factor_added": Act("Double authentification ajoutée", "shield-lock", "brand"),
    "user.factor_removed": Act("Double authentification retirée", "dash-circle", "orange"),
    "user.factors_reset": Act("Double authentification remise à zéro", "arrow-repeat", "orange"),
    "user.recovery_codes_renewed": Act("Codes de secours renouvelés", "arrow-repeat"),
    "user.renamed": Act("Nom changé", "pencil"),
    "user.password_set": Act("Mot de passe choisi", "lock"),
}
