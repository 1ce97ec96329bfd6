"""Between the companies of a clause: hours that one owes and another does, and subcontractors declared."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from uneplace.contracts.models.clause import Clause, Commitment, MemberRole
from uneplace.contracts.models.columns import HOURS
from uneplace.journal.history import keeps_history
from uneplace.organisations.models import Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service

FIRMS = (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)


def led_by(me: Organisation, *, path: str = "clause") -> Q:
    """What hangs on a clause of which this organisation is the mandataire; `path` goes to the clause."""
    lead = Commitment.objects.filter(company=me, role=MemberRole.MANDATAIRE).told()
    return Q(**{f"{path}__in": lead.values("clause")})


class BetweenPartnersQuerySet(SeenByQuerySet):
    """What is asked between the companies of a clause, and whose turn it is."""

    def to_decide(self):
        """What waits for the facilitator."""
        return self.filter(status=self.model.TO_DECIDE)


class TransferQuerySet(BetweenPartnersQuerySet):
    sights = (
        of_its_own_service("les transferts des clauses de son service"),
        Sight(
            (Capacity.BUYER,),
            "ceux de ses marchés, une fois validés",
            lambda me: Q(status=Transfer.Status.VALIDATED, clause__lot__contract__buyer=me),
        ),
        Sight(
            FIRMS,
            "ceux qu’elle demande ou qui la concernent, et ceux des clauses dont elle est mandataire",
            lambda me: Q(owner__company=me) | Q(partner__company=me) | led_by(me),
        ),
    )

    def in_force(self):
        """Those that say who does the hours."""
        return self.filter(status=Transfer.Status.VALIDATED)


@keeps_history(without=["note", "reason"])  # typed freely
class Transfer(OwnedByService):
    """Hours of its share that one company (`owner`) has done by another (`partner`), or takes back.

    Only what is left to do moves, never the debt: the owner goes on owing the hours. Both companies agree,
    then the facilitator validates. `act` names the act that lowered the clause, when it is what takes hours
    back.
    """

    class Way(models.TextChoices):
        GIVEN = "GIVEN", "Heures confiées"
        BACK = "BACK", "Heures reprises"

    class Status(models.TextChoices):
        PROPOSED = "PROPOSED", "À accepter"
        AGREED = "AGREED", "À valider"
        VALIDATED = "VALIDATED", "Validé"
        DECLINED = "DECLINED", "Décliné"
        REFUSED = "REFUSED", "Refusé"
        WITHDRAWN = "WITHDRAWN", "Retiré"

    OPEN = [Status.PROPOSED, Status.AGREED]
    TO_DECIDE = Status.AGREED

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="transfers", verbose_name="clause")
    owner = models.ForeignKey(
        Commitment, models.PROTECT, related_name="transfers_given", verbose_name="engagement qui doit"
    )
    partner = models.ForeignKey(
        Commitment, models.PROTECT, related_name="transfers_received", verbose_name="engagement qui réalise"
    )
    way = models.CharField("sens", max_length=5, choices=Way.choices, default=Way.GIVEN)
    hours = models.DecimalField("heures", **HOURS)
    note = models.CharField("précision", max_length=300, blank=True)
    status = models.CharField("état", max_length=9, choices=Status.choices, default=Status.PROPOSED)
    proposed_at = models.DateTimeField("proposé le")
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="proposé par"
    )
    proposed_for = models.ForeignKey(
        Commitment, models.PROTECT, null=True, related_name="+", verbose_name="proposé au nom de"
    )
    owner_agreed_at = models.DateTimeField("accepté par qui doit, le", null=True, blank=True)
    partner_agreed_at = models.DateTimeField("accepté par qui réalise, le", null=True, blank=True)
    decided_at = models.DateTimeField("suite donnée le", null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="par")
    reason = models.CharField("motif", max_length=500, blank=True)
    act = models.CharField("acte", max_length=120, blank=True)

    objects = TransferQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "transfert"
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0), name="transfer_moves_hours"),
            models.CheckConstraint(condition=~Q(owner=F("partner")), name="transfer_is_between_two"),
            models.CheckConstraint(
                condition=Q(status__in=["PROPOSED", "DECLINED", "WITHDRAWN"])
                | ~Q(act="")
                | Q(owner_agreed_at__isnull=False, partner_agreed_at__isnull=False),
                name="transfer_agreed_by_both_before_the_service",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["PROPOSED", "AGREED"], decided_at=None)
                | (~Q(status__in=["PROPOSED", "AGREED"]) & Q(decided_at__isnull=False)),
                name="transfer_ended_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["DECLINED", "REFUSED"]) | ~Q(reason=""),
                name="transfer_refused_says_why",
            ),
        ]
        indexes = [models.Index(fields=["clause", "status"], name="transfer_by_clause")]

    def __str__(self) -> str:
        return f"{self.get_way_display()}, {self.giver.company} à {self.taker.company}"

    def get_absolute_url(self) -> str:
        return reverse("contracts:transfer", args=[self.pk])

    @property
    def is_back(self) -> bool:
        """Whether hours that were entrusted come back to who owes them."""
        return self.way == self.Way.BACK

    @property
    def giver(self) -> Commitment:
        """Who would do these hours no more."""
        return self.partner if self.is_back else self.owner

    @property
    def taker(self) -> Commitment:
        """Who would do them from then on."""
        return self.owner if self.is_back else self.partner

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer."""
        return self.status in self.OPEN

    @property
    def awaited(self) -> list[Commitment]:
        """The companies that have not agreed yet."""
        if self.status != self.Status.PROPOSED:
            return []
        owner = [] if self.owner_agreed_at else [self.owner]
        return owner if self.partner_agreed_at else [*owner, self.partner]


