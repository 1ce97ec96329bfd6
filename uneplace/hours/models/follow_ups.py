"""What a person at work is heard about, and the break of a work contract."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from uneplace.journal.history import keeps_history
from uneplace.kit.encrypted import EncryptedTextField
from uneplace.organisations.models import Capacity, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service

from .work import Placement


class FollowUpQuerySet(SeenByQuerySet):
    """A company never reads it: it tells how a person is doing."""

    sights = (
        of_its_own_service("le suivi en emploi de son service"),
        Sight(
            (Capacity.INSERTION_EMPLOYER,),
            "celui des personnes qu’elle emploie",
            lambda me: Q(placement__employer=me),
        ),
    )

    def awaited(self):
        """The points that nobody has made yet, on work contracts that were not broken before."""
        return self.filter(done_at=None)


@keeps_history(
    only=["service", "placement", "point", "due_on", "done_at", "done_by"],
    marks={"words": ["attendance", "integration", "skills", "note", "next_step", "means"]},
)
class FollowUp(OwnedByService):
    """One point of the follow-up in job: awaited on a day, then what the person and the company said."""

    class Point(models.TextChoices):
        DAY_8 = "DAY_8", "Huitième jour"
        MONTH_1 = "MONTH_1", "Premier mois"
        MONTH_3 = "MONTH_3", "Troisième mois"
        QUARTER = "QUARTER", "Point trimestriel"
        BEFORE_END = "BEFORE_END", "Avant la fin du contrat"

    class Means(models.TextChoices):
        SITE = "SITE", "Sur place"
        PHONE = "PHONE", "Par téléphone"
        INTERVIEW = "INTERVIEW", "En entretien"

    class Mark(models.TextChoices):
        WELL = "WELL", "Ça va"
        WATCH = "WATCH", "À surveiller"
        HARD = "HARD", "En difficulté"

    placement = models.ForeignKey(
        Placement, models.CASCADE, related_name="follow_ups", verbose_name="contrat de travail"
    )
    point = models.CharField("point", max_length=10, choices=Point.choices)
    due_on = models.DateField("prévu le")
    done_at = models.DateTimeField("fait le", null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="fait par")
    means = models.CharField("moyen", max_length=9, choices=Means.choices, blank=True)
    attendance = models.CharField("présence", max_length=5, choices=Mark.choices, blank=True)
    integration = models.CharField("place dans l’équipe", max_length=5, choices=Mark.choices, blank=True)
    skills = models.CharField("travail demandé", max_length=5, choices=Mark.choices, blank=True)
    note = EncryptedTextField("ce qui s’est dit", blank=True)
    next_step = EncryptedTextField("la suite", blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "point de suivi"
        verbose_name_plural = "points de suivi"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "due_on"], name="followup_once_a_day"),
            models.CheckConstraint(
                condition=Q(done_at=None)
                | ~Q(means="") & ~Q(attendance="") & ~Q(integration="") & ~Q(skills=""),
                name="followup_done_is_complete",
            ),
        ]
        indexes = [
            models.Index(fields=["service", "due_on"], name="followup_awaited", condition=Q(done_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.get_point_display()}, {self.placement.participant}"

    def get_absolute_url(self) -> str:
        return reverse("hours:follow_up", args=[self.pk])

    @property
    def worst(self) -> str:
        """The most worrying of the three marks."""
        marks = (self.attendance, self.integration, self.skills)
        return next((mark for mark in reversed(self.Mark.values) if mark in marks), "")


@keeps_history(only=["service", "placement", "last_day", "was_until", "reason"])
class Break(OwnedByService):
    """A work contract that ended before its term: the last day worked, and why, from a list."""

    class Reason(models.TextChoices):
        TRIAL = "TRIAL", "Fin de la période d’essai"
        RESIGNED = "RESIGNED", "Départ de la personne"
        AGREED = "AGREED", "D’un commun accord"
        HIRED = "HIRED", "Autre emploi ou formation"
        SITE = "SITE", "Arrêt du chantier"
        DISMISSED = "DISMISSED", "Décision de l’employeur"
        OTHER = "OTHER", "Autre raison"

    placement = models.OneToOneField(
        Placement, models.CASCADE, related_name="broken", verbose_name="contrat de travail"
    )
    last_day = models.DateField("dernier jour travaillé")
    was_until = models.DateField("devait finir le", null=True, blank=True)
    reason = models.CharField("raison", max_length=9, choices=Reason.choices)
    recorded_at = models.DateTimeField("enregistrée le")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="par")
    replaced_at = models.DateTimeField("remplacement réglé le", null=True, blank=True)

    class Meta:
        verbose_name = "rupture d’un contrat de travail"
        verbose_name_plural = "ruptures de contrats de travail"

    def __str__(self) -> str:
        return f"Rupture, {self.placement}"
