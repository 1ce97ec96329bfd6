"""What a file may be: JSON or XML, in several encodings and shapes; and what is refused whole."""

import json
from dataclasses import fields
from xml.etree.ElementTree import Element, SubElement, tostring

import pytest

from uneplace.contracts.decp import MAX_MEGABYTES, Kind, UnreadableFile, read

from .samples import OFFICIAL, record_1x, record_2x, row


def as_xml(content):
    """Official JSON of format 2.x written as the official XML: a list becomes repeated elements."""
    root = Element("marches")

    def write(parent, name, value):
        if isinstance(value, list) and all(isinstance(item, dict) and len(item) == 1 for item in value):
            child = SubElement(parent, name)
            for item in value:
                for inner, inner_value in item.items():
                    write(child, inner, inner_value)
        elif isinstance(value, list):
            for item in value:
                write(parent, name, item)
        elif isinstance(value, dict):
            child = SubElement(parent, name)
            for inner, inner_value in value.items():
                write(child, inner, inner_value)
        else:
            text = {True: "oui", False: "non"}.get(value, value) if isinstance(value, bool) else value
            SubElement(parent, name).text = str(text)

    for kind, records in content["marches"].items():
        for record in records:
            write(root, kind, record)
    return tostring(root, encoding="utf-8", xml_declaration=True)


@pytest.mark.parametrize(
    "name",
    [
        "concessions.json",
        "concessions_avec_modifications.json",
        "marches_avec_modifications.json",
        "marches_concessions.json",
    ],
)
def test_the_official_records_read_the_same_in_xml(name):
    content = (OFFICIAL / name).read_bytes()
    in_json, in_xml = read(content), read(as_xml(json.loads(content)))
    key = lambda record: record.identity  # noqa: E731
    assert sorted(in_xml.records, key=key) == sorted(in_json.records, key=key)
    assert sorted(finding.message for finding in in_xml.findings) == sorted(
        finding.message for finding in in_json.findings
    )


def test_the_official_xml_is_the_official_json():
    """`Marche.xml` is the second record of the JSON example, under another id and before its modification."""
    (in_xml,) = read(OFFICIAL / "Marche.xml").records
    in_json = read(OFFICIAL / "marches_avec_modifications.json").records[1]
    differing = {
        field.name
        for field in fields(in_xml)
        if field.compare and getattr(in_xml, field.name) != getattr(in_json, field.name)
    }
    assert differing == {"id", "object", "modifications", "subcontracting", "subcontracting_changes"}


def test_the_official_xml_of_a_concession():
    (record,) = read(OFFICIAL / "Contrat-concession-modification.xml").records
    assert (record.kind, record.nature) == (Kind.CONCESSION, "Concession de travaux")
    assert [holder.identifier for holder in record.holders] == ["38103128500491", "38103128500574"]
    assert [change.duration_months for change in record.modifications] == [14]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"marches": [record_1x()]}, id="1.x"),
        pytest.param([record_1x()], id="1.x, liste nue"),
        pytest.param({"marches": {"marche": [record_1x()]}}, id="1.x emballé"),
        pytest.param({"marches": {"marche": record_2x()}}, id="2.x, un seul"),
        pytest.param({"marches": {"marche": [record_2x()], "contrat-concession": []}}, id="2.x"),
        pytest.param({"records": [row()]}, id="à plat"),
        pytest.param({"total_count": 1, "results": [row()]}, id="à plat, API 2"),
        pytest.param({"records": [{"recordid": "a", "fields": row()}]}, id="à plat, API 1"),
        pytest.param(
            [{name.replace("_", "."): value for name, value in row().items()}], id="avec des points"
        ),
        pytest.param([{name.upper(): value for name, value in row().items()}], id="en capitales"),
        pytest.param(record_2x(), id="un marché seul"),
    ],
)
def test_the_shapes(content):
    reading = read(json.dumps(content).encode())
    assert (reading.read, reading.rejected) == (1, 0)
    assert reading.records[0].buyer.identifier == "22140118500014"
    assert reading.records[0].duration_months in (12, 24)


def test_a_flat_concession():
    reading = read(
        json.dumps(
            [
                {
                    "id": "C1",
                    "autoriteconcedante_id": "22140118500014",
                    "nature": "Délégation de service public",
                    "objet": "Base nautique",
                    "concessionnaire_id_1": "73282932000074",
                    "concessionnaire_typeidentifiant_1": "SIRET",
                    "valeurglobale": "250000",
                    "datesignature": "2026-01-05",
                    "considerationssociales": "Concession réservée",
                    "valeurglobalemodification": "300000",
                    "datesignaturemodificationmodification": "2026-05-05",
                }
            ]
        ).encode()
    )
    (record,) = reading.records
    assert (record.kind, record.amount, record.notified_on.isoformat()) == (
        Kind.CONCESSION,
        250000,
        "2026-01-05",
    )
    assert record.holders[0].identifier == "73282932000074"
    assert [(change.amount, change.notified_on.isoformat()) for change in record.modifications] == [
        (300000, "2026-05-05")
    ]
    assert record.social_considerations == ("Concession réservée",)


def test_a_file_without_contracts_holds_none():
    for content in ({"marches": []}, {"marches": {}}, [], {"records": []}):
        assert read(json.dumps(content).encode()).read == 0


