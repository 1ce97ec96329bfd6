from django.db import models
from django.db.models import Q

from uneplace.journal.history import keeps_history
from uneplace.kit.encrypted import EncryptedTextField
from uneplace.organisations.models import OwnedByService, User


@keeps_history(
    only=["service", "status", "seen_on", "seen_by", "file_at", "file_by"],
    marks={"proof": ["kind", "dated_on", "valid_until"], "file": ["file", "file_name"]},
)
class Evidence(OwnedByService):
    """A proof: a file, or the mark that somebody saw it, of what kind, dated when.

    « Seen » is preferred to a stored copy (minimisation): most rows have no file. The one that is joined is
    kept sealed, and `file_name` is the name that its author gave it.
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
    file = models.FileField("fichier", upload_to="justificatifs", max_length=200, blank=True)
    file_name = EncryptedTextField("nom du fichier", blank=True)  # it names the person, or the ground
    file_at = models.DateTimeField("fichier joint le", null=True, blank=True)
    file_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="fichier joint par"
    )

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
            models.CheckConstraint(
                condition=Q(file="") | ~Q(file_name=""), name="evidence_file_has_its_name"
            ),
            models.CheckConstraint(
                condition=~Q(status="PURGED") | Q(file=""), name="evidence_purged_has_no_file"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
