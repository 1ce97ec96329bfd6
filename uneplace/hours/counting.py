"""From rows to the counting rule: the facts of each person on each clause, and what each line counts for."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import prefetch_related_objects

from uneplace.contracts.models import PolicyChange
from uneplace.contracts.policy_history import PolicyOfMonth, policies_of
from uneplace.people.models import EligibilityDecision
from uneplace.rules import counting as rule
from uneplace.rules import french
from uneplace.rules.dates import Period, month_ordinals
from uneplace.rules.explanation import CONTRACT, Explanation, step

from .models import Allocation, Placement, Statement, StatementLine

PERSON = rule.WindowScope.PERSON
Key = TypeVar("Key", bound=tuple)


@dataclass(frozen=True)
class Verdict:
    """What the rule answers for one line, and the decision that carries its work contract.

    `changed_by` is the act that changed what counts, when it is for later months only.
    """

    counted: rule.CountedLine
    decision: EligibilityDecision | None
    changed_by: PolicyChange | None = None

    @property
    def explanation(self) -> Explanation:
        """Why this number, with the terms of the month when they are no more those of today."""
        if self.changed_by is None:
            return self.counted.explanation
        act, since = self.changed_by.reference, french.day(self.changed_by.applies_on)
        then = step(f"Ce mois garde les règles d’avant «\u00a0{act}\u00a0».", f"avant le {since}", CONTRACT)
        return (then, *self.counted.explanation)


def lines_of(statements: Collection[Statement]) -> list[StatementLine]:
    """The lines of statements with all that the checks and the rule read, by person; three queries at most.

    Each has the very statement that is given.
    """
    held = {one.pk: one for one in statements}
    prefetch_related_objects(list(held.values()), "commitment__clause")
    lines = list(
        StatementLine.objects.filter(statement__in=held)
        .select_related("worked_month__placement__participant")
        .order_by("worked_month__placement__participant__last_name", "pk")
    )
    for line in lines:
        line.statement = held[line.statement_id]
    return lines


def verdicts(lines: Iterable[StatementLine]) -> dict[int, Verdict]:
    """What each line counts for, by its key; a constant number of queries.

    Lines need what `lines_of` gives them.
    """
    lines = list(lines)
    if not lines:
        return {}
    terms = policies_of((line.statement.commitment.clause, line.statement.month) for line in lines)
    groups = defaultdict(list)
    for line in lines:
        person = line.worked_month.placement.participant_id
        groups[person, line.statement.commitment.clause_id, line.statement.month].append(line)
    policies = {key: terms[key[1:]].policy for key in groups}
    decisions = decisions_by_person({person for person, _, _ in groups})
    placements = placements_that_matter(policies)
    days = _days_for_commitments(lines)
    answers = {}
    for key, its_lines in groups.items():
        answers |= _verdicts_of_month(terms[key[1:]], decisions[key[0]], placements[key], days, its_lines)
    return answers


def _days_for_commitments(lines: Iterable[StatementLine]) -> dict[tuple[int, int, date], Period]:
    """The days of a month from the first to the last on which a work contract was allocated to a commitment,
    by placement, commitment and month, where they are not all those of the contract. One query."""
    keys = {
        (line.worked_month.placement_id, line.statement.commitment_id, line.statement.month): line
        for line in lines
    }
    pieces = defaultdict(list)
    rows = Allocation.objects.filter(
        placement__in={placement for placement, _, _ in keys},
        commitment__in={commitment for _, commitment, _ in keys},
    )
    for placement, commitment, period in rows.values_list("placement", "commitment", "period"):
        pieces[placement, commitment].append((period.lower, period.upper or date.max))
    found = {}
    for (placement, commitment, month), line in keys.items():
        end = date.fromordinal(month_ordinals(month)[1])
        inside = [piece for piece in pieces[placement, commitment] if piece[0] < end and piece[1] > month]
        if not inside:
            continue
        contract = line.worked_month.placement.period
        whole = max(month, contract.lower), min(end, contract.upper or end)
        days = max(month, min(first for first, _ in inside)), min(end, max(last for _, last in inside))
        if days != whole and days[0] < days[1]:
            found[placement, commitment, month] = Period(*days)
    return found


def _verdicts_of_month(terms: PolicyOfMonth, decisions, placements, days, lines) -> dict[int, Verdict]:
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
            within=days.get(
                (line.worked_month.placement_id, line.statement.commitment_id, line.statement.month)
            ),
        )
        counted = rule.count(terms.policy, rule_decisions, rule_placements, [facts]).lines[0]
        carrier = (
            row for row, read in zip(decisions, rule_decisions, strict=True) if read is counted.decision
        )
        answers[line.pk] = Verdict(counted, next(carrier, None), terms.changed_by)
    return answers


def decisions_by_person(people: Iterable[int]) -> dict[int, list[EligibilityDecision]]:
    """Every decision that found these people eligible, by person, oldest first."""
    found = defaultdict(list)
    rows = EligibilityDecision.objects.filter(
        participant__in=people, status=EligibilityDecision.Status.ELIGIBLE
    ).order_by("decided_on", "pk")
    for decision in rows.defer("situation", "explanation", "reason", "main_ground"):
        found[decision.participant_id].append(decision)
    return found


def placements_that_matter(policies: Mapping[Key, rule.Policy]) -> dict[Key, list[Placement]]:
    """The work contracts that the rule reads for each key, which begins with a person and a clause: those on
    the clause, or all that the service knows of when any clause may have opened the person's window.
    At most two queries.
    """
    wide = {key[0] for key, policy in policies.items() if policy.window_scope == PERSON}
    found = _placements_by_person_and_clause({key[0] for key in policies}, {key[1] for key in policies})
    everything = defaultdict(list)
    if wide:
        for placement in Placement.objects.filter(participant__in=wide).order_by("pk"):
            everything[placement.participant_id].append(placement)
    return {
        key: everything[key[0]] if policy.window_scope == PERSON else found[key[0], key[1]]
        for key, policy in policies.items()
    }


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
