"""The texts of a consultation: filled, refused, never evaluated, and read back from the DOCX."""

import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from tests.factories import NOON, ClauseTextFactory, ComingContractFactory, OrganisationFactory, actor_for
from uneplace.contracts.actions import restore_text, write_text
from uneplace.contracts.models import Clause, ClauseText, Document, Family
from uneplace.contracts.texts.library import paragraphs, shipped, text_of, texts_of
from uneplace.contracts.texts.make_base import BASE_FILE, base
from uneplace.contracts.texts.paper import file_name, texts_as_docx
from uneplace.contracts.texts.placeholders import PLACEHOLDERS, faults, fill, values_of
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused

EVIL = "{{ 7777 * 7 }} {% for x in parts %}X{% endfor %} {{ title.__class__ }}"


@pytest.fixture
def coming(db):
    return ComingContractFactory(
        answered=True,
        object="Rénovation du gymnase des Tilleuls & de ses abords",
        method="LABOUR_SHARE",
        inputs={
            "amount": "1800000",
            "labour_share": "0.5",
            "insertion_rate": "0.07",
            "hourly_cost": "30",
        },
        accepted_grounds=["RSA", "DELD"],
    )


def text_of_docx(content):
    paper = docx.Document(BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in paper.paragraphs), *cells]).replace("\u00a0", " ")


def write(actor, body="Le titulaire réalise {heures}.", **facts):
    facts = {"title": "Clause", "revision": 0, "by": actor, "at": NOON} | facts
    return write_text(family=Family.EXECUTION, document=Document.CONDITIONS, body=body, **facts)


def test_every_document_of_every_device_has_its_text_and_only_placeholders_that_exist():
    assert len(shipped()) == len(Family) * len(Document)
    for text in shipped().values():
        assert not faults(text.title + text.body), text.family
    assert {Family.of(device) for device in Clause.Device} == set(Family)


def test_the_figures_are_in_the_document(coming):
    text = text_of_docx(texts_as_docx(coming, at=NOON))
    assert "réalise 2 100 h d’insertion" in text
    assert "une pénalité de 50 € peut être appliquée" in text
    assert "7 %" in text
    assert "Rénovation du gymnase des Tilleuls & de ses abords" in text
    for document in Document:
        assert document.label in text


def test_the_document_is_one_that_a_screen_reader_reads(coming):
    content = texts_as_docx(coming, at=NOON)
    paper = docx.Document(BytesIO(content))
    headings = [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]
    assert headings == ["Les chiffres retenus", *(one.label for one in Document)]
    assert paper.core_properties.title.startswith("Textes pour la consultation, Rénovation")
    assert paper.core_properties.language == "fr-FR"
    languages = {one.get(qn("w:val")) for one in paper.styles.element.iter(qn("w:lang"))}
    assert languages == {"fr-FR"}
    assert paper.tables[0].rows[0]._tr.trPr.findall(qn("w:tblHeader"))
    with zipfile.ZipFile(BytesIO(content)) as parts:
        footers = b"".join(parts.read(name) for name in parts.namelist() if "footer" in name)
        whole = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    assert b"NUMPAGES" in footers
    assert b"{{" not in whole
    assert b"{%" not in whole


def test_what_is_not_known_is_said_in_the_text_and_listed(coming):
    coming.penalty_rate = None
    text = text_of_docx(texts_as_docx(coming, at=NOON))
    assert "[à compléter : pénalité par heure manquante]" in text
    assert "Ce qui reste à compléter" in text


def test_what_people_type_is_written_and_never_evaluated(coming):
    coming.object = f"Gymnase {EVIL} <w:p/> \x0b\x01\uffff fin"
    coming.buyer.name += "\x1f\ufffe"
    ClauseTextFactory(service=coming.service, title="{objet}", body=f"Texte {EVIL} pour {{objet}}.")
    text = text_of_docx(texts_as_docx(coming, at=NOON))
    assert text.count("{{ 7777 * 7 }}") >= 3
    assert "54439" not in text
    assert "<class" not in text
    assert "<w:p/>" in text


def test_the_template_shipped_is_the_one_that_the_script_writes():
    file = BytesIO()
    base().save(file)
    with zipfile.ZipFile(file) as written, zipfile.ZipFile(BASE_FILE) as kept:
        assert written.namelist() == kept.namelist()
        for name in written.namelist():
            assert written.read(name) == kept.read(name), name


