from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from uneplace.contracts.models import Clause, Commitment
from uneplace.journal.history import keeps_history
from uneplace.kit.periods import PeriodField, last_day, sound_period
from uneplace.offers.models import Application, JobSheet
from uneplace.organisations.models import Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.people.models import EligibilityDecision, Participant

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


@keeps_history()
class Allocation(OwnedByService):
    """A placement working for a commitment over a period, with its share of the work."""

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


@keeps_history()
class WorkedMonth(OwnedByService):
    """A placement's hours of one month, of which training: entered once, by its one declarant."""

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="worked_months", verbose_name="contrat de travail"
    )
    month = models.DateField("mois")
    hours = models.DecimalField("heures travaillées", **HOURS)
    training_hours = models.DecimalField("dont formation", default=0, **HOURS)

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
        ]

    def __str__(self) -> str:
        return f"{self.placement}, {self.month:%m/%Y}"


class StatementQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les relevés de son service"),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "ceux qu’elle déclare, et ceux des heures qu’elle doit",
            lambda me: Q(declarant=me) | Q(commitment__company=me),
        ),
    )

    def awaited_from_declarant(self):
        """Statements that the declarant must fill or correct; none on a closed clause."""
        return self.filter(
            status__in=[Statement.Status.EXPECTED, Statement.Status.DRAFT, Statement.Status.RETURNED]
        ).exclude(commitment__clause__status=Clause.Status.CLOSED)


@keeps_history(without=["comment", "return_reason"])
class Statement(OwnedByService):
    """One month of one commitment as one declarant tells it (relevé d’heures)."""

    class Status(models.TextChoices):
        EXPECTED = "EXPECTED", "Attendu"
        DRAFT = "DRAFT", "Brouillon"
        SUBMITTED = "SUBMITTED", "Reçu"
        RETURNED = "RETURNED", "À corriger"
        VALIDATED = "VALIDATED", "Validé"

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="statements", verbose_name="engagement"
    )
    declarant = models.ForeignKey(
        Organisation, models.PROTECT, related_name="statements", verbose_name="déclarant"
    )
    month = models.DateField("mois")
    status = models.CharField("état", max_length=10, choices=Status.choices, default=Status.EXPECTED)
    due_on = models.DateField("attendu avant le")
    comment = models.TextField("commentaire", blank=True)
    version = models.PositiveIntegerField("version", default=0)
    submitted_at = models.DateTimeField("transmis le", null=True, blank=True)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="transmis par"
    )
    return_reason = models.CharField("ce qu’il faut corriger", max_length=500, blank=True)
    validated_at = models.DateTimeField("validé le", null=True, blank=True)
    validated_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="validé par"
    )

    objects = StatementQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "relevé d’heures"
        verbose_name_plural = "relevés d’heures"
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "month", "declarant"],
                name="statement_once_a_month",
                violation_error_message="Ce relevé existe déjà.",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="statement_month_is_a_first_day"),
            models.CheckConstraint(
                condition=~Q(status__in=["SUBMITTED", "RETURNED", "VALIDATED"])
                | Q(submitted_at__isnull=False),
                name="statement_received_was_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(status="RETURNED") | ~Q(return_reason=""), name="statement_returned_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(status="VALIDATED") | Q(validated_at__isnull=False),
                name="statement_validated_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "status", "due_on"], name="statement_to_do"),
            models.Index(fields=["declarant", "status"], name="statement_of_declarant"),
        ]

    def __str__(self) -> str:
        return f"Relevé {self.of_month}, {self.declarant}"

    def get_absolute_url(self) -> str:
        return reverse("hours:statement", args=[self.pk])

    @property
    def of_month(self) -> str:
        """« d’octobre 2026 », after « relevé » or « heures »."""
        return of_month(self.month)

    @property
    def is_editable(self) -> bool:
        """Whether the declarant may still change its lines."""
        return self.status in (self.Status.EXPECTED, self.Status.DRAFT, self.Status.RETURNED)


@keeps_history(without=["comment"])
class StatementLine(OwnedByService):
    """The part of a worked month that goes to this commitment; parts never exceed the month (held by the
    database)."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="lines", verbose_name="relevé")
    worked_month = models.ForeignKey(
        WorkedMonth, models.PROTECT, related_name="lines", verbose_name="mois travaillé"
    )
    hours = models.DecimalField("heures", **HOURS)
    training_hours = models.DecimalField("dont formation", default=0, **HOURS)
    comment = models.CharField("commentaire", max_length=300, blank=True)

    class Meta:
        verbose_name = "ligne de relevé"
        constraints = [
            models.UniqueConstraint(fields=["statement", "worked_month"], name="line_once_a_statement"),
            models.CheckConstraint(
                condition=Q(hours__gte=0, training_hours__gte=0, training_hours__lte=F("hours")),
                name="line_training_is_within_its_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worked_month}, {self.hours} h"


class LedgerEntry(OwnedByService):
    """What a validated line counts for, and why; append-only: a correction is a new signed entry."""

    line = models.ForeignKey(
        StatementLine, models.PROTECT, related_name="ledger_entries", verbose_name="ligne de relevé"
    )
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="ledger_entries", verbose_name="engagement"
    )
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="ledger_entries", verbose_name="contrat de travail"
    )
    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="ledger_entries", verbose_name="personne"
    )
    decision = models.ForeignKey(
        EligibilityDecision,
        models.PROTECT,
        null=True,
        related_name="ledger_entries",
        verbose_name="décision d’éligibilité",
    )
    month = models.DateField("mois")
    declared = models.DecimalField("heures déclarées", **HOURS)
    counted = models.DecimalField("heures comptées", **HOURS)
    excluded = models.JSONField("heures non comptées", default=list)
    explanation = models.JSONField("explication", default=list)
    entered_at = models.DateTimeField("inscrit le")
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="inscrit par"
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="corrections", verbose_name="corrige"
    )
    reason = models.CharField("motif", max_length=300, blank=True)

    class Meta:
        verbose_name = "heures comptées"
        verbose_name_plural = "heures comptées"
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(corrects=None), name="ledger_one_first_entry_a_line"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=False) | Q(counted__gte=0, counted__lte=F("declared")),
                name="ledger_counts_no_more_than_declared",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(reason=""), name="ledger_correction_says_why"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="ledger_month_is_a_first_day"),
        ]
        indexes = [
            models.Index(fields=["service", "month"], name="ledger_by_month"),
            models.Index(fields=["commitment", "month"], name="ledger_by_commitment"),
            models.Index(fields=["participant"], name="ledger_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.month:%m/%Y}, {self.counted} h"


MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def month_name(month: date) -> str:
    """« octobre 2026 »."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def of_month(month: date) -> str:
    """« d’octobre 2026 », « de mai 2026 »."""
    name = month_name(month)
    return f"d’{name}" if name[0] in "ao" else f"de {name}"
