"""Work contracts, what they are allocated to, and the hours worked month by month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q
from django.urls import reverse

from uneplace.contracts.models import Commitment
from uneplace.journal.history import keeps_history
from uneplace.kit.periods import PeriodField, last_day, sound_period
from uneplace.offers.models import Application, JobSheet
from uneplace.organisations.models import Capacity, Organisation, OwnedByService
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.people.models import Participant

HOURS = {"max_digits": 7, "decimal_places": 2}
MONTH_HOURS = 744


class PlacementQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les contrats de travail de son service"),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "ceux dont elle est l’employeur, le déclarant ou l’entreprise d’accueil",
            lambda me: (
                Q(employer=me)
                | Q(declared_by=me)
                | Q(pk__in=Allocation.objects.filter(commitment__company=me).values("placement"))
            ),
        ),
    )


@keeps_history(without=["job"])  # typed freely, about one person
class Placement(OwnedByService):
    """A person's work contract with one employer, and how it reaches the company (modality)."""

    class Kind(models.TextChoices):
        CDI = "CDI", "CDI"
        CDD = "CDD", "CDD"
        CTT = "CTT", "Mission d’intérim"
        CDDI = "CDDI", "CDD d’insertion"
        APPRENTISSAGE = "APPRENTISSAGE", "Apprentissage"
        PROFESSIONNALISATION = "PROFESSIONNALISATION", "Contrat de professionnalisation"

    Modality = JobSheet.Modality

    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="placements", verbose_name="personne"
    )
    application = models.OneToOneField(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placement",
        verbose_name="candidature",
    )
    employer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="placements", verbose_name="employeur"
    )
    declared_by = models.ForeignKey(
        Organisation, models.PROTECT, related_name="placements_declared", verbose_name="déclarant"
    )
    kind = models.CharField("contrat", max_length=20, choices=Kind.choices)
    modality = models.CharField("modalité", max_length=20, choices=JobSheet.Modality.choices)
    rome = models.ForeignKey(
        "reference.RomeJob", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="métier"
    )
    job = models.CharField("poste", max_length=150, blank=True)
    period = PeriodField("dates du contrat")
    weekly_hours = models.DecimalField("heures par semaine", max_digits=4, decimal_places=2)
    recorded_at = models.DateTimeField("enregistré le")
    confirmed_at = models.DateTimeField("confirmé par l’employeur le", null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "contrat de travail"
        verbose_name_plural = "contrats de travail"
        constraints = [
            sound_period("period", "placement_period_is_sound"),
            models.CheckConstraint(
                condition=Q(weekly_hours__gt=0, weekly_hours__lte=48), name="placement_weekly_hours_are_legal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.get_kind_display()}, {self.employer}"

    def get_absolute_url(self) -> str:
        return reverse("hours:placement", args=[self.pk])

    @property
    def last_day(self) -> date | None:
        """The last day of the contract; None for a permanent one."""
        return last_day(self.period)


@dataclass(frozen=True)
class Piece:
    """Some days, with the share of the work that goes to a commitment on those days."""

    period: DateRange
    share: Decimal

    @property
    def mark(self) -> str:
        """What stands for it in a form: other days or another share give another."""
        return f"{self.period.lower}:{self.period.upper}:{Decimal(self.share).normalize():f}"


@keeps_history()
class Allocation(OwnedByService):
    """A placement working for a commitment over a period, with its share of the work.

    The database holds, when a transaction ends, that the shares of a placement never exceed the whole on any
    day, and that an allocation stays inside its placement.
    """

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="allocations", verbose_name="contrat de travail"
    )
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="allocations", verbose_name="engagement"
    )
    period = PeriodField("période")
    share = models.DecimalField(
        "part", max_digits=5, decimal_places=4, default=1, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = "affectation"
        constraints = [
            sound_period("period", "allocation_period_is_sound"),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1), name="allocation_share_is_a_share"
            ),
            ExclusionConstraint(
                name="allocation_once_a_day",
                expressions=[
                    ("placement", RangeOperators.EQUAL),
                    ("commitment", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Ce contrat est déjà affecté à ce marché sur cette période.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement}, {self.commitment}"

    def get_absolute_url(self) -> str:
        return reverse("hours:change_allocation", args=[self.pk])

    @property
    def last_day(self) -> date | None:
        """The last day of the allocation; None when it has no end."""
        return last_day(self.period)

    @property
    def piece(self) -> Piece:
        """Its days and its share."""
        return Piece(self.period, self.share)


@keeps_history()
class WorkedMonth(OwnedByService):
    """A placement's hours of one month, of which training: entered once, by its one declarant.

    `hours` are those of its parts. `whole` is all that was worked, once typed for several commitments: its
    parts never exceed it, held by the database.
    """

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="worked_months", verbose_name="contrat de travail"
    )
    month = models.DateField("mois")
    hours = models.DecimalField("heures travaillées", **HOURS)
    training_hours = models.DecimalField("dont formation", default=0, **HOURS)
    whole = models.DecimalField("mois entier saisi", null=True, blank=True, **HOURS)

    class Meta:
        verbose_name = "mois travaillé"
        constraints = [
            models.UniqueConstraint(fields=["placement", "month"], name="worked_month_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="worked_month_is_a_first_day"),
            models.CheckConstraint(
                condition=Q(hours__gte=0, hours__lte=MONTH_HOURS), name="worked_month_hours_fit_a_month"
            ),
            models.CheckConstraint(
                condition=Q(training_hours__gte=0, training_hours__lte=F("hours")),
                name="worked_month_training_is_within_its_hours",
            ),
            models.CheckConstraint(
                condition=Q(whole=None) | Q(whole__gte=F("hours"), whole__lte=MONTH_HOURS),
                name="worked_month_never_over_its_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement}, {self.month:%m/%Y}"
