from django.db import models
from django.db.models import Q

from uneplace.organisations.models import Organisation, OwnedByService

from .job_sheets import JobSheet


class Diffusion(OwnedByService):
    """A job sheet sent to one structure, and what the structure made of it.

    The morning's mail tells of it (`told_at`), and once more when the deadline is near (`reminded_at`).
    Opened means that somebody of the structure said so, by a button or by an answer: a mail that was
    displayed proves nothing.
    """

    class NothingReason(models.TextChoices):
        NOBODY = "NOBODY", "Personne pour ce métier en ce moment"
        TOO_FAR = "TOO_FAR", "Le lieu est trop loin pour nos personnes"
        HOURS = "HOURS", "Les horaires ne conviennent pas"
        CRITERIA = "CRITERIA", "Les critères sont trop élevés"
        NOT_OURS = "NOT_OURS", "Ce n’est pas le public que nous suivons"
        OTHER = "OTHER", "Autre raison"
        UNSAID = "UNSAID", "Raison non précisée"

    job_sheet = models.ForeignKey(
        JobSheet, models.CASCADE, related_name="diffusions", verbose_name="fiche de poste"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="diffusions", verbose_name="structure"
    )
    sent_at = models.DateTimeField("envoyée le")
    told_at = models.DateTimeField("annoncée par courriel le", null=True, blank=True)
    reminded_at = models.DateTimeField("rappelée le", null=True, blank=True)
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    nothing_at = models.DateTimeField("rien à proposer, le", null=True, blank=True)
    nothing_reason = models.CharField("raison", max_length=10, choices=NothingReason.choices, blank=True)
    nothing_note = models.CharField("précision", max_length=300, blank=True)

    class Meta:
        verbose_name = "diffusion"
        constraints = [
            models.UniqueConstraint(fields=["job_sheet", "organisation"], name="diffusion_once"),
            models.CheckConstraint(
                condition=Q(nothing_at=None) | Q(opened_at__isnull=False) & ~Q(nothing_reason=""),
                name="diffusion_nothing_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation"], name="diffusion_to_tell", condition=Q(told_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.job_sheet}, {self.organisation}"
