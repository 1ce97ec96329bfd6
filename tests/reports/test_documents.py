"""The report as a PDF and as a spreadsheet: the same figures as the page."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from python_calamine import CalamineWorkbook

from uneplace.reports.figures import BREAKDOWNS, Row, Totals, YearlyFigures
from uneplace.reports.pdf import DocumentFault, bilan_pdf, compile_document
from uneplace.reports.spreadsheet import bilan_xlsx, safe_text
from uneplace.rules.french import MONTHS

DAY = date(2026, 6, 15)


@pytest.fixture(scope="module")
def figures():
    lines = (
        Row("A1", "Entretien des haies", Decimal("120.50"), 12),
        Row("", "non renseigné", None, None, "moins de 5"),
        Row("B2", "=SOMME(1;2)", None, None, "masqué"),
    )
    months = tuple(
        Row(f"2019-{rank:02}", name, Decimal(rank), rank) for rank, name in enumerate(MONTHS, start=1)
    )
    totals = Totals(Decimal("1234.50"), Decimal("1300.00"), 40, 7, 44, 6, 3)
    return YearlyFigures(2019, totals, **(dict.fromkeys(BREAKDOWNS, lines) | {"by_month": months}))


@pytest.fixture(scope="module")
def document(figures):
    return bilan_pdf(figures, author="Service d’essai", on=DAY, scope="Vos marchés seulement")


def test_the_pdf_is_tagged_french_and_made_for_everyone(document):
    with pikepdf.open(BytesIO(document)) as pdf:
        assert str(pdf.Root.Lang) == "fr-FR"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Bilan de l’année 2019"
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
        assert all("AtkinsonHyperlegibleNext" in name for name in fonts)


def test_the_same_figures_on_the_same_day_are_the_same_file(figures, document):
    again = bilan_pdf(figures, author="Service d’essai", on=DAY, scope="Vos marchés seulement")
    assert again == document
    assert bilan_pdf(figures, author="Service d’essai", on=date(2026, 6, 16)) != document


def test_a_document_with_a_missing_font_is_refused():
    source = b'#set document(title: "Essai")\n#set text(font: "Police absente", lang: "fr")\n= Essai'
    with pytest.raises(DocumentFault, match="police absente"):
        compile_document(source, {}, on=DAY)


def test_the_spreadsheet_has_one_sheet_a_breakdown_and_numbers_are_numbers(figures):
    content = bilan_xlsx(figures, author="Service d’essai", on=DAY)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == [
        "Chiffres clés",
        "Mois",
        "Modalités",
        "Motifs",
        "Sexe",
        "Âge",
        "Métiers",
        "Communes",
    ]
    keys = {row[0]: row[1] for row in book.get_sheet_by_name("Chiffres clés").to_python()[5:]}
    assert keys["Heures d’insertion"] == 1234.5
    assert keys["Heures non comptées"] == 65.5
    assert keys["Personnes"] == 40
    assert keys["Équivalents temps plein"] == 0.77
    lines = book.get_sheet_by_name("Métiers").to_python()
    assert lines[0] == ["Code", "Métier", "Heures", "Personnes"]
    assert lines[1] == ["A1", "Entretien des haies", 120.5, 12.0]
    assert lines[2] == ["", "Non renseigné", "masqué", "moins de 5"]
    assert lines[3] == ["B2", "'=SOMME(1;2)", "masqué", "masqué"]


@pytest.mark.parametrize("text", ["=1+1", "+33", "-5", "@nom", "\tx"])
def test_no_cell_is_taken_for_a_formula(text):
    assert safe_text(text) == f"'{text}"


def test_ordinary_text_is_left_alone():
    assert safe_text("Caen") == "Caen"
    assert safe_text("") == ""
