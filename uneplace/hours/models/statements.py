"""Statements of hours: one commitment, one month, one declarant; and their lines."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from uneplace.contracts.models import Clause, Commitment
from uneplace.journal.history import keeps_history
from uneplace.organisations.models import AccessLink, Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.rules.french import MONTHS

from .sent_back import late_from
from .work import HOURS, WorkedMonth


class StatementQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les relevés de son service"),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "ceux qu’elle déclare, et ceux des heures qu’elle doit",
            lambda me: Q(declarant=me) | Q(commitment__company=me),
        ),
    )

    def opened_by(self, link: AccessLink) -> Q:
        """A link about a statement shows that statement."""
        return Q(pk=link.thing_id if link.opens(Statement) else None)

    def awaited_from_declarant(self):
        """Statements that the declarant must fill or correct; none on a closed clause."""
        return self.filter(
            status__in=[Statement.Status.EXPECTED, Statement.Status.DRAFT, Statement.Status.RETURNED]
        ).exclude(commitment__clause__status=Clause.Status.CLOSED)

    def with_late_from(self):
        """With `late_from`, the day after which one is late (see `sent_back.py`)."""
        returned = Q(status=Statement.Status.RETURNED)
        return self.annotate(late_from=late_from(returned, Statement, "statement.returned", "submitted_at"))


@keeps_history(without=["comment", "return_reason", "asks", "asked_on"])
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
    asks = models.PositiveSmallIntegerField("demandes envoyées", default=0)  # the request, then the reminders
    asked_on = models.DateField("dernière demande le", null=True, blank=True)
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


def month_name(month: date) -> str:
    """« octobre 2026 »."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def of_month(month: date) -> str:
    """« d’octobre 2026 », « de mai 2026 »."""
    name = month_name(month)
    return f"d’{name}" if name[0] in "ao" else f"de {name}"
