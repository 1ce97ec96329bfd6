"""Who owes, who does, and for whom what is done counts."""

from decimal import Decimal

import pytest

from uneplace.rules.partners import Entrusted, Member, standings, taken_back

A, B, C = 1, 2, 3


def d(number):
    return Decimal(number)


def stand(*members, entrusted=()):
    return standings(
        [Member(one, d(due), d(done)) for one, due, done in members],
        [Entrusted(owner, partner, d(hours)) for owner, partner, hours in entrusted],
    )


def test_each_does_what_it_owes_as_long_as_nothing_is_entrusted():
    found = stand((A, 60, "12.5"), (B, 40, 50))
    assert (found[A].to_do, found[A].left, found[A].missing) == (d(60), d("47.5"), d("47.5"))
    assert (found[B].left, found[B].over, found[B].credited) == (d(0), d(10), d(50))


def test_a_transfer_moves_what_is_to_be_done_and_never_the_debt():
    found = stand((A, 60, 0), (B, 40, 0), entrusted=[(A, B, 50)])
    assert (found[A].due, found[A].to_do, found[A].missing) == (d(60), d(10), d(60))
    assert (found[B].due, found[B].to_do, found[B].missing) == (d(40), d(90), d(40))


@pytest.mark.parametrize(
    ("done", "for_others", "missing_a", "missing_b"),
    [
        pytest.param(30, 0, 60, 10, id="elle fait d’abord ce qu’elle garde de sa part"),
        pytest.param(40, 0, 60, 0, id="sa part est faite"),
        pytest.param(70, 30, 30, 0, id="le reste compte pour qui lui a confié des heures"),
        pytest.param(95, 50, 10, 0, id="jamais plus que ce qui lui est confié"),
    ],
)
def test_what_a_partner_does_counts_for_its_own_share_first(done, for_others, missing_a, missing_b):
    found = stand((A, 60, 0), (B, 40, done), entrusted=[(A, B, 50)])
    assert (found[B].for_others, found[A].by_others) == (d(for_others), d(for_others))
    assert (found[A].missing, found[B].missing) == (d(missing_a), d(missing_b))


def test_the_first_to_have_entrusted_hours_is_served_first():
    found = stand((A, 60, 0), (B, 40, 0), (C, 0, 45), entrusted=[(A, C, 30), (B, C, 40)])
    assert (found[A].by_others, found[B].by_others) == (d(30), d(15))


def test_nothing_is_created_nor_lost():
    found = stand((A, "60.01", "7.5"), (B, "39.99", 80), (C, 0, "12.25"), entrusted=[(A, B, 50), (B, C, 20)])
    owed = sum(one.due for one in found.values())
    assert owed == sum(one.to_do for one in found.values()) == d(100)
    assert sum(one.credited for one in found.values()) == sum(one.done for one in found.values())


def test_the_account_says_for_what_it_answers():
    told = stand((A, 60, 5), (B, 40, 60), entrusted=[(A, B, 50)])[A].explanation
    assert [one.value for one in told] == [
        "60\u00a0h",
        "50\u00a0h",
        "0\u00a0h",
        "10\u00a0h",
        "5\u00a0h",
        "0\u00a0h",
        "20\u00a0h",
        "35\u00a0h",
    ]


@pytest.mark.parametrize(
    ("excess", "expected"),
    [
        pytest.param(0, {}, id="rien de trop"),
        pytest.param(5, {C: d(5)}, id="les dernières confiées d’abord"),
        pytest.param(20, {C: d(10), B: d(10)}, id="puis les précédentes"),
        pytest.param(35, {C: d(10), B: d(25)}, id="ce qui est déjà fait en dernier"),
    ],
)
def test_a_fall_takes_hours_back_from_partners(excess, expected):
    members = [Member(A, d(60)), Member(B, d(0), d(20)), Member(C, d(0))]
    held = [Entrusted(A, B, d(30)), Entrusted(A, C, d(10))]
    assert taken_back(A, d(excess), members, held) == expected
