"""When a turn is reminded, and when a file closes by itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from uneplace.rules.delays import (
    Rung,
    closes_on,
    next_reminder_on,
    notice_on,
    rung_of,
    usual_delays,
    why_not_delays,
)

DAY = date(2026, 3, 2)
USUAL = usual_delays(on=DAY)


def days(*numbers):
    return [DAY + timedelta(days=number) for number in numbers]


@pytest.mark.parametrize(
    ("given", "sent", "expected"),
    [
        pytest.param(7, [], 9, id="deux jours après la date"),
        pytest.param(15, [], 14, id="jamais plus de quatorze jours sans un mot"),
        pytest.param(7, [9], 12, id="puis les autres contacts"),
        pytest.param(7, [9, 12], 17, id="puis le service"),
        pytest.param(7, [9, 12, 17], 31, id="puis le service, tous les quatorze jours"),
        pytest.param(7, [20], 23, id="des jours manqués décalent la suite"),
        pytest.param(7, [20, 40], 45, id="sans rattraper d’un coup"),
    ],
)
def test_the_next_reminder(given, sent, expected):
    before = DAY + timedelta(days=given)

    assert next_reminder_on(DAY, before, USUAL, days(*sent)) == DAY + timedelta(days=expected)


def test_to_whom_a_reminder_goes():
    assert [rung_of(rank) for rank in (1, 2, 3, 4, 9)] == [Rung.OWES, Rung.DEPUTY, *[Rung.SERVICE] * 3]


def test_a_closing_announced_late_comes_late():
    assert notice_on(DAY, USUAL) == DAY + timedelta(days=53)
    assert closes_on(DAY, USUAL, told_on=DAY + timedelta(days=53)) == DAY + timedelta(days=60)
    assert closes_on(DAY, USUAL, told_on=DAY + timedelta(days=58)) == DAY + timedelta(days=65)


def test_what_is_usual_is_possible():
    assert why_not_delays(USUAL) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"agree_days": 0}, "agree_days"),
        ({"agree_days": 16}, "agree_days"),
        ({"structures_days": 46}, "structures_days"),
        ({"notice_days": 2}, "notice_days"),
        ({"closing_days": 29}, "closing_days"),
        ({"deputy_days": 2}, "deputy_days"),
        ({"escalation_days": 5}, "escalation_days"),
        ({"closing_days": 32}, "closing_days"),
    ],
)
def test_what_is_impossible_is_told_of_its_field(changes, field):
    assert list(why_not_delays(replace(USUAL, **changes))) == [field]


def test_the_last_reminder_comes_before_the_closing_is_announced():
    assert why_not_delays(replace(USUAL, closing_days=33)) == {}
