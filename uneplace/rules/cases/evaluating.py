"""One case: its rule is found, its facts are read, the answer is written; what is wrong is one sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from uneplace.rules.cases import clauses, people, sizing, values
from uneplace.rules.cases.facts import Facts
from uneplace.rules.cases.records import Record
from uneplace.rules.cases.values import TooLong
from uneplace.rules.checks import check_choice
from uneplace.rules.errors import FactError

RULES: Mapping[str, Callable[[Facts], Record]] = {
    "hours_due": sizing.sized,
    "eligibility": people.eligible,
    "counting": people.counted,
    "allocation": clauses.allocated,
    "double_counting": clauses.counted_twice,
    "progress": clauses.gauged,
    "forecast": clauses.foretold,
    "penalties": clauses.penalised,
    "exit_category": people.classed,
}
"""How each rule is asked from the facts of a file, by its name there."""


def evaluate(case: Any) -> Record:
    """The answer to one case, or `{"id", "error"}` with a French sentence that names the fact."""
    try:
        asked = Facts("cases", case)
        name = asked.text("id")
        rule = asked.ask("rule", _rule)
        return {"id": name, "rule": rule, **RULES[rule](asked.inside("facts"))}
    except FactError as error:
        known = case.get("id") if isinstance(case, dict) else None
        return {"id": None if isinstance(known, TooLong) else known, "error": str(error)}


def _rule(fact: str, value: object) -> str:
    check_choice(fact, value, RULES)
    return values.text(fact, value)
