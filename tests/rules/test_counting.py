"""Counted hours, case by case: each boundary as a facilitator would tell it, with values worked out by hand.

March 2025 has 21 working days (10 before the 17th), April 2025 has 21 (Easter Monday out).
"""

from datetime import date
from decimal import Decimal

import pytest

from tests.rules.counted import DECIDED, EXECUTION, counted, line, placement, policy
from uneplace.rules.counting import Line, TrainingCap, count
from uneplace.rules.dates import Period


@pytest.mark.parametrize(
    ("facts", "changes", "expected"),
    [
        pytest.param({}, {}, ("151.67", {}), id="tout le mois compte"),
        pytest.param({"hours": "0"}, {}, ("0.00", {}), id="aucune heure"),
        pytest.param({"hours": "7"}, {}, ("7.00", {}), id="heures entières"),
        # 151.67 × 11 ÷ 21 = 79.4462, 151.67 × 10 ÷ 21 = 72.2238
        pytest.param(
            {},
            {"execution": Period(date(2025, 3, 17), date(2027, 1, 1))},
            ("79.45", {"OUTSIDE_EXECUTION": "72.22"}),
            id="le marché commence le 17",
        ),
        pytest.param(
            {},
            {"execution": Period(date(2025, 1, 1), date(2025, 3, 17))},
            ("72.22", {"OUTSIDE_EXECUTION": "79.45"}),
            id="le marché finit le 16",
        ),
        pytest.param(
            {},
            {"execution": Period(date(2025, 1, 1), date(2025, 3, 4))},
            ("7.22", {"OUTSIDE_EXECUTION": "144.45"}),
            id="un seul jour dans le marché",
        ),
        pytest.param(
            {},
            {"execution": Period(date(2025, 1, 1), date(2025, 3, 3))},
            ("0.00", {"OUTSIDE_EXECUTION": "151.67"}),
            id="le marché finit la veille de l'embauche",
        ),
        pytest.param(
            {}, {"execution": Period(date(2025, 1, 1), None)}, ("151.67", {}), id="marché sans fin connue"
        ),
        # 151.67 × 2 ÷ 21 = 14.4448, 151.67 × 19 ÷ 21 = 137.2252
        pytest.param(
            {"month": date(2025, 4, 1)},
            {"window_months": 1},
            ("14.44", {"AFTER_WINDOW": "137.23"}),
            id="la fenêtre finit le 2 avril",
        ),
        pytest.param(
            {"month": date(2025, 5, 1)},
            {"window_months": 1},
            ("0.00", {"AFTER_WINDOW": "151.67"}),
            id="mois entier après la fenêtre",
        ),
        pytest.param(
            {},
            {"window_months": 0},
            ("0.00", {"AFTER_WINDOW": "151.67"}),
            id="fenêtre de zéro mois",
        ),
        # Execution out from the 29th (1 working day of 21), window out from the 3rd (18), 2 days counted.
        pytest.param(
            {"month": date(2025, 4, 1), "hours": "21"},
            {"window_months": 1, "execution": Period(date(2025, 1, 1), date(2025, 4, 30))},
            ("2.00", {"OUTSIDE_EXECUTION": "1.00", "AFTER_WINDOW": "18.00"}),
            id="un jour hors marché et hors fenêtre est hors marché",
        ),
        pytest.param(
            {"month": date(2025, 2, 1)},
            {},
            ("0.00", {"OUTSIDE_PLACEMENT": "151.67"}),
            id="mois avant le contrat de travail",
        ),
        pytest.param(
            {"month": date(2025, 9, 1)},
            {},
            ("0.00", {"OUTSIDE_PLACEMENT": "151.67"}),
            id="mois qui suit le dernier jour",
        ),
        pytest.param(
            {"within": Period(date(2025, 3, 17), date(2025, 4, 1))},
            {"execution": Period(date(2025, 3, 17), date(2027, 1, 1))},
            ("151.67", {}),
            id="venu sur le marché le jour où il commence",
        ),
        # 151.67 × 5 ÷ 11 = 68.9409, 151.67 × 6 ÷ 11 = 82.7291
        pytest.param(
            {"within": Period(date(2025, 3, 17), None)},
            {"execution": Period(date(2025, 3, 25), date(2027, 1, 1))},
            ("68.94", {"OUTSIDE_EXECUTION": "82.73"}),
            id="venu sur le marché avant qu'il commence",
        ),
        pytest.param(
            {"within": Period(date(2025, 3, 15), date(2025, 3, 17))},
            {"execution": Period(date(2025, 3, 16), date(2027, 1, 1)), "window_months": None},
            ("75.84", {"OUTSIDE_EXECUTION": "75.83"}),
            id="venu sur le marché un samedi et un dimanche",
        ),
        pytest.param(
            {"within": Period(date(2025, 4, 7), date(2025, 4, 12))},
            {},
            ("0.00", {"OUTSIDE_PLACEMENT": "151.67"}),
            id="pas venu sur le marché ce mois-là",
        ),
        pytest.param(
            {"on_operation": False},
            {},
            ("0.00", {"NOT_ON_OPERATION": "151.67"}),
            id="heures faites ailleurs",
        ),
        pytest.param(
            {"on_operation": False, "globalised": True}, {}, ("151.67", {}), id="ailleurs mais globalisées"
        ),
        pytest.param(
            {},
            {"accepted_modalities": ["SOUS_TRAITANCE"]},
            ("0.00", {"MODALITY": "151.67"}),
            id="modalité refusée",
        ),
        pytest.param({}, {"accepted_modalities": ["DIRECT"]}, ("151.67", {}), id="modalité acceptée"),
        pytest.param(
            {},
            {"accepted_modalities": []},
            ("0.00", {"MODALITY": "151.67"}),
            id="aucune modalité acceptée",
        ),
    ],
)
def test_the_days_of_a_line(facts, changes, expected):
    assert counted(line(**facts), **changes) == expected


