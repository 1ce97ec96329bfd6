"""What validated lines count for, and the clauses of which some would count otherwise."""

from django.db import models
from django.db.models import F, Q

from uneplace.contracts.models import Clause, Commitment
from uneplace.organisations.models import OwnedByService, User
from uneplace.people.models import EligibilityDecision, Participant

from .statements import StatementLine
from .work import HOURS, Placement


class LedgerEntry(OwnedByService):
    """What a validated line counts for, and why; append-only: a correction is a new signed entry.

    A recount corrects `counted` and declares nothing. A month opened again takes back what its lines declared
    and counted, and enters them anew once validated: the sum of `declared` is always what stands.

    `participant` is the file that it was entered under. Files may be merged since: whose hours these are is
    read through `placement`.
    """

    line = models.ForeignKey(
        StatementLine, models.PROTECT, related_name="ledger_entries", verbose_name="ligne de relevé"
    )
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="ledger_entries", verbose_name="engagement"
    )
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="ledger_entries", verbose_name="contrat de travail"
    )
    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="ledger_entries", verbose_name="personne"
    )
    decision = models.ForeignKey(
        EligibilityDecision,
        models.PROTECT,
        null=True,
        related_name="ledger_entries",
        verbose_name="décision d’éligibilité",
    )
    month = models.DateField("mois")
    declared = models.DecimalField("heures déclarées", **HOURS)
    counted = models.DecimalField("heures comptées", **HOURS)
    excluded = models.JSONField("heures non comptées", default=list)
    explanation = models.JSONField("explication", default=list)
    entered_at = models.DateTimeField("inscrit le")
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="inscrit par"
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="corrections", verbose_name="corrige"
    )
    reason = models.CharField("motif", max_length=300, blank=True)

    class Meta:
        verbose_name = "heures comptées"
        verbose_name_plural = "heures comptées"
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(corrects=None), name="ledger_one_first_entry_a_line"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=False) | Q(counted__gte=0, counted__lte=F("declared")),
                name="ledger_counts_no_more_than_declared",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(reason=""), name="ledger_correction_says_why"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="ledger_month_is_a_first_day"),
        ]
        indexes = [
            models.Index(fields=["service", "month"], name="ledger_by_month"),
            models.Index(fields=["commitment", "month"], name="ledger_by_commitment"),
            models.Index(fields=["participant"], name="ledger_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.month:%m/%Y}, {self.counted} h"

    @property
    def declares(self) -> bool:
        """Whether it says what was declared: entered, taken back or entered anew; a recount says nothing of
        it."""
        return self.corrects_id is None or self.declared != 0


class RecountNotice(OwnedByService):
    """How many validated lines of a clause would count otherwise, when that was last looked at.

    A reminder for the facilitator, rewritten each night: the page that counts again looks by itself.
    """

    clause = models.OneToOneField(
        Clause, models.CASCADE, related_name="recount_notice", verbose_name="clause"
    )
    lines = models.PositiveIntegerField("lignes qui compteraient autrement")
    hours = models.DecimalField("écart en heures", max_digits=10, decimal_places=2)
    found_at = models.DateTimeField("constaté le")

    class Meta:
        verbose_name = "heures à recompter"
        verbose_name_plural = "heures à recompter"
        constraints = [
            models.CheckConstraint(condition=Q(lines__gt=0), name="recountnotice_has_lines"),
        ]

    def __str__(self) -> str:
        return f"{self.clause}, {self.lines} lignes à recompter"
