"""The thresholds of alert that a service chose, and what each change replaced."""

from django.db import models
from django.db.models import F, Q

from uneplace.organisations.models import OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, of_its_own_service
from uneplace.rules.alerts import NAMES, Thresholds, bounds_of


class ServiceThresholdsQuerySet(SeenByQuerySet):
    sights = (of_its_own_service("les seuils d’alerte de son service, et leurs versions"),)


class ServiceThresholds(OwnedByService):
    """From where a clause is to watch, in alert or critical in one service, from one moment on; append-only,
    one row a change."""

    watch_below = models.PositiveSmallIntegerField("à surveiller, sous cette part des heures attendues")
    alert_below = models.PositiveSmallIntegerField("en alerte, sous cette part")
    critical_below = models.PositiveSmallIntegerField("critique, sous cette part")
    critical_from = models.PositiveSmallIntegerField("critique, à partir de cette part de l’exécution")
    documents_days = models.PositiveSmallIntegerField("critique, document en retard de plus de")
    number = models.PositiveIntegerField("version")
    decided_at = models.DateTimeField("décidé le")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="décidé par")

    objects = ServiceThresholdsQuerySet.as_manager()

    class Meta:
        verbose_name = "seuils d’alerte du service"
        verbose_name_plural = "seuils d’alerte des services"
        constraints = [
            # Two administrators at once: the second reads what the first has just decided.
            models.UniqueConstraint(fields=["service", "number"], name="servicethresholds_number_once"),
            models.CheckConstraint(
                condition=Q(
                    **{f"{name}__gte": bounds_of(name)[0] for name in NAMES},
                    **{f"{name}__lte": bounds_of(name)[1] for name in NAMES},
                ),
                name="servicethresholds_are_possible",
            ),
            models.CheckConstraint(
                condition=Q(alert_below__lt=F("watch_below"), critical_below__lt=F("alert_below")),
                name="servicethresholds_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"Seuils d’alerte du service, version {self.number}"

    @property
    def thresholds(self) -> Thresholds:
        """The thresholds alone, as the rules read them."""
        return Thresholds(**{name: getattr(self, name) for name in NAMES})
