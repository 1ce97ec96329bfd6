"""Every sample file, with what it holds and what is wrong with it."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from uneplace.contracts.decp import Kind, Level, Party, read

from .samples import ALL, AWS, FLAT, OFFICIAL, PES

KINDS_OF_FAULT = {
    "clé de contrôle": "SIRET key",
    "un SIRET en a": "SIRET length",
    "trop faible": "small amount",
    "nom d’un budget": "budget name",
    "nomenclature officielle": "unknown word",
    "n’est pas un code CPV": "CPV",
    "n’est pas un code": "place code",
    "Même acheteur, même objet": "alike",
    "répétée": "repeated modification",
    "arrondie": "part of a month",
}

EXPECTED = {
    "Contrat-concession-modification.xml": (1, {"SIRET key": 1, "small amount": 2}),
    "Contrat-concession.xml": (1, {"SIRET key": 1, "small amount": 1}),
    "Marche.xml": (1, {"SIRET length": 1}),
    "concessions.json": (2, {"SIRET key": 2, "small amount": 2}),
    "concessions_avec_modifications.json": (2, {"SIRET key": 2, "small amount": 4}),
    "marches_avec_modifications.json": (2, {"SIRET key": 1, "SIRET length": 4}),
    "marches_concessions.json": (4, {"SIRET key": 3, "SIRET length": 4, "small amount": 4}),
    "v1.5.0_cc-avec-modifications.json": (1, {}),
    "v1.5.0_mar-avec-modifications.json": (1, {"SIRET key": 1}),
    "v1.5.0_paquet.json": (2, {}),
    PES.name: (254, {"budget name": 152, "place code": 114, "unknown word": 23, "alike": 9}),
    AWS.name: (
        523,
        {
            "place code": 86,
            "alike": 42,
            "unknown word": 36,
            "SIRET key": 6,
            "small amount": 6,
            "SIRET length": 3,
            "repeated modification": 3,
            "part of a month": 1,
            "CPV": 1,
        },
    ),
    FLAT.name: (5, {"place code": 1}),
}


def fault(finding):
    return next(name for words, name in KINDS_OF_FAULT.items() if words in finding.message)


def test_every_sample_is_expected():
    assert sorted(EXPECTED) == sorted(path.name for path in ALL)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_a_sample_is_read_with_its_faults(path):
    reading = read(path)
    contracts, faults = EXPECTED[path.name]
    assert (reading.read, len(reading.records), reading.rejected) == (contracts, contracts, 0)
    assert Counter(map(fault, reading.findings)) == faults
    assert {finding.level for finding in reading.findings} <= {Level.WARNING}


@pytest.mark.parametrize("path", [AWS, PES], ids=lambda path: path.name)
def test_real_records_say_what_the_file_says(path):
    """Field by field against the file read plainly: nothing is lost, nothing is made up."""
    records = {(record.buyer.identifier, record.id): record for record in read(path).records}
    for raw in json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["marches"]:
        buyer = raw.get("acheteur") or raw["autoriteConcedante"]
        record = records.pop((buyer["id"], raw["id"]))
        assert record.object == " ".join(raw["objet"].split())
        assert record.amount == Decimal(raw.get("montant", raw.get("valeurGlobale"))).quantize(
            Decimal("0.01")
        )
        assert record.notified_on.isoformat() == raw.get("dateNotification", raw.get("dateSignature"))[:10]
        assert record.published_on.isoformat() == raw["datePublicationDonnees"][:10]
        assert (record.duration_months, record.nature) == (raw["dureeMois"], raw["nature"])
        assert (record.place_code, record.place_kind) == (
            raw["lieuExecution"]["code"],
            raw["lieuExecution"]["typeCode"],
        )
        assert record.kind == ("CONCESSION" if "concession" in raw["_type"] else "MARCHE")
        holders = {
            party["id"].replace(" ", ""): " ".join(party["denominationSociale"].split())
            for party in raw.get("titulaires", raw.get("concessionnaires"))
        }
        assert {party.identifier: party.name for party in record.holders} == holders
        assert record.social_considerations == ()
        distinct = {json.dumps(change, sort_keys=True, default=str) for change in raw["modifications"]}
        assert len(record.modifications) == len(distinct)
    assert not records


def test_ids_of_the_aws_file_are_unique_only_with_their_buyer():
    ids = Counter(record.id for record in read(AWS).records)
    assert {number: count for number, count in ids.items() if count > 1} == {"2019000600": 3, "2019000200": 3}


def test_identifiers_that_fail_their_check_are_kept():
    parties = {party for record in read(AWS).records for party in (record.buyer, *record.holders)}
    bad = {party.identifier for party in parties if party.siret is None}
    assert bad == {
        "22740001400074",  # the buyer of two contracts
        "3295415100",
        "41003144000049",
        "79504551700018",
        "775709710",
        "49119231900033",
        "34841061400027",
        "4150954050023",
    }


def test_the_flat_form_of_calvados():
    record = next(record for record in read(FLAT).records if record.buyer.identifier == "22140118500014")
    assert record.id == "178645481096900"
    assert record.object.startswith("Acquisition d'une solution logicielle mutualisée")
    assert (record.amount, record.duration_months) == (Decimal("250000.00"), 48)
    assert record.holders == (Party("97975674900011", "SIRET"),)
    assert record.techniques == ("Accord-cadre",)
    assert record.execution_modes == ("Bons de commande",)
    assert record.social_considerations == ("Pas de considération sociale",)
    assert (record.framework_id, record.modifications, record.subcontracting) == ("", (), ())
    assert record.subcontracting_declared is False


def test_the_flat_form_has_up_to_three_holders():
    records = {record.id: record for record in read(FLAT).records}
    assert [party.identifier for party in records["26S"].holders] == [
        "43172809600014",
        "50478920700017",
        "51763797100089",
    ]
    assert records["26S"].framework_id == "26SUP03"
    assert records["26MAPA024"].holders == (Party("IT03876500277", "TVA"),)


def test_the_official_record_of_format_2():
    record = read(OFFICIAL / "marches_avec_modifications.json").records[0]
    assert (record.kind, record.id, record.framework_id) == (Kind.MARCHE, "TEST2022", "1234567890")
    assert record.buyer == Party("21750001630066", "SIRET")
    assert record.social_considerations == ("Clause sociale", "Critère social")
    assert (record.techniques, record.execution_modes) == (("Concours", "Accord-cadre"), ("Tranches",))
    assert (record.ccag, record.group_type) == ("Travaux", "Pas de groupement")
    assert (record.place_code, record.place_kind, record.place_name) == ("75000", "Code postal", "")
    (act,) = record.subcontracting
    assert (act.company.identifier, act.amount) == ("214356", Decimal("123456.89"))
    assert (act.notified_on, act.price_variation) == (date(2023, 10, 11), "Révisable")
    (act_change,) = record.subcontracting_changes
    assert (act_change.amount, act_change.notified_on) == (Decimal("23465.87"), date(2022, 10, 20))
    (change,) = record.modifications
    assert (change.id, change.amount, change.duration_months) == ("1", Decimal("123457.87"), 12)
    assert change.holders == (Party("868768687576575", "SIRET"),)


def test_the_official_concession_of_format_1():
    (record,) = read(OFFICIAL / "v1.5.0_cc-avec-modifications.json").records
    assert (record.kind, record.nature) == (Kind.CONCESSION, "Concession de travaux")
    assert record.buyer.name == "Ville de Millau"
    assert (record.amount, record.notified_on) == (Decimal("27860000.00"), date(2001, 2, 21))
    assert record.starts_on == date(2001, 2, 21)
    assert [change.duration_months for change in record.modifications] == [410, 540]
    assert [change.amount for change in record.modifications] == [None, Decimal("33890000.00")]
