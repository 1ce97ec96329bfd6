"""Spreadsheets as people send them, made for the tests."""

import zipfile
from io import BytesIO

import xlsxwriter

ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def as_csv(rows, *, encoding="utf-8", separator=";"):
    """The content of a text file."""
    return "\r\n".join(separator.join(map(str, row)) for row in rows).encode(encoding)


def as_xlsx(rows, *, options=None, sheets=(), act=None):
    """The content of a workbook: its first sheet holds the rows, `sheets` name more; `act(book, sheet)`."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, **(options or {})})
    sheet = book.add_worksheet("Heures")
    for number, row in enumerate(rows):
        for rank, cell in enumerate(row):
            sheet.write(number, rank, cell)
    for name in sheets:
        book.add_worksheet(name).write(0, 0, "Autre")
    if act:
        act(book, sheet)
    book.close()
    return content.getvalue()


def as_ods(rows):
    """The content of a LibreOffice sheet."""
    cells = "".join(
        "<table:table-row>" + "".join(_cell(value) for value in row) + "</table:table-row>" for row in rows
    )
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:body><office:spreadsheet><table:table "
            f'table:name="Heures">{cells}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return content.getvalue()


def _cell(value):
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
