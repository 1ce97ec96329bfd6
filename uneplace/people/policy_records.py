"""What a service decides about proofs, by dated versions."""

from datetime import date

from django.db import models
from django.db.models import Q

from uneplace.organisations.models import OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, of_its_own_service


class ProofPolicyQuerySet(SeenByQuerySet):
    sights = (of_its_own_service("l’ancienneté des justificatifs que son service admet"),)

    def in_force(self, *, on: date):
        """The version that applies that day, first; those that it replaced come after."""
        return self.filter(applies_on__lte=on).order_by("-applies_on", "-number")


class ProofPolicy(OwnedByService):
    """How old a service lets the proofs of each ground be, from one day on; append-only, one row a version.

    `months` holds the months by ground; a ground that is not there does not age. Decisions taken stay.
    """

    number = models.PositiveIntegerField("version")
    applies_on = models.DateField("applicable le")
    months = models.JSONField("mois par motif", default=dict, blank=True)
    decided_at = models.DateTimeField("décidé le")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="décidé par")

    objects = ProofPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "ancienneté admise des justificatifs"
        verbose_name_plural = "anciennetés admises des justificatifs"
        constraints = [
            # Two administrators at once: the second reads what the first has just decided.
            models.UniqueConstraint(fields=["service", "number"], name="proofpolicy_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="proofpolicy_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"Ancienneté des justificatifs, version {self.number}"
