"""What comes first among the things that await somebody, and the words that say why."""

from datetime import date
from decimal import Decimal

import pytest

from uneplace.rules.consequence import AtStake, Urgency
from uneplace.rules.errors import FactError

TODAY = date(2026, 6, 15)


def at_stake(**facts):
    return AtStake(
        **{name: Decimal(value) if name in ("hours", "euros") else value for name, value in facts.items()}
    )


@pytest.mark.parametrize(
    ("facts", "urgency"),
    [
        pytest.param({"is_late": True}, Urgency.LATE, id="en retard, sans jour"),
        pytest.param({"limit": date(2026, 6, 14)}, Urgency.LATE, id="hier"),
        pytest.param({"limit": date(2026, 6, 15)}, Urgency.THIS_WEEK, id="aujourd’hui"),
        pytest.param({"limit": date(2026, 6, 22)}, Urgency.THIS_WEEK, id="dans sept jours"),
        pytest.param({"limit": date(2026, 6, 23)}, Urgency.LATER, id="dans huit jours"),
        pytest.param({"limit": date(2026, 6, 23), "is_late": True}, Urgency.LATE, id="dit en retard"),
        pytest.param({}, Urgency.NO_LIMIT, id="sans limite"),
    ],
)
def test_how_pressing_it_is(facts, urgency):
    assert at_stake(**facts).urgency(TODAY) == urgency


def test_what_is_late_comes_first_then_what_weighs_most():
    lines = {
        "en retard, 10 h": at_stake(hours=10, limit=date(2026, 6, 1)),
        "en retard, 500 h": at_stake(hours=500, limit=date(2026, 6, 12)),
        "cette semaine, 900 €": at_stake(euros=900, hours=1, limit=date(2026, 6, 20)),
        "cette semaine, 420 h": at_stake(hours=420, limit=date(2026, 6, 20)),
        "cette semaine, 420 h, plus tard": at_stake(hours=420, limit=date(2026, 6, 21)),
        "plus tard, 9 000 h": at_stake(hours=9000, limit=date(2026, 7, 20)),
        "sans limite, 8 000 h": at_stake(hours=8000),
        "sans rien": at_stake(),
    }
    expected = [
        "en retard, 500 h",
        "en retard, 10 h",
        "cette semaine, 900 €",
        "cette semaine, 420 h",
        "cette semaine, 420 h, plus tard",
        "plus tard, 9 000 h",
        "sans limite, 8 000 h",
        "sans rien",
    ]
    assert sorted(sorted(lines), key=lambda name: lines[name].order(TODAY)) == expected


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"hours": 420, "limit": date(2026, 6, 27)}, "420 h en jeu, échéance dans 12 jours"),
        ({"euros": 12000, "hours": 240}, "12 000 € en jeu"),
        ({"hours": "0.5", "limit": date(2026, 6, 16)}, "1 h en jeu, échéance dans 1 jour"),
        ({"hours": "151.67", "limit": TODAY}, "152 h en jeu, échéance aujourd’hui"),
        ({"limit": date(2026, 6, 10)}, "en retard de 5 jours"),
        ({"is_late": True}, "en retard"),
        ({"hours": 0}, ""),
        ({}, ""),
    ],
)
def test_it_says_why(facts, words):
    assert at_stake(**facts).why(TODAY).replace("\u00a0", " ") == words


def test_a_weight_is_never_negative():
    with pytest.raises(FactError):
        at_stake(hours=-1)
