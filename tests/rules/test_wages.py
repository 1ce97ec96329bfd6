"""The minimum that a job's pay is compared with: of the hour or of the month, that of the first day."""

from datetime import date
from decimal import Decimal

import pytest

from uneplace.rules.wages import minimum_wage


@pytest.mark.parametrize(
    ("on", "departement", "weekly_hours", "per_month", "expected"),
    [
        pytest.param(date(2026, 1, 1), "14", "35", False, "12.02", id="le jour de la hausse"),
        pytest.param(date(2025, 12, 31), "14", "35", False, "11.88", id="la veille de la hausse"),
        pytest.param(date(2026, 3, 2), "14", "35", True, "1823.03", id="le mois publié, à 35 heures"),
        pytest.param(date(2025, 3, 3), "14", "35", True, "1801.80", id="le mois publié de 2025"),
        pytest.param(date(2026, 3, 2), "14", "26", True, "1354.25", id="à 26 heures"),
        pytest.param(date(2026, 3, 2), "976", "35", True, "1415.05", id="Mayotte, le mois publié"),
        pytest.param(date(2019, 5, 1), "14", "35", False, "11.52", id="avant la première valeur connue"),
    ],
)
def test_minimum_wage(on, departement, weekly_hours, per_month, expected):
    minimum = minimum_wage(
        on=on, departement=departement, weekly_hours=Decimal(weekly_hours), per_month=per_month
    )
    assert minimum.amount == Decimal(expected)
    assert minimum.source.kind == "loi"
