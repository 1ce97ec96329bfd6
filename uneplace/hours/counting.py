"""From rows to the counting rule: the facts of each person on each clause, and what each line counts for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from uneplace.people.models import EligibilityDecision
from uneplace.rules import counting as rule
from uneplace.rules.dates import Period

from .models import Placement, StatementLine


@dataclass(frozen=True)
class Verdict:
    """What the rule answers for one line, and the decision that carries its work contract."""

    counted: rule.CountedLine
    decision: EligibilityDecision | None


def verdicts(lines: Iterable[StatementLine]) -> dict[int, Verdict]:
    """What each line counts for, by its key; a constant number of queries.

    Lines need their statement's commitment and clause, and their worked month's placement, at hand.
    """
    lines = list(lines)
    if not lines:
        return {}
    groups = defaultdict(list)
    for line in lines:
        groups[line.worked_month.placement.participant_id, line.statement.commitment.clause_id].append(line)
    people = {person for person, _ in groups}
    clauses = {clause for _, clause in groups}
    decisions = decisions_by_person(people)
    placements = _placements_by_person_and_clause(people, clauses)
    answers = {}
    for (person, clause), its_lines in groups.items():
        policy = its_lines[0].statement.commitment.clause.policy
        answers |= _verdicts_of_one(policy, decisions[person], placements[person, clause], its_lines)
    return answers


def _verdicts_of_one(policy, decisions, placements, lines) -> dict[int, Verdict]:
    rule_decisions = [rule_decision(decision) for decision in decisions]
    rule_placements = [rule_placement(placement) for placement in placements]
    answers = {}
    for line in lines:
        # One by one: two commitments of one clause may share a month, which the rule reads as one line.
        facts = rule.Line(
            id=str(line.pk),
            placement=str(line.worked_month.placement_id),
            month=line.worked_month.month,
            hours=line.hours,
            training_hours=line.training_hours,
            on_operation=True,
        )
        counted = rule.count(policy, rule_decisions, rule_placements, [facts]).lines[0]
        carrier = (
            row for row, read in zip(decisions, rule_decisions, strict=True) if read is counted.decision
        )
        answers[line.pk] = Verdict(counted, next(carrier, None))
    return answers


def decisions_by_person(people: Iterable[int]) -> dict[int, list[EligibilityDecision]]:
    """Every decision that found these people eligible, by person, oldest first."""
    found = defaultdict(list)
    rows = EligibilityDecision.objects.filter(
        participant__in=people, status__in=["ELIGIBLE", "EXPIRED"], decided_on__isnull=False
    ).order_by("decided_on", "pk")
    for decision in rows.defer("situation", "explanation", "reason", "main_ground"):
        found[decision.participant_id].append(decision)
    return found


def _placements_by_person_and_clause(people, clauses) -> dict[tuple[int, int], list[Placement]]:
    found = defaultdict(list)
    rows = (
        Placement.objects.filter(participant__in=people, allocations__commitment__clause__in=clauses)
        .values_list("pk", "participant", "kind", "modality", "period", "allocations__commitment__clause")
        .order_by("pk")
        .distinct()
    )
    for pk, person, kind, modality, period, clause in rows:
        found[person, clause].append(
            Placement(pk=pk, participant_id=person, kind=kind, modality=modality, period=period)
        )
    return found


def rule_decision(decision: EligibilityDecision) -> rule.Decision:
    """A decision as the rule reads it."""
    return rule.Decision(decision.decided_on, tuple(decision.grounds), decision.revoked_on)


def rule_placement(placement: Placement) -> rule.Placement:
    """A work contract as the rule reads it."""
    return rule.Placement(
        str(placement.pk),
        placement.kind,
        placement.modality,
        Period(placement.period.lower, placement.period.upper),
    )