@pytest.mark.parametrize(
    ("facts", "changes", "expected"),
    [
        pytest.param({"training": "151.67"}, {}, ("151.67", {}), id="formation comptée"),
        pytest.param(
            {"training": "20"},
            {"training": "NOT_COUNTED"},
            ("131.67", {"TRAINING": "20.00"}),
            id="formation non comptée",
        ),
        pytest.param(
            {"training": "151.67"},
            {"training": "NOT_COUNTED"},
            ("0.00", {"TRAINING": "151.67"}),
            id="mois entier de formation non comptée",
        ),
        pytest.param(
            {"hours": "100", "training": "25"},
            {"training": TrainingCap(Decimal("0.25"))},
            ("100.00", {}),
            id="formation juste au plafond",
        ),
        pytest.param(
            {"hours": "100", "training": "25.01"},
            {"training": TrainingCap(Decimal("0.25"))},
            ("99.99", {"TRAINING_CAP": "0.01"}),
            id="un centième au-dessus du plafond",
        ),
        pytest.param(
            {"hours": "100", "training": "40"},
            {"training": TrainingCap(Decimal(0))},
            ("60.00", {"TRAINING_CAP": "40.00"}),
            id="plafond nul",
        ),
        # On the 11 counted days of 21: 15 × 11 ÷ 21 = 7.8571; 44.5238 counted; 47.6190 outside.
        pytest.param(
            {"hours": "100", "training": "40"},
            {
                "training": TrainingCap(Decimal("0.25")),
                "execution": Period(date(2025, 3, 17), date(2027, 1, 1)),
            },
            ("44.52", {"OUTSIDE_EXECUTION": "47.62", "TRAINING_CAP": "7.86"}),
            id="plafond sur la part comptée seulement",
        ),
        pytest.param(
            {"hours": "100", "training": "40", "on_operation": False},
            {"training": "NOT_COUNTED"},
            ("0.00", {"NOT_ON_OPERATION": "100.00"}),
            id="la formation d'un mois exclu suit le mois",
        ),
    ],
)
def test_training(facts, changes, expected):
    assert counted(line(**facts), **changes) == expected


