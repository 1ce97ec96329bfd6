"""The texts for the consultation: downloaded with the figures, written by the service."""

from io import BytesIO

import docx
import pytest

from tests.factories import ClauseTextFactory
from uneplace.contracts.models import ClauseText

from .conftest import text_of

URL = "/textes-de-clause/EXECUTION/CONDITIONS/"


def test_both_download_the_document_with_the_figures(as_buyer, as_facilitator, answered):
    for client in (as_buyer, as_facilitator):
        answer = client.get(f"{answered.get_absolute_url()}textes/")
        assert answer["Content-Disposition"].startswith(
            'attachment; filename="textes-consultation-renovation'
        )
        assert answer["Content-Type"].endswith("wordprocessingml.document")
        paper = docx.Document(BytesIO(answer.content))
        text = " ".join(one.text for one in paper.paragraphs).replace("\u00a0", " ")
        assert "réalise 2 100 h d’insertion" in text


def test_without_a_clause_there_is_no_document(as_buyer, coming):
    assert as_buyer.get(f"{coming.get_absolute_url()}textes/").status_code == 404


def test_the_service_writes_its_own_text_which_serves_at_once(as_facilitator, answered):
    page = text_of(as_facilitator.get(URL))
    assert "Texte livré" in page
    assert "{obligation}" in page
    facts = {"title": "Notre clause", "body": "Chez nous, {heures}.", "revision": 0}
    page = text_of(as_facilitator.post(URL, facts, follow=True))
    assert "Texte de votre service" in page
    paper = as_facilitator.get(f"{answered.get_absolute_url()}textes/").content
    text = "\n".join(one.text for one in docx.Document(BytesIO(paper)).paragraphs)
    assert "Chez nous, 2\u00a0100\u00a0h." in text


def test_the_preview_shows_examples_and_keeps_nothing(as_facilitator, coming):
    facts = {"title": "Notre clause", "body": "Chez nous, {heures}.", "revision": 0, "apercu": "1"}
    page = text_of(as_facilitator.post(URL, facts))
    assert "Chez nous, 2 100 h." in page
    assert not ClauseText.objects.exists()


@pytest.mark.parametrize(
    "body, sentence",
    [
        pytest.param("", "Écrivez le texte", id="vide"),
        pytest.param("{heure}", "Est-ce {heures}", id="repère presque juste"),
        pytest.param("{{ 7*7 }}", "Une accolade est seule", id="gabarit"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(as_facilitator, coming, body, sentence):
    page = text_of(as_facilitator.post(URL, {"title": "Notre clause", "body": body, "revision": 0}))
    assert sentence in page
    assert "Notre clause" in page
    assert not ClauseText.objects.exists()


def test_the_second_of_two_is_told_and_keeps_what_it_typed(as_facilitator, coming):
    ClauseTextFactory(service=coming.service)
    facts = {"title": "Notre clause", "body": "Le mien.", "revision": 0}
    page = text_of(as_facilitator.post(URL, facts))
    assert "vient de modifier" in page
    assert "Le mien." in page
    as_facilitator.post(URL, facts | {"revision": 1})
    assert ClauseText.objects.get().body == "Le mien."


def test_one_goes_back_to_the_text_shipped(as_facilitator, coming):
    ClauseTextFactory(service=coming.service)
    assert "Revenir au texte livré" in text_of(as_facilitator.get(URL))
    as_facilitator.post(URL, {"revenir": "1", "revision": "7"})
    assert ClauseText.objects.exists(), "what somebody else has just written stays"
    page = text_of(as_facilitator.post(URL, {"revenir": "1", "revision": "1"}, follow=True))
    assert "de nouveau le texte livré" in page
    assert not ClauseText.objects.exists()


def test_the_texts_are_listed_by_device(as_facilitator, coming):
    page = text_of(as_facilitator.get("/textes-de-clause/?dispositif=RESERVED"))
    assert "Le marché est réservé" in page
    assert "Acte d’engagement" in page


def test_another_document_is_not_found_and_others_do_not_write(as_facilitator, as_buyer, as_reader, coming):
    assert as_facilitator.get("/textes-de-clause/EXECUTION/AUTRE/").status_code == 404
    assert as_facilitator.get("/textes-de-clause/AUTRE/CONDITIONS/").status_code == 404
    assert as_buyer.get(URL).status_code == 403
    assert as_reader.get(URL).status_code == 403
    assert as_reader.get("/textes-de-clause/").status_code == 200
