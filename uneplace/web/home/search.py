"""Finding a contract, held or coming, a person or an organisation by a word, among what the actor sees."""

from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat

from uneplace.contracts.models import ComingContract, Commitment, Contract
from uneplace.kit.sorting import SortKey
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.people.models import Participant

MOST = 10
SHORTEST = 2


@dataclass(frozen=True)
class Found:
    """What a word found, ten of each at most."""

    contracts: list[Contract] = field(default_factory=list)
    coming: list[ComingContract] = field(default_factory=list)
    people: list[Participant] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.contracts or self.coming or self.people or self.organisations)


def find(text: str, actor: Actor) -> Found:
    """What the actor sees that holds this text, whatever its case and accents; nothing under two letters."""
    text = " ".join(text.split())
    if len(text) < SHORTEST:
        return Found()
    return Found(
        _contracts(text, actor), _coming(text, actor), _people(text, actor), _organisations(text, actor)
    )


def _holding(rows: QuerySet, text: str, **texts) -> QuerySet:
    """The rows of which one of these texts holds the text."""
    condition = Q(pk__in=[])
    for name, expression in texts.items():
        rows = rows.alias(**{name: SortKey(expression)})
        condition |= Q(**{f"{name}__contains": SortKey(Value(text))})
    return rows.filter(condition)


def _contracts(text: str, actor: Actor) -> list[Contract]:
    rows = Contract.objects.visible_to(actor).select_related("buyer")
    found = _holding(rows, text, key=F("object"), number=F("official_id"), buyer_name=F("buyer__name"))
    return list(found.order_by("-created_at", "-pk")[:MOST])


def _coming(text: str, actor: Actor) -> list[ComingContract]:
    """Those that are not awarded: once they are, they are contracts."""
    rows = ComingContract.objects.visible_to(actor).filter(lot=None).select_related("buyer")
    found = _holding(rows, text, key=F("object"), buyer_name=F("buyer__name"))
    return list(found.order_by("consultation_on", "pk")[:MOST])


def _people(text: str, actor: Actor) -> list[Participant]:
    whole = Concat("first_name", Value(" "), "last_name", Value(" "), "first_name")
    people = Participant.objects.visible_to(actor).known()
    found = people.with_contact(text) | people.filter(pk__in=_holding(people, text, key=whole).values("pk"))
    return list(found.order_by("last_name", "first_name", "pk")[:MOST])


def _organisations(text: str, actor: Actor) -> list[Organisation]:
    """Those of the contracts that the actor sees: their buyers, and the companies committed to the actor."""
    contracts = Contract.objects.visible_to(actor)
    commitments = Commitment.objects.visible_to(actor)
    rows = Organisation.objects.filter(
        Q(pk__in=contracts.values("buyer")) | Q(pk__in=commitments.values("company"))
    )
    found = _holding(
        rows,
        text.replace(" ", "") if text.replace(" ", "").isdigit() else text,
        key=F("name"),
        number=F("siret"),
    )
    return list(found.order_by("name", "pk")[:MOST])
