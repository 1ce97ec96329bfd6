"""What signing in leaves in the database: open sessions, and guesses that were checked."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models


class SessionManager(BaseSessionManager):
    use_in_migrations = False


class Session(AbstractBaseSession):
    """One browser that the site knows; once somebody signed in, whose it is and what it looks like.

    The row is the session: removing it ends it at once, wherever the browser is.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions", verbose_name="compte"
    )
    started_at = models.DateTimeField("ouverte le", null=True)
    seen_at = models.DateTimeField("dernière activité", null=True)
    browser = models.CharField("navigateur", max_length=80, blank=True)
    address = models.CharField("adresse raccourcie", max_length=40, blank=True)

    objects = SessionManager()

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "session"
        verbose_name_plural = "sessions"

    def __str__(self) -> str:
        return f"{self.browser}, {self.address}"

    @classmethod
    def get_session_store_class(cls):
        from .session_store import SessionStore

        return SessionStore


class Identity(models.Model):
    """The identity at ProConnect that opens an account: `sub`, the number it has there, bound the first time.

    An account has one at most; another `sub` with the same address opens nothing.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="identity", verbose_name="compte"
    )
    issuer = models.CharField("fournisseur", max_length=200)
    sub = models.CharField("identifiant", max_length=255)
    linked_at = models.DateTimeField("relié le")

    class Meta:
        verbose_name = "identité ProConnect"
        verbose_name_plural = "identités ProConnect"
        constraints = [models.UniqueConstraint(fields=["issuer", "sub"], name="identity_opens_one_account")]

    def __str__(self) -> str:
        return f"Identité ProConnect n°\u00a0{self.pk}"


class Allowance(models.Model):
    """The guesses checked lately for one target: an account, an account from one browser, an address.

    `target` is a keyed hash, so that the table tells neither who has an account nor from where one signs in.
    """

    target = models.CharField(max_length=64, unique=True)
    checked_at = ArrayField(models.DateTimeField(), verbose_name="vérifiés à", default=list)
    told_at = models.DateTimeField("signalés à", null=True)
    last_at = models.DateTimeField("dernier", db_index=True)

    class Meta:
        verbose_name = "essais"
        verbose_name_plural = "essais"

    def __str__(self) -> str:
        return f"{len(self.checked_at)} essais"
