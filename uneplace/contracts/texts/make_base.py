"""Writes `base.docx`, the one template of the texts of a consultation.

`python -m uneplace.contracts.texts.make_base`

Titles are true headings, the language is French, the head of the table repeats, pages are numbered: what a
screen reader needs. A test holds that the file shipped is what this writes.
"""

from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as Paper
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

BASE_FILE = Path(__file__).parent / "base.docx"
FONT = "Arial"
BRAND = RGBColor(0x0B, 0x55, 0x63)
LANGUAGE = "fr-FR"
BORN = datetime(2026, 11, 23)


def base() -> Paper:
    """The template: title, figures, then each document with its headings, paragraphs and items."""
    paper = Document()
    _dress(paper)
    paper.add_paragraph("{{ title }}", style="Title")
    paper.add_paragraph("{{ object }}", style="Subtitle")
    paper.add_paragraph(
        "Acheteur\u00a0: {{ buyer }}. Proposé par {{ service }}, service facilitateur, le {{ answered_on }}. "
        "À relire et à adapter par l’acheteur, qui reste l’auteur des documents de sa consultation."
    )
    paper.add_paragraph("Les chiffres retenus", style="Heading 1")
    _figures(paper)
    paper.add_paragraph("{%p if holes %}")
    paper.add_paragraph("Ce qui reste à compléter", style="Heading 1")
    paper.add_paragraph("{%p for hole in holes %}")
    paper.add_paragraph("{{ hole }}", style="List Bullet")
    paper.add_paragraph("{%p endfor %}")
    paper.add_paragraph("{%p endif %}")
    paper.add_paragraph("{%p for part in parts %}")
    paper.add_paragraph("{{ part.document }}", style="Heading 1")
    paper.add_paragraph("{{ part.title }}", style="Heading 2")
    paper.add_paragraph("{%p for paragraph in part.paragraphs %}")
    paper.add_paragraph("{%p if paragraph.is_item %}")
    paper.add_paragraph("{{ paragraph.text }}", style="List Bullet")
    paper.add_paragraph("{%p else %}")
    paper.add_paragraph("{{ paragraph.text }}")
    paper.add_paragraph("{%p endif %}")
    paper.add_paragraph("{%p endfor %}")
    paper.add_paragraph("{%p endfor %}")
    return paper


def _figures(paper: Paper) -> None:
    table = paper.add_table(rows=4, cols=2, style="Table Grid")
    rows = [
        ("Ce qui est retenu", "Valeur"),
        ("{%tr for figure in figures %}", ""),
        ("{{ figure.label }}", "{{ figure.value }}"),
        ("{%tr endfor %}", ""),
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, texts, (Cm(7), Cm(9)), strict=True):
            cell.width = width
            cell.text = text
            cell.paragraphs[0].paragraph_format.space_after = Pt(3)
    head = table.rows[0]
    for cell in head.cells:
        cell.paragraphs[0].runs[0].bold = True
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    paper.add_paragraph("")


def _dress(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)
    _font(paper, "Normal", 11, after=8)
    _font(paper, "List Bullet", 11, after=4)
    _font(paper, "Title", 22, brand=True, after=4)
    _font(paper, "Subtitle", 14, after=14)
    _font(paper, "Heading 1", 16, brand=True, before=18, after=8)
    _font(paper, "Heading 2", 13, brand=True, before=6, after=6)
    _speak_french(paper)
    header = section.header.paragraphs[0]
    header.text = "{{ object }}"
    footer = section.footer.paragraphs[0]
    footer.text = "{{ title }}, page "
    _field(footer, "PAGE")
    footer.add_run(" sur ")
    _field(footer, "NUMPAGES")
    for paragraph in (header, footer):
        for run in paragraph.runs:
            run.font.size = Pt(9)
    package = paper.part.package
    for key in [key for key, one in package.rels.items() if "thumbnail" in one.reltype]:
        del package.rels[key]  # the picture of another document
    properties = paper.core_properties
    properties.title, properties.language = "Textes pour la consultation", LANGUAGE
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = BORN


def _font(
    paper: Paper, name: str, size: int, *, brand: bool = False, before: int = 0, after: int = 0
) -> None:
    style = paper.styles[name]
    style.font.name, style.font.size, style.font.italic = FONT, Pt(size), False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if "heme" in attribute:  # a theme font would win over the one named
            del fonts.attrib[attribute]
    for part in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(part), FONT)
    if brand:
        style.font.color.rgb = BRAND
    else:
        style.font.color.rgb = RGBColor(0, 0, 0)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _speak_french(paper: Paper) -> None:
    for language in paper.styles.element.iter(qn("w:lang")):
        for part in ("w:val", "w:eastAsia"):
            language.set(qn(part), LANGUAGE)


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


if __name__ == "__main__":
    base().save(str(BASE_FILE))
