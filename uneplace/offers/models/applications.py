from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from uneplace.journal.history import keeps_history
from uneplace.kit.encrypted import EncryptedTextField
from uneplace.organisations.models import AccessLink, Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.people.models import Means, Participant

from .criteria import Criterion
from .job_sheets import JobSheet


class Through(models.TextChoices):
    """By what means a company or a structure is told, and answers."""

    ACCOUNT = "ACCOUNT", "par son compte"
    LINK = "LINK", "par un lien envoyé par courriel"
    SERVICE = "SERVICE", "par le service, pour elle"


HOLDS_POST = Q(status="HIRED", placement__broken=None)
"""Chosen, and at work or about to be: a broken work contract leaves the post."""
MAY_COME_BACK = Q(status__in=["WITHDRAWN", "HIRED_ELSEWHERE"]) | Q(
    status="DECLINED", decline_reason="NO_ANSWER"
)
"""Ended without anybody's answer on the person, who may be put forward for the same job again."""


class ApplicationQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les candidatures de son service"),
        Sight(
            (Capacity.INSERTION_EMPLOYER, Capacity.REFERRER),
            "celles qu’elle a présentées",
            lambda me: Q(organisation=me),
        ),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "celles qui lui sont transmises, tant qu’elles ne sont pas retirées",
            lambda me: Q(
                pk__in=Transmission.objects.filter(company=me, withdrawn_at=None).values("application")
            ),
        ),
    )

    def person_to_tell(self):
        """Those of which the person does not know the answer yet."""
        told = Q(person_told_at__gte=F("answered_at"))
        return self.filter(status__in=Application.TOLD, answered_at__isnull=False).exclude(told)

    def opened_by(self, link: AccessLink) -> Q:
        """A link about a sheet shows the files of that sheet."""
        return Q(job_sheet=link.thing_id if link.opens(JobSheet) else None)


