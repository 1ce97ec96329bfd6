from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from uneplace.journal.history import keeps_history
from uneplace.kit.periods import PeriodField, sound_period
from uneplace.kit.sorting import SortKey
from uneplace.organisations.models import Capacity, Organisation, OwnedByService
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.rules.counting import WHOLE, Policy, TrainingCap
from uneplace.rules.dates import Period

SHARE = {"max_digits": 7, "decimal_places": 6, "validators": [MinValueValidator(0), MaxValueValidator(1)]}
HOURS = {"max_digits": 10, "decimal_places": 2, "validators": [MinValueValidator(0)]}
EUROS = {"max_digits": 14, "decimal_places": 2}


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


class MemberRole(models.TextChoices):
    """The place of a company among those that execute a lot."""

    MANDATAIRE = "MANDATAIRE", "Mandataire"
    COTRAITANT = "COTRAITANT", "Cotraitante"
    SOUS_TRAITANT = "SOUS_TRAITANT", "Sous-traitante"


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


class ClauseQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les clauses de son service"),
        Sight(
            (Capacity.BUYER,),
            "celles de ses marchés, une fois validées",
            lambda me: ~Q(status=Clause.Status.DRAFT) & Q(lot__contract__buyer=me),
        ),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "celles où elle a un engagement, une fois validées",
            lambda me: (
                ~Q(status=Clause.Status.DRAFT)
                & Q(pk__in=Commitment.objects.filter(company=me).values("clause"))
            ),
        ),
    )

    def open(self):
        """Clauses whose hours are being done."""
        return self.filter(status__in=[Clause.Status.VALIDATED, Clause.Status.RUNNING])


@keeps_history(without=["due_explanation"])
class Clause(OwnedByService):
    """The obligation of insertion on a lot: how it is sized, what counts, and what a missing hour costs.

    `hours_due` is what `rules.hours_due` answered for the inputs, kept with its explanation. The policy
    fields are those of `rules.md`, « counting ». `revision` counts the changes of the draft, so that nobody
    validates or overwrites what somebody else has just changed.
    """

    class Status(models.TextChoices):
        DRAFT = "DRAFT", "Brouillon"
        VALIDATED = "VALIDATED", "Validée"
        RUNNING = "RUNNING", "En cours"
        SUSPENDED = "SUSPENDED", "Suspendue"
        MET = "MET", "Heures atteintes"
        NOT_MET = "NOT_MET", "Heures non atteintes"
        CLOSED = "CLOSED", "Close"

    class Device(models.TextChoices):
        CLAUSE_EXEC = "CLAUSE_EXEC", "Clause d’exécution"
        CLAUSE_CRITERE = "CLAUSE_CRITERE", "Clause d’exécution et critère d’attribution"
        RESERVE_HANDICAP = "RESERVE_HANDICAP", "Marché réservé, handicap"
        RESERVE_SIAE = "RESERVE_SIAE", "Marché réservé, insertion"
        RESERVE_BOTH = "RESERVE_BOTH", "Marché réservé, handicap et insertion"
        RESERVE_ESS = "RESERVE_ESS", "Marché réservé, économie sociale et solidaire"
        MARCHE_INSERTION = "MARCHE_INSERTION", "Marché d’insertion"
        PRIVE_VOLONTAIRE = "PRIVE_VOLONTAIRE", "Opération privée ou subventionnée"

    class Method(models.TextChoices):
        LABOUR_SHARE = "LABOUR_SHARE", "Part de la main-d’œuvre"
        FIXED = "FIXED", "Volume fixe"

    class Rounding(models.TextChoices):
        NONE = "NONE", "Au centième d’heure"
        HOUR = "HOUR", "À l’heure la plus proche"
        UP_35 = "UP_35", "Au multiple de 35 h supérieur"

    class Training(models.TextChoices):
        COUNTED = "COUNTED", "Comptée"
        NOT_COUNTED = "NOT_COUNTED", "Non comptée"
        CAPPED = "CAPPED", "Comptée jusqu’à une part des heures"

    lot = models.OneToOneField(Lot, models.PROTECT, related_name="clause", verbose_name="lot")
    status = models.CharField("état", max_length=10, choices=Status.choices, default=Status.DRAFT)
    device = models.CharField("dispositif", max_length=20, choices=Device.choices, default=Device.CLAUSE_EXEC)

    method = models.CharField("calcul des heures", max_length=14, choices=Method.choices)
    amount = models.DecimalField("montant hors taxes", null=True, blank=True, **EUROS)
    labour_share = models.DecimalField("part de la main-d’œuvre", null=True, blank=True, **SHARE)
    insertion_rate = models.DecimalField("part réservée à l’insertion", null=True, blank=True, **SHARE)
    hourly_cost = models.DecimalField(
        "coût d’une heure de travail", max_digits=7, decimal_places=2, null=True, blank=True
    )
    fixed_hours = models.DecimalField("volume d’heures", null=True, blank=True, **HOURS)
    rounding = models.CharField("arrondi", max_length=6, choices=Rounding.choices, default=Rounding.NONE)
    hours_due = models.DecimalField("heures dues", **HOURS)
    due_explanation = models.JSONField("explication des heures dues", default=list)

    execution = PeriodField("période d’exécution")
    penalty_rate = models.DecimalField(
        "pénalité par heure manquante", max_digits=8, decimal_places=2, null=True, blank=True
    )
    statement_due_day = models.PositiveSmallIntegerField("relevé attendu avant le", default=12)

    window_months = models.PositiveSmallIntegerField("durée de comptage en mois", null=True, default=24)
    permanent_window_months = models.PositiveSmallIntegerField(
        "durée de comptage d’un CDI en mois", null=True, default=48
    )
    work_study_window_months = models.PositiveSmallIntegerField(
        "durée de comptage d’une alternance en mois", null=True, blank=True
    )
    training = models.CharField("formation", max_length=12, choices=Training.choices, default="COUNTED")
    training_cap_share = models.DecimalField("part de formation comptée", null=True, blank=True, **SHARE)
    accepted_grounds = ArrayField(
        models.CharField(max_length=20), verbose_name="motifs admis", null=True, blank=True
    )
    accepted_modalities = ArrayField(
        models.CharField(max_length=24), verbose_name="modalités admises", null=True, blank=True
    )
    late_decision_days = models.PositiveSmallIntegerField("retard admis de la décision", default=0)
    revision = models.PositiveIntegerField("révision", default=0)
    validated_at = models.DateTimeField("validée le", null=True, blank=True)

    objects = ClauseQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "clause"
        constraints = [
            sound_period("execution", "clause_execution_is_sound"),
            models.CheckConstraint(
                condition=~Q(method="LABOUR_SHARE")
                | Q(
                    amount__gte=0,
                    labour_share__isnull=False,
                    insertion_rate__isnull=False,
                    hourly_cost__gt=0,
                ),
                name="clause_labour_share_has_its_inputs",
            ),
            models.CheckConstraint(
                condition=~Q(method="FIXED") | Q(fixed_hours__gte=0), name="clause_fixed_has_its_hours"
            ),
            models.CheckConstraint(
                condition=Q(labour_share=None) | Q(labour_share__gte=0, labour_share__lte=1),
                name="clause_labour_share_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(insertion_rate=None) | Q(insertion_rate__gte=0, insertion_rate__lte=1),
                name="clause_insertion_rate_is_a_share",
            ),
            models.CheckConstraint(condition=Q(hours_due__gte=0), name="clause_hours_due_not_negative"),
            models.CheckConstraint(
                condition=Q(penalty_rate=None) | Q(penalty_rate__gte=0), name="clause_penalty_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(statement_due_day__gte=1, statement_due_day__lte=28),
                name="clause_statement_due_day_exists_in_every_month",
            ),
            models.CheckConstraint(
                condition=~Q(training="CAPPED") | Q(training_cap_share__gte=0, training_cap_share__lte=1),
                name="clause_training_cap_has_its_share",
            ),
            models.CheckConstraint(
                condition=Q(status="DRAFT") | Q(validated_at__isnull=False),
                name="clause_past_draft_was_validated",
            ),
        ]
        indexes = [models.Index(fields=["service", "status"], name="clause_by_status")]

    def __str__(self) -> str:
        return f"Clause du {str(self.lot)[0].lower()}{str(self.lot)[1:]} ({self.lot.contract})"

    def get_absolute_url(self) -> str:
        return reverse("contracts:clause", args=[self.pk])

    @property
    def policy(self) -> Policy:
        """What counts on this clause, as the counting rule reads it."""
        capped = self.training == self.Training.CAPPED
        return Policy(
            execution=Period(self.execution.lower, self.execution.upper),
            window_months=self.window_months,
            permanent_window_months=self.permanent_window_months,
            work_study_window=WHOLE
            if self.work_study_window_months is None
            else self.work_study_window_months,
            training=TrainingCap(self.training_cap_share) if capped else self.training,
            accepted_grounds=self.accepted_grounds,
            accepted_modalities=self.accepted_modalities,
            late_decision_days=self.late_decision_days,
        )


class CommitmentQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les engagements de son service"),
        Sight(
            (Capacity.BUYER,),
            "ceux de ses marchés, une fois la clause validée",
            lambda me: ~Q(clause__status=Clause.Status.DRAFT) & Q(clause__lot__contract__buyer=me),
        ),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "les siens, une fois la clause validée",
            lambda me: ~Q(clause__status=Clause.Status.DRAFT) & Q(company=me),
        ),
    )

    def told(self):
        """Commitments that their companies know of: the clause is past its draft."""
        return self.exclude(clause__status=Clause.Status.DRAFT)

    def running(self, *, on):
        """Commitments of open clauses whose period holds this day."""
        return self.filter(
            period__contains=on, clause__status__in=[Clause.Status.VALIDATED, Clause.Status.RUNNING]
        )


@keeps_history()
class Commitment(OwnedByService):
    """The share of a clause that one company owes, over one period."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="commitments", verbose_name="clause")
    company = models.ForeignKey(
        Organisation,
        models.PROTECT,  # what is owed outlives the account of who owes it
        related_name="commitments",
        verbose_name="entreprise",
    )
    role = models.CharField("place", max_length=14, choices=MemberRole.choices, default=MemberRole.MANDATAIRE)
    share = models.DecimalField("part de la clause", default=1, **SHARE)
    hours_due = models.DecimalField("heures à réaliser", **HOURS)
    penalty_rate = models.DecimalField(
        "pénalité par heure", max_digits=8, decimal_places=2, null=True, blank=True
    )
    period = PeriodField("période")

    objects = CommitmentQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "engagement"
        constraints = [
            sound_period("period", "commitment_period_is_sound"),
            models.CheckConstraint(condition=Q(hours_due__gte=0), name="commitment_hours_due_not_negative"),
            models.CheckConstraint(
                condition=Q(share__gte=0, share__lte=1), name="commitment_share_is_a_share"
            ),
            # Two commitments over the same days would owe the same hours twice.
            ExclusionConstraint(
                name="commitment_periods_do_not_overlap",
                expressions=[
                    ("company", RangeOperators.EQUAL),
                    ("clause", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Un engagement couvre déjà cette période pour cette clause.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company}, {self.clause.lot.contract}"

    def get_absolute_url(self) -> str:
        return reverse("contracts:clause", args=[self.clause_id])