ACCENTED = json.dumps({"marches": [record_1x(objet="Élagage à Évrecy, 3 œuvres")]}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("encoding", "is_guessed"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)],
)
def test_encodings(encoding, is_guessed):
    reading = read(ACCENTED.encode(encoding))
    assert reading.records[0].object == "Élagage à Évrecy, 3 œuvres"
    assert [finding.record for finding in reading.findings] == ([""] if is_guessed else [])


XML = (
    "<marches><marche><id>1</id><acheteur><id>22140118500014</id></acheteur>"
    "<objet>Été</objet></marche></marches>"
)


@pytest.mark.parametrize(
    ("content", "is_guessed"),
    [
        pytest.param(XML.encode(), False, id="utf-8"),
        pytest.param(
            ('<?xml version="1.0" encoding="ISO-8859-1"?>' + XML).encode("latin-1"), False, id="annoncé"
        ),
        pytest.param(XML.encode("latin-1"), True, id="latin-1 non annoncé"),
        pytest.param(
            ('<?xml version="1.0" encoding="UTF-8"?>' + XML).encode("latin-1"), True, id="mal annoncé"
        ),
        pytest.param(("<?xml version='1.0' encoding='klingon'?>" + XML).encode(), True, id="inconnu"),
        pytest.param(("\n\n" + XML).encode("utf-8-sig"), False, id="avec BOM"),
        pytest.param(
            XML.replace("<marches>", '<marches xmlns="urn:x">').encode(), False, id="espace de noms"
        ),
    ],
)
def test_encodings_of_xml(content, is_guessed):
    reading = read(content)
    assert reading.records[0].object == "Été"
    guesses = [finding for finding in reading.findings if not finding.record]
    assert len(guesses) == int(is_guessed)


BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    "<marches><marche><id>&b;</id></marche></marches>"
)
OUTSIDE = (
    '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><marches><marche><id>&a;</id></marche></marches>'
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"", "vide", id="rien"),
        pytest.param(b" \n\t", "vide", id="des blancs"),
        pytest.param(b"\xef\xbb\xbf", "vide", id="un BOM"),
        pytest.param(b"%PDF-1.7 ...", "ni du JSON ni du XML", id="un PDF"),
        pytest.param(b"PK\x03\x04....", "ni du JSON ni du XML", id="un classeur"),
        pytest.param(b"id;objet\n1;haies", "ni du JSON ni du XML", id="un CSV"),
        pytest.param(b'"marches"', "ni du JSON ni du XML", id="un texte"),
        pytest.param(b'{"marches": [', "pas du JSON valable", id="JSON coupé"),
        pytest.param(b'{"marches": 12}', "ne contient pas de données essentielles", id="un nombre"),
        pytest.param(b'{"features": []}', "ne contient pas de données essentielles", id="autre JSON"),
        pytest.param(b'{"marches": {"autre": []}}', "ne contient pas", id="autre liste"),
        pytest.param(b"[1, 2]", "ne contient pas", id="des nombres"),
        pytest.param(b'[{"nom": "Caen"}]', "ne contient pas", id="autres objets"),
        pytest.param(b"[" * 100_000, "imbriqué trop profondément", id="JSON profond"),
        pytest.param(b"<html><body/></html>", "ne contient pas", id="une page web"),
        pytest.param(b"<marches><marche>", "pas du XML valable", id="XML coupé"),
        pytest.param(b"<a>" * 100 + b"</a>" * 100, "imbriqué trop profondément", id="XML profond"),
        pytest.param(BOMB.encode(), "il est refusé", id="bombe d’entités"),
        pytest.param(OUTSIDE.encode(), "il est refusé", id="entité externe"),
        pytest.param(b" " * (MAX_MEGABYTES * 1024 * 1024 + 1), "dépasse 50 Mo", id="trop gros"),
    ],
)
def test_a_file_that_is_not_award_data(content, says):
    with pytest.raises(UnreadableFile) as refusal:
        read(content)
    message = str(refusal.value)
    assert says in message
    assert "\n" not in message


def test_a_path_that_leads_nowhere(tmp_path):
    with pytest.raises(UnreadableFile, match=r"rien\.json.*n’existe pas"):
        read(tmp_path / "rien.json")
    with pytest.raises(UnreadableFile, match="dossier"):
        read(tmp_path)


def test_the_unreadable_file_among_several_is_named(tmp_path):
    good, bad = tmp_path / "bon.json", tmp_path / "mauvais.json"
    good.write_text(json.dumps([record_1x()]))
    bad.write_text("{")
    with pytest.raises(UnreadableFile, match=r"mauvais\.json"):
        read(good, bad)


def test_the_findings_of_several_files_name_their_file(tmp_path):
    one, other = tmp_path / "un.json", tmp_path / "deux.json"
    one.write_text(json.dumps([record_1x(codeCPV="1")]))
    other.write_text(json.dumps([record_1x(id="2", codeCPV="2", montant=1234)]))
    assert [finding.path for finding in read(one, other).findings] == [
        "un.json:[0].codeCPV",
        "deux.json:[0].codeCPV",
    ]


def test_an_upload_is_known_by_its_name():
    good = json.dumps([record_1x(codeCPV="1")]).encode()
    with pytest.raises(UnreadableFile, match=r"^envoi\.json\W+: Ce fichier est vide\.$"):
        read(("envoi.json", b""))
    assert [finding.path for finding in read(("envoi.json", good)).findings] == ["[0].codeCPV"]
    assert [finding.path for finding in read(("un.json", good), good).findings] == ["un.json:[0].codeCPV"]
