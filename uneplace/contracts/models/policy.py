"""What counts on a clause, which documents it awaits and what a miss costs; and how it changed."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from uneplace.contracts.models.columns import SHARE
from uneplace.organisations.models import OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, of_its_own_service
from uneplace.rules.calendar import DEFAULT_ZONE, calendars
from uneplace.rules.counting import WHOLE, Policy, TrainingCap
from uneplace.rules.dates import Period

RATE = {"max_digits": 8, "decimal_places": 2, "null": True, "blank": True}
OTHER_DOCUMENTS = ("forecast", "certificate", "proof")


class Every(models.IntegerChoices):
    """How often a document is awaited, in months of the calendar year."""

    MONTH = 1, "Chaque mois"
    QUARTER = 3, "Chaque trimestre"
    HALF = 6, "Chaque semestre"
    YEAR = 12, "Chaque année"


class PolicyColumns(models.Model):
    """The policy of a clause, or of what a service proposes for its next ones (« counting » and « penalties »
    of the rules). The names are those of `rules.policy_terms`.

    Windows are in months, empty for no limit (a work-study contract: the whole of it). Grounds and modalities
    are codes, empty for all. A document is awaited before its day of the month that follows its period.
    """

    class Training(models.TextChoices):
        COUNTED = "COUNTED", "Comptée"
        NOT_COUNTED = "NOT_COUNTED", "Non comptée"
        CAPPED = "CAPPED", "Comptée jusqu’à une part des heures"

    class WindowFrom(models.TextChoices):
        HIRE = "HIRE", "De l’embauche"
        CLAUSE = "CLAUSE", "Du premier jour dans l’exécution du marché"

    class WindowScope(models.TextChoices):
        CLAUSE = "CLAUSE", "À son premier contrat sur ce marché"
        PERSON = "PERSON", "À son premier contrat sur n’importe quel marché du service"

    Every = Every

    window_months = models.PositiveSmallIntegerField("durée de comptage en mois", null=True, default=24)
    permanent_window_months = models.PositiveSmallIntegerField(
        "durée de comptage d’un CDI en mois", null=True, default=48
    )
    permanent_window_from = models.CharField(
        "la durée d’un CDI part", max_length=6, choices=WindowFrom.choices, default=WindowFrom.HIRE
    )
    work_study_window_months = models.PositiveSmallIntegerField(
        "durée de comptage d’une alternance en mois", null=True, blank=True
    )
    window_scope = models.CharField(
        "la durée d’une personne s’ouvre",
        max_length=6,
        choices=WindowScope.choices,
        default=WindowScope.CLAUSE,
    )
    renewal_months = models.PositiveSmallIntegerField("nouvelle durée, décision prise depuis", default=3)
    training = models.CharField("formation", max_length=12, choices=Training.choices, default="COUNTED")
    training_cap_share = models.DecimalField("part de formation comptée", null=True, blank=True, **SHARE)
    accepted_grounds = ArrayField(
        models.CharField(max_length=20), verbose_name="motifs admis", null=True, blank=True
    )
    accepted_modalities = ArrayField(
        models.CharField(max_length=24), verbose_name="modalités admises", null=True, blank=True
    )
    late_decision_days = models.PositiveSmallIntegerField("retard admis de la décision", default=0)
    holiday_zone = models.CharField("jours fériés", max_length=40, default=DEFAULT_ZONE)

    statement_every = models.PositiveSmallIntegerField(
        "relevé d’heures", choices=Every.choices, default=Every.MONTH
    )
    statement_due_day = models.PositiveSmallIntegerField("relevé attendu avant le", default=12)
    forecast_every = models.PositiveSmallIntegerField(
        "prévisionnel des embauches", choices=Every.choices, null=True, blank=True
    )
    forecast_due_day = models.PositiveSmallIntegerField(
        "prévisionnel attendu avant le", null=True, blank=True
    )
    certificate_every = models.PositiveSmallIntegerField(
        "attestation de sous-traitance d’insertion", choices=Every.choices, null=True, blank=True
    )
    certificate_due_day = models.PositiveSmallIntegerField(
        "attestation attendue avant le", null=True, blank=True
    )
    proof_every = models.PositiveSmallIntegerField(
        "justificatif des heures", choices=Every.choices, null=True, blank=True
    )
    proof_due_day = models.PositiveSmallIntegerField("justificatif attendu avant le", null=True, blank=True)

    penalty_rate = models.DecimalField("pénalité par heure manquante", **RATE)
    penalty_document_day = models.DecimalField("pénalité par jour de retard d’un document", **RATE)
    penalty_per_document = models.BooleanField("chaque document en retard compte", default=True)
    penalty_days_from_notice = models.BooleanField("retard compté depuis la mise en demeure", default=False)
    penalty_action = models.DecimalField("pénalité par action manquée", **RATE)
    penalty_requires_notice = models.BooleanField("mise en demeure avant toute pénalité", default=True)

    class Meta:
        abstract = True

    def counting(self, execution: Period) -> Policy:
        """What counts in this execution, as the counting rule reads it."""
        capped = self.training == self.Training.CAPPED
        months = self.work_study_window_months
        return Policy(
            execution=execution,
            window_months=self.window_months,
            permanent_window_months=self.permanent_window_months,
            permanent_window_from=self.permanent_window_from,
            work_study_window=WHOLE if months is None else months,
            training=TrainingCap(self.training_cap_share) if capped else self.training,
            accepted_grounds=self.accepted_grounds,
            accepted_modalities=self.accepted_modalities,
            window_scope=self.window_scope,
            renewal_months=self.renewal_months,
            late_decision_days=self.late_decision_days,
            holiday_zone=self.holiday_zone,
        )


def policy_constraints(table: str) -> list[models.CheckConstraint]:
    """What the database refuses of a policy; `table` begins each name."""
    return [
        models.CheckConstraint(
            condition=Q(penalty_rate=None) | Q(penalty_rate__gte=0), name=f"{table}_penalty_not_negative"
        ),
        models.CheckConstraint(
            condition=(Q(penalty_document_day=None) | Q(penalty_document_day__gte=0))
            & (Q(penalty_action=None) | Q(penalty_action__gte=0)),
            name=f"{table}_rates_not_negative",
        ),
        models.CheckConstraint(
            condition=Q(statement_due_day__gte=1, statement_due_day__lte=28),
            name=f"{table}_statement_due_day_exists_in_every_month",
        ),
        models.CheckConstraint(
            condition=Q(statement_every__in=Every.values), name=f"{table}_statement_frequency_is_known"
        ),
        *(
            models.CheckConstraint(
                condition=Q(**{f"{document}_every": None, f"{document}_due_day": None})
                | Q(
                    **{
                        f"{document}_every__isnull": False,  # compared to nothing, all would be allowed
                        f"{document}_due_day__isnull": False,
                        f"{document}_every__in": Every.values,
                        f"{document}_due_day__gte": 1,
                        f"{document}_due_day__lte": 28,
                    }
                ),
                name=f"{table}_{document}_has_frequency_and_day",
            )
            for document in OTHER_DOCUMENTS
        ),
        models.CheckConstraint(
            condition=~Q(training="CAPPED")
            | Q(training_cap_share__isnull=False, training_cap_share__gte=0, training_cap_share__lte=1),
            name=f"{table}_training_cap_has_its_share",
        ),
        models.CheckConstraint(
            condition=Q(permanent_window_from__in=PolicyColumns.WindowFrom.values)
            & Q(window_scope__in=PolicyColumns.WindowScope.values),
            name=f"{table}_windows_are_known",
        ),
        models.CheckConstraint(
            condition=Q(holiday_zone__in=list(calendars())), name=f"{table}_holiday_zone_is_known"
        ),
    ]


class ServicePolicyQuerySet(SeenByQuerySet):
    sights = (of_its_own_service("le modèle de son service, et ses versions"),)

    def in_force(self, *, on: date):
        """The version that applies that day, first; those that it replaced come after."""
        return self.filter(applies_on__lte=on).order_by("-applies_on", "-number")


class ServicePolicy(PolicyColumns, OwnedByService):
    """What a service proposes for its next clauses, from one day on; append-only, one row a version.

    It is where a new clause starts; clauses already opened keep what they say.
    """

    number = models.PositiveIntegerField("version")
    applies_on = models.DateField("applicable le")
    decided_at = models.DateTimeField("décidé le")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="décidé par")

    objects = ServicePolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "modèle du service"
        verbose_name_plural = "modèles des services"
        constraints = [
            *policy_constraints("servicepolicy"),
            # Two administrators at once: the second reads what the first has just decided.
            models.UniqueConstraint(fields=["service", "number"], name="servicepolicy_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="servicepolicy_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"Modèle du service, version {self.number}"


class PolicyChange(OwnedByService):
    """An amendment of what a validated clause counts, awaits or costs; append-only, one row an act.

    `before` and `after` hold the terms that changed, by name, and the execution's last day as `ends_on`.
    """

    clause = models.ForeignKey(
        "contracts.Clause", models.PROTECT, related_name="policy_changes", verbose_name="clause"
    )
    number = models.PositiveIntegerField("numéro")
    reference = models.CharField("acte", max_length=120)
    signed_on = models.DateField("signé le")
    applies_on = models.DateField("applicable le")
    reason = models.CharField("motif", max_length=500)
    before = models.JSONField("avant")
    after = models.JSONField("après")
    recorded_at = models.DateTimeField("enregistré le")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="enregistré par")

    class Meta:
        verbose_name = "avenant à la clause"
        verbose_name_plural = "avenants aux clauses"
        constraints = [
            models.UniqueConstraint(fields=["clause", "number"], name="policychange_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="policychange_number_from_one"),
            models.CheckConstraint(
                condition=~Q(reference="") & ~Q(reason=""), name="policychange_names_its_act_and_why"
            ),
            models.CheckConstraint(condition=~Q(before=F("after")), name="policychange_changes_something"),
        ]

    def __str__(self) -> str:
        return f"Avenant {self.number}, {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("contracts:policy", args=[self.clause_id])
