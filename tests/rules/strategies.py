"""Facts that Hypothesis invents: small calendars, so that boundaries meet often."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st

from uneplace.rules.counting import (
    Decision,
    Line,
    Placement,
    Policy,
    Training,
    TrainingCap,
    WindowScope,
    WindowStart,
)
from uneplace.rules.dates import Period

# The same cases every time, on any machine: a test that fails must fail again.
steady = settings(derandomize=True, deadline=None, max_examples=100, database=None)

ORIGIN = date(2024, 1, 1)
GROUNDS = ["RSA", "DELD", "QPV"]
MODALITIES = ["DIRECT", "MISE_A_DISPOSITION"]
KINDS = ["CDD", "CTT", "CDI", "APPRENTISSAGE"]
ZONES = ["Métropole", "Alsace-Moselle", "La Réunion"]


def days(last=1000):
    return st.integers(0, last).map(lambda count: ORIGIN + timedelta(days=count))


@st.composite
def periods(draw, last=1000, length=500, open_ended=True):
    start = draw(days(last))
    if open_ended and draw(st.integers(0, 4)) == 0:
        return Period(start, None)
    return Period(start, start + timedelta(days=draw(st.integers(1, length))))


def hours(most=20000):
    return st.integers(0, most).map(lambda count: Decimal(count) / 100)


def shares():
    return st.integers(0, 100).map(lambda percent: Decimal(percent) / 100)


months = st.one_of(st.none(), st.integers(0, 14))


@st.composite
def policies(draw, **given):
    facts = {
        "execution": draw(periods(last=400, length=900)),
        "training": draw(st.one_of(st.sampled_from(list(Training)), st.builds(TrainingCap, shares()))),
        "work_study_window": draw(st.one_of(st.just("WHOLE"), st.integers(0, 14))),
        "late_decision_days": draw(st.integers(0, 20)),
        "window_months": draw(months),
        "permanent_window_months": draw(months),
        "permanent_window_from": draw(st.sampled_from(list(WindowStart))),
        "accepted_grounds": draw(st.one_of(st.none(), st.lists(st.sampled_from(GROUNDS), max_size=2))),
        "accepted_modalities": draw(st.one_of(st.none(), st.just(["DIRECT"]))),
        "window_scope": draw(st.sampled_from(list(WindowScope))),
        "renewal_months": draw(st.integers(0, 5)),
        "holiday_zone": draw(st.sampled_from(ZONES)),
    }
    return Policy(**{**facts, **given})


@st.composite
def placement_lists(draw):
    return [
        Placement(
            f"p{rank}",
            draw(st.sampled_from(KINDS)),
            draw(st.sampled_from(MODALITIES)),
            draw(periods(last=700, length=300)),
        )
        for rank in range(draw(st.integers(1, 4)))
    ]


@st.composite
def decision_lists(draw, placements):
    """Decisions about the time of the hirings, some too late, some withdrawn."""
    starts = st.sampled_from([placement.period.start for placement in placements])
    return [
        Decision(
            draw(starts) + timedelta(days=draw(st.integers(-120, 30))),
            tuple(draw(st.lists(st.sampled_from(GROUNDS), max_size=2))),
            draw(st.one_of(st.none(), st.none(), starts, days())),
        )
        for _ in range(draw(st.integers(0, 4)))
    ]


@st.composite
def line_lists(draw, placements):
    """A few months of these work contracts, most of them inside, none twice."""
    lines = []
    for placement in placements:
        start, end = placement.period.start, placement.period.end or ORIGIN + timedelta(days=1400)
        last = (end.year - start.year) * 12 + end.month - start.month
        for offset in draw(st.sets(st.integers(-1, last + 1), max_size=3)):
            year, month0 = divmod(start.year * 12 + start.month - 1 + offset, 12)
            worked = draw(hours())
            trained = draw(st.one_of(st.just(Decimal(0)), hours(), st.just(worked)))
            lines.append(
                Line(
                    f"l{len(lines)}",
                    placement.id,
                    date(year, month0 + 1, 1),
                    worked,
                    min(trained, worked),
                    on_operation=draw(st.sampled_from([True, True, True, False])),
                    globalised=draw(st.sampled_from([False, False, True])),
                    within=draw(st.one_of(st.none(), periods())),
                )
            )
    return draw(st.permutations(lines))


@st.composite
def people(draw, **given):
    """A policy, and one person's decisions, work contracts and lines."""
    policy = draw(policies(**given))
    placements = draw(placement_lists())
    return policy, draw(decision_lists(placements)), placements, draw(line_lists(placements))
