"""The drawing of a curve: from zero, within its frame, each end where its figure says."""

from datetime import date
from decimal import Decimal

import pytest

from uneplace.rules.curve import MonthDone, curve
from uneplace.rules.dates import Period
from uneplace.web.curve_chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, CurveFacts, draw

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
OCTOBER = date(2025, 10, 1)


def facts(on=OCTOBER, due=1200, **values):
    done = {
        date(2025, 3, 1): MonthDone(Decimal(300), Decimal(0)),
        date(2025, 8, 1): MonthDone(Decimal(200), Decimal(100)),
    }
    return CurveFacts(curve(Decimal(due), YEAR, on, done), YEAR, Decimal(due), on, **values)


def places(points):
    return [tuple(map(float, place.split(","))) for place in points.split()]


def test_it_starts_at_zero_and_stays_in_its_frame():
    drawn = draw(facts(low=Decimal(900), at_end=Decimal(1000), high=Decimal(1500)))
    for shape in (drawn.expected, drawn.counted, drawn.to_validate):
        for x, y in places(shape):
            assert LEFT <= x <= WIDTH - RIGHT
            assert TOP <= y <= HEIGHT - BOTTOM
    assert places(drawn.expected)[0] == (LEFT, HEIGHT - BOTTOM)
    assert places(drawn.expected)[-1] == (WIDTH - RIGHT, pytest.approx(float(drawn.due_y)))


def test_the_forecast_stands_at_the_end_the_high_over_the_low():
    drawn = draw(facts(low=Decimal(900), at_end=Decimal(1000), high=Decimal(1500)))
    assert float(drawn.high_y) < float(drawn.at_end_y) < float(drawn.low_y)
    assert drawn.end_x == str(WIDTH - RIGHT)
    assert "1\u00a0000\u00a0h prévues à la fin, entre 900\u00a0h et 1\u00a0500\u00a0h" in drawn.label


def test_nothing_forecast_draws_no_end_and_nothing_waiting_no_area():
    drawn = draw(facts(on=date(2025, 2, 10)))
    assert drawn.end_x == ""
    assert drawn.foreseen == ""


def test_today_is_a_mark_while_the_execution_runs():
    assert float(draw(facts()).today_x) == pytest.approx(LEFT + (WIDTH - LEFT - RIGHT) * 273 / 365, abs=0.1)
    assert draw(facts(on=date(2027, 1, 1))).today_x == ""


def test_the_drawing_is_told_to_whoever_hears_it():
    assert draw(facts()).label.replace("\u00a0", " ") == (
        "1 200 h dues, 500 h comptées jusqu’en octobre 2025, 100 h à valider, "
        "0 h prévues par les contrats signés"
    )
