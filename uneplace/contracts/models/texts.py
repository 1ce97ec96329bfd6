"""The texts that a service writes its own way for the documents of a consultation."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from uneplace.contracts.models.clause import Clause
from uneplace.journal.history import keeps_history
from uneplace.organisations.models import OwnedByService
from uneplace.organisations.visibility import SeenByQuerySet, of_its_own_service

DEVICE = Clause.Device


class Document(models.TextChoices):
    """The documents of a consultation that speak of the clause, in the order in which they are read."""

    RULES = "RULES", "Règlement de la consultation"
    CONDITIONS = "CONDITIONS", "Cahier des clauses administratives particulières (CCAP)"
    COMMITMENT = "COMMITMENT", "Acte d’engagement"
    ANSWER = "ANSWER", "Cadre de réponse"


class Family(models.TextChoices):
    """The devices that are written the same way."""

    EXECUTION = "EXECUTION", "Clause d’exécution"
    CRITERION = "CRITERION", "Clause d’exécution et critère d’attribution"
    RESERVED = "RESERVED", "Marché réservé"
    INSERTION = "INSERTION", "Marché d’insertion"

    @classmethod
    def of(cls, device: str) -> "Family":
        """The family of a device."""
        return _FAMILIES[DEVICE(device)]


_FAMILIES = {
    DEVICE.CLAUSE_EXEC: Family.EXECUTION,
    DEVICE.CLAUSE_CRITERE: Family.CRITERION,
    DEVICE.RESERVE_HANDICAP: Family.RESERVED,
    DEVICE.RESERVE_SIAE: Family.RESERVED,
    DEVICE.RESERVE_BOTH: Family.RESERVED,
    DEVICE.RESERVE_ESS: Family.RESERVED,
    DEVICE.MARCHE_INSERTION: Family.INSERTION,
    DEVICE.PRIVE_VOLONTAIRE: Family.EXECUTION,
}


class ClauseTextQuerySet(SeenByQuerySet):
    sights = (of_its_own_service("les textes de son service"),)


@keeps_history()
class ClauseText(OwnedByService):
    """What a service writes in one document for one family of devices, in place of the text shipped.

    `body` is plain text: paragraphs parted by an empty line, with placeholders such as `{heures}`; see
    `contracts/texts/placeholders.py`. A service without a row uses the text shipped.
    """

    document = models.CharField("document", max_length=10, choices=Document.choices)
    family = models.CharField("dispositif", max_length=10, choices=Family.choices)
    title = models.CharField("titre", max_length=200)
    body = models.TextField("texte")
    revision = models.PositiveIntegerField("révision", default=1)

    objects = ClauseTextQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "texte de clause"
        verbose_name_plural = "textes de clause"
        constraints = [
            models.UniqueConstraint(fields=["service", "document", "family"], name="clause_text_once"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="clause_text_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_document_display()}, {self.get_family_display().lower()}"

    def get_absolute_url(self) -> str:
        return reverse("coming:text", args=[self.family, self.document])
