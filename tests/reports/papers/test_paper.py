"""A paper: tagged for everyone, the same bytes for the same facts, in the service's colour."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest

from tests.plugin.papers import text_of_pdf
from uneplace.reports.papers.paper import Column, Facts, Letterhead, Paper, Table, Words, print_paper

DAY = date(2026, 6, 15)
LETTERHEAD = Letterhead(
    "Service d’essai", lines=("1 place de la Paix", "14000 Caen"), signature=("La responsable du service",)
)


@pytest.fixture(scope="module")
def paper():
    columns = [Column("Personne", 2), Column("Heures", number=True)]
    return Paper(
        title="Relevé d’heures d’avril 2026",
        subtitle="Registre lu le 15 juin 2026.",
        parts=[
            Facts([("Employeur", "Bâti #Normandie * [_Caen_] $")]),
            Table(columns, [["Dominique Martin", "151,67 h"]] * 90, "Personnes", ["Ensemble", "13 650,3 h"]),
            Words(["Une phrase."], title="Ce que comptent ces heures"),
        ],
        footer="Relevé d’avril 2026",
    )


@pytest.fixture(scope="module")
def document(paper):
    return print_paper(paper, LETTERHEAD, on=DAY)


def test_a_paper_is_tagged_french_and_made_for_everyone(document):
    with pikepdf.open(BytesIO(document)) as pdf:
        assert str(pdf.Root.Lang) == "fr-FR"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Relevé d’heures d’avril 2026"
            assert metadata["dc:creator"] == ["Service d’essai"]
        assert len(pdf.pages) > 1


def test_a_paper_says_who_it_comes_from_what_it_holds_and_who_signs(document):
    words = text_of_pdf(document)
    for said in ("1placedelaPaix", "14000Caen", "DominiqueMartin", "Ensemble", "Laresponsableduservice"):
        assert said in words
    assert "Bâti#Normandie*[_Caen_]$" in words, "what somebody typed is never taken for layout"


def test_the_same_facts_on_the_same_day_are_the_same_file(paper, document):
    assert print_paper(paper, LETTERHEAD, on=DAY) == document
    assert print_paper(paper, LETTERHEAD, on=date(2026, 6, 16)) != document


@pytest.mark.parametrize(
    "typed, printed",
    [
        pytest.param("Łukasz Şahin", "ŁukaszŞahin", id="lettres latines"),
        pytest.param("Bâti 😀 et 李", "Bâti?et?", id="ni émoji ni sinogramme dans nos polices"),
        pytest.param("👩🏽‍🔧 Bâti", "Bâti", id="émoji composé"),
    ],
)
def test_what_no_font_draws_does_not_keep_a_paper_from_being_printed(typed, printed):
    paper = Paper(title=typed, parts=[Words([typed])], footer="")
    assert printed in text_of_pdf(print_paper(paper, LETTERHEAD, on=DAY))


def test_the_accent_colour_is_the_one_of_the_service(paper, document):
    other = Letterhead(LETTERHEAD.name, LETTERHEAD.lines, LETTERHEAD.signature, accent="#7a1f5c")
    colours = [_colours(one) for one in (document, print_paper(paper, other, on=DAY))]
    assert "#0b5563" in colours[0]
    assert "#0b5563" not in colours[1]
    assert "#7a1f5c" in colours[1]


def _colours(document: bytes) -> set[str]:
    """The fill colours of the first page, as they are written in HTML."""
    found = set()
    with pikepdf.open(BytesIO(document)) as pdf:
        for operands, operator in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(operator) in ("scn", "rg") and len(operands) == 3:
                found.add("#" + "".join(f"{round(float(one) * 255):02x}" for one in operands))
    return found
