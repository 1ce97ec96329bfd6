"""The obligation of insertion: the clause, and the share of it that each company owes."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from uneplace.contracts.models.columns import HOURS, SHARE
from uneplace.contracts.models.policy import PolicyColumns, policy_constraints
from uneplace.contracts.sizing import KEPT
from uneplace.journal.history import keeps_history
from uneplace.kit.periods import PeriodField, sound_period
from uneplace.organisations.models import Capacity, Organisation, OwnedByService
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.rules.counting import Policy
from uneplace.rules.dates import Period


class MemberRole(models.TextChoices):
    """The place of a company among those that execute a lot."""

    MANDATAIRE = "MANDATAIRE", "Mandataire"
    COTRAITANT = "COTRAITANT", "Cotraitante"
    SOUS_TRAITANT = "SOUS_TRAITANT", "Sous-traitante"


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
class Clause(PolicyColumns, OwnedByService):
    """The obligation of insertion on a lot: how it is sized, what counts, and what a missing hour costs.

    `inputs` are those of the method at the start, by name; changes and invoices come after them. `hours_due`
    is what `rules.hours_due` answered, kept with why; `foreseeable` is what orders would owe, when
    hours follow invoices; `actions_due` counts actions, when the clause owes no hours. `preset` is where its
    policy started from. `revision` counts the changes, so that nobody validates or overwrites
    what somebody else has just changed.
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
        LABOUR_SHARE = "LABOUR_SHARE", "Part de la main-d’œuvre dans le montant"
        WORKED_HOURS = "WORKED_HOURS", "Part des heures de travail prévues"
        INVOICED = "INVOICED", "Heures par tranche facturée"
        FIXED = "FIXED", "Volume fixe"
        PER_YEAR = "PER_YEAR", "Heures par année de marché"
        NET_STAFF = "NET_STAFF", "Effectif, personnes reprises déduites"
        BANDS = "BANDS", "Barème selon le montant"
        ACTIONS = "ACTIONS", "Nombre d’actions"

    class Rounding(models.TextChoices):
        NONE = "NONE", "Au centième d’heure"
        HOUR = "HOUR", "À l’heure la plus proche"
        UP_35 = "UP_35", "Au multiple de 35 h supérieur"

    lot = models.OneToOneField("contracts.Lot", models.PROTECT, related_name="clause", verbose_name="lot")
    status = models.CharField("état", max_length=10, choices=Status.choices, default=Status.DRAFT)
    device = models.CharField("dispositif", max_length=20, choices=Device.choices, default=Device.CLAUSE_EXEC)

    method = models.CharField("calcul des heures", max_length=14, choices=Method.choices)
    inputs = models.JSONField("données du calcul", default=dict)
    rounding = models.CharField("arrondi", max_length=6, choices=Rounding.choices, default=Rounding.NONE)
    hours_due = models.DecimalField("heures dues", **HOURS)
    due_explanation = models.JSONField("explication des heures dues", default=list)
    foreseeable = models.DecimalField("heures prévisibles", null=True, blank=True, **HOURS)
    actions_due = models.PositiveSmallIntegerField("actions dues", null=True, blank=True)

    execution = PeriodField("période d’exécution")
    preset = models.CharField("modèle de départ", max_length=40, blank=True)
    revision = models.PositiveIntegerField("révision", default=0)
    validated_at = models.DateTimeField("validée le", null=True, blank=True)

    objects = ClauseQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "clause"
        constraints = [
            sound_period("execution", "clause_execution_is_sound"),
            *(
                models.CheckConstraint(
                    condition=~Q(method=method) | Q(inputs__has_keys=list(names)),
                    name=f"clause_{method.lower()}_has_its_inputs",
                )
                for method, names in KEPT.items()
            ),
            models.CheckConstraint(
                condition=Q(method="ACTIONS", hours_due=0, actions_due__isnull=False)
                | (~Q(method="ACTIONS") & Q(actions_due=None)),
                name="clause_owes_hours_or_actions",
            ),
            models.CheckConstraint(
                condition=Q(method="INVOICED", foreseeable__gte=F("hours_due"))
                | (~Q(method="INVOICED") & Q(foreseeable=None)),
                name="clause_foresees_no_less_than_it_owes",
            ),
            models.CheckConstraint(condition=Q(hours_due__gte=0), name="clause_hours_due_not_negative"),
            *policy_constraints("clause"),
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
    def owes_actions(self) -> bool:
        """Whether the clause counts actions, and no hours."""
        return self.method == self.Method.ACTIONS

    @property
    def follows_invoices(self) -> bool:
        """Whether hours become due as amounts are invoiced."""
        return self.method == self.Method.INVOICED

    @property
    def policy(self) -> Policy:
        """What counts on this clause, as the counting rule reads it."""
        return self.counting(Period(self.execution.lower, self.execution.upper))


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
            # One contact for the clause, which reads what each of its companies does.
            models.UniqueConstraint(
                fields=["clause"],
                condition=Q(role="MANDATAIRE"),
                name="commitment_one_mandataire_a_clause",
                violation_error_message="Cette clause a déjà un mandataire.",
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
