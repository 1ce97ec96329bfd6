"""The documents that a clause asks for by its calendar: each awaited from one organisation, before a day."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from uneplace.contracts.models import Commitment
from uneplace.evidence.models import Evidence
from uneplace.journal.history import keeps_history
from uneplace.organisations.models import AccessLink, Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.rules.dates import add_months

from .sent_back import late_from
from .statements import Statement, month_name

Status = Evidence.Status


class AwaitedDocumentQuerySet(SeenByQuerySet):
    """Whoever else works on the commitment does not read it: a proof of hours may name people."""

    sights = (
        of_its_own_service("les pièces que ses clauses demandent"),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "celles qui lui sont demandées",
            lambda me: Q(sender=me),
        ),
    )

    def opened_by(self, link: AccessLink) -> Q:
        """A link about a statement shows the documents that its declarant owes on the same commitment."""
        return Q(commitment__statements=link.thing_id) if link.opens(Statement) else Q(pk=None)

    def to_send(self):
        """Those that their sender still has to send: nothing came, or what came is to be done again."""
        return self.filter(Q(evidence=None) | Q(evidence__status=Status.TO_REDO), waived_at=None)

    def with_late_from(self):
        """With `late_from`, the day after which one is late (see `sent_back.py`)."""
        redo = Q(evidence__status=Status.TO_REDO)
        return self.annotate(
            late_from=late_from(redo, AwaitedDocument, "document.refused", "evidence__file_at")
        )

    def to_read(self):
        """Those that came and that the service has not looked at."""
        return self.filter(evidence__status=Status.RECEIVED, waived_at=None)

    def missing(self):
        """Those that are neither accepted nor given up."""
        return self.filter(waived_at=None).exclude(evidence__status__in=[Status.ACCEPTED, Status.PURGED])


@keeps_history(without=["asks", "asked_on", "waive_reason"])
class AwaitedDocument(OwnedByService):
    """One document of the clause's calendar (pièce attendue): what, for which months, from whom, by when.

    `evidence` is none until something came or was seen. Given up (`waived_at`), it is awaited no more: a
    quarter without subcontracting has no certificate.
    """

    class Kind(models.TextChoices):
        FORECAST = "FORECAST", "Prévisionnel des embauches"
        CERTIFICATE = "CERTIFICATE", "Attestation de sous-traitance d’insertion"
        PROOF = "PROOF", "Justificatif des heures"

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="documents", verbose_name="engagement"
    )
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="attendue de")
    kind = models.CharField("nature", max_length=11, choices=Kind.choices)
    month = models.DateField("premier mois")
    months = models.PositiveSmallIntegerField("nombre de mois")
    due_on = models.DateField("attendue avant le")
    evidence = models.OneToOneField(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="justificatif"
    )
    asks = models.PositiveSmallIntegerField("demandes envoyées", default=0)
    asked_on = models.DateField("dernière demande le", null=True, blank=True)
    waived_at = models.DateTimeField("plus attendue depuis le", null=True, blank=True)
    waived_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par"
    )
    waive_reason = models.CharField("pourquoi elle n’est plus attendue", max_length=300, blank=True)

    objects = AwaitedDocumentQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "pièce attendue"
        verbose_name_plural = "pièces attendues"
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "sender", "kind", "month"], name="document_once_a_period"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="document_month_is_a_first_day"),
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=12), name="document_period_is_within_a_year"
            ),
            models.CheckConstraint(
                condition=Q(waived_at=None) | ~Q(waive_reason=""), name="document_waived_says_why"
            ),
        ]
        indexes = [models.Index(fields=["service", "due_on"], name="document_by_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.of_period}, {self.sender}"

    def get_absolute_url(self) -> str:
        return reverse("hours:document", args=[self.pk])

    @property
    def status(self) -> str:
        """Where it stands; what did not come is awaited."""
        return self.evidence.status if self.evidence_id else Status.EXPECTED

    @property
    def is_awaited(self) -> bool:
        """Whether its sender still has to send it."""
        return self.waived_at is None and self.status in (Status.EXPECTED, Status.TO_REDO)

    @property
    def end(self) -> date:
        """The first day after its period."""
        return add_months(self.month, self.months)

    @property
    def of_period(self) -> str:
        """« octobre 2026 », « avril à juin 2026 », « année 2026 »."""
        last = month_name(add_months(self.month, self.months - 1))
        if self.months == 1:
            return last
        first = month_name(self.month).rpartition(" ")[0]
        return f"année {self.month.year}" if self.months == 12 else f"{first} à {last}"
