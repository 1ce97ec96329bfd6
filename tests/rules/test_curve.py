"""The curve of a clause: a point a month, expected, counted, waiting, and what contracts will bring."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from uneplace.rules.curve import MonthDone, SignedWork, curve
from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError
from uneplace.rules.progress import PlannedWork, progress

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
AUTUMN = date(2025, 10, 10)


def done(**months):
    return {
        date(2025, int(name[1:]), 1): MonthDone(Decimal(counted), Decimal(waiting))
        for name, (counted, waiting) in months.items()
    }


def work(start, end=None, weekly="35", share="1"):
    return SignedWork(PlannedWork(Period(start, end), Decimal(weekly), Decimal(share)))


def test_hours_are_summed_from_the_start():
    points = curve(Decimal(365), YEAR, AUTUMN, done(m2=(100, 0), m3=(50, 20)))
    assert [point.month.month for point in points] == list(range(1, 13))
    assert [str(point.counted) for point in points[:4]] == ["0.00", "100.00", "150.00", "150.00"]
    assert points[2].to_validate == Decimal(20)
    assert points[3].expected == Decimal(120)


def test_months_to_come_have_no_hours_done():
    points = curve(Decimal(365), YEAR, AUTUMN, {})
    assert [point.counted is None for point in points] == [False] * 10 + [True] * 2


def test_what_contracts_bring_ends_where_the_gauge_says():
    works = [work(date(2025, 3, 3)), work(date(2025, 11, 3), date(2025, 12, 20), "26", "0.5")]
    points = curve(Decimal(1000), YEAR, AUTUMN, {}, works)
    assert [point.foreseen for point in points[:9]] == [Decimal(0)] * 9
    # From Friday 10 to the end of October: 16 working days of seven hours.
    assert points[9].foreseen == Decimal(112)
    later = [work(date(2025, 3, 3)).work]
    alone = progress(Decimal(1000), YEAR, AUTUMN, later).foreseen
    # From 3 November to 19 December, 34 working days (11 November is off) at 5,2 h, half of them here.
    assert points[-1].foreseen == alone + Decimal("88.40")


def test_a_month_declared_before_its_end_is_not_foreseen_again():
    signed = work(date(2025, 3, 3))
    declared = replace(signed, undeclared_from=date(2025, 11, 1))
    points = curve(Decimal(1000), YEAR, AUTUMN, done(m10=(161, 0)), [declared])
    whole = curve(Decimal(1000), YEAR, AUTUMN, {}, [signed])
    assert (points[9].counted, points[9].foreseen) == (Decimal(161), Decimal(0))
    # 16 working days of October, at seven hours, are among those declared.
    assert points[-1].foreseen == whole[-1].foreseen - Decimal(112)


def test_what_is_worked_and_not_declared_is_there_from_today_on():
    points = curve(Decimal(1000), YEAR, AUTUMN, done(m3=(100, 20)), [], Decimal(70))
    assert [point.undeclared for point in points] == [Decimal(0)] * 9 + [Decimal(70)] * 3
    assert points[9].total == Decimal(190)
    over = curve(Decimal(1000), YEAR, date(2026, 2, 1), {}, [], Decimal(70))
    assert [point.undeclared for point in over][-2:] == [Decimal(0), Decimal(70)]


def test_hours_worked_outside_the_execution_are_on_the_curve_too():
    short = Period(date(2025, 2, 10), date(2025, 4, 1))
    points = curve(Decimal(10), short, AUTUMN, done(m1=(5, 0), m5=(7, 0)))
    assert [point.month.month for point in points] == [1, 2, 3, 4, 5]
    assert points[-1].counted == Decimal(12)
    assert points[-1].expected == Decimal(10)


def test_there_is_no_curve_without_an_end():
    with pytest.raises(FactError, match="une fin d’exécution"):
        curve(Decimal(10), Period(date(2025, 1, 1)), AUTUMN, {})
