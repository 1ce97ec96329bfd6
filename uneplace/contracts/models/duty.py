"""What changes the duty once it is settled: dated acts, orders and invoices; and the actions done for it."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from uneplace.contracts.models.clause import Clause, Commitment
from uneplace.contracts.models.columns import EUROS, HOURS
from uneplace.contracts.sizing import read_input
from uneplace.journal.history import keeps_history
from uneplace.organisations.models import Capacity, OwnedByService, User
from uneplace.organisations.visibility import SeenByQuerySet, Sight, of_its_own_service
from uneplace.rules.hours_due import DatedAmount, Event


class OfAClauseQuerySet(SeenByQuerySet):
    sights = (
        of_its_own_service("ce qui change les clauses de son service"),
        Sight(
            (Capacity.BUYER,),
            "ce qui change celles de ses marchés, une fois validées",
            lambda me: ~Q(clause__status=Clause.Status.DRAFT) & Q(clause__lot__contract__buyer=me),
        ),
        Sight(
            (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER),
            "ce qui change celles où elle a un engagement, une fois validées",
            lambda me: Q(clause__in=Commitment.objects.filter(company=me).told().values("clause")),
        ),
    )


class OfAClause(OwnedByService):
    """A fact about a settled clause, with who recorded it."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="%(class)ss", verbose_name="clause")
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="enregistré par"
    )
    recorded_at = models.DateTimeField("enregistré le")

    objects = OfAClauseQuerySet.as_manager()

    class Meta:
        abstract = True


@keeps_history()
class DutyChange(OfAClause):
    """An act that changes what a settled clause owes, from one day: the inputs that it changes, by name.

    A suspension may change none; it lasts until a day, included. `kept_hours` are the hours due that were
    kept on the day it took effect, because they were already validated.
    """

    class Kind(models.TextChoices):
        AMENDMENT = "AMENDMENT", "Avenant"
        TRANCHE = "TRANCHE", "Tranche affermie"
        RENEWAL = "RENEWAL", "Reconduction"
        SUSPENSION = "SUSPENSION", "Suspension"
        REDUCTION = "REDUCTION", "Réduction"

    kind = models.CharField("nature", max_length=10, choices=Kind.choices)
    on = models.DateField("prend effet le")
    until = models.DateField("dernier jour de la suspension", null=True, blank=True)
    act = models.CharField("acte", max_length=120)
    inputs = models.JSONField("données changées", default=dict, blank=True)
    applied_at = models.DateTimeField("appliqué le", null=True, blank=True)
    kept_hours = models.DecimalField("heures gardées, déjà validées", null=True, blank=True, **HOURS)

    class Meta:
        verbose_name = "changement de l’obligation"
        verbose_name_plural = "changements de l’obligation"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(act=""), name="duty_change_names_its_act"),
            models.CheckConstraint(
                condition=Q(kind="SUSPENSION", until__gte=models.F("on"))
                | (~Q(kind="SUSPENSION") & Q(until=None)),
                name="duty_change_only_a_suspension_ends",
            ),
            models.CheckConstraint(
                condition=Q(kind="SUSPENSION") | ~Q(inputs={}), name="duty_change_changes_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.act}"

    @property
    def event(self) -> Event:
        """The same as the rule reads it."""
        inputs: Mapping[str, Any] = self.inputs
        changes = {name: read_input(name, value) for name, value in inputs.items()}
        return Event(self.on, self.kind, changes)


class DatedEntry(OfAClause):
    """A dated amount before tax, negative for a credit note or a cancelled order."""

    on = models.DateField("date")
    amount = models.DecimalField("montant hors taxes", **EUROS)
    reference = models.CharField("référence", max_length=80)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="%(class)s_has_a_reference"),
            # A form that is sent twice.
            models.UniqueConstraint(fields=["clause", "reference", "on", "amount"], name="%(class)s_once"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.reference}"

    @property
    def dated_amount(self) -> DatedAmount:
        """The same as the rule reads it."""
        return DatedAmount(self.on, self.amount)


@keeps_history()
class Order(DatedEntry):
    """What the buyer ordered: it makes hours foreseeable, and owes nothing by itself."""

    class Meta(DatedEntry.Meta):
        verbose_name = "bon de commande"
        verbose_name_plural = "bons de commande"
        ordering = ["-on", "-pk"]


@keeps_history()
class Invoice(DatedEntry):
    """What was invoiced: it makes hours due."""

    class Meta(DatedEntry.Meta):
        verbose_name = "facture"
        ordering = ["-on", "-pk"]


@keeps_history(without=["what", "seen"])  # typed freely
class ActionDone(OfAClause):
    """An action done for a clause that counts actions: which company, when, what, and what was seen of it."""

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="actions_done", verbose_name="engagement"
    )
    on = models.DateField("faite le")
    what = models.CharField("action", max_length=200)
    seen = models.CharField("ce qui a été vu", max_length=200)

    class Meta:
        verbose_name = "action faite"
        verbose_name_plural = "actions faites"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(seen=""), name="action_done_says_what_was_seen")
        ]

    def __str__(self) -> str:
        return self.what