@pytest.mark.parametrize(
    "text, sentence",
    [
        pytest.param("{heure}", "Le repère {heure} n’existe pas. Est-ce {heures}", id="presque"),
        pytest.param("{zzz}", "La liste est à côté", id="inconnu"),
        pytest.param("{{ 7777 * 7 }}", "Une accolade est seule", id="gabarit"),
        pytest.param("{% if x %}", "Une accolade est seule", id="instruction"),
        pytest.param("{{heures}}", "Une accolade est seule", id="doubles accolades"),
        pytest.param("{heures", "Une accolade est seule", id="accolade ouverte"),
        pytest.param("{heures.__class__}", "Une accolade est seule", id="attribut"),
        pytest.param("{Heures}", "Une accolade est seule", id="majuscule"),
    ],
)
def test_a_text_that_holds_something_else_is_refused_with_a_sentence(db, text, sentence):
    with pytest.raises(Refused, match=sentence):
        write(actor_for(OrganisationFactory(service=True)), body=text)
    assert not ClauseText.objects.exists()


def test_a_service_writes_its_own_text_which_the_others_do_not_read(db):
    actor, other = (actor_for(OrganisationFactory(service=True)) for _ in range(2))
    text = write(actor)
    assert entries_about(text).get().verb == "clause_text.written"
    assert text_of(actor.organisation, Family.EXECUTION, Document.CONDITIONS).body == text.body
    assert not any(one.is_own for one in texts_of(other.organisation, Family.EXECUTION))


def test_of_two_who_write_the_second_is_told(db):
    actor = actor_for(OrganisationFactory(service=True))
    write(actor)
    with pytest.raises(Refused, match="vient de modifier"):
        write(actor, body="Autre.")
    write(actor, body="Autre.", revision=1)
    with pytest.raises(Refused, match="vient de modifier"):
        write(actor, body="Encore.", revision=1)
    assert ClauseText.objects.get().body == "Autre."


def test_going_back_to_the_text_shipped_keeps_ones_own_in_the_history(db):
    actor = actor_for(OrganisationFactory(service=True))
    text = write(actor)
    events = text.events.model
    restore_text(text, revision=1, by=actor, at=NOON)
    assert not text_of(actor.organisation, Family.EXECUTION, Document.CONDITIONS).is_own
    assert list(events.objects.order_by("pgh_id").values_list("pgh_label", flat=True)) == ["insert", "delete"]
    assert entries_about(text)[0].verb == "clause_text.restored"


@pytest.mark.parametrize(
    "facts, words",
    [
        pytest.param({}, "2 100 h d’insertion", id="heures"),
        pytest.param(
            {
                "method": "INVOICED",
                "inputs": {"slice": "100000", "hours_per_slice": "35", "threshold": "2700000"},
                "hours_due": Decimal(0),
            },
            "35 h d’insertion par tranche de 100 000 € facturée hors taxes, au-delà de 2 700 000 €",
            id="tranches facturées",
        ),
        pytest.param(
            {"method": "ACTIONS", "inputs": {"actions": 3}, "hours_due": Decimal(0), "actions_due": 3},
            "3 actions d’insertion",
            id="actions",
        ),
    ],
)
def test_what_is_owed_reads_in_a_sentence(db, facts, words):
    values = values_of(ComingContractFactory(answered=True, **facts))
    assert values["obligation"].replace("\u00a0", " ") == words


@pytest.mark.parametrize("device", Clause.Device.values)
def test_each_device_makes_a_document(coming, device):
    coming.device = device
    assert "2 100 h" in text_of_docx(texts_as_docx(coming, at=NOON))


def test_every_value_is_text_and_every_placeholder_has_words(coming):
    values = values_of(coming)
    assert set(values) == set(PLACEHOLDERS)
    assert all(value and isinstance(value, str) for value in values.values())
    assert all(one.label and one.example for one in PLACEHOLDERS.values())


def test_paragraphs_and_items_are_told_apart():
    found = paragraphs("Un\nseul.\r\n\r\n- {heures} ;\n\n\n- fin", {"heures": "7 h"})
    assert [(one.text, one.is_item) for one in found] == [
        ("Un seul.", False),
        ("7 h\u00a0;", True),
        ("fin", True),
    ]
    assert fill("{heures} et {autre}", {"heures": "7 h"}) == "7 h et {autre}"


def test_the_file_says_whose_texts_it_holds(coming):
    assert file_name(coming) == (
        "textes-consultation-renovation-du-gymnase-des-tilleuls-de-ses-abords-2026-06-10.docx"
    )


def test_the_day_told_is_that_of_paris(coming):
    coming.answered_at = datetime(2026, 6, 10, 22, 30, tzinfo=UTC)
    assert "11 juin 2026" in text_of_docx(texts_as_docx(coming, at=NOON)).replace("\u00a0", " ")
    assert file_name(coming).endswith("-2026-06-11.docx")
