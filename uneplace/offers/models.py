from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from uneplace.contracts.models import Commitment
from uneplace.journal.history import keeps_history
from uneplace.kit.encrypted import EncryptedTextField
from uneplace.kit.periods import PeriodField, last_day, sound_period
from uneplace.organisations.models import Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.people.models import Means, Participant


class JobSheetQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les fiches de poste de son service"),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "celles de ses engagements, une fois partagées",
            lambda me: ~Q(status=JobSheet.Status.DRAFT) & Q(commitment__company=me),
        ),
        Sight(
            (Capacity.INSERTION_EMPLOYER, Capacity.REFERRER),
            "celles qui lui sont diffusées",
            lambda me: (
                Q(published_at__isnull=False)
                & Q(pk__in=Diffusion.objects.filter(organisation=me).values("job_sheet"))
            ),
        ),
    )


@keeps_history()
class JobSheet(OwnedByService):
    """The job that facilitator and company define together before anyone is put forward.

    `revision` counts the changes, so that nobody agrees to a text that somebody else has just changed.
    """

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Brouillon"
        TO_AGREE = "TO_AGREE", "À définir ensemble"
        PUBLISHED = "PUBLISHED", "Diffusée"
        FILLED = "FILLED", "Pourvue"
        CLOSED = "CLOSED", "Close"

    class Modality(models.TextChoices):
        DIRECT = "DIRECT", "Embauche directe"
        MISE_A_DISPOSITION = "MISE_A_DISPOSITION", "Mise à disposition"
        SOUS_TRAITANCE = "SOUS_TRAITANCE", "Sous-traitance"

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="job_sheets", verbose_name="engagement"
    )
    status = models.CharField("état", max_length=10, choices=Status.choices, default=Status.DRAFT)
    title = models.CharField("intitulé", max_length=150)
    rome = models.ForeignKey("reference.RomeJob", models.PROTECT, related_name="+", verbose_name="métier")
    tasks = models.TextField("missions", blank=True)
    posts = models.PositiveSmallIntegerField("postes", default=1)
    commune = models.ForeignKey("reference.Commune", models.PROTECT, related_name="+", verbose_name="lieu")
    period = PeriodField("dates du contrat")
    weekly_hours = models.DecimalField("heures par semaine", max_digits=4, decimal_places=2)
    modality = models.CharField("modalité souhaitée", max_length=20, choices=Modality.choices, blank=True)
    apply_before = models.DateField("candidatures avant le", null=True, blank=True)
    agreed_by_service_at = models.DateTimeField("accord du service", null=True, blank=True)
    agreed_by_company_at = models.DateTimeField("accord de l’entreprise", null=True, blank=True)
    published_at = models.DateTimeField("diffusée le", null=True, blank=True)
    closing_reason = models.CharField("motif de clôture", max_length=300, blank=True)
    revision = models.PositiveSmallIntegerField("version", default=1)
    created_at = models.DateTimeField("créée le")

    objects = JobSheetQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "fiche de poste"
        verbose_name_plural = "fiches de poste"
        constraints = [
            sound_period("period", "job_sheet_period_is_sound"),
            models.CheckConstraint(condition=Q(posts__gte=1), name="job_sheet_has_a_post"),
            models.CheckConstraint(
                condition=Q(weekly_hours__gt=0, weekly_hours__lte=48), name="job_sheet_weekly_hours_are_legal"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["PUBLISHED", "FILLED"])
                | Q(
                    agreed_by_service_at__isnull=False,
                    agreed_by_company_at__isnull=False,
                    published_at__isnull=False,
                ),
                name="job_sheet_published_was_agreed_by_both",
            ),
            models.CheckConstraint(
                condition=~Q(status="CLOSED") | ~Q(closing_reason=""), name="job_sheet_closed_says_why"
            ),
        ]
        indexes = [models.Index(fields=["service", "status"], name="job_sheet_by_status")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("offers:job_sheet", args=[self.pk])

    @property
    def last_day(self) -> date | None:
        """The last day of the job; None when it has no end."""
        return last_day(self.period)


class Criterion(OwnedByService):
    """One thing that the job asks for, must-have or wished, fixed before files are read."""

    class Weight(models.TextChoices):
        HARD = "HARD", "Indispensable"
        SOFT = "SOFT", "Souhaité"

    job_sheet = models.ForeignKey(
        JobSheet, models.CASCADE, related_name="criteria", verbose_name="fiche de poste"
    )
    weight = models.CharField("poids", max_length=4, choices=Weight.choices)
    text = models.CharField("critère", max_length=150)
    rank = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "critère"
        ordering = ["weight", "rank", "pk"]

    def __str__(self) -> str:
        return self.text


class Diffusion(OwnedByService):
    """A job sheet sent to one structure."""

    job_sheet = models.ForeignKey(
        JobSheet, models.CASCADE, related_name="diffusions", verbose_name="fiche de poste"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="diffusions", verbose_name="structure"
    )
    sent_at = models.DateTimeField("envoyée le")

    class Meta:
        verbose_name = "diffusion"
        constraints = [models.UniqueConstraint(fields=["job_sheet", "organisation"], name="diffusion_once")]

    def __str__(self) -> str:
        return f"{self.job_sheet}, {self.organisation}"


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
        POOL = "POOL", "Vivier"

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
        OTHER = "OTHER", "Autre raison"

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
    shortlist_reason = EncryptedTextField("motif de la présélection", blank=True)
    shortlisted_at = models.DateTimeField("présélection décidée le", null=True, blank=True)
    meeting_at = models.DateTimeField("entretien le", null=True, blank=True)
    meeting_place = models.CharField("lieu de l’entretien", max_length=200, blank=True)
    decline_reason = models.CharField("raison", max_length=20, choices=DeclineReason.choices, blank=True)
    decline_note = EncryptedTextField("précision", blank=True)
    answered_at = models.DateTimeField("réponse donnée le", null=True, blank=True)
    answered_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="réponse donnée par"
    )

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
                condition=~Q(status="MEETING") | Q(meeting_at__isnull=False),
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
