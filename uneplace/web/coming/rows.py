"""The lines of « Clauses à venir »: what is prepared, what was answered, whose turn it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet, Value

from uneplace.contracts.models import ComingContract
from uneplace.contracts.queries import presence_of
from uneplace.kit.sorting import SortKey
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.web.coming.turns import turn_of
from uneplace.web.turns import Turn, Whose

Status = ComingContract.Status
STATES = {
    "EN_COURS": ("En cours", Q(status__in=ComingContract.OPEN)),
    "A_ETUDIER": ("À étudier", Q(status=Status.ASKED)),
    "ATTRIBUES": ("Attribués", Q(status=Status.AWARDED)),
    "SANS_SUITE": ("Sans suite", Q(status=Status.DROPPED)),
    "TOUS": ("Tous", Q()),
}
FIRST = "EN_COURS"


@dataclass(frozen=True)
class Row:
    """One coming contract as one actor reads it."""

    coming: ComingContract
    turn: Turn
    is_late: bool

    @property
    def is_mine(self) -> bool:
        """Whether it is this actor's turn."""
        return bool(self.turn.url)

    @property
    def is_over(self) -> bool:
        """Whether nobody has anything to do any more."""
        return self.turn.whose == Whose.DONE

    @property
    def what(self) -> str:
        """What the turn is about, without whose it is."""
        return self.turn.title.partition("\u00a0: ")[2]


def found_coming(actor: Actor, *, text: str = "") -> QuerySet[ComingContract]:
    """The coming contracts that an actor sees and that hold each word, the nearest consultation first."""
    rows = ComingContract.objects.visible_to(actor).select_related("buyer", "service")
    for word in text.split():
        key = SortKey(Value(word))
        buyers = Organisation.objects.alias(key=SortKey("name")).filter(key__contains=key)
        rows = rows.alias(object_key=SortKey("object")).filter(
            Q(object_key__contains=key) | Q(buyer__in=buyers)
        )
    return rows.order_by("consultation_on", "pk")


def rows_of(coming: Iterable[ComingContract], actor: Actor, *, on: date, at: datetime) -> list[Row]:
    """The lines of these coming contracts, in a constant number of queries."""
    coming = list(coming)
    away = absent_buyers(coming, at=at) if actor.is_facilitator else set()
    return [Row(one, turn_of(one, actor, on=on, absent=away), one.is_late(on)) for one in coming]


def absent_buyers(coming: Iterable[ComingContract], *, at: datetime) -> set[int]:
    """The buyers (ids) for whom nobody can sign in: the service acts for them."""
    found = presence_of({one.buyer_id for one in coming}, at=at)
    return {pk for pk, presence in found.items() if not presence.has_joined}
