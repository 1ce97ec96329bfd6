"""Several received statements validated at once: each on its own, with a clear account of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from uneplace.contracts.models import Clause
from uneplace.organisations.actor import Actor

from .actions import CLAUSE_CLOSED
from .models import Statement
from .validating import ZERO, count_statements

MOST = 200  # statements validated at once
TOO_MANY = "On valide au plus {most} relevés à la fois\u00a0: celui-ci reste à valider."


@dataclass(frozen=True)
class Outcome:
    """What became of one statement: the hours that it counts for, or why it was left as it is."""

    statement: Statement
    counted: Decimal = ZERO
    reasons: tuple[str, ...] = ()

    @property
    def is_validated(self) -> bool:
        """Whether its hours entered the ledger."""
        return not self.reasons


@transaction.atomic
def validate_statements(
    statements: Sequence[Statement],
    *,
    read: Mapping[int, str],
    by: Actor,
    at: datetime,
    most: int = MOST,
) -> list[Outcome]:
    """Validate each of these statements, or leave it and say why: one that is refused keeps no other.

    `read` is the `reading` of each by its key, as it was shown: what changed since is left, and so are those
    beyond `most`. Their clauses are held first, always in the same order, so that two people at once wait for
    each other.
    """
    clauses = Clause.objects.filter(commitments__in={one.commitment_id for one in statements})
    held = Clause.objects.filter(pk__in=clauses.values("pk")).order_by("pk").select_for_update(no_key=True)
    list(held.values_list("pk"))
    closed = set(clauses.filter(status=Clause.Status.CLOSED).values_list("commitments", flat=True))
    left = {one.pk: (TOO_MANY.format(most=most),) for one in statements[most:]}
    left |= {one.pk: (CLAUSE_CLOSED,) for one in statements[:most] if one.commitment_id in closed}
    counted = count_statements([one for one in statements if one.pk not in left], read=read, by=by, at=at)
    return [
        Outcome(one, reasons=left[one.pk])
        if one.pk in left
        else Outcome(one, counted[one.pk].hours, counted[one.pk].reasons)
        for one in statements
    ]
