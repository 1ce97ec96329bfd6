"""Importing award data from the page."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import siret
from uneplace.contracts.models import Contract

from .conftest import text_of

URL = "/marches/importer/"


def award(**facts):
    return {
        "id": "2026MARCHE01",
        "acheteur": {"id": siret(90077)},
        "nature": "Marché",
        "objet": "Entretien des espaces verts",
        "codeCPV": "77310000",
        "procedure": "Procédure adaptée",
        "lieuExecution": {"code": "14118", "typeCode": "Code commune"},
        "dureeMois": 24,
        "dateNotification": "2026-03-02",
        "montant": 640000,
        "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": siret(90078)}}],
        "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
    } | facts


def a_file(*awards, name="marches.json"):
    text = json.dumps({"marches": {"marche": list(awards)}})
    return SimpleUploadedFile(name, text.encode(), content_type="application/json")


def test_it_states_kinds_and_sizes(as_facilitator):
    assert "JSON ou XML, 50 Mo au plus chacun" in text_of(as_facilitator.get(URL))


def test_contracts_are_loaded_and_the_same_again_changes_nothing(as_facilitator, contract):
    page = text_of(as_facilitator.post(URL, {"files": [a_file(award())]}))
    made = Contract.objects.get(official_id="2026MARCHE01")
    assert (made.service, made.source) == (contract.service, Contract.Source.AWARD_DATA)
    assert "1 marché ajouté" in page
    again = text_of(as_facilitator.post(URL, {"files": [a_file(award())]}))
    assert "Rien n’a changé." in again


def test_each_fault_is_told_and_the_others_are_loaded(as_facilitator, contract):
    page = text_of(as_facilitator.post(URL, {"files": [a_file(award(), award(id="B2", acheteur={}))]}))
    assert "Acheteur sans identifiant" in page
    assert "Rejeté" in page
    assert Contract.objects.filter(official_id="2026MARCHE01").exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        pytest.param("marches.json", b"%PDF-1.7", "n’est ni du JSON ni du XML", id="un PDF nommé json"),
        pytest.param("marches.pdf", b"%PDF-1.7", "n’est ni un fichier .json ni un fichier .xml", id="un PDF"),
        pytest.param("marches.json", b"", "Ce fichier est vide", id="vide"),
        pytest.param("marches.xml", b"<marches", "Une chose est à reprendre.", id="XML coupé"),
    ],
)
def test_a_file_that_is_not_what_it_claims_is_refused(as_facilitator, contract, name, content, sentence):
    page = as_facilitator.post(URL, {"files": [SimpleUploadedFile(name, content)]})
    assert page.status_code == 200
    assert sentence in text_of(page)
    assert Contract.objects.count() == 1


def test_nothing_chosen_is_told(as_facilitator):
    page = as_facilitator.post(URL, {})
    assert "Choisissez un fichier JSON ou XML" in text_of(page)


def test_only_those_who_write_for_the_service_import(as_reader, as_buyer):
    assert as_reader.get(URL).status_code == 403
    assert as_buyer.get(URL).status_code == 403
