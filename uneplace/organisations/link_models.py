"""Doors by e-mail, for an organisation of which nobody can sign in."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

SESSION = timedelta(hours=2)


class AccessLink(models.Model):
    """A link sent to one address, that lets its organisation answer about one thing, once, until a day.

    The token is in the mail alone and its hash here. Opening the link spends it and starts a session of two
    hours, known by the hash of a secret that the browser keeps: see `links.py` and decision 0017.
    """

    service = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="+", verbose_name="service"
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.CASCADE,
        related_name="access_links",
        verbose_name="organisation",
    )
    email = models.EmailField("adresse électronique")
    thing_kind = models.CharField("objet", max_length=60)  # « offers.jobsheet »
    thing_id = models.BigIntegerField("identifiant de l’objet")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField("envoyé le")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="par"
    )
    expires_at = models.DateTimeField("valable jusqu’au")
    opened_at = models.DateTimeField("ouvert le", null=True, blank=True)
    session_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    left_at = models.DateTimeField("quitté le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    class Meta:
        verbose_name = "lien d’accès"
        verbose_name_plural = "liens d’accès"
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="link_lives_a_while"),
            models.CheckConstraint(
                condition=Q(opened_at=None, session_hash=None)
                | Q(opened_at__isnull=False, session_hash__isnull=False),
                name="link_opened_starts_a_session",
            ),
        ]
        indexes = [models.Index(fields=["thing_kind", "thing_id", "-created_at"], name="link_by_thing")]

    def __str__(self) -> str:
        return f"Lien d’accès n°\u00a0{self.pk}"

    def opens(self, model: type[models.Model]) -> bool:
        """Whether this kind of thing is the one that the link is about."""
        return self.thing_kind == model._meta.label_lower

    @property
    def session_ends_at(self) -> datetime | None:
        """Until when whoever opened the link may answer; None when nobody opened it."""
        return self.opened_at + SESSION if self.opened_at else None

    @property
    def masked_email(self) -> str:
        """« a…@exemple.fr »: enough for its owner to know it, too little to write to."""
        name, _, domain = self.email.partition("@")
        return f"{name[:1]}…@{domain}"
