"""What holds whatever the facts: the engine agrees with a day-by-day count, and loses nothing."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.naive_counting import naive_count
from tests.rules.strategies import people, steady
from uneplace.rules.counting import Training, count


def in_hundredths(line):
    parts = {"counted": line.counted} | {str(part.reason): part.hours for part in line.excluded}
    return {name: int(hours * 100) for name, hours in parts.items() if hours}


@steady
@given(people())
def test_the_engine_agrees_with_a_count_day_by_day(person):
    result = count(*person)
    lines, windows = naive_count(*person)
    assert {line.id: in_hundredths(line) for line in result.lines} == lines
    assert {window.placement: (window.start, window.end) for window in result.windows} == windows


@steady
@given(people())
def test_counted_and_excluded_sum_to_what_was_declared(person):
    lines = person[3]
    result = count(*person)
    for line, counted in zip(lines, result.lines, strict=True):
        assert counted.counted >= 0
        assert all(part.hours > 0 for part in counted.excluded)
        assert counted.counted + sum(part.hours for part in counted.excluded) == line.hours
    assert result.counted == sum((line.counted for line in result.lines), Decimal(0))


@steady
@given(people(training=Training.COUNTED), st.integers(0, 30), st.integers(0, 30))
def test_a_longer_window_never_counts_less_on_one_decision(person, months, more):
    policy, decisions, placements, lines = person
    short = replace(policy, window_months=months)
    long = replace(policy, window_months=months + more)
    less = count(short, decisions[:1], placements, lines)
    assert less.counted <= count(long, decisions[:1], placements, lines).counted
    assert (
        less.counted <= count(replace(policy, window_months=None), decisions[:1], placements, lines).counted
    )


@steady
@given(people())
def test_windows_stand_in_the_order_of_the_work_contracts(person):
    order = [placement.id for placement in person[2]]
    ranks = [order.index(window.placement) for window in count(*person).windows]
    assert ranks == sorted(ranks)


@steady
@given(people())
def test_every_line_is_explained_without_any_ground(person):
    result = count(*person)
    for line in result.lines:
        assert line.explanation[0].text.startswith("Heures déclarées")
        assert line.explanation[-1].text == "Heures comptées."
        words = " ".join(f"{step.text} {step.value} {step.source.label}" for step in line.explanation)
        assert not any(ground in words for ground in ("RSA", "DELD", "QPV"))
