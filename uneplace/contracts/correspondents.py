"""Who answers for a clause: the mandataire is its one contact, whatever the number of companies."""

from collections.abc import Iterable

from django.db.models import Case, Value, When

from uneplace.organisations.models import Organisation
from uneplace.organisations.queries import addresses_by

from .models import Clause, Commitment, MemberRole


def mandataires_of(clauses: Iterable[Clause]) -> dict[int, Commitment]:
    """The commitment of the mandataire of each clause, by the clause's key, in one query.

    A clause that names none has for contact whoever owes the largest part of it.
    """
    rank = Case(When(role=MemberRole.MANDATAIRE, then=Value(0)), default=Value(1))
    rows = Commitment.objects.filter(clause__in=[clause.pk for clause in clauses]).select_related("company")
    found: dict[int, Commitment] = {}
    for one in rows.order_by("clause", rank, "-share", "pk"):
        found.setdefault(one.clause_id, one)
    return found


def mandataire_of(clause: Clause) -> Commitment | None:
    """The commitment of the mandataire of one clause; None as long as no company owes it."""
    return mandataires_of([clause]).get(clause.pk)


def correspondents_of(clause: Clause, *, also: Iterable[Organisation] = ()) -> list[str]:
    """Where to write about a clause: to its mandataire, and to the members concerned when they are named."""
    first = mandataire_of(clause)
    organisations = [*([first.company] if first else []), *also]
    found = addresses_by(organisations)
    return list(dict.fromkeys(address for one in organisations for address in found[one.pk]))
