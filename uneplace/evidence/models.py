from django.db import models
from django.db.models import Q

from uneplace.journal.history import keeps_history
from uneplace.kit.encrypted import EncryptedTextField
from uneplace.organisations.models import OwnedByService, User


@keeps_history(
    only=["service", "status", "seen_on", "seen_by"], marks={"proof": ["kind", "dated_on", "valid_until"]}
)
class Evidence(OwnedByService):
    """A proof: a file, or the mark that somebody saw it, of what kind, dated when.

    « Seen » is preferred to a stored copy (minimisation): most rows have no file.
    """

    class Status(models.TextChoices):
        EXPECTED = "EXPECTED", "Attendu"
        RECEIVED = "RECEIVED", "Reçu"
        ACCEPTED = "ACCEPTED", "Accepté"
        TO_REDO = "TO_REDO", "À refaire"
        PURGED = "PURGED", "Purgé"

    kind = EncryptedTextField("nature", step=128)  # « Attestation RSA » tells a ground
    status = models.CharField("état", max_length=10, choices=Status.choices, default=Status.ACCEPTED)
    dated_on = models.DateField("daté du", null=True, blank=True)
    valid_until = models.DateField("valable jusqu’au", null=True, blank=True)
    seen_on = models.DateField("vu le", null=True, blank=True)
    seen_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vu par"
    )
    reason = EncryptedTextField("motif", blank=True)

    class Meta:
        verbose_name = "justificatif"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="ACCEPTED") | Q(seen_on__isnull=False),
                name="evidence_accepted_was_seen",
            ),
            models.CheckConstraint(
                condition=~Q(status="TO_REDO") | ~Q(reason=""), name="evidence_to_redo_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
