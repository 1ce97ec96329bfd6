"""Values of a file: decimals, days, months and periods, and all that is nearly one."""

import pytest

from tests.rules.plain_cases import told


@pytest.mark.parametrize(
    "number",
    [
        pytest.param("12,5", id="virgule"),
        pytest.param(" 12 ", id="espaces"),
        pytest.param("12\n", id="fin de ligne"),
        pytest.param("1_000", id="tiret bas"),
        pytest.param("+5", id="signe plus"),
        pytest.param("1e3", id="exposant"),
        pytest.param("1e999999999", id="exposant immense"),
        pytest.param("NaN", id="pas un nombre"),
        pytest.param("Infinity", id="infini"),
        pytest.param("١٢", id="chiffres d'ailleurs"),
        pytest.param("", id="vide"),
        pytest.param(".5", id="sans partie entière"),
        pytest.param("5.", id="point final"),
        pytest.param("--5", id="deux signes"),
        pytest.param("0x10", id="hexadécimal"),
        pytest.param("9" * 61, id="trop de chiffres"),
        pytest.param(12.5, id="nombre flottant"),
        pytest.param(12.0, id="flottant entier"),
        pytest.param(True, id="oui"),
        pytest.param([12], id="liste"),
        pytest.param("-0.01", id="négatif"),
        pytest.param(-1, id="entier négatif"),
    ],
)
def test_what_is_not_a_plain_decimal_is_refused(number):
    error = told("hours_due FIXED", ("hours",), number)["error"]
    assert error.startswith("Heures (hours)\u00a0: ")


@pytest.mark.parametrize(
    ("number", "hours"),
    [
        ("12.50", "12.50"),
        (12, "12.00"),
        ("007", "7.00"),
        ("-0", "0.00"),
        ("0.004999", "0.00"),
        ("9" * 60, "9" * 60 + ".00"),
    ],
)
def test_plain_decimals_are_read(number, hours):
    assert told("hours_due FIXED", ("hours",), number)["hours"] == hours


@pytest.mark.parametrize(
    "day",
    [
        "2025-02-30",
        "2025-2-01",
        "20250201",
        "2025-W01-1",
        "2025-02-01T00:00",
        "0000-01-01",
        "２025-02-01",
        "",
        20250201,
    ],
)
def test_what_is_not_a_day_is_refused(day):
    assert told("penalties", ("as_of",), day)["error"].startswith("Date d’arrêté (as_of)\u00a0: ")


@pytest.mark.parametrize("month", ["2025-13", "2025-00", "2025-3", "2025", "2025-03-01", "0000-01", 202503])
def test_what_is_not_a_month_is_refused(month):
    assert told("allocation", ("month",), month)["error"].startswith("Mois (month)\u00a0: ")


@pytest.mark.parametrize(
    "period",
    [
        ["2025-01-01", "2025-01-01"],
        ["2025-01-02", "2025-01-01"],
        ["2025-01-01"],
        ["2025-01-01", "2025-02-01", "2025-03-01"],
        [],
        [None, "2025-01-01"],
        ["2025-01-01", "demain"],
        {"start": "2025-01-01", "end": None},
        "2025-01-01",
    ],
    ids=str,
)
def test_what_is_not_a_period_is_refused(period):
    error = told("counting", ("policy", "execution"), period)["error"]
    assert error.startswith("Période d’exécution (execution)\u00a0: ")
