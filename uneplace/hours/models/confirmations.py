"""What the person, or the company where they work, says of a month that somebody else declared."""

from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from uneplace.contracts.models import Commitment
from uneplace.journal.history import keeps_history
from uneplace.kit.encrypted import EncryptedTextField
from uneplace.organisations.link_models import SESSION
from uneplace.organisations.models import Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service

from .statements import month_name, of_month
from .work import HOURS, Placement


class MonthLink(OwnedByService):
    """A link, printed as a code or sent by e-mail, by which a person without account confirms one month.

    As `AccessLink`, but for a person: the token is on the paper or in the mail alone and its hash here;
    opening it spends it and starts a session of two hours. See decision 0030.
    """

    placement = models.ForeignKey(
        Placement, models.CASCADE, related_name="month_links", verbose_name="contrat de travail"
    )
    month = models.DateField("mois")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="remis par")
    email = EncryptedTextField("envoyé à", blank=True)  # empty: printed
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("fait le")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="par")
    expires_at = models.DateTimeField("valable jusqu’au")
    opened_at = models.DateTimeField("ouvert le", null=True, blank=True)
    session_hash = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    left_at = models.DateTimeField("quitté le", null=True, blank=True)

    class Meta:
        verbose_name = "lien vers un mois"
        verbose_name_plural = "liens vers un mois"
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="monthlink_lives_a_while"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="monthlink_month_is_a_first_day"),
            models.CheckConstraint(
                condition=Q(opened_at=None, session_hash=None)
                | Q(opened_at__isnull=False, session_hash__isnull=False),
                name="monthlink_opened_starts_a_session",
            ),
        ]
        indexes = [models.Index(fields=["placement", "month"], name="monthlink_by_month")]

    def __str__(self) -> str:
        return f"Lien vers un mois n°\u00a0{self.pk}"

    @property
    def of_month(self) -> str:
        """« d’octobre 2026 »."""
        return of_month(self.month)

    @property
    def session_ends_at(self) -> datetime | None:
        """Until when whoever opened the link may answer; None when nobody opened it."""
        return self.opened_at + SESSION if self.opened_at else None


class ConfirmationQuerySet(SeenByQuerySet):
    """A company reads what it said of lent people, and what people say of the hours that it declares."""

    sights = (
        of_its_own_service("les confirmations de son service"),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "celles des heures qu’elle déclare, ou des personnes qu’elle emploie, et les siennes",
            lambda me: Q(placement__declared_by=me) | Q(placement__employer=me) | Q(organisation=me),
        ),
    )

    def open_differences(self):
        """The months of which somebody says something else, and that nobody has settled."""
        return self.filter(agrees=False, settled_at=None)


@keeps_history(
    only=["service", "placement", "month", "party", "organisation", "agrees", "declared", "said", "kept"],
    marks={"words": ["words", "settle_reason"]},
)
class Confirmation(OwnedByService):
    """An answer about a month of somebody's hours: that is it, or it is not; then a difference to settle.

    `declared` are the hours that were read, `said` those of the answer (None: not sure how many), `kept`
    those that stand once the service has settled it. Of the company where the person works, it is about the
    hours of its commitment; of the person, about the whole month.
    """

    class Party(models.TextChoices):
        PERSON = "PERSON", "La personne"
        HOST = "HOST", "L’entreprise d’accueil"

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="confirmations", verbose_name="contrat de travail"
    )
    month = models.DateField("mois")
    party = models.CharField("dit par", max_length=6, choices=Party.choices)
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="engagement"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="entreprise"
    )
    agrees = models.BooleanField("c’est bien ça")
    declared = models.DecimalField("heures déclarées", **HOURS)
    said = models.DecimalField("heures dites", null=True, blank=True, **HOURS)
    words = EncryptedTextField("ce qui est dit", blank=True)
    answered_at = models.DateTimeField("répondu le")
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="par"
    )
    settled_at = models.DateTimeField("réglé le", null=True, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="réglé par"
    )
    kept = models.DecimalField("heures gardées", null=True, blank=True, **HOURS)
    settle_reason = EncryptedTextField("comment c’est réglé", blank=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = "confirmation d’un mois"
        verbose_name_plural = "confirmations d’un mois"
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="confirmation_month_is_a_first_day"),
            models.CheckConstraint(
                condition=Q(agrees=True, said=F("declared"))
                | Q(agrees=False, said=None)
                | Q(agrees=False) & ~Q(said=F("declared")),
                name="confirmation_agrees_with_what_it_says",
            ),
            models.CheckConstraint(
                condition=Q(party="PERSON", organisation=None, commitment=None)
                | Q(party="HOST", organisation__isnull=False, commitment__isnull=False),
                name="confirmation_says_who",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, kept=None) | Q(settled_at__isnull=False, kept__isnull=False),
                name="confirmation_settled_keeps_hours",
            ),
            # Two answers at once: the second reads the first.
            models.UniqueConstraint(
                fields=["placement", "month", "party", "commitment"],
                condition=Q(agrees=False, settled_at=None),
                nulls_distinct=False,
                name="confirmation_one_open_difference",
            ),
        ]
        indexes = [
            models.Index(fields=["placement", "month"], name="confirmation_by_month"),
            models.Index(
                fields=["service", "answered_at"],
                name="confirmation_to_settle",
                condition=Q(agrees=False, settled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement.participant}, {month_name(self.month)}"

    def get_absolute_url(self) -> str:
        return reverse("hours:difference", args=[self.pk])

    @property
    def of_month(self) -> str:
        """« d’octobre 2026 »."""
        return of_month(self.month)

    @property
    def is_open(self) -> bool:
        """Whether a difference waits to be settled."""
        return not self.agrees and self.settled_at is None

    @property
    def gap(self) -> Decimal | None:
        """The hours said less those declared; None when nobody said how many."""
        return None if self.said is None else self.said - self.declared


class ConfirmationMessage(OwnedByService):
    """One message of the thread that a difference opens; the person's own words open it."""

    confirmation = models.ForeignKey(
        Confirmation, models.CASCADE, related_name="messages", verbose_name="confirmation"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="écrit par")
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="qui l’écrit"
    )
    written_at = models.DateTimeField("écrit le")
    words = EncryptedTextField("message")

    class Meta:
        verbose_name = "message sur un écart"
        verbose_name_plural = "messages sur un écart"
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"Message n°\u00a0{self.pk}"
