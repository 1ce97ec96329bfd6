from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from uneplace.organisations.models import OwnedByService

from .abilities import Licence, Schedule, Travel


class WorkProfile(models.Model):
    """What a person can do and accept for a job.

    All is unknown until `profiled_at`; from then on, a licence or a schedule that is not there is a no.
    """

    # The history of a person says that these changed, never what they were.
    NAMES = ("schedules", "travel", "travel_km", "available_from", "weekly_hours_max", "profiled_at")

    licences = ArrayField(
        models.CharField(max_length=30, choices=Licence.choices),
        verbose_name="permis et habilitations",
        default=list,
        blank=True,
    )
    schedules = ArrayField(
        models.CharField(max_length=10, choices=Schedule.choices),
        verbose_name="horaires acceptés",
        default=list,
        blank=True,
    )
    travel = models.CharField("moyen de déplacement", max_length=10, choices=Travel.choices, blank=True)
    travel_km = models.PositiveSmallIntegerField("trajet le plus long, en km", null=True, blank=True)
    available_from = models.DateField("disponible à partir du", null=True, blank=True)
    weekly_hours_max = models.DecimalField(
        "heures par semaine au plus", max_digits=4, decimal_places=2, null=True, blank=True
    )
    profiled_at = models.DateTimeField("profil rempli le", null=True, blank=True)

    class Meta:
        abstract = True


# A place of work further than that is no daily journey.
LONGEST_JOURNEY_KM = 300
SOUND_PROFILE = [
    models.CheckConstraint(
        condition=Q(travel_km=None) | Q(travel_km__gte=1, travel_km__lte=LONGEST_JOURNEY_KM),
        name="participant_travel_is_daily",
    ),
    models.CheckConstraint(
        condition=Q(weekly_hours_max=None) | Q(weekly_hours_max__gt=0, weekly_hours_max__lte=48),
        name="participant_weekly_hours_are_legal",
    ),
]


class ParticipantTrade(OwnedByService):
    """A trade that a person has practised, or learnt, and for how long; `months` is None when nobody said."""

    participant = models.ForeignKey(
        "people.Participant", models.CASCADE, related_name="trades", verbose_name="personne"
    )
    rome = models.ForeignKey("reference.RomeJob", models.PROTECT, related_name="+", verbose_name="métier")
    months = models.PositiveSmallIntegerField("mois d’expérience", null=True, blank=True)

    class Meta:
        verbose_name = "métier connu"
        verbose_name_plural = "métiers connus"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "rome"], name="participanttrade_once"),
            models.CheckConstraint(
                condition=Q(months=None) | Q(months__lte=720), name="participanttrade_months_of_one_life"
            ),
        ]

    def __str__(self) -> str:
        return str(self.rome)
