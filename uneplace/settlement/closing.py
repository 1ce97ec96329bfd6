"""The end of a clause: from then on no hour is declared nor counted on it."""

from datetime import datetime

from django.db import transaction

from uneplace.contracts.models import Clause
from uneplace.hours.models import Statement
from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.rules.french import several

from .models import PenaltyCase

Status = Clause.Status


def why_not_close_clause(clause: Clause) -> list[str]:
    """The reasons that keep a clause from being closed; none means that it can be."""
    if clause.status == Status.DRAFT:
        return ["La clause est encore un brouillon\u00a0: elle n’a rien à clore."]
    if clause.status == Status.CLOSED:
        return ["Cette clause est déjà close."]
    reasons = []
    statements = Statement.objects.filter(commitment__clause=clause)
    if received := statements.filter(status=Statement.Status.SUBMITTED).count():
        waiting = several(received, "relevé reçu attend", "relevés reçus attendent")
        reasons.append(f"{waiting} votre contrôle\u00a0: validez ou renvoyez d’abord.")
    cases = PenaltyCase.objects.filter(commitment__clause=clause, status__in=PenaltyCase.OPEN)
    if cases.exists():
        reasons.append("Un dossier de pénalité est encore ouvert\u00a0: terminez-le d’abord.")
    return reasons


@transaction.atomic
def close_clause(clause: Clause, *, reason: str, by: Actor, at: datetime) -> None:
    """End a clause for good: statements that never came are not awaited any more. Raises Refused."""
    if not reason.strip():
        raise Refused("Écrivez pourquoi la clause est close.")
    # Whoever declares or validates holds the clause too: see `hold_clause` in uneplace/hours/actions.py.
    held = Clause.objects.select_for_update(no_key=True).get(pk=clause.pk)
    if reasons := why_not_close_clause(held):
        raise Refused(*reasons)
    Clause.objects.filter(pk=clause.pk).update(status=Status.CLOSED)
    clause.refresh_from_db(fields=["status"])
    record("clause.closed", about=clause, by=by, at=at, reason=reason.strip())
