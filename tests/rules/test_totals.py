from decimal import Decimal

import pytest

from uneplace.rules.counting import Reason
from uneplace.rules.totals import CountedTotal


@pytest.mark.parametrize(
    "facts, counted",
    [
        pytest.param({"months": 0, "declared": Decimal(0)}, "0", id="rien de validé"),
        pytest.param({"months": 1, "declared": Decimal("151.67")}, "151.67", id="un mois entier"),
        pytest.param(
            {
                "months": 2,
                "declared": Decimal("300.00"),
                "excluded": {Reason.AFTER_WINDOW: Decimal("12.50"), Reason.TRAINING: Decimal("7.00")},
            },
            "280.50",
            id="deux raisons de ne pas compter",
        ),
        pytest.param(
            {"months": 2, "declared": Decimal("300.00"), "corrected": Decimal("-20.25")},
            "279.75",
            id="une correction à la baisse",
        ),
    ],
)
def test_a_total_is_what_was_declared_less_what_does_not_count(facts, counted):
    assert CountedTotal(**facts).counted == Decimal(counted)


def test_each_reason_and_the_corrections_are_told_in_order():
    total = CountedTotal(
        months=3,
        declared=Decimal("400.00"),
        excluded={Reason.TRAINING: Decimal("10.00"), Reason.OUTSIDE_EXECUTION: Decimal("5.50")},
        corrected=Decimal("2.00"),
    )
    assert [(step.text, step.value) for step in total.explanation] == [
        ("Heures déclarées, 3\u00a0mois de travail validés.", "400\u00a0h"),
        ("Non compté\u00a0: hors de la période d’exécution.", "5,5\u00a0h"),
        ("Non compté\u00a0: formation que la clause ne compte pas.", "10\u00a0h"),
        ("Corrections inscrites depuis.", "2\u00a0h"),
        ("Heures comptées.", "386,5\u00a0h"),
    ]
