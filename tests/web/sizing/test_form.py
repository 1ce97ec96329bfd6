"""One form sizes a clause by any method; the rule alone computes."""

from datetime import date
from decimal import Decimal

import pytest

from uneplace.contracts.models import Clause
from uneplace.contracts.sizing import KEPT, kept, read
from uneplace.rules.dates import Period
from uneplace.rules.hours_due import (
    METHODS,
    Actions,
    Band,
    Bands,
    DatedAmount,
    Fixed,
    Invoiced,
    LabourShare,
    NetStaff,
    PerYear,
    WorkedHours,
)
from uneplace.web.sizing.forms import SizingForm, initial_of
from uneplace.web.sizing.words import METHOD_WORDS

TODAY = date(2026, 6, 15)

TYPED = {
    "LABOUR_SHARE": (
        {"amount": "1 800 000", "labour_share": "50", "insertion_rate": "7", "hourly_cost": "30"},
        LabourShare(Decimal(1800000), Decimal("0.5"), Decimal("0.07"), Decimal(30)),
        "2100.00",
    ),
    "WORKED_HOURS": (
        {"planned_hours": "42 000", "insertion_rate": "5"},
        WorkedHours(Decimal(42000), Decimal("0.05")),
        "2100.00",
    ),
    "INVOICED": (
        {
            "slice": "100 000",
            "hours_per_slice": "35",
            "threshold": "50 000",
            "whole_slices": "on",
            "invoiced": "260 000",
            "ordered": "500 000",
        },
        Invoiced(
            slice=Decimal(100000),
            hours_per_slice=Decimal(35),
            threshold=Decimal(50000),
            whole_slices=True,
            invoices=(DatedAmount(TODAY, Decimal(260000)),),
            orders=(DatedAmount(TODAY, Decimal(500000)),),
            as_of=TODAY,
        ),
        "70.00",
    ),
    "FIXED": ({"hours": "9 500"}, Fixed(Decimal(9500)), "9500.00"),
    "PER_YEAR": (
        {"hours_per_year": "700", "starts_on": "2026-01-01", "ends_on": "2027-06-30"},
        PerYear(Decimal(700), Period(date(2026, 1, 1), date(2027, 7, 1))),
        "1047.12",
    ),
    "NET_STAFF": (
        {"staff_hours": "36 000", "transferred_hours": "28 000", "insertion_rate": "10"},
        NetStaff(Decimal(36000), Decimal(28000), Decimal("0.1")),
        "800.00",
    ),
    "BANDS": (
        {"amount": "300 000", "band_below_0": "250 000", "band_hours_0": "105", "band_hours_1": "350"},
        Bands(Decimal(300000), (Band(Decimal(250000), Decimal(105)), Band(None, Decimal(350)))),
        "350.00",
    ),
    "ACTIONS": ({"actions": "3"}, Actions(3), "0.00"),
}


def form_of(method, **changes):
    return SizingForm({"method": method, "rounding": "NONE"} | TYPED[method][0] | changes, as_of=TODAY)


@pytest.mark.parametrize("method", METHODS)
def test_each_method_is_read_computed_kept_and_shown_again(method):
    form = form_of(method)
    assert form.is_valid(), form.errors
    _, sizing, hours = TYPED[method]
    assert form.sizing == sizing
    assert str(form.due().hours) == hours
    if method != "INVOICED":  # its amounts are kept in rows of their own
        assert read(method, kept(sizing), as_of=TODAY) == sizing
    again = SizingForm(initial=initial_of(sizing))
    shown = {name: again[name].value() for name in again.fields if again[name].value() is not None}
    sent = SizingForm(shown | {"rounding": "NONE"}, as_of=TODAY)
    assert sent.is_valid(), sent.errors
    assert kept(sent.sizing) == kept(sizing)


def test_every_method_of_the_rule_is_offered_in_plain_words():
    assert [*METHOD_WORDS] == [*METHODS] == Clause.Method.values
    assert {*KEPT} == {*METHODS}


@pytest.mark.parametrize(
    ("method", "changes", "field", "sentence"),
    [
        pytest.param("LABOUR_SHARE", {"hourly_cost": "0"}, "hourly_cost", "supérieur à zéro", id="coût nul"),
        pytest.param("LABOUR_SHARE", {"amount": ""}, "amount", "Écrivez le montant", id="montant absent"),
        pytest.param(
            "WORKED_HOURS", {"insertion_rate": "101"}, "insertion_rate", "entre 0 et 100", id="taux"
        ),
        pytest.param("WORKED_HOURS", {"planned_hours": ""}, "planned_hours", "heures prévues", id="prévues"),
        pytest.param("INVOICED", {"slice": "0"}, "slice", "supérieure à zéro", id="tranche nulle"),
        pytest.param(
            "INVOICED", {"hours_per_slice": ""}, "hours_per_slice", "d’une tranche", id="par tranche"
        ),
        pytest.param("FIXED", {"hours": "beaucoup"}, "hours", "Écrivez", id="volume en mots"),
        pytest.param("PER_YEAR", {"ends_on": ""}, "ends_on", "le dernier jour", id="fin absente"),
        pytest.param("PER_YEAR", {"ends_on": "2025-12-31"}, "ends_on", "après le premier", id="fin avant"),
        pytest.param("NET_STAFF", {"transferred_hours": ""}, "transferred_hours", "ou 0", id="reprises"),
        pytest.param(
            "BANDS", {"amount": "1", "band_hours_0": ""}, "band_hours_0", "cette ligne", id="heures"
        ),
        pytest.param("BANDS", {"band_hours_1": ""}, "band_below_2", "dernière sans limite", id="hors barème"),
        pytest.param("BANDS", {"band_below_1": "9"}, "band_below_1", "plus grand", id="barème en désordre"),
        pytest.param("BANDS", {"band_below_0": ""}, "band_below_1", "la dernière", id="sans limite trop tôt"),
        pytest.param("ACTIONS", {"actions": "2,5"}, "actions", "nombre d’actions", id="demi-action"),
        pytest.param("ACTIONS", {"actions": "-1"}, "actions", "nombre d’actions", id="action négative"),
    ],
)
def test_what_is_wrong_is_said_on_its_field(method, changes, field, sentence):
    form = form_of(method, **changes)
    assert form.due() is None
    assert [*form.errors] == [field]
    assert sentence in form.errors[field][0]


def test_nothing_at_all_asks_for_a_method():
    form = SizingForm({}, as_of=TODAY)
    assert form.errors["method"] == ["Choisissez sur quoi se calculent les heures."]
    assert form.due() is None


def test_what_is_written_for_another_method_is_left_aside_and_kept():
    form = form_of("FIXED", amount="n’importe quoi", band_hours_0="??", ends_on="2025-01-01")
    assert form.is_valid()
    assert form["amount"].value() == "n’importe quoi"


def test_a_scale_has_one_row_more_when_asked():
    assert form_of("BANDS").rows == 3
    assert form_of("BANDS", band_below_2="", band_hours_2="", calculer="bareme").rows == 4


def test_rounding_is_the_rule_s():
    assert str(form_of("NET_STAFF", rounding="UP_35").due().hours) == "805.00"
    assert form_of("NET_STAFF", rounding="AU PIF").due() is None
