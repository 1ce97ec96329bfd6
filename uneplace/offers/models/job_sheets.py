from datetime import date
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from uneplace.contracts.models import Commitment
from uneplace.journal.history import keeps_history
from uneplace.kit.periods import PeriodField, last_day, sound_period
from uneplace.organisations.models import AccessLink, Capacity, OwnedByService
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.people.abilities import Schedule

# Who looks after the person at the company; the history says that they changed, never who they were.
CONTACTS = ["tutor_name", "tutor_phone", "deputy_name", "deputy_phone"]


class Demand(models.TextChoices):
    """What a job asks of the body and the nerves, in plain words."""

    CARRYING = "CARRYING", "Porter des charges"
    STANDING = "STANDING", "Rester debout"
    BENDING = "BENDING", "Se pencher, s’accroupir ou s’agenouiller"
    HEIGHT = "HEIGHT", "Travailler en hauteur"
    OUTSIDE = "OUTSIDE", "Travailler dehors par tous les temps"
    REPEATING = "REPEATING", "Répéter les mêmes gestes"
    NOISE = "NOISE", "Travailler dans le bruit"
    DUST = "DUST", "Travailler dans la poussière ou les produits"
    DRIVING = "DRIVING", "Conduire"
    PEOPLE = "PEOPLE", "Parler avec des habitants ou des clients"


class Equipment(models.TextChoices):
    """What protects the person at work (équipements de protection individuelle)."""

    SHOES = "SHOES", "Chaussures de sécurité"
    HELMET = "HELMET", "Casque"
    GLOVES = "GLOVES", "Gants"
    GLASSES = "GLASSES", "Lunettes"
    EARS = "EARS", "Protections contre le bruit"
    MASK = "MASK", "Masque"
    VEST = "VEST", "Gilet à haute visibilité"
    HARNESS = "HARNESS", "Harnais"
    CLOTHES = "CLOTHES", "Vêtements de travail"


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
                & Q(pk__in=JobSheet.objects.filter(diffusions__organisation=me).values("pk"))
            ),
        ),
    )

    def opened_by(self, link: AccessLink) -> Q:
        """A link about a sheet shows that sheet."""
        return Q(pk=link.thing_id if link.opens(JobSheet) else None)


@keeps_history(without=[*CONTACTS, "acted_at"], marks={"contacts": CONTACTS})
class JobSheet(OwnedByService):
    """The job that facilitator and company define together before anyone is put forward.

    `revision` counts the changes, so that nobody agrees to a text that somebody else has just changed; each
    is kept as a `JobSheetVersion`. The contacts at the company are its affair and the service's only.
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

    class PayUnit(models.TextChoices):
        HOUR = "HOUR", "de l’heure"
        MONTH = "MONTH", "par mois"

    class Provider(models.TextChoices):
        COMPANY = "COMPANY", "L’entreprise"
        EMPLOYER = "EMPLOYER", "La structure qui emploie"
        BOTH = "BOTH", "L’une et l’autre"

    class ClosingKind(models.TextChoices):
        FILLED = "FILLED", "Le poste est pourvu"
        POSTPONED = "POSTPONED", "Le chantier est reporté ou arrêté"
        NEED_CHANGED = "NEED_CHANGED", "Le besoin de l’entreprise a changé"
        NOBODY = "NOBODY", "Personne n’a pu être proposé"
        SILENCE = "SILENCE", "Personne n’a agi dans le délai du service"
        HOURS_DONE = "HOURS_DONE", "Les heures de la clause sont faites"
        REPLACED = "REPLACED", "Une autre fiche la remplace"
        OTHER = "OTHER", "Autre raison"

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
    schedules = ArrayField(
        models.CharField(max_length=10, choices=Schedule.choices),
        verbose_name="horaires particuliers",
        default=list,
        blank=True,
    )
    timetable = models.CharField("horaires", max_length=200, blank=True)
    without_car = models.BooleanField("accessible sans voiture", null=True, blank=True)
    access = models.CharField("comment s’y rendre", max_length=300, blank=True)
    demands = ArrayField(
        models.CharField(max_length=10, choices=Demand.choices),
        verbose_name="ce que le poste demande",
        default=list,
        blank=True,
    )
    equipment = ArrayField(
        models.CharField(max_length=10, choices=Equipment.choices),
        verbose_name="équipements de protection",
        default=list,
        blank=True,
    )
    equipment_by = models.CharField(
        "équipements fournis par", max_length=10, choices=Provider.choices, blank=True
    )
    pay = models.DecimalField(
        "rémunération brute",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    pay_unit = models.CharField(
        "rémunération, par", max_length=5, choices=PayUnit.choices, default=PayUnit.HOUR
    )
    tutor_name = models.CharField("tutrice ou tuteur", max_length=120, blank=True)
    tutor_phone = models.CharField("téléphone", max_length=30, blank=True)
    deputy_name = models.CharField("en son absence", max_length=120, blank=True)
    deputy_phone = models.CharField("téléphone", max_length=30, blank=True)
    apply_before = models.DateField("candidatures avant le", null=True, blank=True)
    agreed_by_service_at = models.DateTimeField("accord du service", null=True, blank=True)
    agreed_by_company_at = models.DateTimeField("accord de l’entreprise", null=True, blank=True)
    published_at = models.DateTimeField("diffusée le", null=True, blank=True)
    others_asked_at = models.DateTimeField("d’autres candidatures demandées le", null=True, blank=True)
    closing_kind = models.CharField(
        "motif de clôture", max_length=12, choices=ClosingKind.choices, blank=True
    )
    closing_reason = models.CharField("motif de clôture, en mots", max_length=360, blank=True)
    revision = models.PositiveSmallIntegerField("version", default=1)
    created_at = models.DateTimeField("créée le")
    acted_at = models.DateTimeField("dernière action le")  # from which the next one is awaited

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
            models.CheckConstraint(condition=Q(pay=None) | Q(pay__gt=0), name="job_sheet_pay_is_positive"),
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

    @property
    def in_words(self) -> dict[str, list[str]]:
        """The lists of the sheet, in words: particular hours, demands, equipment."""
        return {
            "schedules": [str(Schedule(code).label) for code in self.schedules],
            "demands": [str(Demand(code).label) for code in self.demands],
            "equipment": [str(Equipment(code).label) for code in self.equipment],
        }
