"""Reading and writing what concerns one person: eligibility, counting, exit."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from uneplace.rules.calendar import DEFAULT_ZONE
from uneplace.rules.cases import values
from uneplace.rules.cases.facts import Facts, period, texts
from uneplace.rules.cases.records import Record, day, hours
from uneplace.rules.counting import (
    WHOLE,
    Decision,
    Line,
    Placement,
    Policy,
    TrainingCap,
    WindowScope,
    WindowStart,
    count,
)
from uneplace.rules.eligibility import Proof, Situation, eligibility
from uneplace.rules.exits import exit_category
from uneplace.rules.explanation import as_json

SITUATION: dict[Callable[[str, object], Any], tuple[str, ...]] = {
    values.day: ("born_on", "registered_since", "left_school_on", "inactive_since"),
    values.whole: ("months_worked_last_12", "diploma_level"),
    values.flag: ("job_seeker", "receives_rsa", "boeth", "lives_in_qpv", "refugee"),
    values.text: ("support", "motivated_opinion_by"),
    texts: ("allowances", "followed_by"),
}


def eligible(facts: Facts) -> Record:
    """The eligibility of a person."""
    situation = facts.inside("situation")
    known = {name: situation.ask_or_none(name, read) for read, names in SITUATION.items() for name in names}
    found = eligibility(
        Situation(**known),
        on=facts.day("on"),
        proofs=facts.each_or_none("proofs", lambda one: Proof(one.text("ground"), one.day("dated_on"))),
        accepted_grounds=facts.ask_or_none("accepted_grounds", texts),
    )
    return {
        "grounds": [{"ground": one.ground, "proof": one.proof} for one in found.grounds],
        "eligible": found.eligible,
        "valid_until": day(found.valid_until),
        "explanation": as_json(found.explanation),
    }


def counted(facts: Facts) -> Record:
    """The counted hours of a person for a clause."""
    found = count(
        _policy(facts.inside("policy")),
        facts.each("decisions", _decision),
        facts.each("placements", _placement),
        facts.each("lines", _line),
    )
    return {
        "counted": hours(found.counted),
        "lines": [
            {
                "id": line.id,
                "counted": hours(line.counted),
                "excluded": [{"reason": part.reason, "hours": hours(part.hours)} for part in line.excluded],
            }
            for line in found.lines
        ],
        "windows": [
            {"placement": window.placement, "start": day(window.start), "end": day(window.end)}
            for window in found.windows
        ],
        "explanation": as_json(found.explanation),
    }


def _policy(facts: Facts) -> Policy:
    return Policy(
        execution=facts.ask("execution", period),
        window_months=facts.ask_or_none("window_months", values.whole),
        permanent_window_months=facts.ask_or_none("permanent_window_months", values.whole),
        permanent_window_from=facts.ask_or("permanent_window_from", values.text, str(WindowStart.HIRE)),
        work_study_window=facts.ask("work_study_window", _months_or_whole),
        training=facts.ask("training", _training),
        accepted_grounds=facts.ask_or_none("accepted_grounds", texts),
        accepted_modalities=facts.ask_or_none("accepted_modalities", texts),
        window_scope=facts.ask_or("window_scope", values.text, str(WindowScope.CLAUSE)),
        renewal_months=facts.ask_or("renewal_months", values.whole, 3),
        late_decision_days=facts.ask("late_decision_days", values.whole),
        holiday_zone=facts.ask_or("holiday_zone", values.text, DEFAULT_ZONE),
    )


def _months_or_whole(fact: str, value: object) -> int | str:
    return WHOLE if value == WHOLE else values.whole(fact, value)


def _training(fact: str, value: object) -> TrainingCap | str:
    return value if isinstance(value, str) else TrainingCap(Facts(fact, value).decimal("cap_share"))


def _decision(one: Facts) -> Decision:
    return Decision(
        one.day("decided_on"),
        one.ask_or("grounds", texts, []),
        one.ask_or_none("revoked_on", values.day),
    )


def _placement(one: Facts) -> Placement:
    return Placement(one.text("id"), one.text("kind"), one.text("modality"), one.ask("period", period))


def _line(one: Facts) -> Line:
    return Line(
        one.text("id"),
        one.text("placement"),
        one.ask("month", values.month),
        one.decimal("hours"),
        one.ask_or("training_hours", values.decimal, Decimal(0)),
        one.flag("on_operation"),
        one.flag("globalised"),
        one.ask_or_none("within", period),
    )


def classed(facts: Facts) -> Record:
    """The category of an exit."""
    found = exit_category(facts.text("kind"), facts.ask_or_none("months", values.whole))
    return {
        "category": found.category,
        "dynamic": found.dynamic,
        "explanation": as_json(found.explanation),
    }
