"""What is withheld so that nobody is recognised, and hours told as full-time jobs."""

from decimal import Decimal

import pytest

from uneplace.reports.figures import BREAKDOWNS, Row, Totals, YearlyFigures, mask_small_cells
from uneplace.rules.parameters import PARAMETERS


def rows(*people):
    return [Row(str(rank), f"Ligne {rank}", Decimal(10 * n), n) for rank, n in enumerate(people)]


def shown(masked):
    return [row.masked or row.participants for row in masked]


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        pytest.param((12, 5), [12, 5], id="rien à masquer"),
        pytest.param((12, 9, 4), [12, "masqué", "moins de 5"], id="un petit effectif en masque un second"),
        pytest.param((12, 3, 2), [12, "moins de 5", "moins de 5"], id="deux petits qui font cinq ensemble"),
        pytest.param(
            (12, 8, 2, 2), [12, "masqué", "moins de 5", "moins de 5"], id="deux petits qui font quatre"
        ),
        pytest.param((4,), ["moins de 5"], id="une ligne seule"),
        pytest.param((9, 0), [9, 0], id="une ligne vide ne dit rien de personne"),
        pytest.param((), [], id="aucune ligne"),
    ],
)
def test_small_cells_are_masked_with_what_would_betray_them(people, expected):
    masked = mask_small_cells(rows(*people))
    assert shown(masked) == expected
    assert all(row.hours is None and row.participants is None for row in masked if row.masked)


@pytest.mark.parametrize("people", [(1, 1, 1, 1, 30), (4, 40, 50), (2, 3, 6), (1, 7, 5, 9)])
def test_what_is_masked_is_never_found_by_subtraction(people):
    hidden = [n for n, row in zip(people, mask_small_cells(rows(*people)), strict=True) if row.masked]
    assert len(hidden) >= 2
    assert sum(hidden) >= 5


def figures_of(participants=630, hours="160600.00"):
    totals = Totals(Decimal(hours), Decimal(hours), participants, 176, 680, 143, 31)
    return YearlyFigures(2019, totals, **{name: tuple(rows(20, 3)) for name in BREAKDOWNS})


def test_others_read_nothing_about_fewer_than_five_people():
    figures = figures_of(participants=4).for_others()
    assert figures.totals.participants is None
    assert figures.totals.hours == Decimal("160600.00")
    assert {row.masked for name in BREAKDOWNS for row in figures.breakdown(name)} == {"masqué", "moins de 5"}


def test_full_time_jobs_are_the_hours_over_the_divisor_in_force():
    full_time = figures_of().full_time
    assert full_time.divisor == PARAMETERS.etp_hours.values[-1][1]
    assert full_time.value == Decimal("100.38")
    assert full_time.source.kind == "usage"
