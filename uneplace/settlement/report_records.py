"""The reports of a clause: what the facilitator writes, then figures and words frozen together."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from uneplace.contracts.models import Clause, Commitment
from uneplace.journal.history import keeps_history
from uneplace.organisations.models import Capacity, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service


class ClauseReportQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("les bilans des clauses de son service"),
        Sight(
            (Capacity.BUYER,),
            "ceux de ses marchés, une fois figés",
            lambda me: Q(issued_at__isnull=False, clause__lot__contract__buyer=me),
        ),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "ceux des clauses où elle a un engagement, une fois figés",
            lambda me: Q(
                issued_at__isnull=False,
                clause__in=Commitment.objects.filter(company=me).told().values("clause"),
            ),
        ),
    )

    def issued(self):
        """Those that were frozen and sent."""
        return self.filter(issued_at__isnull=False)


@keeps_history(without=["figures"])  # frozen at once and never changed: the row itself keeps them
class ClauseReport(OwnedByService):
    """The interim or final report of a clause (bilan): a draft whose words are written, then frozen for good
    with its figures, the day of its data and a checksum of the whole; a later one replaces it."""

    class Kind(models.TextChoices):
        INTERIM = "INTERIM", "Bilan intermédiaire"
        FINAL = "FINAL", "Bilan final"

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="reports", verbose_name="clause")
    number = models.PositiveIntegerField("version")
    kind = models.CharField("bilan", max_length=8, choices=Kind.choices, default=Kind.INTERIM)
    words = models.TextField("ce que les chiffres ne disent pas", blank=True)
    revision = models.PositiveIntegerField("révision", default=0)
    written_at = models.DateTimeField("écrit le")
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="écrit par"
    )
    figures = models.JSONField("chiffres", null=True, blank=True)
    checksum = models.CharField("empreinte", max_length=64, blank=True)
    issued_at = models.DateTimeField("figé le", null=True, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="figé par")

    objects = ClauseReportQuerySet.as_manager()
    named_in_journal = True

    class Meta:
        verbose_name = "bilan de clause"
        verbose_name_plural = "bilans de clauses"
        constraints = [
            models.UniqueConstraint(fields=["clause", "number"], name="clausereport_number_once"),
            models.UniqueConstraint(
                fields=["clause"], condition=Q(issued_at=None), name="clausereport_one_draft_a_clause"
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None, figures=None, checksum="")
                | (Q(issued_at__isnull=False, figures__isnull=False) & ~Q(checksum="") & ~Q(words="")),
                name="clausereport_issued_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} n°\u00a0{self.number}, {self.clause.lot.contract}"

    def get_absolute_url(self) -> str:
        return reverse("papers:report", args=[self.pk])
