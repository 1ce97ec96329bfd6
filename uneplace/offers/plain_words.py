"""What a person is told of the answer to her or his application, in words that anybody understands."""

from uneplace.rules import french

from .models import Application

Reason = Application.DeclineReason
BECAUSE = {
    Reason.UNREACHABLE: "on n’a pas réussi à vous joindre",
    Reason.ABSENT: "vous n’étiez pas au rendez-vous",
    Reason.IN_JOB: "vous avez déjà un emploi",
    Reason.IN_TRAINING: "vous êtes en formation",
    Reason.NOT_AVAILABLE: "les dates du poste ne vont pas avec les vôtres",
    Reason.NOT_MOBILE: "le trajet n’est pas possible",
    Reason.NOT_INTERESTED: "vous avez dit que ce poste ne vous intéressait pas",
    Reason.SKILLS: "il manque des compétences pour ce poste",
    Reason.OTHER_CANDIDATE: "une autre personne a été choisie",
    Reason.NO_RECRUITMENT: "il n’y a plus de recrutement pour ce poste",
    Reason.NO_ANSWER: "personne n’a répondu à temps",
    Reason.OTHER: "",
}


def words_for_person(application: Application) -> str:
    """The answer and its reason; what others wrote freely is not in it, nor any ground of eligibility."""
    sheet = application.job_sheet
    job = f"«\u00a0{sheet.title}\u00a0» à {sheet.commune.name}"
    company = sheet.commitment.company
    if application.status == Application.Status.HIRED:
        start = french.day(sheet.period.lower)
        return (
            f"{company} vous a choisi(e) pour le poste {job}. Le travail commence le {start}. "
            f"{sheet.service} prépare le contrat avec vous."
        )
    because = BECAUSE[Reason(application.decline_reason)]
    why = f" La raison\u00a0: {because}." if because else ""
    return f"Votre candidature pour le poste {job} ({company}) n’est pas retenue.{why}"
