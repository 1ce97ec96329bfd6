"""Each rule against a second, naive one, from the JSON of a case to that of its result."""

import json
from random import Random

import pytest

from tests.rules import invented
from tests.rules.naive_clauses import (
    naive_allocation,
    naive_double_counting,
    naive_forecast,
    naive_penalties,
    naive_progress,
)
from tests.rules.naive_people import naive_counting_case, naive_eligibility, naive_exit_category
from tests.rules.naive_sizing import naive_hours_due
from uneplace.rules.cases import RULES, evaluate

ORACLES = {
    "hours_due": (invented.hours_due, naive_hours_due, 600),
    "eligibility": (invented.eligibility, naive_eligibility, 500),
    "counting": (invented.counting, naive_counting_case, 250),
    "allocation": (invented.allocation, naive_allocation, 300),
    "double_counting": (invented.double_counting, naive_double_counting, 200),
    "progress": (invented.progress, naive_progress, 250),
    "forecast": (invented.forecast, naive_forecast, 250),
    "penalties": (invented.penalties, naive_penalties, 600),
    "exit_category": (invented.exit_category, naive_exit_category, 100),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_naive_rule_gives_the_same_answers(rule):
    invent, naive, rounds = ORACLES[rule]
    for seed in range(rounds):
        facts = json.loads(json.dumps(invent(Random(seed))))
        answer = json.loads(json.dumps(evaluate({"id": str(seed), "rule": rule, "facts": facts})))
        explanation = answer.pop("explanation", None)
        assert answer == {"id": str(seed), "rule": rule, **naive(facts)}, facts
        assert explanation
