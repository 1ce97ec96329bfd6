"""The job sheets of the demo and who was put forward for each: one line a situation."""

from dataclasses import dataclass, field

from uneplace.offers.models import Application, JobSheet
from uneplace.people.models import EligibilityDecision

Sheet = JobSheet.Status
File = Application.Status
Verdict = EligibilityDecision.Status
Reason = Application.DeclineReason

# Who puts people forward: the demo's referrer, its structure, and two agencies without an account.
REFERRER, STRUCTURE, NORTH, EAST = "referrer", "structure", "north", "east"


@dataclass(frozen=True)
class Candidate:
    """One person put forward `days` ago: by whom, where the file is, and what was decided of eligibility.

    `lapses`: the decision is an older one, which ends before the first day of work.
    """

    by: str
    status: str
    days: int
    verdict: str | None = Verdict.ELIGIBLE
    agrees: bool = True
    words: str = ""
    reason: str = ""
    by_service: bool = False
    recorded: bool = False
    has_cv: bool = True
    lapses: bool = False


@dataclass(frozen=True)
class Post:
    """One job sheet on a site of `sites.SITES`: `start` days from now, for `months` months."""

    site: str
    rome: str
    title: str
    tasks: str
    status: str
    start: int
    months: int
    posts: int = 1
    apply_in: int = 10
    created: int = 20
    agreed_by_service: bool = True
    agreed_by_company: bool = True
    hard: tuple[str, ...] = ("Être sur place à 7 h 30",)
    soft: tuple[str, ...] = ("Une première expérience de chantier",)
    candidates: tuple[Candidate, ...] = field(default=())


SCHOOL = "Construction du groupe scolaire des Tilleuls, gros œuvre"
GYM = "Réhabilitation du gymnase du Val-Marin, maçonnerie"
MARSHES = "Entretien des espaces naturels des marais de Lysandre"

