"""The public contract: its lots, who executes them, and what changes it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.urls import reverse

from uneplace.contracts.models.clause import Commitment, MemberRole
from uneplace.contracts.models.columns import EUROS
from uneplace.journal.history import keeps_history
from uneplace.kit.sorting import SortKey
from uneplace.organisations.models import Capacity, Organisation, OwnedByService
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service


class ContractQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les marchés de son service"),
        Sight((Capacity.BUYER,), "ses marchés", lambda me: Q(buyer=me)),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "ceux où elle a un engagement, une fois la clause validée",
            lambda me: Q(pk__in=Commitment.objects.filter(company=me).told().values("clause__lot__contract")),
        ),
    )


@keeps_history(without=["publications"])
class Contract(OwnedByService):
    """A public contract (marché or concession): one buyer, one official id, imported or typed by hand."""

    class Source(models.TextChoices):
        TYPED = "TYPED", "Saisi à la main"
        AWARD_DATA = "AWARD_DATA", "Données essentielles"

    class Kind(models.TextChoices):
        MARCHE = "MARCHE", "Marché"
        CONCESSION = "CONCESSION", "Concession"

    buyer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contracts_bought", verbose_name="acheteur"
    )
    official_id = models.CharField("numéro du marché", max_length=80, null=True, blank=True)
    kind = models.CharField("type", max_length=10, choices=Kind.choices, default=Kind.MARCHE)
    nature = models.CharField("nature", max_length=80, blank=True)
    object = models.TextField("objet")
    cpv = models.CharField("code CPV", max_length=10, blank=True)
    procedure = models.CharField("procédure", max_length=120, blank=True)
    amount = models.DecimalField("montant hors taxes", null=True, blank=True, **EUROS)
    duration_months = models.PositiveSmallIntegerField("durée en mois", null=True, blank=True)
    notified_on = models.DateField("notifié le", null=True, blank=True)
    published_on = models.DateField("publié le", null=True, blank=True)
    place_code = models.CharField("code du lieu", max_length=20, blank=True)
    place_name = models.CharField("lieu d’exécution", max_length=150, blank=True)
    social_considerations = ArrayField(
        models.CharField(max_length=60), verbose_name="considérations sociales", default=list, blank=True
    )
    source = models.CharField("origine", max_length=10, choices=Source.choices, default=Source.TYPED)
    publications = ArrayField(  # digests of the award data received: the same again change nothing
        models.CharField(max_length=32), verbose_name="publications reçues", default=list, blank=True
    )
    created_at = models.DateTimeField("créé le")

    objects = ContractQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "marché"
        constraints = [
            models.UniqueConstraint(
                fields=["service", "buyer", "official_id"],
                name="contract_once_by_buyer_and_id",
                violation_error_message="Ce marché existe déjà pour cet acheteur.",
            ),
            models.CheckConstraint(condition=~Q(official_id=""), name="contract_official_id_not_blank"),
            models.CheckConstraint(condition=~Q(object=""), name="contract_has_an_object"),
        ]
        indexes = [
            models.Index(fields=["service", "-created_at", "-id"], name="contract_list"),
            GinIndex(OpClass(SortKey("object"), name="gin_trgm_ops"), name="contract_object_trigrams"),
        ]

    def __str__(self) -> str:
        return self.object if len(self.object) <= 120 else f"{self.object[:117]}…"

    def get_absolute_url(self) -> str:
        return reverse("contracts:contract", args=[self.pk])


class LotQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les lots de son service"),
        Sight((Capacity.BUYER,), "ceux de ses marchés", lambda me: Q(contract__buyer=me)),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "ceux où elle a un engagement, une fois la clause validée",
            lambda me: Q(pk__in=Commitment.objects.filter(company=me).told().values("clause__lot")),
        ),
    )


@keeps_history()
class Lot(OwnedByService):
    """The part of a contract that is awarded; a contract without lots has one."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="lots", verbose_name="marché")
    number = models.PositiveSmallIntegerField("numéro", default=1)
    title = models.CharField("intitulé", max_length=200, blank=True)
    amount = models.DecimalField("montant hors taxes", null=True, blank=True, **EUROS)

    objects = LotQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "lot"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"],
                name="lot_number_once",
                violation_error_message="Ce lot existe déjà.",
            )
        ]

    def __str__(self) -> str:
        return f"Lot {self.number}, {self.title}" if self.title else "Lot unique"


@keeps_history()
class Award(OwnedByService):
    """Who executes a lot: one company or a group of them."""

    lot = models.OneToOneField(Lot, models.CASCADE, related_name="award", verbose_name="lot")
    group_type = models.CharField("forme du groupement", max_length=60, blank=True)

    class Meta:
        verbose_name = "attribution"

    def __str__(self) -> str:
        return f"Attribution du {self.lot}"


@keeps_history()
class AwardMember(OwnedByService):
    """One company of an award."""

    award = models.ForeignKey(Award, models.CASCADE, related_name="members", verbose_name="attribution")
    company = models.ForeignKey(
        Organisation, models.PROTECT, related_name="awards", verbose_name="entreprise"
    )
    role = models.CharField("place", max_length=14, choices=MemberRole.choices, default=MemberRole.MANDATAIRE)

    class Meta:
        verbose_name = "membre du groupement"
        constraints = [
            models.UniqueConstraint(fields=["award", "company"], name="award_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.company}, {self.get_role_display().lower()}"


@keeps_history()
class Amendment(OwnedByService):
    """A dated change of a contract: amount, duration or companies."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="amendments", verbose_name="marché")
    number = models.PositiveSmallIntegerField("numéro")
    official_id = models.CharField("identifiant reçu", max_length=60, blank=True)
    object = models.CharField("objet", max_length=500, blank=True)
    notified_on = models.DateField("notifié le", null=True, blank=True)
    published_on = models.DateField("publié le", null=True, blank=True)
    amount = models.DecimalField("nouveau montant hors taxes", null=True, blank=True, **EUROS)
    duration_months = models.PositiveSmallIntegerField("nouvelle durée en mois", null=True, blank=True)
    holders = ArrayField(
        models.CharField(max_length=60), verbose_name="nouveaux titulaires", default=list, blank=True
    )

    class Meta:
        verbose_name = "avenant"
        constraints = [models.UniqueConstraint(fields=["contract", "number"], name="amendment_number_once")]
        ordering = ["contract", "number"]

    def __str__(self) -> str:
        return f"Avenant n° {self.number}"
