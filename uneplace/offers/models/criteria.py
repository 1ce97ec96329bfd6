from django.db import models
from django.db.models import Q

from uneplace.organisations.models import OwnedByService, User
from uneplace.people.abilities import Licence

from .job_sheets import JobSheet


class CriterionManager(models.Manager):
    """Of a sheet, what it asks for today; what it once asked for is kept for the answers given then."""

    def get_queryset(self):
        """The criteria that still count."""
        return super().get_queryset().filter(dropped_at_revision=None)


class Criterion(OwnedByService):
    """One thing that the job asks for, must-have or wished, fixed before files are read.

    Its kind says how it is answered: a licence, the trade, the hours and the way to work are compared with
    what the person's file says; a text is answered by the structure. A criterion that a later version drops
    stays, with what was answered to it.
    """

    class Weight(models.TextChoices):
        HARD = "HARD", "Indispensable"
        SOFT = "SOFT", "Souhaité"

    class Kind(models.TextChoices):
        LICENCE = "LICENCE", "Permis ou habilitation"
        TRADE = "TRADE", "Connaître le métier"
        SCHEDULE = "SCHEDULE", "Accepter les horaires"
        TRAVEL = "TRAVEL", "Pouvoir venir sur place"
        TEXT = "TEXT", "Autre critère"

    job_sheet = models.ForeignKey(
        JobSheet, models.CASCADE, related_name="criteria", verbose_name="fiche de poste"
    )
    weight = models.CharField("poids", max_length=4, choices=Weight.choices)
    kind = models.CharField("nature", max_length=8, choices=Kind.choices, default=Kind.TEXT)
    licence = models.CharField("permis ou habilitation", max_length=30, choices=Licence.choices, blank=True)
    text = models.CharField("critère", max_length=150)
    rank = models.PositiveSmallIntegerField("rang", default=0)
    dropped_at_revision = models.PositiveSmallIntegerField("abandonné à la version", null=True, blank=True)

    objects = CriterionManager()
    with_dropped = models.Manager()

    class Meta:
        verbose_name = "critère"
        ordering = ["weight", "rank", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="LICENCE") & ~Q(licence="") | ~Q(kind="LICENCE") & Q(licence=""),
                name="criterion_licence_is_named",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="criterion_has_words"),
        ]

    def __str__(self) -> str:
        return self.text


class JobSheetVersion(OwnedByService):
    """What a job sheet said at one revision, in the words that were read; never changed.

    `content` holds texts and lists of texts by the name of the field; `reason` says why a sheet already sent
    to structures was taken up again.
    """

    job_sheet = models.ForeignKey(
        JobSheet, models.PROTECT, related_name="versions", verbose_name="fiche de poste"
    )
    number = models.PositiveSmallIntegerField("version")
    content = models.JSONField("contenu")
    written_at = models.DateTimeField("écrite le")
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="écrite par"
    )
    written_for = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", verbose_name="au nom de"
    )
    reason = models.CharField("pourquoi", max_length=300, blank=True)

    class Meta:
        verbose_name = "version d’une fiche de poste"
        verbose_name_plural = "versions d’une fiche de poste"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["job_sheet", "number"], name="job_sheet_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.job_sheet}, version {self.number}"
