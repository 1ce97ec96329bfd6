from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from uneplace.journal.history import keeps_history

from .audiences import Public, TradeFamily
from .link_models import AccessLink  # noqa: F401 - Django looks for models here
from .sign_in_models import Allowance, Identity, Session  # noqa: F401 - Django looks for models here


class Capacity(models.TextChoices):
    """What an organisation comes for; one organisation may hold several."""

    FACILITATOR = "FACILITATOR", "Service facilitateur"
    BUYER = "BUYER", "Acheteur"
    COMPANY = "COMPANY", "Entreprise"
    INSERTION_EMPLOYER = "INSERTION_EMPLOYER", "Structure d’insertion"
    REFERRER = "REFERRER", "Prescripteur"


class Role(models.TextChoices):
    """What a member may do inside an organisation."""

    ADMIN = "ADMIN", "Administration"
    MEMBER = "MEMBER", "Membre"
    READER = "READER", "Lecture seule"


class Kind(models.TextChoices):
    """The kind of an organisation, as the trade names it."""

    ACI = "ACI", "Atelier et chantier d’insertion"
    EI = "EI", "Entreprise d’insertion"
    AI = "AI", "Association intermédiaire"
    ETTI = "ETTI", "Entreprise de travail temporaire d’insertion"
    EITI = "EITI", "Entreprise d’insertion par le travail indépendant"
    GEIQ = "GEIQ", "Groupement d’employeurs pour l’insertion et la qualification"
    EA = "EA", "Entreprise adaptée"
    EATT = "EATT", "Entreprise adaptée de travail temporaire"
    ESAT = "ESAT", "Établissement et service d’aide par le travail"
    REGIE = "REGIE", "Régie de quartier ou de territoire"
    MISSION_LOCALE = "MISSION_LOCALE", "Mission locale"
    FRANCE_TRAVAIL = "FRANCE_TRAVAIL", "France Travail"
    CAP_EMPLOI = "CAP_EMPLOI", "Cap emploi"
    PLIE = "PLIE", "Plan local pour l’insertion et l’emploi"
    CCAS = "CCAS", "Centre communal d’action sociale"
    SPIP = "SPIP", "Service pénitentiaire d’insertion et de probation"
    DEPARTEMENT = "DEPARTEMENT", "Département"
    COMMUNE = "COMMUNE", "Commune"
    EPCI = "EPCI", "Intercommunalité"
    BAILLEUR = "BAILLEUR", "Bailleur social"
    ETABLISSEMENT_PUBLIC = "ETABLISSEMENT_PUBLIC", "Établissement public"
    ETAT = "ETAT", "État"
    ENTREPRISE = "ENTREPRISE", "Entreprise"
    AUTRE = "AUTRE", "Autre"


class OrganisationQuerySet(models.QuerySet):
    def facilitators(self):
        """The services that hold files."""
        return self.filter(capacities__contains=[Capacity.FACILITATOR])

    def able_to(self, *capacities: str):
        """Organisations that hold at least one of these capacities."""
        return self.filter(capacities__overlap=list(capacities))

    def with_accounts(self):
        """Organisations of which somebody can sign in."""
        return self.filter(memberships__ended_at=None, memberships__user__is_active=True).distinct()


