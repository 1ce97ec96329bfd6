"""What forecasts would have said of clauses that are closed now, and what these came to."""

from django.db import models
from django.db.models import Q

from uneplace.contracts.models import Clause
from uneplace.organisations.models import OwnedByService
from uneplace.rules.forecast_trials import Trial

HOURS = {"max_digits": 10, "decimal_places": 2}


class ForecastTrial(OwnedByService):
    """A closed clause seen again as it was known on a past day (épreuve de prévision); written again each
    night from the ledger, never by hand."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="forecast_trials", verbose_name="clause")
    stage = models.PositiveSmallIntegerField("part de l’exécution passée, en centièmes")
    known_on = models.DateField("comme on la connaissait le")
    due = models.DecimalField("heures dues", **HOURS)
    finished = models.DecimalField("heures faites à la fin", **HOURS)
    contracts = models.DecimalField("heures annoncées par les contrats signés", **HOURS)
    pace = models.DecimalField("heures annoncées par le rythme", **HOURS)

    class Meta:
        verbose_name = "épreuve de prévision"
        verbose_name_plural = "épreuves de prévision"
        constraints = [
            models.UniqueConstraint(fields=["clause", "stage"], name="forecasttrial_once_a_stage"),
            models.CheckConstraint(
                condition=Q(due__gt=0, finished__gte=0, contracts__gte=0, pace__gte=0),
                name="forecasttrial_is_possible",
            ),
        ]
        indexes = [models.Index(fields=["service", "stage"], name="forecasttrial_by_stage")]

    def __str__(self) -> str:
        return f"{self.clause}, {self.stage}\u00a0%"

    @property
    def trial(self) -> Trial:
        """The trial alone, as the rules read it."""
        return Trial(self.due, self.finished, self.contracts, self.pace)