POSTS = [
    Post(
        SCHOOL,
        "F1703",
        "Aide-maçonne ou aide-maçon",
        "Préparer les mortiers, approvisionner les maçons, monter des cloisons, tenir le chantier propre.",
        Sheet.PUBLISHED,
        start=24,
        months=6,
        posts=3,
        apply_in=9,
        created=38,
        hard=("Être sur place à 7 h 30", "Porter des charges, travailler dehors"),
        soft=("Une première expérience de chantier",),
        candidates=(
            Candidate(REFERRER, File.NEW, 1, Verdict.REQUESTED, agrees=False),
            Candidate(STRUCTURE, File.NEW, 2, None, agrees=False),
            Candidate(REFERRER, File.STUDIED, 6, Verdict.TO_COMPLETE, agrees=False),
            Candidate(NORTH, File.ON_HOLD, 9, words="Le trajet jusqu’au chantier reste à organiser."),
            Candidate(
                STRUCTURE,
                File.SHORTLISTED,
                9,
                words="A déjà tenu un poste de manœuvre six mois.",
                lapses=True,
            ),
            Candidate(
                REFERRER, File.SHORTLISTED, 8, agrees=False, words="Formation de maçonnerie en cours d’année."
            ),
            Candidate(REFERRER, File.SENT, 14, words="Très motivée par le métier, disponible tout de suite."),
            Candidate(STRUCTURE, File.MEETING, 15, words="Habite à dix minutes du chantier."),
            Candidate(NORTH, File.SENT, 31, words="Connaît l’entreprise, où un stage s’est bien passé."),
            Candidate(
                REFERRER,
                File.DECLINED,
                22,
                reason=Reason.SKILLS,
                words="Port de charges impossible à ce jour.",
            ),
            Candidate(STRUCTURE, File.DECLINED, 18, reason=Reason.NOT_AVAILABLE, by_service=True),
            Candidate(EAST, File.DECLINED, 17, Verdict.REFUSED, reason=Reason.OTHER, by_service=True),
            Candidate(NORTH, File.WITHDRAWN, 12, reason=Reason.IN_TRAINING),
            Candidate(REFERRER, File.ON_HOLD, 25, Verdict.EXPIRED),
        ),
    ),
    Post(
        GYM,
        "F1704",
        "Manœuvre de chantier",
        "Aider à l’installation du chantier, évacuer les gravats, approvisionner les postes de travail.",
        Sheet.FILLED,
        start=9,
        months=4,
        posts=2,
        apply_in=-12,
        created=48,
        candidates=(
            Candidate(REFERRER, File.HIRED, 30, words="Prête à commencer.", recorded=True),
            Candidate(STRUCTURE, File.HIRED, 29, words="Trois mois de chantier réussis cette année."),
            Candidate(NORTH, File.DECLINED, 28, reason=Reason.OTHER_CANDIDATE, words="Un bon dossier aussi."),
            Candidate(REFERRER, File.HIRED_ELSEWHERE, 31, words="A déjà travaillé sur un chantier."),
        ),
    ),
    Post(
        SCHOOL,
        "F1701",
        "Aide-coffreuse ou aide-coffreur",
        "Poser et déposer les coffrages, ferrailler, participer au coulage du béton.",
        Sheet.TO_AGREE,
        start=45,
        months=5,
        created=4,
        agreed_by_company=False,
    ),
    Post(
        GYM,
        "F1703",
        "Maçonne ou maçon du bâti ancien",
        "Reprendre les enduits à la chaux, refaire des joints, remonter des murets.",
        Sheet.DRAFT,
        start=60,
        months=4,
        created=2,
        agreed_by_service=False,
        agreed_by_company=False,
    ),
    Post(
        "Rénovation thermique de la résidence des Sorbiers",
        "F1613",
        "Aide à l’isolation",
        "Poser des panneaux isolants, préparer les façades, trier les déchets du chantier.",
        Sheet.TO_AGREE,
        start=20,
        months=2,
        created=6,
        agreed_by_service=False,
    ),
    Post(
        "Remise en peinture de logements, résidence des Iris",
        "F1606",
        "Peintre en bâtiment",
        "Préparer les supports, protéger les sols, peindre murs et plafonds de logements occupés.",
        Sheet.PUBLISHED,
        start=5,
        months=3,
        posts=2,
        apply_in=-9,
        created=50,
        hard=("Accepter de travailler chez les habitants",),
    ),
    Post(
        "Entretien des parties communes, résidences des Ormeaux",
        "K2204",
        "Agente ou agent de propreté",
        "Entretenir les halls, les escaliers et les abords, sortir et rentrer les conteneurs.",
        Sheet.CLOSED,
        start=-40,
        months=3,
        apply_in=-60,
        created=90,
        candidates=(
            Candidate(
                REFERRER, File.DECLINED, 80, reason=Reason.NO_RECRUITMENT, by_service=True, has_cv=False
            ),
        ),
    ),
    Post(
        MARSHES,
        "A1203",
        "Ouvrière ou ouvrier d’entretien des espaces verts",
        "Faucher, débroussailler, entretenir les mares et les sentiers, en équipe de six.",
        Sheet.PUBLISHED,
        start=30,
        months=12,
        posts=2,
        apply_in=12,
        created=26,
        hard=("Travailler dehors par tous les temps",),
        soft=("Habiter près de la ligne de car 12",),
        candidates=(
            Candidate(REFERRER, File.SENT, 11, words="Aime le travail dehors, a suivi une immersion."),
            Candidate(EAST, File.NEW, 3, Verdict.REQUESTED, agrees=False),
        ),
    ),
    Post(
        "Extension de la halle de la Corderie",
        "F1704",
        "Manœuvre de chantier",
        "Approvisionner le chantier, préparer les mélanges, ranger et nettoyer.",
        Sheet.PUBLISHED,
        start=28,
        months=4,
        apply_in=14,
        created=16,
        candidates=(
            Candidate(NORTH, File.SENT, 9, words="A tenu six mois sur un chantier voisin."),
            Candidate(EAST, File.SENT, 8, words="Cherche un poste près de chez lui, dès maintenant."),
        ),
    ),
]
BY_LINK = "Extension de la halle de la Corderie"
"""The site whose company has no account: a link waits for it in the mails of the demo."""
