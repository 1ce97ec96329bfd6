"""Hours that follow invoices, and those that orders let foresee."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.sized import AUGUST, JULY, JUNE, dated, due, invoiced, told
from tests.rules.strategies import days, steady
from uneplace.rules.hours_due import (
    DatedAmount,
    Event,
    Fixed,
    Invoiced,
    hours_due,
)


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        pytest.param(invoiced(), "0.00", id="aucune facture"),
        pytest.param(invoiced(60000, 60000), "84.00", id="deux factures"),
        pytest.param(invoiced(60000, 60000, whole_slices=True), "70.00", id="tranches entières"),
        pytest.param(invoiced(50000, whole_slices=True), "35.00", id="une tranche tout juste"),
        pytest.param(
            invoiced("49999.99", whole_slices=True), "0.00", id="un centime de moins qu'une tranche"
        ),
        pytest.param(invoiced(60000, -10000), "35.00", id="un avoir"),
        pytest.param(invoiced(60000, -90000), "0.00", id="des avoirs plus forts que les factures"),
        pytest.param(invoiced(60000, threshold=Decimal(10000)), "35.00", id="au-delà du seuil"),
        pytest.param(invoiced(60000, threshold=Decimal(60000)), "0.00", id="le seuil tout juste"),
        pytest.param(invoiced(60000, 60000, as_of=JULY), "84.00", id="facture du jour d'arrêté"),
        pytest.param(invoiced(60000, 60000, as_of=date(2025, 7, 30)), "42.00", id="facture du lendemain"),
        pytest.param(invoiced(60000, orders=[999999]), "42.00", id="une commande ne doit rien"),
    ],
)
def test_hours_that_follow_invoices(inputs, expected):
    assert due(inputs) == expected


@pytest.mark.parametrize(
    ("inputs", "rounding", "expected"),
    [
        pytest.param(invoiced(60000, orders=[150000]), "NONE", "105.00", id="plus commandé que facturé"),
        pytest.param(invoiced(60000, orders=[50000]), "NONE", "42.00", id="plus facturé que commandé"),
        pytest.param(invoiced(60000), "NONE", "42.00", id="aucune commande"),
        pytest.param(invoiced(orders=[60000]), "UP_35", "70.00", id="arrondi comme les heures dues"),
        pytest.param(
            invoiced(orders=[60000, 60000, 1], as_of=JULY, whole_slices=True),
            "NONE",
            "70.00",
            id="à la date d'arrêté",
        ),
        pytest.param(
            invoiced(orders=[60000], threshold=Decimal(10000)), "NONE", "35.00", id="au-delà du seuil"
        ),
    ],
)
def test_what_is_foreseeable(inputs, rounding, expected):
    assert str(hours_due(inputs, rounding=rounding).foreseeable) == expected


def test_only_hours_that_follow_invoices_have_something_foreseeable():
    result = hours_due(Fixed(Decimal(10)))
    assert result.foreseeable is None
    assert result.foreseeable_explanation == ()


def test_events_of_an_invoiced_clause_are_those_of_its_own_day():
    event = Event(AUGUST, "AMENDMENT", {"threshold": Decimal(10000)})
    assert due(invoiced(60000), events=[event]) == "35.00"
    assert due(invoiced(60000, as_of=JULY), events=[event]) == "42.00"


def test_what_is_foreseeable_follows_the_last_event():
    event = Event(JUNE, "AMENDMENT", {"orders": dated([100000])})
    result = hours_due(invoiced(50000), events=[event])
    assert str(result.foreseeable) == "70.00"


def test_invoices_are_told_apart_from_orders():
    result = hours_due(
        invoiced(60000, 1200, orders=[200000], threshold=Decimal(10000), whole_slices=True), rounding="UP_35"
    )
    assert told(result.explanation) == [
        ("Facturé au 31 août 2025 : 2 factures.", "61 200 €"),
        ("Seuil sous lequel rien n’est dû.", "10 000 €"),
        ("Montant au-delà du seuil.", "51 200 €"),
        ("Heures par tranche de 50 000 €.", "35 h"),
        ("Tranches entières.", "1"),
        ("1 × 35 h.", "35 h"),
    ]
    assert told(result.foreseeable_explanation)[0] == ("Commandé au 31 août 2025 : 1 commande.", "200 000 €")
    assert told(result.foreseeable_explanation)[-1] == ("3 × 35 h.", "105 h")
    assert told(hours_due(invoiced(60000)).foreseeable_explanation)[-1][1] == "42 h"


@steady
@given(st.lists(st.tuples(days(), st.integers(-(10**6), 10**6)), max_size=5), days(), st.booleans())
def test_what_is_foreseeable_is_never_less_than_what_is_due(orders, as_of, whole):
    amounts = [DatedAmount(on, Decimal(amount)) for on, amount in orders]
    result = hours_due(invoiced(50000, orders=(), as_of=as_of, whole_slices=whole), rounding="UP_35")
    more = Invoiced(
        slice=Decimal(50000),
        hours_per_slice=Decimal(35),
        as_of=as_of,
        orders=amounts,
        invoices=dated([50000]),
        whole_slices=whole,
    )
    foreseen = hours_due(more, rounding="UP_35")
    assert foreseen.hours == result.hours
    assert foreseen.foreseeable >= foreseen.hours >= 0
