"""The information notice: what a person is told, on a page and on paper."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.urls import reverse

from tests.factories import OrganisationFactory
from tests.offers.scene import set_scene
from tests.plugin.papers import text_of_pdf
from uneplace.rights.notice import notice
from uneplace.rights.readers import KINDS, Reader

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
PAGE, PAPER = reverse("rights:information"), reverse("rights:information_pdf")


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def service(db):
    return OrganisationFactory(service=True, name="Service insertion", email="clauses@exemple.fr")


def test_anyone_reads_what_the_file_is_for_and_whom_to_write_to(client, service):
    page = client.get(PAGE).text

    for words in (
        "À quoi sert ce dossier",
        "Service insertion, clauses@exemple.fr",
        "24 mois après votre dernier contact",
        "Le service répond en 1 mois",
        "CNIL, 3 place de Fontenoy",
        "Aucune décision automatique",
        "numéro de sécurité sociale n’est jamais demandé",
    ):
        assert words in page


def test_what_is_not_sure_says_so(client, service):
    assert "à confirmer par votre délégué à la protection des données" in client.get(PAGE).text


@pytest.mark.parametrize(
    ("officer", "words"),
    [("", "se demande à ce service"), ("dpo@exemple.fr", "protection des données\u00a0: dpo@exemple.fr")],
)
def test_the_data_protection_officer_is_named_or_said_to_be_missing(
    client, service, settings, officer, words
):
    settings.DATA_OFFICER = officer
    assert words in client.get(PAGE).text


def test_the_paper_says_what_the_page_says_and_is_made_for_everyone(client, service):
    response = client.get(PAPER)

    assert response["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(response.content)) as pdf:
        assert str(pdf.Root.Lang) == "fr-FR"
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Votre dossier et vos droits"
    printed = text_of_pdf(response.content)
    for section in notice([service], on=NOW.date()):
        for sentence in (section.title, *section.sentences, *section.points, *section.after):
            assert squeezed(sentence) in printed, sentence


def squeezed(text):
    return re.sub(r"\s", "", text)


def test_a_company_is_never_said_to_read_a_ground(service):
    grounds = next(kind for kind in KINDS if kind.name.startswith("Motif"))
    assert grounds.read_by[Reader.COMPANY] is grounds.read_by[Reader.BUYER] is None
    assert all(set(kind.read_by) == set(Reader) for kind in KINDS)


def test_sentences_are_short(service):
    texts = [
        sentence
        for section in notice([service], on=NOW.date())
        for sentence in (*section.sentences, *section.after)
    ]
    sentences = [part for text in texts for part in re.split(r"(?<=[.:?])\s+", text) if "CNIL" not in text]
    assert max(len(sentence.split()) for sentence in sentences) <= 28


@pytest.mark.parametrize("asked", ["0", "abc", "²", "9" * 30])
def test_a_service_that_nobody_knows_has_no_notice(client, service, asked):
    assert client.get(PAGE, {"service": asked}).status_code == 404
    assert client.get(PAPER, {"service": asked}).status_code == 404


def test_a_structure_prints_the_notice_of_the_service_when_it_puts_somebody_forward(client, db):
    scene = set_scene()
    OrganisationFactory(service=True, name="Un autre service")
    client.force_login(scene.employer.user)
    with time_machine.travel(datetime(2026, 2, 12, 10, 0, tzinfo=UTC), tick=False):
        page = client.get(reverse("offers:put_forward", args=[scene.sheet.pk])).text
    link = f"{PAPER}?service={scene.sheet.service_id}"
    assert f'href="{link}"' in page
    printed = text_of_pdf(client.get(link).content)
    assert squeezed(str(scene.sheet.service)) in printed
    assert "Unautreservice" not in printed
