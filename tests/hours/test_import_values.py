"""How the cells of a file of hours are read."""

from datetime import date
from decimal import Decimal

import pytest

from uneplace.hours.imports.columns import Column, headings_of, proposal, proposed, why_not_read
from uneplace.hours.imports.values import day_of, hours_of, month_of


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("151,67", "151.67"),
        ("151.67", "151.67"),
        ("151h40", "151.67"),
        ("151:40", "151.67"),
        ("151:40:00", "151.67"),
        ("151.666666666667", "151.67"),
        ("1 200", None),
        ("35", "35"),
        ("0", "0"),
        ("7 h 30", "7.50"),
        ("", None),
        ("-3", None),
        ("sept", None),
        ("744,01", None),
        ("1,2,3", None),
    ],
)
def test_hours_are_read_as_they_are_typed_elsewhere(text, hours):
    if hours is None:
        with pytest.raises(ValueError, match="heures"):
            hours_of(text)
    else:
        assert hours_of(text) == Decimal(hours)


@pytest.mark.parametrize(
    "text",
    [
        "octobre 2026",
        "Octobre 2026",
        "oct. 2026",
        "oct-26",
        "10/2026",
        "10-2026",
        "10/26",
        "2026-10",
        "202610",
        "2026/10",
        "2026-10-31",
        "31/10/2026",
        "01.10.2026",
    ],
)
def test_a_month_is_read_in_every_way_that_it_is_written(text):
    assert month_of(text) == date(2026, 10, 1)


@pytest.mark.parametrize("text", ["", "13/2026", "ju 2026", "octobre", "2026", "1899-10"])
def test_what_is_no_month_is_told_how_to_write_one(text):
    with pytest.raises(ValueError, match="octobre 2026"):
        month_of(text)


def test_accents_and_short_months():
    assert month_of("fevrier 2026") == month_of("févr. 2026") == date(2026, 2, 1)
    assert month_of("AOÛT 2026") == date(2026, 8, 1)
    assert month_of("juin 2026") != month_of("juil. 2026")


@pytest.mark.parametrize(
    "text", ["02/04/1994", "2.4.1994", "1994-04-02", "1994-04-02 00:00", "02/04/1994 00:00"]
)
def test_a_birth_date(text):
    assert day_of(text) == date(1994, 4, 2)


def test_a_birth_date_that_does_not_exist():
    with pytest.raises(ValueError, match="31/12/1990"):
        day_of("31/02/1990")
    assert day_of(" ") is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("NOM", Column.LAST_NAME),
        ("Prénom", Column.FIRST_NAME),
        ("Nom et prénom", Column.FULL_NAME),
        ("Nom - Prénom du salarié", Column.FULL_NAME),
        ("Date de naissance", Column.BORN_ON),
        ("Né(e) le", Column.BORN_ON),
        ("Mois", Column.MONTH),
        ("Nb d’heures", Column.HOURS),
        ("Heures travaillées", Column.HOURS),
        ("dont heures de formation", Column.TRAINING),
        ("N° de marché", Column.CONTRACT),
        ("Observations", ""),
        ("", ""),
    ],
)
def test_headings_propose_what_their_column_holds(title, kind):
    assert proposed(title) == kind


def test_headings_are_found_under_a_title():
    rows = [
        (1, ["Relevé d’heures", ""]),
        (3, ["Nom", "Prénom", "Mois", "Heures"]),
        (4, ["Lefèvre", "Zoé", "10/2026", "35"]),
    ]
    headings = headings_of(rows)
    assert headings.row == 3
    assert headings.columns[0].samples == ("Lefèvre",)
    assert proposal(headings) == {"LAST_NAME": 0, "FIRST_NAME": 1, "MONTH": 2, "HOURS": 3}


def test_a_name_alone_is_the_whole_name():
    headings = headings_of([(1, ["Nom", "Heures"]), (2, ["Zoé Lefèvre", "35"])])
    assert proposal(headings) == {"FULL_NAME": 0, "HOURS": 1}


def test_a_file_is_not_read_without_what_it_needs():
    reasons = why_not_read({}, has_month=False)
    assert len(reasons) == 3
    assert not why_not_read({"FULL_NAME": 0, "HOURS": 1}, has_month=True)
    assert why_not_read({"FULL_NAME": 0, "HOURS": 0}, has_month=True)
