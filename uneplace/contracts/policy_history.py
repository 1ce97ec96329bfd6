"""What a clause said on a past day: its terms of today, less the acts that were not in force yet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from uneplace.contracts.models import Clause, PolicyChange
from uneplace.contracts.policy import PolicyTerms, values_of
from uneplace.rules.counting import Policy
from uneplace.rules.policy_terms import COUNTING, TERMS


@dataclass(frozen=True)
class PolicyOfMonth:
    """What counts in one month of a clause, and the first act that changed it for later months, if any."""

    policy: Policy
    changed_by: PolicyChange | None = None


def acts_of(clauses: Iterable[Clause]) -> dict[int, list[PolicyChange]]:
    """The amendments of each of these clauses, in the order in which they were recorded; one query."""
    found = defaultdict(list)
    for act in PolicyChange.objects.filter(clause__in=clauses).order_by("clause", "number"):
        found[act.clause_id].append(act)
    return found


def terms_on(clause: Clause, acts: Sequence[PolicyChange], *, on: date) -> PolicyTerms:
    """The terms in force on a clause that day. Of two acts that say otherwise, the last recorded holds.

    `acts` are all those of the clause, as `acts_of` gives them.
    """
    terms: dict[str, Any] = values_of(clause)
    for act in reversed(acts):
        terms |= _read(act.before)
    for act in acts:
        if act.applies_on <= on:
            terms |= _read(act.after)
    return PolicyTerms(**terms)


def policies_of(months: Iterable[tuple[Clause, date]]) -> dict[tuple[int, date], PolicyOfMonth]:
    """What counts on each clause in each month (its first day), as the counting rule reads it; one query.

    A month is read whole, with the terms in force on its first day. The execution is the one known today.
    """
    asked = {(clause.pk, month): clause for clause, month in months}
    acts = acts_of({clause.pk: clause for clause in asked.values()}.values())
    return {(pk, month): _policy_of_month(clause, acts[pk], month) for (pk, month), clause in asked.items()}


def _policy_of_month(clause: Clause, acts: Sequence[PolicyChange], month: date) -> PolicyOfMonth:
    later = [act for act in acts if act.applies_on > month and COUNTING.keys() & act.after.keys()]
    if not later:
        return PolicyOfMonth(clause.policy)
    then = Clause(execution=clause.execution, **values_of(terms_on(clause, acts, on=month)))
    return PolicyOfMonth(then.policy, later[0])


def _read(kept: Mapping[str, Any]) -> dict[str, Any]:
    # The last day of the execution is among what an act keeps; it is a period, no term.
    return {
        name: Clause._meta.get_field(name).to_python(value) for name, value in kept.items() if name in TERMS
    }
