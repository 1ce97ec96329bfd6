"""The delays that a service chose for its recruiting, and what each change replaced."""

from django.db import models
from django.db.models import F, Q

from uneplace.organisations.models import OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, of_its_own_service
from uneplace.rules.delays import NAMES, Delays, bounds_of


def _days(label: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label)


class ServiceDelaysQuerySet(SeenByQuerySet):
    sights = (of_its_own_service("les délais de son service, et leurs versions"),)


class ServiceDelays(OwnedByService):
    """Whose turn, for how many days, in one service from one moment on; append-only, one row a change.

    A turn that had begun keeps the delays that were in force when it did.
    """

    agree_days = _days("l’entreprise donne son accord sur la fiche")
    structures_days = _days("les structures répondent à une fiche diffusée")
    service_days = _days("le service fait ce qui lui revient")
    collect_days = _days("la structure recueille l’accord de la personne")
    answer_days = _days("l’entreprise répond à un dossier transmis")
    meet_days = _days("un moment d’entretien est choisi")
    reminder_days = _days("relance à qui doit agir")
    deputy_days = _days("relance aux autres contacts de son organisation")
    escalation_days = _days("le service est prévenu")
    closing_days = _days("clôture sans réponse")
    notice_days = _days("annonce de la clôture")
    number = models.PositiveIntegerField("version")
    decided_at = models.DateTimeField("décidé le")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="décidé par")

    objects = ServiceDelaysQuerySet.as_manager()

    class Meta:
        verbose_name = "délais du service"
        verbose_name_plural = "délais des services"
        constraints = [
            # Two administrators at once: the second reads what the first has just decided.
            models.UniqueConstraint(fields=["service", "number"], name="servicedelays_number_once"),
            models.CheckConstraint(
                condition=Q(
                    **{f"{name}__gte": bounds_of(name)[0] for name in NAMES},
                    **{f"{name}__lte": bounds_of(name)[1] for name in NAMES},
                ),
                name="servicedelays_are_possible",
            ),
            models.CheckConstraint(
                condition=Q(deputy_days__gt=F("reminder_days"), escalation_days__gt=F("deputy_days")),
                name="servicedelays_reminders_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"Délais du service, version {self.number}"

    @property
    def delays(self) -> Delays:
        """The delays alone, as the rules read them."""
        return Delays(**{name: getattr(self, name) for name in NAMES})