@keeps_history(
    only=["service", "job_sheet", "participant", "status", "sent_at", "shortlisted_at", "answered_at"],
    marks={"file": ["cv", "cv_name", "message", "availability", "available_from", "meeting_at"]},
)
class Application(OwnedByService):
    """One person put forward for one job sheet by one structure."""

    class Status(models.TextChoices):
        NEW = "NEW", "Nouvelle"
        STUDIED = "STUDIED", "À l’étude"
        ON_HOLD = "ON_HOLD", "En attente"
        SHORTLISTED = "SHORTLISTED", "Retenue"
        SENT = "SENT", "Transmise"
        MEETING = "MEETING", "Entretien proposé"
        HIRED = "HIRED", "Embauchée"
        DECLINED = "DECLINED", "Non retenue"
        WITHDRAWN = "WITHDRAWN", "Retirée"
        HIRED_ELSEWHERE = "HIRED_ELSEWHERE", "Embauchée ailleurs"

    class DeclineReason(models.TextChoices):
        UNREACHABLE = "UNREACHABLE", "Personne injoignable"
        ABSENT = "ABSENT", "Absence à l’entretien"
        IN_JOB = "IN_JOB", "Déjà en emploi"
        IN_TRAINING = "IN_TRAINING", "En formation"
        NOT_AVAILABLE = "NOT_AVAILABLE", "Pas disponible à la date"
        NOT_MOBILE = "NOT_MOBILE", "Trajet impossible"
        NOT_INTERESTED = "NOT_INTERESTED", "La personne n’est pas intéressée"
        SKILLS = "SKILLS", "Il manque des compétences pour ce poste"
        OTHER_CANDIDATE = "OTHER_CANDIDATE", "Une autre personne a été choisie"
        NO_RECRUITMENT = "NO_RECRUITMENT", "Plus de recrutement en cours"
        NO_ANSWER = "NO_ANSWER", "Personne n’a répondu dans le délai du service"
        OTHER = "OTHER", "Autre raison"

    class Side(models.TextChoices):
        """The two that agree on a moment to meet."""

        COMPANY = "COMPANY", "l’entreprise"
        STRUCTURE = "STRUCTURE", "la structure"

    # Answers that the person is told, with their reason.
    TOLD = [Status.HIRED, Status.DECLINED]
    # Statuses in which somebody still owes an answer.
    OPEN = [Status.NEW, Status.STUDIED, Status.ON_HOLD, Status.SHORTLISTED, Status.SENT, Status.MEETING]

    job_sheet = models.ForeignKey(
        JobSheet, models.PROTECT, related_name="applications", verbose_name="fiche de poste"
    )
    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="applications", verbose_name="personne"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="applications_sent", verbose_name="proposée par"
    )
    status = models.CharField("état", max_length=16, choices=Status.choices, default=Status.NEW)
    available_from = models.DateField("disponible à partir du", null=True, blank=True)
    availability = EncryptedTextField("précisions sur la disponibilité", blank=True)
    message = EncryptedTextField("pourquoi cette personne", blank=True)
    cv = models.FileField("CV", upload_to="cv", max_length=200, blank=True)
    cv_name = EncryptedTextField("nom du fichier", blank=True)  # it names the person
    sent_at = models.DateTimeField("proposée le")
    acted_at = models.DateTimeField("dernière action le")  # from which the next one is awaited
    shortlist_reason = EncryptedTextField("motif de la présélection", blank=True)
    shortlisted_at = models.DateTimeField("présélection décidée le", null=True, blank=True)
    meeting_at = models.DateTimeField("entretien le", null=True, blank=True)
    meeting_slots = ArrayField(
        models.DateTimeField(), verbose_name="moments proposés", size=3, default=list, blank=True
    )  # until one of them is `meeting_at`
    meeting_asked_by = models.CharField("proposés par", max_length=9, choices=Side.choices, blank=True)
    meeting_minutes = models.PositiveSmallIntegerField("durée de l’entretien, en minutes", default=30)
    meeting_revision = models.PositiveSmallIntegerField("propositions d’entretien", default=0)
    meeting_place = models.CharField("lieu de l’entretien", max_length=200, blank=True)
    decline_reason = models.CharField("raison", max_length=20, choices=DeclineReason.choices, blank=True)
    decline_note = EncryptedTextField("précision", blank=True)
    answered_at = models.DateTimeField("réponse donnée le", null=True, blank=True)
    answered_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="réponse donnée par"
    )
    answered_through = models.CharField("réponse reçue", max_length=7, choices=Through.choices, blank=True)

    person_told_at = models.DateTimeField("réponse dite à la personne le", null=True, blank=True)
    person_told_by_email = models.BooleanField("réponse écrite à la personne par courriel", default=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature"
        constraints = [
            models.UniqueConstraint(
                fields=["job_sheet", "participant"],
                name="application_once_a_job_sheet",
                violation_error_message="Cette personne est déjà proposée pour ce poste.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["DECLINED", "WITHDRAWN"]) | ~Q(decline_reason=""),
                name="application_declined_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status="MEETING") | Q(meeting_at__isnull=False) | ~Q(meeting_slots=[]),
                name="application_meeting_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["job_sheet", "status"], name="application_by_status"),
            models.Index(fields=["organisation", "-sent_at"], name="application_by_structure"),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.job_sheet}"

    def get_absolute_url(self) -> str:
        return reverse("offers:application", args=[self.pk])

    @property
    def answerer(self) -> str:
        """Who answered, and whether somebody else did in that name."""
        if self.answered_by is None:
            return ""
        if self.answered_through == Through.SERVICE:
            return f"{self.job_sheet.service}, pour {self.answered_by}"
        return (
            f"{self.answered_by}, par lien"
            if self.answered_through == Through.LINK
            else str(self.answered_by)
        )

    @property
    def is_person_told(self) -> bool:
        """Whether the person knows the answer given last."""
        return self.person_told_at is not None and self.person_told_at >= self.answered_at

    @property
    def lender(self) -> Organisation | None:
        """The structure that put the person forward, when it may employ and lend; None for a referrer.

        A company is told no other name: who refers (SPIP, Cap emploi) says why a person is eligible.
        """
        able = self.organisation.can(Capacity.INSERTION_EMPLOYER)
        return self.organisation if able else None


class CriterionAnswer(OwnedByService):
    """What the structure says of a person for one criterion: met, to confirm or not, with the fact."""

    class Met(models.TextChoices):
        YES = "YES", "Oui"
        UNSURE = "UNSURE", "À confirmer"
        NO = "NO", "Non"

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="answers", verbose_name="candidature"
    )
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="answers", verbose_name="critère")
    met = models.CharField("rempli", max_length=6, choices=Met.choices)
    fact = EncryptedTextField("fait", blank=True)

    class Meta:
        verbose_name = "réponse à un critère"
        constraints = [models.UniqueConstraint(fields=["application", "criterion"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.criterion}, {self.get_met_display().lower()}"


class Agreement(OwnedByService):
    """The person's answer to the transmission of this application; needed before transmitting."""

    class Answer(models.TextChoices):
        GIVEN = "GIVEN", "Accord donné"
        REFUSED = "REFUSED", "Refusé"

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="agreement", verbose_name="candidature"
    )
    answer = models.CharField("réponse", max_length=7, choices=Answer.choices)
    given_on = models.DateField("le")
    means = models.CharField("moyen", max_length=10, choices=Means.choices)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="enregistré par"
    )

    class Meta:
        verbose_name = "accord de la personne"

    def __str__(self) -> str:
        return self.get_answer_display()


@keeps_history()
class Transmission(OwnedByService):
    """A file sent to a company: the one door by which a company sees a person."""

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="transmission", verbose_name="candidature"
    )
    company = models.ForeignKey(
        Organisation, models.PROTECT, related_name="transmissions", verbose_name="entreprise"
    )
    sent_at = models.DateTimeField("transmise le")
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="par")
    through = models.CharField(
        "par quel moyen", max_length=7, choices=Through.choices, default=Through.ACCOUNT
    )
    sent_to = ArrayField(models.EmailField(), verbose_name="prévenus", default=list, blank=True)
    eligible_until = models.DateField("éligible jusqu’au")
    answer_before = models.DateField("réponse attendue avant le")
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "dossier transmis"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("sent_at")),
                name="transmission_withdrawn_after_sent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.company}"
