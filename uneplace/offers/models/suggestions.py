from django.db import models
from django.db.models import Q

from uneplace.kit.encrypted import EncryptedTextField
from uneplace.organisations.models import Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.people.models import Participant

from .applications import Application
from .job_sheets import JobSheet


class SuggestionQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les demandes faites par son service"),
        Sight(
            (Capacity.INSERTION_EMPLOYER, Capacity.REFERRER),
            "celles que le service lui a faites",
            lambda me: Q(organisation=me),
        ),
    )

    def waiting(self):
        """Those that the structure may still answer: the job is still open."""
        return self.filter(status=Suggestion.Status.ASKED, job_sheet__status=JobSheet.Status.PUBLISHED)


class Suggestion(OwnedByService):
    """The service asks the structure that follows a person to put her or him forward for a job.

    The structure accepts by putting the person forward, with the person's agreement, or declines with a
    reason. Nothing is an application before.
    """

    class Status(models.TextChoices):
        ASKED = "ASKED", "Demandée"
        ACCEPTED = "ACCEPTED", "Acceptée"
        DECLINED = "DECLINED", "Refusée"
        MOOT = "MOOT", "Sans objet"

    job_sheet = models.ForeignKey(
        JobSheet, models.CASCADE, related_name="suggestions", verbose_name="fiche de poste"
    )
    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="suggestions", verbose_name="personne"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="suggestions", verbose_name="demandée à"
    )
    status = models.CharField("état", max_length=8, choices=Status.choices, default=Status.ASKED)
    asked_at = models.DateTimeField("demandée le")
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="par")
    answered_at = models.DateTimeField("réponse donnée le", null=True, blank=True)
    reason = models.CharField("raison", max_length=20, choices=Application.DeclineReason.choices, blank=True)
    note = EncryptedTextField("précision", blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de proposer une personne"
        verbose_name_plural = "demandes de proposer une personne"
        constraints = [
            models.UniqueConstraint(
                fields=["job_sheet", "participant", "organisation"], name="suggestion_once_a_structure"
            ),
            models.UniqueConstraint(
                fields=["job_sheet", "participant"],
                condition=Q(status="ASKED"),
                name="suggestion_to_one_structure_at_once",
            ),
            models.CheckConstraint(
                condition=Q(status="ASKED", answered_at=None)
                | (~Q(status="ASKED") & Q(answered_at__isnull=False)),
                name="suggestion_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="DECLINED") | ~Q(reason=""), name="suggestion_declined_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation"], name="suggestion_to_answer", condition=Q(status="ASKED")),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.job_sheet}"
