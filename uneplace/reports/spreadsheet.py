"""The report of a year as a spreadsheet: one sheet for the key figures, one for each breakdown."""

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from uneplace.rules import french

from .definitions import BREAKDOWNS, MASKING_NOTE, Breakdown, divisor_words, has_masked, label_of
from .figures import TOO_FEW, YearlyFigures
from .pdf import definitions

SHEETS = {
    "by_month": "Mois",
    "by_modality": "Modalités",
    "by_ground": "Motifs",
    "by_sex": "Sexe",
    "by_age": "Âge",
    "by_trade": "Métiers",
    "by_commune": "Communes",
}


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before = + - @ and control signs."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text


def bilan_xlsx(figures: YearlyFigures, *, author: str, on: date, scope: str = "") -> bytes:
    """The report of a year in XLSX; numbers are numbers. `on` is the day on which the ledger was read."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": f"Bilan de l’année {figures.year}", "author": author})
    styles = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "hours": book.add_format({"num_format": "#,##0.00"}),
        "count": book.add_format({"num_format": "#,##0"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _key_figures(book.add_worksheet("Chiffres clés"), figures, styles, author, on, scope)
    for breakdown in BREAKDOWNS:
        _breakdown(book.add_worksheet(SHEETS[breakdown.name]), breakdown, figures, styles)
    book.close()
    return content.getvalue()


def _key_figures(
    sheet: Worksheet, figures: YearlyFigures, styles: dict[str, Format], author: str, on: date, scope: str
) -> None:
    totals = figures.totals
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 16)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, f"Bilan de l’année {figures.year}", styles["title"])
    sheet.write_string(1, 0, safe_text(author))
    sheet.write_string(2, 0, f"Chiffres du registre lus le {french.day(on)}")
    sheet.write_string(3, 0, safe_text(scope))
    sheet.write_row(4, 0, ["Chiffre", "Valeur", "Ce qu’il compte"], styles["head"])
    values: list[Any] = [
        totals.hours,
        totals.not_counted,
        totals.participants,
        totals.contracts,
        totals.placements,
        totals.companies,
        totals.buyers,
        figures.full_time.value,
    ]
    for rank, ((name, text), value) in enumerate(zip(definitions(figures), values, strict=True), start=5):
        sheet.write_string(rank, 0, name)
        if value is None:
            sheet.write_string(rank, 1, TOO_FEW)
        else:
            sheet.write_number(rank, 1, value, styles["count" if isinstance(value, int) else "hours"])
        sheet.write_string(rank, 2, text, styles["wrap"])
    last = 5 + len(values)
    sheet.write_string(last, 0, "Heures d’un équivalent temps plein")
    sheet.write_number(last, 1, figures.full_time.divisor, styles["count"])
    sheet.write_string(last, 2, divisor_words(figures), styles["wrap"])


def _breakdown(
    sheet: Worksheet, breakdown: Breakdown, figures: YearlyFigures, styles: dict[str, Format]
) -> None:
    rows = figures.breakdown(breakdown.name)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 3, 14)
    sheet.write_row(0, 0, ["Code", breakdown.head, "Heures", "Personnes"], styles["head"])
    sheet.freeze_panes(1, 0)
    for rank, row in enumerate(rows, start=1):
        sheet.write_string(rank, 0, safe_text(row.code))
        sheet.write_string(rank, 1, safe_text(label_of(row)))
        if row.masked:
            sheet.write_string(rank, 2, "masqué")
            sheet.write_string(rank, 3, row.masked)
        else:
            sheet.write_number(rank, 2, row.hours, styles["hours"])
            sheet.write_number(rank, 3, row.participants, styles["count"])
    notes = [breakdown.note, MASKING_NOTE if has_masked(rows) else ""]
    sheet.write_string(len(rows) + 2, 1, " ".join(note for note in notes if note), styles["wrap"])
