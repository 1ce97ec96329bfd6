from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from uneplace.kit.encrypted import EncryptedTextField
from uneplace.organisations.models import Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.people.models import Means, Participant, Support


class RightsRequestQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les demandes des personnes de son service, auxquelles il répond"),
        Sight(
            (Capacity.REFERRER, Capacity.INSERTION_EMPLOYER),
            "les demandes des personnes qu’elle accompagne",
            lambda me: Q(participant__in=Support.objects.filter(organisation=me).values("participant")),
        ),
    )

    def open(self):
        """Those that nobody answered yet."""
        return self.filter(status=RightsRequest.Status.OPEN)


class RightsRequest(OwnedByService):
    """What a person asked about their data: which right, when and how; answered before `due_on`."""

    class Kind(models.TextChoices):
        ACCESS = "ACCESS", "Lire ses données"
        CORRECTION = "CORRECTION", "Faire corriger"
        ERASURE = "ERASURE", "Faire effacer"
        OBJECTION = "OBJECTION", "S’opposer"
        LIMITATION = "LIMITATION", "Limiter l’usage"

    class AskedBy(models.TextChoices):
        PERSON = "PERSON", "La personne elle-même"
        REPRESENTATIVE = "REPRESENTATIVE", "Une personne qu’elle a chargée de le faire"

    class Status(models.TextChoices):
        OPEN = "OPEN", "À répondre"
        DONE = "DONE", "Satisfaite"
        PARTIAL = "PARTIAL", "Satisfaite en partie"
        REFUSED = "REFUSED", "Refusée"

    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="rights_requests", verbose_name="personne"
    )
    kind = models.CharField("droit", max_length=10, choices=Kind.choices)
    asked_by = models.CharField("demandée par", max_length=14, choices=AskedBy.choices)
    asked_on = models.DateField("demandée le")
    means = models.CharField("moyen", max_length=10, choices=Means.choices)
    note = EncryptedTextField("précisions", blank=True)
    due_on = models.DateField("réponse attendue avant le")
    status = models.CharField("état", max_length=8, choices=Status.choices, default=Status.OPEN)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="enregistrée par"
    )
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="enregistrée par la personne"
    )
    answered_at = models.DateTimeField("réponse donnée le", null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="réponse donnée par"
    )
    reason = EncryptedTextField("réponse", blank=True)

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande d’une personne sur ses données"
        verbose_name_plural = "demandes sur les données"
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gt=models.F("asked_on")), name="request_has_time"),
            models.CheckConstraint(
                condition=Q(status="OPEN") | (Q(answered_at__isnull=False) & ~Q(reason="")),
                name="request_answered_says_when_and_what",
            ),
            models.UniqueConstraint(
                fields=["participant", "kind"],
                condition=Q(status="OPEN"),
                name="request_one_open_a_right",
                violation_error_message="Cette demande est déjà enregistrée et attend une réponse.",
            ),
        ]
        indexes = [models.Index(fields=["service", "status", "due_on"], name="request_to_do")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.participant}"

    def get_absolute_url(self) -> str:
        return reverse("rights:answer", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether the person still awaits an answer."""
        return self.status == self.Status.OPEN

    def is_late(self, on: date) -> bool:
        """Whether the answer is overdue that day."""
        return self.is_open and self.due_on < on


class Keeping(OwnedByService):
    """A file kept beyond its term: why, and until when."""

    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="keepings", verbose_name="personne"
    )
    until = models.DateField("gardé jusqu’au")
    reason = EncryptedTextField("motif")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="décidé par"
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="décidé par la personne"
    )
    decided_on = models.DateField("décidé le")

    class Meta:
        verbose_name = "dossier gardé"
        verbose_name_plural = "dossiers gardés"
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="keeping_says_why"),
            models.CheckConstraint(condition=Q(until__gt=models.F("decided_on")), name="keeping_has_time"),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, jusqu’au {self.until:%d/%m/%Y}"
