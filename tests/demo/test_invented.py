"""Names and numbers of the demo belong to nobody, and are the same each time."""

from datetime import date
from decimal import Decimal

import pytest
from stdnum.fr import siret as checked

from uneplace.demo.invented import Inventor, siret
from uneplace.demo.persons import weekday
from uneplace.demo.work import half_hours


def test_identifiers_have_sound_keys_in_a_range_given_to_nobody():
    numbers = [siret(number) for number in range(1, 400)]
    assert all(checked.is_valid(number) and number.startswith("000") for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_the_same_people_come_in_the_same_order():
    first, again = Inventor(), Inventor()
    people = [first.person("F") for _ in range(300)]
    assert people == [again.person("F") for _ in range(300)]
    assert len(set(people)) == 300
    assert first.street() == again.street()


def test_phones_are_of_the_range_of_fiction():
    assert Inventor().phone().startswith("06 39 98 ")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 23)),
    ],
)
def test_nothing_happens_on_a_week_end(day, expected):
    assert weekday(day) == expected


@pytest.mark.parametrize(("hours", "written"), [("137.26", "137.50"), ("137.2", "137.00"), ("0", "0.00")])
def test_hours_are_written_to_the_half_hour(hours, written):
    assert half_hours(Decimal(hours)) == Decimal(written)
