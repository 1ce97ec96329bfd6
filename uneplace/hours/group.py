"""The companies of a clause as partners: what each owes, does and answers for, read from the ledger."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum

from uneplace.contracts.models import Clause, Commitment, Transfer
from uneplace.rules.partners import Entrusted, Member, Standing, standings

from .models import LedgerEntry, Statement, StatementLine

ZERO = Decimal("0.00")


def entrusted_on(clauses: Iterable[int], *, before: datetime | None = None) -> dict[int, list[Entrusted]]:
    """The hours that members of these clauses (ids) do for others, by clause, the first entrusted first;
    as they were `before` a moment, when one is given.

    A clause where each does its own is left out; one query.
    """
    nets: dict[int, dict[tuple[int, int], Decimal]] = defaultdict(dict)
    rows = Transfer.objects.in_force().filter(clause__in=list(clauses)).order_by("decided_at", "pk")
    if before is not None:
        rows = rows.filter(decided_at__lt=before)
    for clause, owner, partner, way, hours in rows.values_list(
        "clause_id", "owner_id", "partner_id", "way", "hours"
    ):
        between = nets[clause]
        signed = hours if way == Transfer.Way.GIVEN else -hours
        between[owner, partner] = between.get((owner, partner), ZERO) + signed
    found = {
        clause: [Entrusted(*pair, hours) for pair, hours in between.items() if hours > 0]
        for clause, between in nets.items()
    }
    return {clause: held for clause, held in found.items() if held}


def all_of(entrusted: Mapping[int, list[Entrusted]]) -> list[Entrusted]:
    """The same, of every clause together: a member belongs to one clause."""
    return [held for its in entrusted.values() for held in its]


def with_partners(
    commitments: Iterable[Commitment], entrusted: Mapping[int, list[Entrusted]]
) -> list[Commitment]:
    """These commitments, and the others of the clauses where hours were entrusted; their clause at hand."""
    known = {one.pk: one for one in commitments}
    if not entrusted:
        return list(known.values())
    others = Commitment.objects.filter(clause__in=entrusted).exclude(pk__in=known).select_related("clause")
    return [*known.values(), *others]


def credited(
    commitments: Iterable[Commitment], done: Mapping[int, Decimal], entrusted: Mapping[int, list[Entrusted]]
) -> dict[int, Decimal]:
    """Of what each has done, what counts for what it owes, by commitment."""
    members = [Member(one.pk, one.hours_due, done.get(one.pk, ZERO)) for one in commitments]
    return {pk: one.credited for pk, one in standings(members, all_of(entrusted)).items()}


def counted_towards(commitments: Iterable[Commitment]) -> dict[int, Decimal]:
    """The hours counted towards what each commitment owes, those that partners did for it included."""
    commitments = list(commitments)
    entrusted = entrusted_on({one.clause_id for one in commitments})
    group = with_partners(commitments, entrusted)
    return credited(group, counted_by(one.pk for one in group), entrusted)


def counted_by(commitments: Iterable[int]) -> dict[int, Decimal]:
    """The hours counted that each of these commitments (ids) has done itself."""
    rows = LedgerEntry.objects.filter(commitment__in=list(commitments)).order_by().values_list("commitment")
    return dict(rows.annotate(total=Sum("counted")))


def received_of(commitments: Iterable[int]) -> dict[int, Decimal]:
    """The hours received from each of these commitments (ids), that wait to be validated."""
    rows = StatementLine.objects.filter(
        statement__commitment__in=list(commitments), statement__status=Statement.Status.SUBMITTED
    )
    return dict(rows.order_by().values_list("statement__commitment").annotate(total=Sum("hours")))


@dataclass(frozen=True)
class Partner:
    """One company of a clause: its engagement, where it stands, for whom it does hours, to whom it entrusts
    some; `principal` is for whom a subcontractor works."""

    commitment: Commitment
    standing: Standing
    to_validate: Decimal
    does_for: tuple[tuple[Commitment, Decimal], ...]
    entrusts_to: tuple[tuple[Commitment, Decimal], ...]
    principal: Commitment | None = None


@dataclass(frozen=True)
class Group:
    """The companies of one clause, the mandataire first."""

    clause: Clause
    partners: tuple[Partner, ...]

    def of(self, commitment: int) -> Partner:
        """The member that this commitment is."""
        return next(one for one in self.partners if one.commitment.pk == commitment)

    @property
    def totals(self) -> dict[str, Decimal]:
        """The sums. Hours due, to do, done and credited are the clause's to the hundredth; what is left, or
        missing, of one company is never made up for by another, which is `over` or `beyond` what it owes."""
        return {
            "due": sum((one.standing.due for one in self.partners), ZERO),
            "to_do": sum((one.standing.to_do for one in self.partners), ZERO),
            "done": sum((one.standing.done for one in self.partners), ZERO),
            "to_validate": sum((one.to_validate for one in self.partners), ZERO),
            "left": sum((one.standing.left for one in self.partners), ZERO),
            "over": sum((one.standing.over for one in self.partners), ZERO),
            "credited": sum((one.standing.credited for one in self.partners), ZERO),
            "missing": sum((one.standing.missing for one in self.partners), ZERO),
            "beyond": sum(
                (max(one.standing.credited - one.standing.due, ZERO) for one in self.partners), ZERO
            ),
        }


def group_of(clause: Clause) -> Group:
    """Who owes, who does and who answers on a clause; a constant number of queries."""
    commitments = list(
        clause.commitments.select_related("company", "subcontracting__principal__company").order_by(
            "-share", "pk"
        )
    )
    lead = min(commitments, key=_rank, default=None)
    commitments.sort(key=lambda one: (one != lead, one.role == "SOUS_TRAITANT"))
    entrusted = entrusted_on([clause.pk]).get(clause.pk, [])
    counted = counted_by(one.pk for one in commitments)
    received = received_of(one.pk for one in commitments)
    members = [Member(one.pk, one.hours_due, counted.get(one.pk, ZERO)) for one in commitments]
    stands = standings(members, entrusted)
    by_key = {one.pk: one for one in commitments}
    return Group(
        clause,
        tuple(
            Partner(
                one,
                stands[one.pk],
                received.get(one.pk, ZERO),
                tuple((by_key[held.owner], held.hours) for held in entrusted if held.partner == one.pk),
                tuple((by_key[held.partner], held.hours) for held in entrusted if held.owner == one.pk),
                _principal(one, lead),
            )
            for one in commitments
        ),
    )


def _rank(one: Commitment) -> tuple[bool, Decimal, int]:
    return (one.role != "MANDATAIRE", -one.share, one.pk)


def _principal(one: Commitment, lead: Commitment | None) -> Commitment | None:
    """For whom a subcontractor works: who declared it, else the mandataire."""
    if one.role != "SOUS_TRAITANT":
        return None
    declared = getattr(one, "subcontracting", None)
    return declared.principal if declared else lead
