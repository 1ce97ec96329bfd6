"""Every way of sizing a clause, at its boundaries, with values worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.sized import ANY, AUGUST, BANDS, JUNE, dated, due, invoiced, years
from tests.rules.strategies import ORIGIN, days, steady
from uneplace.rules.dates import Period
from uneplace.rules.errors import FactError
from uneplace.rules.hours_due import (
    INPUTS,
    METHODS,
    Actions,
    Band,
    Bands,
    DatedAmount,
    Event,
    Fixed,
    Invoiced,
    NetStaff,
    PerYear,
    Share,
    WorkedHours,
    hours_due,
    inputs_of,
    method_of,
)
from uneplace.rules.names import FRENCH


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        pytest.param(WorkedHours(Decimal(12000), Decimal("0.05")), "600.00", id="5 % des heures prévues"),
        pytest.param(WorkedHours(Decimal(100), Decimal("0.00005")), "0.01", id="un demi-centième d'heure"),
        pytest.param(NetStaff(Decimal(9600), Decimal(6400), Decimal("0.1")), "320.00", id="personnel repris"),
        pytest.param(NetStaff(Decimal(100), Decimal(100), Decimal(1)), "0.00", id="tout l'effectif repris"),
        pytest.param(
            NetStaff(Decimal(100), Decimal(101), Decimal(1)), "0.00", id="plus repris que d'effectif"
        ),
        pytest.param(years(date(2025, 1, 1), date(2027, 1, 1)), "2400.00", id="deux années entières"),
        pytest.param(
            years(date(2025, 1, 1), date(2025, 1, 2)), "3.29", id="un jour d'une année de 365 jours"
        ),
        pytest.param(
            years(date(2024, 1, 1), date(2024, 1, 2)), "3.28", id="un jour d'une année de 366 jours"
        ),
        # From 1 March to 1 September 2026: 184 days of 365.
        pytest.param(years(date(2025, 3, 1), date(2026, 9, 1)), "1804.93", id="une année et six mois"),
        # From 1 June 2023 to 1 March 2024: 274 days of a contract year that has 366, with its 29 February.
        pytest.param(
            years(date(2023, 6, 1), date(2024, 3, 1)), "898.36", id="neuf mois d'une année bissextile"
        ),
        pytest.param(years(date(2025, 1, 1), date(2025, 12, 31)), "1196.71", id="un jour de moins qu'un an"),
        pytest.param(
            years(date(2024, 2, 29), date(2025, 2, 28)), "1200.00", id="du 29 février au 28 février"
        ),
        pytest.param(years(date(2024, 2, 29), date(2025, 3, 1)), "1203.29", id="du 29 février au 1er mars"),
        # Counted from the first day: the fourth year ends on 29 February 2028.
        pytest.param(
            years(date(2024, 2, 29), date(2028, 2, 29)), "4800.00", id="quatre ans depuis un 29 février"
        ),
        pytest.param(
            years(date(9998, 6, 1), date(9999, 6, 1)), "1200.00", id="la dernière année du calendrier"
        ),
    ],
)
def test_hours_of_each_method(inputs, expected):
    assert due(inputs) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        pytest.param("0", "0.00", id="rien"),
        pytest.param("99999.99", "0.00", id="un centime sous la première limite"),
        pytest.param("100000", "140.00", id="la première limite elle-même"),
        pytest.param("499999.99", "140.00", id="un centime sous la seconde"),
        pytest.param("500000", "350.50", id="au-delà de toute limite"),
    ],
)
def test_the_first_band_that_the_amount_does_not_reach(amount, expected):
    assert due(Bands(Decimal(amount), BANDS)) == expected


def test_bands_are_read_in_the_order_listed():
    upside_down = [Band(None, Decimal(10)), Band(Decimal(100), Decimal(5))]
    assert due(Bands(Decimal(50), upside_down)) == "10.00"


@pytest.mark.parametrize(
    "bands", [pytest.param([], id="barème vide"), pytest.param(BANDS[:2], id="hors barème")]
)
def test_an_amount_that_no_band_holds_is_told(bands):
    with pytest.raises(FactError) as error:
        hours_due(Bands(Decimal(500000), bands))
    assert error.value.fact == "bands"
    assert "500\u00a0000\u00a0€" in error.value.reason


def test_actions_owe_no_hours():
    more = Event(date(2025, 6, 1), "AMENDMENT", {"actions": 5})
    result = hours_due(Actions(3), rounding="UP_35", events=[more], as_of=date(2025, 6, 1))
    assert result.actions == 5
    assert str(result.hours) == "0.00"
    assert [version.actions for version in result.versions] == [3, 5]
    assert [one.value for one in result.explanation] == ["3\u00a0actions", "5\u00a0actions"]


def test_hours_have_no_actions():
    result = hours_due(Fixed(Decimal(10)))
    assert result.actions is None
    assert result.versions[0].actions is None


@pytest.mark.parametrize(
    ("inputs", "changes", "expected"),
    [
        pytest.param(
            WorkedHours(Decimal(1000), Decimal("0.1")),
            {"planned_hours": Decimal(2000)},
            ["100.00", "200.00"],
            id="heures prévues",
        ),
        pytest.param(
            years(date(2025, 1, 1), date(2026, 1, 1)),
            {"period": Period(date(2025, 1, 1), date(2027, 1, 1))},
            ["1200.00", "2400.00"],
            id="reconduction d'un an",
        ),
        pytest.param(
            NetStaff(Decimal(900), Decimal(100), Decimal("0.5")),
            {"transferred_hours": Decimal(0), "insertion_rate": Decimal(1)},
            ["400.00", "900.00"],
            id="personnel repris",
        ),
        pytest.param(
            Bands(Decimal(50000), BANDS),
            {"amount": Decimal(200000)},
            ["0.00", "140.00"],
            id="montant du barème",
        ),
        pytest.param(
            Bands(Decimal(50000), BANDS), {"bands": [Band(None, Decimal(7))]}, ["0.00", "7.00"], id="barème"
        ),
        # Every version is the result at the same day: the invoice of July counts in the first one too.
        pytest.param(
            invoiced(50000, 50000),
            {"hours_per_slice": Decimal(70)},
            ["70.00", "140.00"],
            id="heures par tranche",
        ),
        pytest.param(invoiced(50000), {"invoices": dated([150000])}, ["35.00", "105.00"], id="factures"),
        pytest.param(invoiced(75000), {"whole_slices": True}, ["52.50", "35.00"], id="tranches entières"),
    ],
)
def test_versions_of_each_method(inputs, changes, expected):
    event = Event(date(2025, 7, 1), "AMENDMENT", changes)
    result = hours_due(inputs, events=[event], as_of=AUGUST)
    assert [str(version.hours) for version in result.versions] == expected
    assert result.explanation[-1].text.startswith("Avenant du 1er juillet 2025")


def test_an_event_may_move_an_amount_out_of_the_bands_for_later():
    later = Event(date(2025, 9, 1), "AMENDMENT", {"amount": Decimal(900000)})
    bands = Bands(Decimal(50000), BANDS[:2])
    assert due(bands, events=[later], as_of=AUGUST) == "0.00"
    with pytest.raises(FactError):
        hours_due(bands, events=[later], as_of=date(2025, 9, 1))


@pytest.mark.parametrize(
    ("call", "fact"),
    [
        pytest.param(
            lambda: WorkedHours(Decimal(-1), Decimal(0)), "planned_hours", id="heures prévues négatives"
        ),
        pytest.param(lambda: WorkedHours(Decimal(1), Decimal(2)), "insertion_rate", id="taux au-dessus de 1"),
        pytest.param(
            lambda: NetStaff(Decimal(-1), Decimal(0), Decimal(0)), "staff_hours", id="effectif négatif"
        ),
        pytest.param(
            lambda: NetStaff(Decimal(1), Decimal(-1), Decimal(0)), "transferred_hours", id="reprise négative"
        ),
        pytest.param(
            lambda: NetStaff(Decimal(1), Decimal(1), Decimal("1.1")), "insertion_rate", id="taux d'effectif"
        ),
        pytest.param(lambda: PerYear(Decimal(-1), ANY), "hours_per_year", id="heures par an négatives"),
        pytest.param(lambda: PerYear(Decimal(1), Period(ORIGIN)), "period", id="marché sans fin"),
        pytest.param(lambda: PerYear(Decimal(1), (ORIGIN, None)), "period", id="période d'une autre nature"),
        pytest.param(
            lambda: hours_due(years(date(9998, 6, 1), date(9999, 12, 1))),
            "months",
            id="année hors du calendrier",
        ),
        pytest.param(lambda: Bands(Decimal(-1), BANDS), "amount", id="montant négatif"),
        pytest.param(lambda: Bands(Decimal(1), None), "bands", id="sans barème"),
        pytest.param(lambda: Bands(Decimal(1), "barème"), "bands", id="barème en texte"),
        pytest.param(lambda: Bands(Decimal(1), [140]), "bands", id="barème d'une autre nature"),
        pytest.param(lambda: Band(Decimal(-1), Decimal(1)), "below", id="limite négative"),
        pytest.param(lambda: Band(None, Decimal(-1)), "hours", id="heures de tranche négatives"),
        pytest.param(lambda: invoiced(slice=Decimal(0)), "slice", id="tranche nulle"),
        pytest.param(lambda: invoiced(slice=Decimal(-1)), "slice", id="tranche négative"),
        pytest.param(
            lambda: invoiced(hours_per_slice=Decimal(-1)), "hours_per_slice", id="heures de tranche"
        ),
        pytest.param(lambda: invoiced(threshold=Decimal(-1)), "threshold", id="seuil négatif"),
        pytest.param(lambda: invoiced(whole_slices=1), "whole_slices", id="un n'est pas oui"),
        pytest.param(lambda: invoiced(as_of=None), "as_of", id="sans date d'arrêté"),
        pytest.param(
            lambda: Invoiced(slice=Decimal(1), hours_per_slice=Decimal(1), as_of=JUNE, invoices=[1]),
            "invoices",
            id="factures d'une autre nature",
        ),
        pytest.param(
            lambda: Invoiced(slice=Decimal(1), hours_per_slice=Decimal(1), as_of=JUNE, orders=None),
            "orders",
            id="sans liste de commandes",
        ),
        pytest.param(lambda: DatedAmount("2025-01-01", Decimal(1)), "on", id="facture sans date"),
        pytest.param(lambda: DatedAmount(JUNE, 1.5), "amount", id="montant flottant"),
        pytest.param(
            lambda: DatedAmount(JUNE, Decimal("NaN")), "amount", id="montant qui n'est pas un nombre"
        ),
        pytest.param(lambda: Actions(-1), "actions", id="actions négatives"),
        pytest.param(lambda: Actions(Decimal("1.5")), "actions", id="une action et demie"),
        pytest.param(
            lambda: hours_due(Actions(3), shares=[Share("A", Decimal(1))]), "shares", id="actions partagées"
        ),
        pytest.param(lambda: method_of("TURNOVER"), "method", id="méthode inconnue"),
        pytest.param(lambda: method_of(None), "method", id="sans méthode"),
        pytest.param(lambda: Event(JUNE, "AMENDMENT", None), "changes", id="sans changements"),
    ],
)
def test_an_impossible_fact_is_named(call, fact):
    with pytest.raises(FactError) as error:
        call()
    assert error.value.fact == fact


def test_every_method_has_a_code_a_label_and_inputs_that_are_described():
    assert list(METHODS) == [
        "LABOUR_SHARE",
        "WORKED_HOURS",
        "INVOICED",
        "FIXED",
        "PER_YEAR",
        "NET_STAFF",
        "BANDS",
        "ACTIONS",
    ]
    assert len({method.label for method in METHODS.values()}) == len(METHODS)
    assert {name for method in METHODS.values() for name in inputs_of(method)} == set(INPUTS)
    assert set(INPUTS) <= set(FRENCH)
    assert method_of("FIXED") is Fixed


@steady
@given(days(), st.integers(1, 2000), st.integers(1, 400))
def test_a_longer_contract_never_owes_less(start, length, more):
    ends = [date.fromordinal(start.toordinal() + count) for count in (length, length + more)]
    shorter, longer = (hours_due(years(start, end)).hours for end in ends)
    assert 0 < shorter <= longer
