"""The list as a file for spreadsheets."""

import csv
from decimal import Decimal
from io import StringIO

import pytest

from tests.factories import ClauseFactory, CommitmentFactory, ContractFactory
from uneplace.web.contracts.export import harmless

URL = "/marches/export.csv"


def rows_of(client, **filters):
    answer = client.get(URL, filters)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_it_holds_what_the_list_shows(as_facilitator, commitment):
    (row,) = rows_of(as_facilitator)
    assert row["Objet"] == "Reconstruction du collège des Hauts-Prés"
    assert row["Entreprises"] == "Tournebise Construction"
    assert row["État de la clause"] == "En cours"
    assert row["Heures dues"] == "2100,00"
    assert Decimal(row["Heures attendues ce jour"].replace(",", ".")) > 0


def test_what_orders_foresee_and_the_actions_due_have_their_columns(as_facilitator, contract):
    options = {"lot__contract": contract, "hours_due": 0}
    ClauseFactory(method="ACTIONS", inputs={"actions": 3}, actions_due=3, lot__number=1, **options)
    inputs = {"slice": "100000", "hours_per_slice": "35", "threshold": "0", "whole_slices": False}
    ClauseFactory(method="INVOICED", inputs=inputs, foreseeable=140, lot__number=2, **options)
    columns = ("Heures prévisibles", "Actions dues", "Actions faites")
    found = [[row[name] for name in columns] for row in rows_of(as_facilitator)]
    assert found == [["", "3", "0"], ["140,00", "", ""]]


def test_filters_hold_for_the_file_too(as_facilitator, contract, commitment):
    closed = ContractFactory(service=contract.service, object="Le gymnase")
    ClauseFactory(lot__contract=closed, status="CLOSED")
    assert [row["Objet"] for row in rows_of(as_facilitator, etat="TERMINEE")] == ["Le gymnase"]
    assert len(rows_of(as_facilitator, etat="TOUS")) == 2
    assert rows_of(as_facilitator, q="patinoire") == []


def test_a_company_takes_away_its_own_hours(as_company, commitment):
    CommitmentFactory(clause=commitment.clause)
    commitment.hours_due = "1260"
    commitment.save(update_fields=["hours_due"])
    (row,) = rows_of(as_company)
    assert row["Heures dues"] == "1260,00"
    assert row["Entreprises"] == "Tournebise Construction"


def test_a_stranger_takes_nothing_away(as_stranger, commitment):
    assert rows_of(as_stranger, etat="TOUS") == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_taken_for_a_formula(start):
    assert harmless(f"{start}1+1") == f"'{start}1+1"


def test_an_object_that_looks_like_a_formula_is_made_harmless(as_facilitator, contract, commitment):
    contract.object = '=HYPERLINK("http://exemple.fr")'
    contract.save()
    assert rows_of(as_facilitator)[0]["Objet"] == '\'=HYPERLINK("http://exemple.fr")'
