"""What a clause owes on its page: the gauge with its suspension, what orders foresee, its dated versions."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from uneplace.contracts.models import Clause, DutyChange, Invoice
from uneplace.hours.queries import Progress
from uneplace.rules.dates import Period
from uneplace.rules.explanation import as_json
from uneplace.rules.hours_due import Event, Version, hours_due
from uneplace.rules.progress import progress as rule_progress
from uneplace.settlement.changing import suspension_of
from uneplace.settlement.relieved import Relieved
from uneplace.settlement.resizing import rule_answer, sizing_on
from uneplace.web.gauge import GaugeFacts
from uneplace.web.hours.gauges import gauge_of


def gauge_on(clause: Clause, progress: Progress, relieved: Relieved, *, on: date) -> GaugeFacts:
    """The gauge of a clause that day; suspended, the tick stays where it was."""
    facts = gauge_of(progress, foreseeable=clause.foreseeable, relieved=relieved)
    if clause.status != Clause.Status.SUSPENDED:
        return facts
    suspension = suspension_of(clause, on=on)
    if suspension is None:
        return facts
    span = Period(clause.execution.lower, clause.execution.upper)
    expected = rule_progress(progress.due, span, suspension.on).expected
    return replace(facts, expected=expected, suspended_on=suspension.on, suspended_until=suspension.until)


def foreseen(clause: Clause, *, on: date) -> dict[str, Any]:
    """Why so many hours are foreseeable, when hours follow invoices."""
    if not clause.follows_invoices or clause.status == Clause.Status.DRAFT:
        return {"foreseeable_explanation": []}
    return {"foreseeable_explanation": as_json(rule_answer(clause, on=on).foreseeable_explanation)}


@dataclass(frozen=True)
class DatedVersion:
    """What the clause owes from one act on, or from the invoices of one day on; the first has neither."""

    on: date
    change: DutyChange | None
    invoices: list[Invoice]
    before: Version | None
    after: Version
    explanation: list
    is_to_come: bool = False


def versions_of(clause: Clause, *, on: date) -> list[DatedVersion]:
    """Every version of what a clause owes, the latest first, those to come included.

    The clause comes with its changes, invoices and orders at hand.
    """
    found: list[DatedVersion] = []
    events: list[Event] = []
    before: Version | None = None
    for day, change, invoices in _moments(clause):
        if change is not None:
            events.append(change.event)
        due = hours_due(sizing_on(clause, on=day), rounding=clause.rounding, events=events, as_of=day)
        after = due.versions[-1]
        why = list(as_json(due.explanation))
        found.append(DatedVersion(day, change, invoices, before, after, why, is_to_come=day > on))
        before = after
    return found[::-1]


def _moments(clause: Clause) -> list[tuple[date, DutyChange | None, list[Invoice]]]:
    """When what is due was set or moved: the start, then invoices and acts; a day's invoices come first."""
    invoices = (
        sorted(clause.invoices.all(), key=lambda one: (one.on, one.pk)) if clause.follows_invoices else []
    )
    moments = [(day, None, list(those)) for day, those in groupby(invoices, key=lambda one: one.on)]
    moments += [(change.on, change, []) for change in clause.dutychanges.all()]
    moments.sort(key=lambda moment: (moment[0], moment[1] is not None))
    start = min([clause.execution.lower, *(one.on - timedelta(days=1) for one in invoices[:1])])
    return [(start, None, []), *moments]


def total_of(entries: list) -> Decimal:
    """The sum of orders or invoices, in euros."""
    return sum((entry.amount for entry in entries), Decimal(0))
