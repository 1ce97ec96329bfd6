from django.db import models
from django.db.models import Q
from django.urls import reverse

from uneplace.contracts.models import Commitment, led_by
from uneplace.journal.history import keeps_history
from uneplace.organisations.models import Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.rules import french

from .alert_records import ServiceThresholds  # noqa: F401 - Django looks for models here
from .control_records import Difficulty, Meeting, Notice, Relief  # noqa: F401 - Django looks for models here
from .forecast_records import ForecastTrial  # noqa: F401 - Django looks for models here
from .letterhead_records import ServiceLetterhead  # noqa: F401 - Django looks for models here
from .morning_alert_records import MorningAlert  # noqa: F401 - Django looks for models here
from .report_records import ClauseReport  # noqa: F401 - Django looks for models here


class PenaltyCaseQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les dossiers de pénalité de son service"),
        Sight(
            (Capacity.BUYER,),
            "ceux de ses marchés, dont il décide",
            lambda me: Q(commitment__clause__lot__contract__buyer=me),
        ),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "ceux de ses engagements, et ceux des clauses dont elle est mandataire",
            lambda me: Q(commitment__company=me) | led_by(me, path="commitment__clause"),
        ),
    )


@keeps_history(without=["exposure_at_end"])
class PenaltyCase(OwnedByService):
    """The steps when hours or actions are missing on a commitment; the facilitator prepares, only the buyer
    decides. `exposure_at_end` is the account of the day it ended (see `exposure.py`)."""

    class Status(models.TextChoices):
        GAP = "GAP", "Écart constaté"
        EXCHANGE = "EXCHANGE", "Échange en cours"
        RELIEF = "RELIEF", "Exonération étudiée"
        NOTICE = "NOTICE", "Mise en demeure"
        APPLIED = "APPLIED", "Appliquée"
        WAIVED = "WAIVED", "Non appliquée"
        CLOSED = "CLOSED", "Close"

    # Steps during which somebody still has to act.
    OPEN = [Status.GAP, Status.EXCHANGE, Status.RELIEF, Status.NOTICE]

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="penalty_cases", verbose_name="engagement"
    )
    status = models.CharField("état", max_length=10, choices=Status.choices, default=Status.GAP)
    opened_at = models.DateTimeField("ouvert le")
    missing_hours = models.DecimalField("heures manquantes à l’ouverture", max_digits=10, decimal_places=2)
    missing_actions = models.PositiveIntegerField("actions manquantes à l’ouverture", default=0)
    exposure_at_end = models.JSONField("exposition à la fin du dossier", null=True, blank=True)
    notice_on = models.DateField("mise en demeure le", null=True, blank=True)
    answer_before = models.DateField("réponse attendue avant le", null=True, blank=True)
    reason = models.CharField("motif", max_length=500, blank=True)

    objects = PenaltyCaseQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "dossier de pénalité"
        constraints = [
            models.CheckConstraint(
                condition=Q(missing_hours__gt=0) | Q(missing_hours=0, missing_actions__gt=0),
                name="penalty_case_has_a_gap",
            ),
            models.CheckConstraint(
                condition=Q(exposure_at_end=None) | Q(status__in=["APPLIED", "WAIVED", "CLOSED"]),
                name="penalty_case_keeps_its_account_once_ended",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["NOTICE", "APPLIED"]) | Q(notice_on__isnull=False),
                name="penalty_case_notice_before_penalty",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["WAIVED", "CLOSED"]) | ~Q(reason=""),
                name="penalty_case_ended_says_why",
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(status__in=["GAP", "EXCHANGE", "RELIEF", "NOTICE"]),
                name="penalty_case_one_open_a_commitment",
                violation_error_message="Un dossier est déjà ouvert pour cet engagement.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} manquantes, {self.commitment}"

    def get_absolute_url(self) -> str:
        return reverse("settlement:case", args=[self.pk])

    @property
    def what(self) -> str:
        """What is missing: hours, or actions when the clause counts them."""
        return "Actions" if self.missing_actions else "Heures"

    @property
    def gap(self) -> str:
        """How much was missing when the case was opened, in words."""
        if self.missing_actions:
            return french.several(self.missing_actions, "action", "actions")
        return french.hours(self.missing_hours)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act on it."""
        return self.status in self.OPEN


class Exchange(OwnedByService):
    """What one party said about missing hours on one day, and who noted it."""

    class Means(models.TextChoices):
        WRITTEN = "WRITTEN", "Par écrit"
        PHONE = "PHONE", "Par téléphone"
        MEETING = "MEETING", "En réunion"
        SITE = "SITE", "Sur le chantier"

    case = models.ForeignKey(
        PenaltyCase, models.PROTECT, related_name="exchanges", verbose_name="dossier de pénalité"
    )
    held_on = models.DateField("le")
    means = models.CharField("moyen", max_length=8, choices=Means.choices, default=Means.WRITTEN)
    text = models.TextField("ce qui a été dit")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="dit par")
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="enregistré par"
    )
    recorded_at = models.DateTimeField("enregistré le")

    class Meta:
        verbose_name = "échange"
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="exchange_says_something"),
        ]

    def __str__(self) -> str:
        return f"Échange du {self.held_on:%d/%m/%Y}, {self.organisation}"