@pytest.mark.parametrize(
    ("period", "execution", "hours", "expected"),
    [
        pytest.param(
            Period(date(2025, 3, 8), date(2025, 3, 10)),
            EXECUTION,
            "14",
            ("14.00", {}),
            id="contrat d'un week-end",
        ),
        pytest.param(
            Period(date(2025, 3, 8), date(2025, 3, 10)),
            Period(date(2025, 3, 9), date(2027, 1, 1)),
            "14",
            ("7.00", {"OUTSIDE_EXECUTION": "7.00"}),
            id="week-end à cheval sur le début du marché",
        ),
        pytest.param(
            Period(date(2025, 3, 8), date(2025, 3, 10)),
            Period(date(2025, 3, 15), date(2027, 1, 1)),
            "14",
            ("0.00", {"OUTSIDE_EXECUTION": "14.00"}),
            id="week-end une semaine avant le marché",
        ),
        pytest.param(
            Period(date(2025, 3, 7), date(2025, 3, 10)),
            Period(date(2025, 3, 8), date(2027, 1, 1)),
            "14",
            ("0.00", {"OUTSIDE_EXECUTION": "14.00"}),
            id="vendredi hors marché, le week-end ne porte rien",
        ),
        # Thursday 27 and Friday 28 March: half a hundredth each, the tie goes to the counted part.
        pytest.param(
            Period(date(2025, 3, 27), date(2025, 3, 29)),
            Period(date(2025, 3, 28), date(2027, 1, 1)),
            "0.01",
            ("0.01", {}),
            id="un centième à partager en deux",
        ),
        pytest.param(
            Period(date(2025, 3, 27), None), EXECUTION, "21", ("21.00", {}), id="contrat de travail sans fin"
        ),
    ],
)
def test_the_days_over_which_hours_spread(period, execution, hours, expected):
    work = placement(period)
    assert counted(line(hours=hours), work=work, execution=execution) == expected


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        # Two days, Thursday 17 April 2025 and Good Friday, the execution starting on the second.
        pytest.param("Métropole", ("7.00", {"OUTSIDE_EXECUTION": "7.00"}), id="Vendredi saint ouvré"),
        pytest.param("Alsace-Moselle", ("0.00", {"OUTSIDE_EXECUTION": "14.00"}), id="Vendredi saint férié"),
    ],
)
def test_public_holidays_are_those_of_the_zone(zone, expected):
    work = placement(Period(date(2025, 4, 17), date(2025, 4, 19)))
    execution = Period(date(2025, 4, 18), date(2027, 1, 1))
    facts = line(month=date(2025, 4, 1), hours="14")
    assert counted(facts, work=work, execution=execution, holiday_zone=zone) == expected


def test_a_contract_of_one_public_holiday_spreads_over_it():
    work = placement(Period(date(2025, 5, 1), date(2025, 5, 2)))
    assert counted(line(month=date(2025, 5, 1), hours="7"), work=work) == ("7.00", {})


def test_the_total_is_the_sum_of_the_lines():
    worked = [Decimal("151.67"), Decimal("100.01"), Decimal("0.5")]
    months = [
        Line(f"l{rank}", "p1", date(2025, 3 + rank, 1), hours, on_operation=rank != 1)
        for rank, hours in enumerate(worked)
    ]
    result = count(policy(), DECIDED, [placement()], months)
    assert [str(line.counted) for line in result.lines] == ["151.67", "0.00", "0.50"]
    assert str(result.counted) == "152.17"


def test_without_lines_nothing_counts_and_windows_stand():
    result = count(policy(window_months=24), DECIDED, [placement()], [])
    assert (str(result.counted), len(result.windows)) == ("0.00", 1)


def test_hours_of_which_nothing_is_said_are_neither_on_the_operation_nor_globalised():
    bare = Line("l1", "p1", date(2025, 3, 1), Decimal(7))
    assert counted(bare) == ("0.00", {"NOT_ON_OPERATION": "7.00"})
