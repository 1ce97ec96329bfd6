"""The contract before the contract: what a buyer prepares, and the clause that the service answers."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from uneplace.contracts.models.clause import Clause
from uneplace.contracts.models.columns import EUROS, HOURS, SHARE
from uneplace.journal.history import keeps_history
from uneplace.organisations.models import Capacity, Organisation, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.rules.social_condition import Derogation, Purchase


class ComingContractQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les marchés à venir adressés à son service"),
        Sight((Capacity.BUYER,), "les siens", lambda me: Q(buyer=me)),
    )

    def to_answer(self):
        """Those that wait for the service's answer."""
        return self.filter(status=ComingContract.Status.ASKED)

    def to_award(self):
        """Those that hold a clause and may become a contract."""
        return self.filter(status__in=ComingContract.AWARDABLE, answer=ComingContract.Answer.CLAUSE)


@keeps_history(without=["delay_explanation", "condition_explanation", "due_explanation"])
class ComingContract(OwnedByService):
    """A contract that a buyer prepares, on which it asks the service for a clause.

    Amounts in euros before tax. `answer_before` is the last day on which the answer is not late.
    `social_condition` is what `rules.social_condition` answered for the facts of the row, kept with its
    explanation. `method`, `inputs` and `rounding` are the clause's own, to which they go once the contract is
    awarded. `revision` counts the changes, so that nobody answers what has
    just been changed.
    """

    class Status(models.TextChoices):
        ASKED = "ASKED", "À étudier"
        ANSWERED = "ANSWERED", "Répondu"
        PUBLISHED = "PUBLISHED", "Consultation lancée"
        AWARDED = "AWARDED", "Attribué"
        DROPPED = "DROPPED", "Sans suite"

    class Answer(models.TextChoices):
        CLAUSE = "CLAUSE", "Une clause"
        NO_CLAUSE = "NO_CLAUSE", "Pas de clause"

    OPEN = [Status.ASKED, Status.ANSWERED, Status.PUBLISHED]
    AWARDABLE = [Status.ANSWERED, Status.PUBLISHED]

    buyer = models.ForeignKey(
        Organisation, models.PROTECT, related_name="coming_contracts", verbose_name="acheteur"
    )
    status = models.CharField("état", max_length=10, choices=Status.choices, default=Status.ASKED)
    object = models.TextField("objet")
    kind = models.CharField("nature", max_length=10, choices=[(one.value, one.label) for one in Purchase])
    cpv = models.ForeignKey(
        "reference.CpvCode", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="code CPV"
    )
    estimated_amount = models.DecimalField("montant estimé hors taxes", **EUROS)
    consultation_on = models.DateField("consultation le")
    starts_on = models.DateField("début de l’exécution", null=True, blank=True)
    duration_months = models.PositiveSmallIntegerField("durée en mois", null=True, blank=True)
    commune = models.ForeignKey(
        "reference.Commune", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lieu"
    )
    typed_by_service = models.BooleanField("saisi par le service", default=False)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="demandé par"
    )
    asked_at = models.DateTimeField("demandé le")
    answer_before = models.DateField("réponse attendue au plus tard le")
    delay_explanation = models.JSONField("explication du délai", default=list)
    social_condition = models.BooleanField("condition sociale obligatoire")
    condition_explanation = models.JSONField("explication de la condition sociale", default=list)

    answer = models.CharField("réponse", max_length=9, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="répondu par"
    )
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    reasons = models.TextField("raisons", blank=True)
    device = models.CharField("dispositif", max_length=20, choices=Clause.Device.choices, blank=True)
    criterion_weight = models.DecimalField("pondération du critère", null=True, blank=True, **SHARE)
    method = models.CharField("calcul des heures", max_length=14, choices=Clause.Method.choices, blank=True)
    inputs = models.JSONField("données du calcul", default=dict, blank=True)
    rounding = models.CharField(
        "arrondi", max_length=6, choices=Clause.Rounding.choices, default=Clause.Rounding.NONE
    )
    hours_due = models.DecimalField("heures dues", null=True, blank=True, **HOURS)
    actions_due = models.PositiveSmallIntegerField("actions dues", null=True, blank=True)
    due_explanation = models.JSONField("explication des heures dues", default=list, blank=True)
    penalty_rate = models.DecimalField(
        "pénalité par heure manquante", max_digits=8, decimal_places=2, null=True, blank=True
    )
    accepted_grounds = ArrayField(
        models.CharField(max_length=20), verbose_name="publics admis", null=True, blank=True
    )
    derogation = models.CharField(
        "dérogation", max_length=20, choices=[(one.value, one.label) for one in Derogation], blank=True
    )
    derogation_detail = models.TextField("justification de la dérogation", blank=True)
    dropped_reason = models.CharField("raison de l’abandon", max_length=500, blank=True)
    lot = models.OneToOneField(
        "contracts.Lot",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="coming",
        verbose_name="lot attribué",
    )
    revision = models.PositiveIntegerField("révision", default=0)

    objects = ComingContractQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "marché à venir"
        verbose_name_plural = "marchés à venir"
        constraints = [
            models.CheckConstraint(condition=~Q(object=""), name="coming_has_an_object"),
            models.CheckConstraint(condition=Q(estimated_amount__gte=0), name="coming_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(duration_months=None) | Q(duration_months__gt=0), name="coming_lasts"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["ANSWERED", "PUBLISHED", "AWARDED"])
                | (Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(reasons="")),
                name="coming_answered_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(answer="CLAUSE") | (Q(hours_due__isnull=False) & ~Q(device="") & ~Q(method="")),
                name="coming_clause_is_sized",
            ),
            # The law wants a reason of its own list, and its story, to leave the social condition out.
            models.CheckConstraint(
                condition=~Q(answer="NO_CLAUSE")
                | Q(social_condition=False)
                | (~Q(derogation="") & ~Q(derogation_detail="")),
                name="coming_derogation_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status="DROPPED") | ~Q(dropped_reason=""), name="coming_dropped_says_why"
            ),
            models.CheckConstraint(
                condition=Q(status="AWARDED", lot__isnull=False, answer="CLAUSE")
                | (~Q(status="AWARDED") & Q(lot=None)),
                name="coming_awarded_has_its_lot",
            ),
            models.CheckConstraint(
                condition=Q(criterion_weight=None) | Q(criterion_weight__gte=0, criterion_weight__lte=1),
                name="coming_criterion_weight_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(penalty_rate=None) | Q(penalty_rate__gte=0), name="coming_penalty_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["service", "status", "answer_before"], name="coming_by_status"),
            models.Index(fields=["buyer", "status"], name="coming_by_buyer"),
        ]

    def __str__(self) -> str:
        return self.object if len(self.object) <= 120 else f"{self.object[:117]}…"

    def get_absolute_url(self) -> str:
        return reverse("coming:coming", args=[self.pk])

    @property
    def holds_clause(self) -> bool:
        """Whether the service answered with a clause."""
        return self.answer == self.Answer.CLAUSE

    @property
    def is_open(self) -> bool:
        """Whether something may still become of it."""
        return self.status in self.OPEN

    def is_late(self, on: date) -> bool:
        """Whether its answer should have come already."""
        return self.status == self.Status.ASKED and self.answer_before < on
