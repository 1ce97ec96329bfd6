from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet, Value

from uneplace.kit.sorting import SortKey
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity, Invitation, Membership, Organisation

from .models import AwardMember, Clause, Commitment, Contract, Lot

SOCIAL_CLAUSE = "Clause sociale"
"""What award data write of a contract that carries a social clause."""


class State(StrEnum):
    """What one looks for in the list of contracts, by what becomes of the clause."""

    TO_FOLLOW = "A_SUIVRE"
    TO_OPEN = "A_OUVRIR"
    DRAFT = "BROUILLON"
    ENDED = "TERMINEE"
    NONE = "SANS"
    ALL = "TOUS"


UNDER_WAY = (Clause.Status.VALIDATED, Clause.Status.RUNNING, Clause.Status.SUSPENDED)
ENDED = (Clause.Status.MET, Clause.Status.NOT_MET, Clause.Status.CLOSED)


def listed_lots(actor: Actor) -> QuerySet[Lot]:
    """The lots that an actor follows, the latest contracts first. A company finds only what it owes there."""
    return (
        Lot.objects.visible_to(actor)
        .select_related("contract__buyer", "clause__service")
        .order_by("-contract__created_at", "-contract_id", "number", "pk")
    )


def in_state(state: str, *, actor: Actor) -> Q:
    """What makes a lot fall in this state, as this actor reads it.

    To follow: a clause in the making or under way, or one that award data announce and that nobody opened.
    A draft is no clause yet for those who are not of its service.
    """
    none = Q(clause=None)
    if not actor.is_facilitator:
        none |= Q(clause__status=Clause.Status.DRAFT)
    to_open = none & Q(contract__social_considerations__contains=[SOCIAL_CLAUSE])
    under_way = Q(clause__status__in=UNDER_WAY)
    drafts = Q(clause__status=Clause.Status.DRAFT)
    return {
        State.TO_FOLLOW: under_way | drafts | to_open if actor.is_facilitator else under_way,
        State.TO_OPEN: to_open,
        State.DRAFT: drafts,
        State.ENDED: Q(clause__status__in=ENDED),
        State.NONE: none,
        State.ALL: Q(),
    }[State(state)]


def matching(lots: QuerySet[Lot], text: str) -> QuerySet[Lot]:
    """The lots where each word is found in the object, the title, the number, the buyer or a company."""
    for word in text.split():
        key = SortKey(Value(word))
        found = Organisation.objects.alias(key=SortKey("name")).filter(
            Q(key__contains=key) | Q(siret__startswith=word)
        )
        lots = lots.alias(object_key=SortKey("contract__object"), title_key=SortKey("title")).filter(
            Q(object_key__contains=key)
            | Q(title_key__contains=key)
            | Q(contract__official_id__icontains=word)
            | Q(contract__buyer__in=found)
            | Q(pk__in=AwardMember.objects.filter(company__in=found).values("award__lot"))
            | Q(pk__in=Commitment.objects.filter(company__in=found).values("clause__lot"))
        )
    return lots


def buyers_of(actor: Actor) -> QuerySet[Organisation]:
    """The buyers of the contracts that an actor follows, by name."""
    followed = Contract.objects.visible_to(actor)
    return (
        Organisation.objects.filter(pk__in=followed.values("buyer"))
        .alias(key=SortKey("name"))
        .order_by("key", "pk")
    )


def holders_of(lots: Iterable[Lot]) -> dict[int, list[AwardMember]]:
    """The companies to which each lot was awarded, in two words: who, and in what place."""
    found: dict[int, list[AwardMember]] = {}
    members = AwardMember.objects.filter(award__lot__in=[lot.pk for lot in lots])
    for member in members.select_related("company", "award").order_by("pk"):
        found.setdefault(member.award.lot_id, []).append(member)
    return found


def commitments_seen(clauses: Iterable[Clause], actor: Actor) -> dict[int, list[Commitment]]:
    """For each clause, the commitments that this actor may see, the mandataire's first."""
    found: dict[int, list[Commitment]] = {}
    seen = Commitment.objects.visible_to(actor).filter(clause__in=[clause.pk for clause in clauses])
    for commitment in seen.select_related("company").order_by("-share", "pk"):
        found.setdefault(commitment.clause_id, []).append(commitment)
    return found


@dataclass(frozen=True)
class Presence:
    """Whether a company is on the platform: joined, or invited (the last link sent), or neither."""

    has_joined: bool
    invitation: Invitation | None
    is_open: bool

    @property
    def is_absent(self) -> bool:
        """Nobody of it can sign in, and no link is waiting."""
        return not self.has_joined and not self.is_open


def presence_of(organisations: Iterable[int], *, at: datetime) -> dict[int, Presence]:
    """Whether each organisation (by id) has joined the platform or was invited, in two queries."""
    ids = list(organisations)
    current = Membership.objects.current().filter(organisation__in=ids, user__is_active=True)
    joined = set(current.values_list("organisation_id", flat=True))
    sent = {
        invitation.organisation_id: invitation
        for invitation in Invitation.objects.filter(organisation__in=ids).order_by("created_at", "pk")
    }
    return {pk: Presence(pk in joined, sent.get(pk), pk in sent and sent[pk].is_open(at)) for pk in ids}


def is_firm(actor: Actor) -> bool:
    """Whether one comes for what one owes: a company, or a structure that won the contract."""
    return actor.can(Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
