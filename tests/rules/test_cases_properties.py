"""What holds for any case, from JSON to JSON, whatever the facts."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.rules import invented
from tests.rules.strategies import steady
from uneplace.rules.cases import evaluate

draws = st.integers(0, 10**9).map(Random)


def answer(rule, facts):
    return evaluate({"id": "c", "rule": rule, "facts": facts})


@steady
@given(draws, st.integers(0, 900), st.integers(0, 400))
def test_a_later_day_never_loses_a_version(draw, days, more):
    facts = invented.hours_due(draw)
    as_of = date(2023, 12, 1) + timedelta(days=days)
    earlier, later = (
        answer("hours_due", facts | {"events": facts.get("events", []), "as_of": day.isoformat()})
        for day in (as_of, as_of + timedelta(days=more))
    )
    kept = [(version["on"], version["kind"]) for version in earlier["versions"]]
    assert [(version["on"], version["kind"]) for version in later["versions"]][: len(kept)] == kept
    if facts["method"] != "INVOICED":
        assert later["versions"][: len(kept)] == earlier["versions"]
    for result in (earlier, later):
        figure = "actions" if facts["method"] == "ACTIONS" else "hours"
        assert result["versions"][-1][figure] == result[figure]


@steady
@given(draws)
def test_commitments_sum_to_the_hours_due(draw):
    result = answer("hours_due", invented.hours_due(draw))
    if "commitments" in result:
        parts = [Decimal(one["hours"]) for one in result["commitments"]]
        assert sum(parts) == Decimal(result["hours"])
        assert min(parts) >= 0
    if "foreseeable" in result:
        assert Decimal(result["foreseeable"]) >= Decimal(result["hours"])


@steady
@given(draws)
def test_counted_and_excluded_hours_sum_to_those_declared(draw):
    facts = invented.counting(draw)
    result = answer("counting", facts)
    for line, counted in zip(facts["lines"], result["lines"], strict=True):
        parts = [Decimal(counted["counted"]), *(Decimal(one["hours"]) for one in counted["excluded"])]
        assert sum(parts) == Decimal(line["hours"])
        assert min(parts) >= 0
    assert sum(Decimal(line["counted"]) for line in result["lines"]) == Decimal(result["counted"])


@steady
@given(draws)
def test_a_longer_window_never_counts_less_on_one_decision(draw):
    facts = invented.counting(draw)
    facts["decisions"] = facts["decisions"][:1]
    facts["policy"]["training"] = "COUNTED"
    windows = [{"window_months": months} for months in (0, 3, 12, 24, None)]
    counted = [
        Decimal(answer("counting", facts | {"policy": facts["policy"] | window})["counted"])
        for window in windows
    ]
    assert counted == sorted(counted)


@steady
@given(draws)
def test_a_month_is_shared_whole(draw):
    facts = invented.allocation(draw)
    result = answer("allocation", facts)
    shared = sum(Decimal(one["hours"]) for one in result["allocations"])
    assert shared + Decimal(result["unallocated"]) == Decimal(facts["hours"])


@steady
@given(draws)
def test_the_penalties_add_up(draw):
    result = answer("penalties", invented.penalties(draw))
    for figure in ("exposure", "payable"):
        lines = [Decimal(result[name][figure]) for name in ("hours", "documents", "actions")]
        assert sum(lines) == Decimal(result["total"][figure])
        assert min(lines) >= 0
    assert Decimal(result["total"]["payable"]) <= Decimal(result["total"]["exposure"])


@steady
@given(draws)
def test_a_case_is_answered_twice_the_same(draw):
    rule = draw.choice(["hours_due", "counting", "eligibility", "progress"])
    facts = getattr(invented, rule)(draw)
    assert answer(rule, facts) == answer(rule, facts)
