"""What a service has looked at before it validates hours, and what it answered."""

from django.db import models
from django.db.models import Q

from uneplace.organisations.models import OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, of_its_own_service
from uneplace.rules.anomalies import Check, Level

from .statements import Statement
from .work import Placement

LABELS = {
    Check.OUTSIDE_CONTRACT: "Heures hors du contrat de travail",
    Check.LEGAL_MAXIMUM: "Plus d’heures que la loi n’en permet",
    Check.WEEKLY_HOURS: "Plus d’heures que le contrat n’en prévoit",
    Check.DECLARED_ELSEWHERE: "Même mois déclaré ailleurs",
    Check.NO_DECISION: "Pas de décision d’éligibilité",
    Check.NO_EVIDENCE: "Justificatif pas encore accepté",
    Check.SAME_STATEMENT: "Relevé recopié du mois d’avant",
    Check.SAME_HOURS: "Mêmes heures plusieurs mois de suite",
}
CHECKS = [(check.value, label) for check, label in LABELS.items()]
LEVELS = [
    (Level.OFF.value, "Ne pas regarder"),
    (Level.WARNING.value, "Avertir"),
    (Level.BLOCKING.value, "Bloquer la validation"),
]


def _level(check: Check) -> models.CharField:
    return models.CharField(LABELS[check], max_length=8, choices=LEVELS)


class ServiceChecksQuerySet(SeenByQuerySet):
    sights = (of_its_own_service("les contrôles choisis par son service, et leurs versions"),)


class ServiceChecks(OwnedByService):
    """How far each check goes in one service, from one moment on; append-only, one row a change."""

    outside_contract = _level(Check.OUTSIDE_CONTRACT)
    legal_maximum = _level(Check.LEGAL_MAXIMUM)
    weekly_hours = _level(Check.WEEKLY_HOURS)
    declared_elsewhere = _level(Check.DECLARED_ELSEWHERE)
    no_decision = _level(Check.NO_DECISION)
    no_evidence = _level(Check.NO_EVIDENCE)
    same_statement = _level(Check.SAME_STATEMENT)
    same_hours = _level(Check.SAME_HOURS)
    number = models.PositiveIntegerField("version")
    decided_at = models.DateTimeField("décidé le")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="décidé par")

    objects = ServiceChecksQuerySet.as_manager()

    class Meta:
        verbose_name = "contrôles du service"
        verbose_name_plural = "contrôles des services"
        constraints = [
            # Two administrators at once: the second reads what the first has just decided.
            models.UniqueConstraint(fields=["service", "number"], name="servicechecks_number_once"),
            models.CheckConstraint(
                condition=Q(**{f"{check.lower()}__in": [level.value for level in Level] for check in LABELS}),
                name="servicechecks_are_levels",
            ),
        ]

    def __str__(self) -> str:
        return f"Contrôles du service, version {self.number}"

    @property
    def levels(self) -> dict[Check, Level]:
        """How far each check goes, as the rules read it."""
        return {check: Level(getattr(self, check.lower())) for check in LABELS}


class Anomaly(OwnedByService):
    """What a check told of a statement, and what became of it (anomalie); one row a set of figures.

    Written when the service acts on the statement: what nobody acted on is looked at anew each time. The same
    figures of the same person are not told again once they are « normal »; other figures are.
    """

    class Answer(models.TextChoices):
        NORMAL = "NORMAL", "C’est normal"
        RETURNED = "RETURNED", "Relevé renvoyé"
        VALIDATED = "VALIDATED", "Validé en l’état"

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="anomalies", verbose_name="relevé")
    placement = models.ForeignKey(
        Placement, models.CASCADE, null=True, related_name="+", verbose_name="contrat de travail"
    )
    check_code = models.CharField("contrôle", max_length=20, choices=CHECKS)
    figures = models.JSONField("chiffres", default=dict)
    explanation = models.JSONField("explication", default=list)
    answer = models.CharField("suite", max_length=9, choices=Answer.choices)
    answered_at = models.DateTimeField("répondu le")
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="répondu par"
    )

    class Meta:
        verbose_name = "anomalie"
        verbose_name_plural = "anomalies"
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "placement", "check_code", "figures"],
                name="anomaly_told_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(fields=["service", "check_code", "answer"], name="anomaly_by_check")]

    def __str__(self) -> str:
        return f"{self.get_check_code_display()}, {self.statement}"

    @property
    def is_normal(self) -> bool:
        """Whether the service said so: it is not told again."""
        return self.answer == self.Answer.NORMAL
