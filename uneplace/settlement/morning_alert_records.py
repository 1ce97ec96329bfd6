"""The commitments in alert or critical as one begins the day, kept so that a week shows and counts them."""

from django.db import models
from django.db.models import Q

from uneplace.contracts.models import Commitment
from uneplace.organisations.models import OwnedByService
from uneplace.organisations.visibility import SeenByQuerySet, of_its_own_service
from uneplace.rules.alerts import Pace

RAISED = (Pace.ALERT, Pace.CRITICAL)


class MorningAlertQuerySet(SeenByQuerySet):
    sights = (of_its_own_service("les alertes du matin de son service"),)


class MorningAlert(OwnedByService):
    """A commitment that was in alert or critical at the start of a day, and why (alerte du matin); written
    again every night by `uneplace.rules.alerts`, never by hand. `late` is the hours late on that day."""

    commitment = models.OneToOneField(
        Commitment, models.CASCADE, related_name="morning_alert", verbose_name="engagement"
    )
    pace = models.CharField("niveau", max_length=8, choices=[(one.value, one.value) for one in RAISED])
    reasons = models.JSONField("raisons", default=list)
    late = models.DecimalField("heures de retard", max_digits=10, decimal_places=2)
    raised_on = models.DateField("jour")

    objects = MorningAlertQuerySet.as_manager()

    class Meta:
        verbose_name = "alerte du matin"
        verbose_name_plural = "alertes du matin"
        constraints = [models.CheckConstraint(condition=Q(late__gte=0), name="morningalert_is_possible")]

    def __str__(self) -> str:
        return f"Alerte du matin, {self.commitment}"

    @property
    def is_critical(self) -> bool:
        """Whether it is the highest level."""
        return self.pace == Pace.CRITICAL