class SubcontractingQuerySet(BetweenPartnersQuerySet):
    sights = (
        of_its_own_service("les sous-traitances déclarées sur les clauses de son service"),
        Sight(
            (Capacity.BUYER,),
            "celles de ses marchés, une fois validées",
            lambda me: Q(status=Subcontracting.Status.VALIDATED, clause__lot__contract__buyer=me),
        ),
        Sight(
            FIRMS,
            "celles qu’elle déclare, celles qui la nomment une fois validées, "
            "et celles des clauses dont elle est mandataire",
            lambda me: (
                Q(principal__company=me) | Q(company=me, status=Subcontracting.Status.VALIDATED) | led_by(me)
            ),
        ),
    )


@keeps_history(without=["work", "reason"])  # typed freely
class Subcontracting(OwnedByService):
    """A subcontractor that a company of a clause (`principal`) declares for some work.

    It holds no hours before the facilitator validates it: then it becomes a member, with a `commitment` that
    owes nothing by itself. Its principal goes on answering for what it entrusts to it.
    """

    class Status(models.TextChoices):
        DECLARED = "DECLARED", "À valider"
        VALIDATED = "VALIDATED", "Validée"
        REFUSED = "REFUSED", "Refusée"
        WITHDRAWN = "WITHDRAWN", "Retirée"

    TO_DECIDE = Status.DECLARED

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="subcontractings", verbose_name="clause")
    principal = models.ForeignKey(
        Commitment,
        models.PROTECT,
        related_name="subcontractings",
        verbose_name="engagement du donneur d’ordre",
    )
    company = models.ForeignKey(
        Organisation, models.PROTECT, related_name="subcontractings", verbose_name="entreprise sous-traitante"
    )
    work = models.CharField("travaux confiés", max_length=300)
    status = models.CharField("état", max_length=9, choices=Status.choices, default=Status.DECLARED)
    declared_at = models.DateTimeField("déclarée le")
    declared_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="déclarée par"
    )
    decided_at = models.DateTimeField("suite donnée le", null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="par")
    reason = models.CharField("motif", max_length=500, blank=True)
    commitment = models.OneToOneField(
        Commitment,
        models.PROTECT,
        null=True,
        related_name="subcontracting",
        verbose_name="engagement de la sous-traitante",
    )

    objects = SubcontractingQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "sous-traitance"
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "company"],
                condition=Q(status__in=["DECLARED", "VALIDATED"]),
                name="subcontracting_once",
                violation_error_message="Cette sous-traitante est déjà déclarée sur cette clause.",
            ),
            models.CheckConstraint(condition=~Q(work=""), name="subcontracting_says_what_for"),
            models.CheckConstraint(
                condition=Q(status="VALIDATED", commitment__isnull=False)
                | (~Q(status="VALIDATED") & Q(commitment=None)),
                name="subcontracting_is_a_member_once_validated",
            ),
            models.CheckConstraint(
                condition=Q(status="DECLARED", decided_at=None)
                | (~Q(status="DECLARED") & Q(decided_at__isnull=False)),
                name="subcontracting_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="REFUSED") | ~Q(reason=""), name="subcontracting_refused_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Sous-traitance de {self.company}, {self.clause.lot.contract}"

    def get_absolute_url(self) -> str:
        return reverse("contracts:subcontracting", args=[self.pk])
