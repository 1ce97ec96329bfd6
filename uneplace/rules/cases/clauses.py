"""Reading and writing what concerns a running clause: months shared, counted twice, gauge, penalties."""

from decimal import Decimal

from uneplace.rules.allocation import GivenOut, Target, Worked, allocation, double_counting
from uneplace.rules.calendar import DEFAULT_ZONE
from uneplace.rules.cases import values
from uneplace.rules.cases.facts import Facts, period
from uneplace.rules.cases.records import Record, day, hours
from uneplace.rules.explanation import as_json
from uneplace.rules.forecast import Known, forecast
from uneplace.rules.forecast_trials import Trial
from uneplace.rules.penalties import Amount, Document, Obligations, penalties
from uneplace.rules.progress import PlannedWork, progress

NOTHING = Decimal(0)


def allocated(facts: Facts) -> Record:
    """One month shared over several commitments."""
    found = allocation(
        facts.ask("month", values.month),
        facts.ask("placement_period", period),
        facts.decimal("hours"),
        facts.each("targets", _target),
        facts.ask_or("holiday_zone", values.text, DEFAULT_ZONE),
    )
    return {
        "allocations": [
            {"commitment": one.commitment, "hours": hours(one.hours)} for one in found.allocations
        ],
        "unallocated": hours(found.unallocated),
        "explanation": as_json(found.explanation),
    }


def _target(one: Facts) -> Target:
    return Target(one.text("commitment"), one.decimal("weight"), one.ask("execution", period))


def counted_twice(facts: Facts) -> Record:
    """The months that give out more hours than were worked."""
    found = double_counting(facts.each("worked", _worked), facts.each("allocated", _given_out))
    return {
        "violations": [
            {
                "placement": one.placement,
                "month": one.month.isoformat()[:7],
                "worked": hours(one.worked),
                "allocated": hours(one.allocated),
            }
            for one in found.violations
        ],
        "explanation": as_json(found.explanation),
    }


def _worked(one: Facts) -> Worked:
    return Worked(one.text("placement"), one.ask("month", values.month), one.decimal("hours"))


def _given_out(one: Facts) -> GivenOut:
    return GivenOut(
        one.text("placement"),
        one.ask("month", values.month),
        one.text("commitment"),
        one.decimal("hours"),
    )


def gauged(facts: Facts) -> Record:
    """What the gauge draws on a day."""
    found = progress(
        facts.decimal("due"),
        facts.ask("execution", period),
        facts.day("as_of"),
        facts.each("placements", _planned_work),
        facts.ask_or("holiday_zone", values.text, DEFAULT_ZONE),
    )
    return {
        "expected": hours(found.expected),
        "foreseen": hours(found.foreseen),
        "explanation": as_json(found.explanation),
    }


def _planned_work(one: Facts) -> PlannedWork:
    return PlannedWork(
        one.ask("period", period),
        one.decimal("weekly_hours"),
        one.decimal("share"),
        one.ask_or_none("window_end", values.day),
    )


def foretold(facts: Facts) -> Record:
    """Where a clause will end, with its interval, and what closes the gap."""
    found = forecast(
        Known(*(facts.decimal(name) for name in ("due", "counted", "to_validate", "undeclared", "foreseen"))),
        facts.ask("execution", period),
        facts.day("as_of"),
        facts.each_or_none("past", _trial),
        facts.ask_or("holiday_zone", values.text, DEFAULT_ZONE),
    )
    action = found.action
    return {
        "at_end": hours(found.at_end),
        "low": hours(found.low),
        "high": hours(found.high),
        "gap": hours(found.gap),
        "reading": found.reading,
        "clauses": found.clauses,
        "people": action.people if action else 0,
        "before": day(action.before if action else None),
        "explanation": as_json(found.explanation),
    }


def _trial(one: Facts) -> Trial:
    return Trial(*(one.decimal(name) for name in ("due", "finished", "contracts", "pace")))


def penalised(facts: Facts) -> Record:
    """Exposure to penalties, and what is payable."""
    numbers = {
        name: facts.ask_or(name, values.decimal, NOTHING)
        for name in ("due", "validated", "exonerated", "rate_hour", "rate_day", "rate_action")
    }
    found = penalties(
        Obligations(
            as_of=facts.day("as_of"),
            documents=facts.each_or_none("documents", _document),
            actions_due=facts.ask_or("actions_due", values.whole, 0),
            actions_done=facts.ask_or("actions_done", values.whole, 0),
            days_from_notice=facts.flag("days_from_notice"),
            per_document=facts.ask_or("per_document", values.flag, True),
            requires_notice=facts.ask_or("requires_notice", values.flag, True),
            notice_on=facts.ask_or_none("notice_on", values.day),
            **numbers,
        )
    )
    return {
        "missing_hours": hours(found.missing_hours),
        "days_late": found.days_late,
        "missed_actions": found.missed_actions,
        "hours": _amount(found.hours),
        "documents": _amount(found.documents),
        "actions": _amount(found.actions),
        "total": _amount(found.total),
        "explanation": as_json(found.explanation),
    }


def _document(one: Facts) -> Document:
    return Document(one.text("name"), one.day("due_on"), one.ask_or_none("received_on", values.day))


def _amount(amount: Amount) -> Record:
    return {"exposure": hours(amount.exposure), "payable": hours(amount.payable)}
