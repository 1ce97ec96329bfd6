"""Until when the hours of a work contract count on each of its clauses, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from uneplace.contracts.models import Clause
from uneplace.rules.counting.until import explain_window, last_counted_day
from uneplace.rules.counting.windows import standings
from uneplace.rules.explanation import Explanation

from .counting import decisions_by_person, placements_that_matter, rule_decision, rule_placement
from .models import Allocation, Placement


@dataclass(frozen=True)
class Until:
    """One clause of a work contract: the last day that counts, in words, and why."""

    clause: Clause
    last_day: str
    explanation: Explanation


def until_of(placement: Placement, allocations: Iterable[Allocation]) -> list[Until]:
    """For each clause that this work contract works for; allocations need their commitment's clause."""
    clauses = {one.commitment.clause_id: one.commitment.clause for one in allocations}
    person = placement.participant_id
    policies = {(person, clause.pk): clause.policy for clause in clauses.values()}
    decisions = [rule_decision(decision) for decision in decisions_by_person([person])[person]]
    found = []
    for (_, clause), placements in placements_that_matter(policies).items():
        policy = policies[person, clause]
        known = standings(policy, decisions, [rule_placement(one) for one in placements])
        standing = next(one for one in known if one.placement.id == str(placement.pk))
        found.append(
            Until(clauses[clause], last_counted_day(policy, standing), explain_window(policy, standing))
        )
    return found