@keeps_history()
class Organisation(models.Model):
    """A body that takes part: service, buyer, company, insertion employer or referrer.

    Common to all services. Known by its SIRET; an identifier received from outside that is no valid SIRET
    is kept as received in `raw_identifier`.
    """

    name = models.CharField("nom", max_length=200, blank=True)
    siret = models.CharField("SIRET", max_length=14, null=True, blank=True, unique=True)
    raw_identifier = models.CharField("identifiant reçu", max_length=60, blank=True)
    capacities = ArrayField(
        models.CharField(max_length=20, choices=Capacity.choices), verbose_name="rôles", default=list
    )
    kind = models.CharField("type", max_length=24, choices=Kind.choices, blank=True)
    commune = models.ForeignKey(
        "reference.Commune", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="commune"
    )
    email = models.EmailField("adresse électronique", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)

    objects = OrganisationQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "organisation"
        constraints = [
            models.CheckConstraint(
                condition=Q(siret=None) | Q(siret__regex=r"^\d{14}$"), name="organisation_siret_has_14_digits"
            ),
            models.UniqueConstraint(
                "raw_identifier",
                condition=Q(siret=None) & ~Q(raw_identifier=""),
                name="organisation_raw_identifier_once",
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(siret__isnull=False) | ~Q(raw_identifier=""),
                name="organisation_can_be_named",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.identifier

    @property
    def identifier(self) -> str:
        """The SIRET as people write it, or the identifier as received."""
        if self.siret:
            return f"SIRET {self.siret[:3]} {self.siret[3:6]} {self.siret[6:9]} {self.siret[9:]}"
        return self.raw_identifier

    @property
    def capacity_labels(self) -> list[str]:
        """What it comes for, in words."""
        return [capacity.label for capacity in Capacity if capacity in self.capacities]

    def can(self, capacity: str) -> bool:
        """Whether the organisation holds this capacity."""
        return capacity in self.capacities

    @property
    def has_account(self) -> bool:
        """Whether somebody can sign in for it; a service may act for a firm without account."""
        return self.memberships.current().filter(user__is_active=True).exists()


class OwnedByService(models.Model):
    """A row of one facilitator's file: it carries that service and never changes it."""

    service = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="service")

    class Meta:
        abstract = True


class PartnershipQuerySet(models.QuerySet):
    def in_force(self):
        """Organisations that the service lets into its file today."""
        return self.filter(ended_at=None)


@keeps_history()
class Partnership(OwnedByService):
    """A service let an organisation into its file, from one moment to another.

    Until a service has, an organisation named in its file (the company of an award, the employer of a
    placement) sees nothing of it, even when it has an account for its work with another service. `publics`
    and `trades` are what the service knows of a structure, to choose to whom a job is sent.
    """

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="partnerships", verbose_name="organisation"
    )
    approved_at = models.DateTimeField("approuvé le")
    approved_by = models.ForeignKey(
        "User", models.SET_NULL, null=True, related_name="+", verbose_name="approuvé par"
    )
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)
    publics = ArrayField(
        models.CharField(max_length=12, choices=Public.choices), verbose_name="publics", default=list
    )
    trades = ArrayField(
        models.CharField(max_length=1, choices=TradeFamily.choices), verbose_name="métiers", default=list
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = "partenariat"
        constraints = [
            models.UniqueConstraint(
                fields=["service", "organisation"],
                condition=Q(ended_at=None),
                name="partnership_once_at_a_time",
                violation_error_message="Cette organisation est déjà partenaire.",
            ),
            models.CheckConstraint(
                condition=~Q(service=models.F("organisation")), name="partnership_is_with_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.service}"


class UserManager(BaseUserManager):
    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields):
        """A person who can sign in; without a password the account waits for one."""
        user = self.model(email=email.strip().lower(), **fields)
        if password is None:
            user.set_unusable_password()
        else:
            user.set_password(password)
        user.save()
        return user


@keeps_history(
    only=["is_active"], marks={"identity": ["email", "first_name", "last_name"], "password": ["password"]}
)
class User(AbstractBaseUser):
    """A person who signs in with an e-mail address; what one may do comes from memberships."""

    email = models.EmailField("adresse électronique", unique=True)
    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=80, blank=True)
    is_active = models.BooleanField("actif", default=True)

    objects = UserManager()
    named_in_journal = True

    USERNAME_FIELD = "email"

    class Meta:
        verbose_name = "compte"
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_the_case")]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email


class MembershipQuerySet(models.QuerySet):
    def current(self):
        """Memberships that have not ended."""
        return self.filter(ended_at=None)


@keeps_history()
class Membership(models.Model):
    """A person belongs to an organisation, with a role, from one moment to another."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name="compte")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name="organisation"
    )
    role = models.CharField("rôle", max_length=10, choices=Role.choices, default=Role.MEMBER)
    started_at = models.DateTimeField("depuis")
    ended_at = models.DateTimeField("jusqu’à", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "appartenance"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ended_at=None),
                name="membership_once_at_a_time",
                violation_error_message="Cette personne appartient déjà à l’organisation.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"


class InvitationQuerySet(models.QuerySet):
    def open(self, *, at: datetime):
        """Invitations whose link still works."""
        return self.filter(accepted_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """A link sent by e-mail that lets somebody join an organisation; only its hash is kept."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations", verbose_name="organisation"
    )
    email = models.EmailField("adresse électronique")
    role = models.CharField("rôle", max_length=10, choices=Role.choices, default=Role.ADMIN)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="par")
    through = models.ForeignKey(  # None: the organisation invites its own colleagues
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="par le service",
    )
    created_at = models.DateTimeField("envoyée le")
    expires_at = models.DateTimeField("valable jusqu’au")
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="par")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"

    def __str__(self) -> str:
        return f"{self.email}, {self.organisation}"

    def is_open(self, at: datetime) -> bool:
        """Whether the link still works."""
        return self.accepted_at is None and at < self.expires_at


class KeptAccess(models.Model):
    """An account that did not sign in for ninety days was left open, until the next quarter, for a reason."""

    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="kept", verbose_name="appartenance"
    )
    reason = models.CharField("motif", max_length=200)
    until = models.DateField("gardé jusqu’au")
    kept_at = models.DateTimeField("gardé le")
    kept_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="par")

    class Meta:
        verbose_name = "accès gardé"
        verbose_name_plural = "accès gardés"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="kept_access_says_why"),
        ]

    def __str__(self) -> str:
        return f"Accès gardé n°\u00a0{self.pk}"
