"""What a gap may come to, in euros: one account of it, for its page, the lists and its end.

An indication on a day, never a decision. Once a case is ended, its account is the one of that day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count
from django.utils.timezone import localtime

from uneplace.contracts.models import ActionDone, Clause, Commitment
from uneplace.contracts.policy import PolicyTerms
from uneplace.contracts.policy_history import acts_of, terms_on
from uneplace.hours.group import counted_towards
from uneplace.hours.models import Statement
from uneplace.rules.explanation import StepRecord, as_json
from uneplace.rules.penalties import Document, Obligations, penalties

from .models import PenaltyCase
from .relieved import granted_on

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Exposure:
    """What is missing on a commitment, and what it may come to in euros, with why; `is_priced` when the
    contract says what any of it costs."""

    missing_hours: Decimal
    days_late: int
    missed_actions: int
    total: Decimal
    payable: Decimal
    is_priced: bool
    explanation: list[StepRecord]

    def kept(self) -> dict[str, Any]:
        """The same as a case keeps it."""
        return {
            name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(self).items()
        }


def read_kept(kept: Mapping[str, Any]) -> Exposure:
    """The account that an ended case kept."""
    amounts = {name: Decimal(kept[name]) for name in ("missing_hours", "total", "payable")}
    return Exposure(**dict(kept) | amounts)


@dataclass(frozen=True)
class _Gap:
    """A commitment looked at, since when its gap is noted, formal notice if it was given, relief granted."""

    commitment: Commitment
    since: date
    notice_on: date | None = None
    granted: Decimal = ZERO


def exposures_of(cases: Iterable[PenaltyCase], *, on: date) -> dict[int, Exposure]:
    """What each case may come to that day, by its key; a constant number of queries.

    Its rates are those in force on the day the gap was noted: a later amendment does not price it again.
    Cases need their commitment and its clause at hand.
    """
    cases = list(cases)
    ended = {case.pk: read_kept(case.exposure_at_end) for case in cases if case.exposure_at_end}
    rest = [case for case in cases if case.pk not in ended]
    granted = granted_on({case.commitment_id for case in rest})
    gaps = [
        _Gap(
            case.commitment,
            localtime(case.opened_at).date(),
            case.notice_on,
            granted.get(case.commitment_id, ZERO),
        )
        for case in rest
    ]
    found = _exposures(gaps, on=on)
    return ended | {case.pk: exposure for case, exposure in zip(rest, found, strict=True)}


def exposure_of(case: PenaltyCase, *, on: date) -> Exposure:
    """What one case may come to that day."""
    return exposures_of([case], on=on)[case.pk]


def exposure_now(commitment: Commitment, *, on: date) -> Exposure:
    """What a commitment without a case would come to, were its gap noted that day."""
    granted = granted_on([commitment.pk]).get(commitment.pk, ZERO)
    return _exposures([_Gap(commitment, on, granted=granted)], on=on)[0]


def missed_actions(clause: Clause, done: int, *, on: date) -> int:
    """The actions that a clause still owes once its execution is over; none is missed before."""
    if not clause.owes_actions or clause.execution.upper is None or on < clause.execution.upper:
        return 0
    return max(clause.actions_due - done, 0)


def actions_done(clauses: Iterable[Clause]) -> dict[int, int]:
    """How many actions were done on each of these clauses, whichever company did them."""
    rows = ActionDone.objects.filter(clause__in=clauses).order_by().values_list("clause")
    return defaultdict(int, rows.annotate(total=Count("pk")))


def _exposures(gaps: Sequence[_Gap], *, on: date) -> list[Exposure]:
    commitments = {gap.commitment.pk: gap.commitment for gap in gaps}
    clauses = {one.clause_id: one.clause for one in commitments.values()}
    counted = counted_towards(commitments.values())  # done by a partner counts for who owes
    late, done, acts = _late_statements(commitments, on), actions_done(clauses), acts_of(clauses.values())
    return [
        _exposure(
            gap,
            terms_on(gap.commitment.clause, acts[gap.commitment.clause_id], on=gap.since),
            counted=counted.get(gap.commitment.pk, ZERO),
            documents=late[gap.commitment.pk],
            done=done[gap.commitment.clause_id],
            on=on,
        )
        for gap in gaps
    ]


def _exposure(
    gap: _Gap, terms: PolicyTerms, *, counted: Decimal, documents: Sequence[Document], done: int, on: date
) -> Exposure:
    clause, rate_hour = gap.commitment.clause, _rate_hour(gap.commitment, terms)
    is_over = clause.owes_actions and clause.execution.upper is not None and on >= clause.execution.upper
    told = penalties(
        Obligations(
            as_of=on,
            due=gap.commitment.hours_due,
            validated=max(counted, ZERO),
            exonerated=gap.granted,
            rate_hour=rate_hour or ZERO,
            documents=documents if terms.penalty_document_day is not None else (),
            rate_day=terms.penalty_document_day or ZERO,
            days_from_notice=terms.penalty_days_from_notice,
            per_document=terms.penalty_per_document,
            actions_due=clause.actions_due if is_over else 0,
            actions_done=done if is_over else 0,
            rate_action=terms.penalty_action or ZERO,
            requires_notice=terms.penalty_requires_notice,
            notice_on=gap.notice_on,
        )
    )
    priced = [terms.penalty_document_day, terms.penalty_action if clause.owes_actions else rate_hour]
    return Exposure(
        missing_hours=told.missing_hours,
        days_late=told.days_late,
        missed_actions=told.missed_actions,
        total=told.total.exposure,
        payable=told.total.payable,
        is_priced=any(rate is not None for rate in priced),
        explanation=as_json(told.explanation),
    )


def _rate_hour(commitment: Commitment, terms: PolicyTerms) -> Decimal | None:
    """Euros for one missing hour: what the company agreed apart, else what the clause said."""
    own = commitment.penalty_rate
    return terms.penalty_rate if own is None or own == commitment.clause.penalty_rate else own


def _late_statements(commitments: Iterable[int], on: date) -> dict[int, list[Document]]:
    """The statements that came late or are awaited past their day, as the rule of penalties reads them."""
    late = defaultdict(list)
    due = Statement.objects.filter(commitment__in=commitments, due_on__lt=on).order_by("month", "pk")
    for statement in due:
        received_on = localtime(statement.submitted_at).date() if statement.submitted_at else None
        if received_on is None or received_on > statement.due_on:
            document = Document(f"Relevé {statement.of_month}", statement.due_on, received_on)
            late[statement.commitment_id].append(document)
    return late
