from django.db import models
from django.db.models import Q

from uneplace.kit.encrypted import BlindIndexField, EncryptedTextField, normal_email
from uneplace.organisations.models import OwnedByService
from uneplace.organisations.visibility import SeenByQuerySet, of_its_own_service


class MailQuerySet(SeenByQuerySet):
    sights = (of_its_own_service("les courriels partis de ses dossiers"),)


class Mail(OwnedByService):
    """A mail about a file: to whom, on what subject, and what became of it. Its words are not kept.

    A mail about several files (the digest of offers) has one row a file, all with its `token`.
    """

    class State(models.TextChoices):
        QUEUED = "QUEUED", "En attente d’envoi"
        SENT = "SENT", "Envoyé"
        BOUNCED = "BOUNCED", "Non remis"

    token = models.CharField("identifiant du message", max_length=40, db_index=True)  # in its Message-ID
    about_kind = models.CharField("objet", max_length=40)  # « jobsheet »
    about_id = models.BigIntegerField("identifiant de l’objet")
    address = EncryptedTextField("destinataire")  # may be somebody's own address
    address_index = BlindIndexField(of="address", normalise=normal_email)
    subject = models.CharField("sujet", max_length=250)
    state = models.CharField("état", max_length=7, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField("écrit le", auto_now_add=True)
    ended_at = models.DateTimeField("envoyé ou revenu le", null=True, blank=True)
    reason = models.TextField("raison", blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="QUEUED", ended_at=None) | ~Q(state="QUEUED") & Q(ended_at__isnull=False),
                name="mail_ended_has_a_day",
            ),
            models.CheckConstraint(condition=~Q(state="BOUNCED") | ~Q(reason=""), name="mail_lost_says_why"),
        ]
        indexes = [
            models.Index(fields=["about_kind", "about_id", "-id"], name="mail_by_thing"),
            models.Index(fields=["service", "-id"], name="mail_by_service"),
            models.Index(fields=["address_index"], name="mail_by_address"),
        ]

    def __str__(self) -> str:
        return f"Courriel n°\u00a0{self.pk}"
