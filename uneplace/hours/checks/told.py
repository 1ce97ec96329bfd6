"""What the checks of a service tell of its statements, and how often they were right."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from uneplace.hours.counting import Verdict, lines_of, verdicts
from uneplace.hours.evidence import missing_evidence_of, reading
from uneplace.hours.models import (
    LABELS,
    Anomaly,
    AwaitedDocument,
    Placement,
    ServiceChecks,
    Statement,
    StatementLine,
)
from uneplace.organisations.models import Organisation
from uneplace.rules import anomalies as rule
from uneplace.rules.anomalies import USUAL_LEVELS, Check, Level, Precision
from uneplace.rules.explanation import StepRecord, as_json

from .facts import Around, around, line_facts

Answer = Anomaly.Answer


@dataclass(frozen=True)
class Found:
    """One anomaly of a statement, of one person in it or of the whole, with the answer that it got if any."""

    statement: Statement
    line: StatementLine | None
    anomaly: rule.Anomaly
    level: Level
    answer: Anomaly | None = None
    elsewhere: list[int] = field(default_factory=list)  # the other statements, by their keys

    @property
    def placement(self) -> Placement | None:
        """The work contract that it is about, if it is about one."""
        return self.line.worked_month.placement if self.line else None

    @property
    def label(self) -> str:
        """What was looked at, in words."""
        return LABELS[self.anomaly.check]

    @property
    def is_normal(self) -> bool:
        """Whether the service already said that these figures are normal."""
        return self.answer is not None and self.answer.is_normal

    @property
    def blocks(self) -> bool:
        """Whether it keeps the statement from being validated."""
        return self.level == Level.BLOCKING and not self.is_normal

    @property
    def explanation(self) -> list[StepRecord]:
        """Why it is told, as it is shown and stored."""
        return as_json(self.anomaly.explanation)

    @property
    def key(self) -> str:
        """What stands for it in a form: other figures give another."""
        said = [self.anomaly.check, self.placement.pk if self.placement else None, self.anomaly.figures]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def levels_in(service: Organisation | int) -> Mapping[Check, Level]:
    """How far each check goes in a service today: as it chose, else as usual."""
    latest = ServiceChecks.objects.filter(service=service).order_by("-number").first()
    return latest.levels if latest else USUAL_LEVELS


def anomalies_of(
    statements: Collection[Statement],
    *,
    levels: Mapping[Check, Level],
    on: date,
    lines: Collection[StatementLine] | None = None,
    counted: Mapping[int, Verdict] | None = None,
) -> dict[int, list[Found]]:
    """What the checks tell of each statement that day, by its key; a constant number of queries.

    `lines` are those that `lines_of` gives and `counted` what each would count for, when they are already at
    hand. Those that the service called normal are there too, with its answer.
    """
    statements = list(statements)
    if lines is None:
        lines = lines_of(statements)
    if counted is None:
        counted = verdicts(lines) if levels[Check.NO_DECISION] != Level.OFF else {}
    world = around(lines, statements)
    answers = _answers(statements)
    missing = missing_evidence_of(statements, on=on)
    by_statement = defaultdict(list)
    for line in lines:
        by_statement[line.statement_id].append(line)
    found = {}
    for statement in statements:
        unproved = rule.no_evidence(_unproved(missing.get(statement.pk, []), statement), levels)
        told = [(None, unproved, [])] if unproved else []
        told += _of_lines(statement, by_statement[statement.pk], world, counted, levels)
        found[statement.pk] = [
            Found(
                statement,
                line,
                anomaly,
                levels[anomaly.check],
                answers.get(_identity(statement.pk, line, anomaly)),
                elsewhere,
            )
            for line, anomaly, elsewhere in told
        ]
    return found


def _of_lines(
    statement: Statement,
    lines: Iterable[StatementLine],
    world: Around,
    counted: Mapping[int, Verdict],
    levels: Mapping[Check, Level],
) -> list[tuple[StatementLine | None, rule.Anomaly, list[int]]]:
    """What the checks tell of the people of a statement, with the other statements that it is about."""
    before = world.before(statement)
    now = {line.worked_month.placement_id: rule.Told(line.hours, line.training_hours) for line in lines}
    copied = rule.same_statement(statement.month, now, before[0], levels)
    told: list[tuple[StatementLine | None, rule.Anomaly, list[int]]] = [(None, copied, [])] if copied else []
    for line in lines:
        others = world.elsewhere(line)
        facts = line_facts(line, world, before, others, counted.get(line.pk))
        for anomaly in rule.anomalies_of_line(facts, levels):
            # A whole statement copied is told once, not again for each of its people.
            if copied and anomaly.check == Check.SAME_HOURS:
                continue
            is_elsewhere = anomaly.check == Check.DECLARED_ELSEWHERE
            told.append((line, anomaly, [other.statement for other in others] if is_elsewhere else []))
    return told


def _unproved(missing: Iterable[AwaitedDocument], statement: Statement) -> dict[str, str]:
    """What proves this month and is not there, and where it stands; a proof of several months is awaited with
    the last of them."""
    after = rule.add_months(statement.month, 1)
    return {f"{one.get_kind_display()}, {one.of_period}": reading(one) for one in missing if one.end <= after}


def _identity(statement: int, line: StatementLine | None, anomaly: rule.Anomaly):
    placement = line.worked_month.placement_id if line else None
    return statement, placement, anomaly.check.value, json.dumps(dict(anomaly.figures), sort_keys=True)


def _answers(statements: Collection[Statement]) -> dict[tuple, Anomaly]:
    rows = Anomaly.objects.filter(statement__in=statements).select_related("answered_by")
    return {
        (row.statement_id, row.placement_id, row.check_code, json.dumps(row.figures, sort_keys=True)): row
        for row in rows
    }


def still_told(found: Iterable[Found]) -> list[Found]:
    """Those that the service did not call normal."""
    return [one for one in found if not one.is_normal]


@dataclass(frozen=True)
class CheckRecord:
    """What a check told in a service, and what became of it."""

    check: Check
    normal: int
    returned: int
    validated: int

    @property
    def label(self) -> str:
        """What is looked at, in words."""
        return LABELS[self.check]

    @property
    def told(self) -> int:
        """How often it told something that the service then acted on."""
        return self.normal + self.returned + self.validated

    @property
    def precision(self) -> Precision:
        """How often it was worth telling, by the answers that it got."""
        return Precision(self.normal, self.returned)


def records_of(service: Organisation) -> list[CheckRecord]:
    """What each check told in a service, from the answers that it got; one query."""
    counts = {
        row["check_code"]: row
        for row in Anomaly.objects.filter(service=service)
        .order_by()
        .values("check_code")
        .annotate(**{answer.lower(): Count("pk", filter=Q(answer=answer)) for answer in Answer.values})
    }
    nothing = {"normal": 0, "returned": 0, "validated": 0}
    return [
        CheckRecord(check, **{name: counts.get(check, nothing)[name] for name in nothing}) for check in LABELS
    ]
