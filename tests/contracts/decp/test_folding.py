"""Several records of one contract are one; two contracts that look the same stay two."""

import json
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from uneplace.contracts.decp import read

from .samples import BUYER, COMPANY, PARTNER, record_1x, record_2x, row


def read_rows(*rows):
    return read(json.dumps({"records": rows}).encode())


def read_marches(*records):
    return read(json.dumps({"marches": records}).encode())


def test_the_same_record_twice_is_one_contract():
    reading = read_marches(record_1x(), record_1x())
    assert (reading.read, len(reading.records), reading.findings) == (1, 1, ())


def test_a_buyer_written_with_spaces_is_the_same_buyer():
    spaced = {"id": "221 401 185 00014", "nom": "Ville de Sainte-Place"}
    assert read_marches(record_1x(), record_1x(acheteur=spaced)).read == 1


def test_the_same_id_for_two_buyers_is_two_contracts():
    reading = read_marches(record_1x(), record_1x(acheteur={"id": COMPANY}))
    assert (reading.read, reading.findings) == (2, ())


def test_the_latest_publication_wins_in_any_order():
    old = record_1x(montant=45000)
    new = record_1x(montant=52000, datePublicationDonnees="2019-06-01")
    for records in permutations([old, new]):
        reading = read_marches(*records)
        assert reading.records[0].amount == Decimal("52000.00")
        (finding,) = reading.findings
        assert "2 fois avec des valeurs différentes (montant)" in finding.message.replace("\u00a0", " ")


def test_what_the_latest_publication_leaves_out_comes_from_the_others():
    new = record_1x(codeCPV=None, datePublicationDonnees="2019-06-01")
    reading = read_marches(record_1x(), new)
    assert reading.records[0].cpv == "77310000-6"
    assert reading.records[0].published_on == date(2019, 6, 1)


def test_an_object_missing_from_one_publication_only_rejects_nothing():
    reading = read_marches(record_1x(), record_1x(objet=None, datePublicationDonnees="2019-06-01"))
    assert (reading.read, reading.rejected, reading.records[0].object) == (1, 0, "Entretien des haies")


def test_files_given_together_are_folded_together():
    one = json.dumps({"marches": [record_1x()]}).encode()
    other = json.dumps({"marches": [record_1x(), record_1x(id="2019000200", montant=1000)]}).encode()
    assert read(one, other).read == 2


def modification(number, notified_on, **changes):
    names = {"amount": "montantmodification", "holder": "idtitulairemodification"}
    return {
        "idmodification": str(number),
        "datenotificationmodificationmodification": notified_on,
        "datepublicationdonneesmodificationmodification": notified_on,
        "montantmodification": "CDL",
        "idtitulairemodification": "CDL",
    } | {names[name]: value for name, value in changes.items()}


ROWS = [
    row(**modification(2, "2026-06-01", amount="110000")),
    row(**modification(1, "2026-05-01", holder=COMPANY)),
    row(**modification(1, "2026-05-01", holder=PARTNER)),
    row(idactesoustraitance="1", idsoustraitant=PARTNER, montantactesoustraitance="9000"),
    row(titulaire_id_1=PARTNER),
]


@pytest.mark.parametrize("rows", [ROWS, ROWS[::-1], ROWS[2:] + ROWS[:2]])
def test_flat_rows_make_one_contract(rows):
    reading = read_rows(*rows)
    (record,) = reading.records
    assert reading.findings == ()
    assert {holder.identifier for holder in record.holders} == {COMPANY, PARTNER}
    first, second = record.modifications
    assert (first.id, first.notified_on, first.amount) == ("1", date(2026, 5, 1), None)
    assert {holder.identifier for holder in first.holders} == {COMPANY, PARTNER}
    assert (second.id, second.amount) == ("2", Decimal("110000.00"))
    (act,) = record.subcontracting
    assert (act.company.identifier, act.amount) == (PARTNER, Decimal("9000.00"))


def test_a_fault_repeated_on_each_row_is_told_once():
    rows = [row(codecpv="12", **modification(number, "2026-05-01")) for number in (1, 2, 3)]
    assert len(read_rows(*rows).findings) == 1


def test_two_modifications_of_one_number_and_two_dates_are_both_kept():
    rows = [row(**modification(1, f"2026-0{month}-01", amount=f"{month}00000")) for month in (5, 6)]
    assert [change.amount for change in read_rows(*rows).records[0].modifications] == [500000, 600000]


def test_modifications_of_all_publications_are_kept():
    def published(number, on):
        change = {"id": number, "montant": 1000 * number, "dateNotificationModification": on}
        return record_2x(modifications=[{"modification": change}])

    reading = read(
        json.dumps({"marches": {"marche": [published(2, "2026-08-01"), published(1, "2026-07-01")]}}).encode()
    )
    assert [change.id for change in reading.records[0].modifications] == ["1", "2"]


def test_a_modification_repeated_word_for_word_is_one():
    change = {"objetModification": "montant", "dateNotificationModification": "2019-05-01", "montant": 50000}
    reading = read_marches(record_1x(modifications=[change, dict(change)]))
    assert len(reading.records[0].modifications) == 1
    assert "répétée à l’identique" in reading.findings[0].message


def test_two_contracts_alike_are_kept_and_told():
    reading = read_marches(record_1x(), record_1x(id="2019000200", objet="ENTRETIEN  des haies."))
    assert reading.read == 2
    (finding,) = reading.findings
    assert finding.record == f"{BUYER}/2019000200"
    assert "le marché 2019000100" in finding.message


@pytest.mark.parametrize(
    "difference",
    [
        {"montant": 45001},
        {"dateNotification": "2019-03-05"},
        {"objet": "Entretien des talus"},
        {"acheteur": {"id": COMPANY}},
    ],
)
def test_one_difference_is_enough_not_to_be_alike(difference):
    assert read_marches(record_1x(), record_1x(id="2019000200", **difference)).findings == ()
