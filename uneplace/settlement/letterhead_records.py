"""What a service prints on its papers."""

from django.db import models
from django.db.models import Q

from uneplace.organisations.models import OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, of_its_own_service


class ServiceLetterheadQuerySet(SeenByQuerySet):
    sights = (of_its_own_service("l’en-tête des documents de son service, et ses versions"),)


class ServiceLetterhead(OwnedByService):
    """The accent colour, the postal lines and the signature of a service’s papers, from one moment on;
    append-only, one row a change."""

    accent = models.CharField("couleur", max_length=7)
    postal = models.TextField("adresse postale", blank=True)
    signature = models.TextField("signature", blank=True)
    number = models.PositiveIntegerField("version")
    decided_at = models.DateTimeField("décidé le")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="décidé par")

    objects = ServiceLetterheadQuerySet.as_manager()

    class Meta:
        verbose_name = "en-tête du service"
        verbose_name_plural = "en-têtes des services"
        constraints = [
            # Two administrators at once: the second reads what the first has just decided.
            models.UniqueConstraint(fields=["service", "number"], name="serviceletterhead_number_once"),
            models.CheckConstraint(
                condition=Q(accent__regex=r"^#[0-9a-f]{6}$"), name="serviceletterhead_accent_is_a_colour"
            ),
        ]

    def __str__(self) -> str:
        return f"En-tête du service, version {self.number}"
