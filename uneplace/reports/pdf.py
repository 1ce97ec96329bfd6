"""The report of a year as a tagged PDF (PDF/UA-1), from the same figures as its page."""

import json
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import typst

from uneplace.rules import french
from uneplace.settlement.letterheads import ACCENT

from .definitions import BREAKDOWNS, DEFINITIONS, MASKING_NOTE, Breakdown, divisor_words, has_masked, label_of
from .figures import TOO_FEW, Row, YearlyFigures

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATE = HERE / "bilan.typ"
NOT_DRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')
NOT_LATIN = re.compile(r"(?<!\\)\\u00[01][0-9a-f]|[^\x00-\u024f\u2010-\u2027\u20ac]")
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
MONTH_LABELS = {"octobre": "oct.", "novembre": "nov.", "décembre": "déc.", "avril": "avr."}


class DocumentFault(RuntimeError):
    """A document that came out with a warning: a missing font, for instance."""


def bilan_pdf(
    figures: YearlyFigures,
    *,
    author: str,
    on: date,
    scope: str = "",
    warning: str = "",
    accent: str = ACCENT,
) -> bytes:
    """The report of a year. `author` is who publishes it, `scope` what it is restricted to, if it is.

    `on` is the day on which the ledger was read. The same figures on the same day give the same bytes.
    """
    read = f"Chiffres du registre lus le {french.day(on)}"
    data = {
        "title": f"Bilan de l’année {figures.year}",
        "author": author,
        "accent": accent,
        "subtitle": f"{scope}. {read}." if scope else f"{read}.",
        "warning": warning,
        "footer": f"{author}, bilan {figures.year}, chiffres lus le {french.day(on)}",
        "keys": _keys(figures),
        "parts": [_part(breakdown, figures) for breakdown in BREAKDOWNS],
        "definitions": [{"term": term, "text": text} for term, text in definitions(figures)],
    }
    return compile_document(TEMPLATE.read_bytes(), data, on=on)


def compile_document(source: bytes, data: dict[str, Any], *, on: date) -> bytes:
    """A typst document with its data, in our fonts only. Raises `DocumentFault` on any warning.

    Typst refuses a character that no font draws (an emoji in what somebody typed): a « ? » stands for it.
    """
    text = json.dumps(data, ensure_ascii=False)
    while True:
        try:
            return _compiled(source, text, on)
        except typst.TypstError as error:
            readable = _without(_not_drawn(str(error)), text)
            if readable == text:  # marks that stand on another, joiners, control characters
                readable = NOT_LATIN.sub("?", text)
            if readable == text:
                raise
            text = readable


def _compiled(source: bytes, data: str, on: date) -> bytes:
    pdf, warnings = typst.compile_with_warnings(
        source,
        font_paths=_fonts(),
        sys_inputs={"data": data},
        pdf_standards=["ua-1"],
        timestamp=(on - date(1970, 1, 1)).days * 86_400,
        format="pdf",
    )
    if warnings:
        raise DocumentFault("\n".join(str(warning) for warning in warnings))
    return pdf


def _not_drawn(error: str) -> set[str]:
    """The characters that typst says no font draws, as it writes them: itself, or `\\u{1f600}`."""
    found = NOT_DRAWN.search(error)
    written = ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1]) if found else ""
    return {character for character in written if not character.isascii()}


def _without(characters: set[str], text: str) -> str:
    return text.translate({ord(character): "?" for character in characters})


@cache
def _fonts() -> typst.Fonts:
    """Ours and those of typst, read once: a thousand papers in a row do not read them a thousand times."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def definitions(figures: YearlyFigures) -> list[tuple[str, str]]:
    """Each figure's name with what it counts."""
    return [
        ("Heures d’insertion", DEFINITIONS["hours"]),
        ("Heures non comptées", DEFINITIONS["not_counted"]),
        ("Personnes", DEFINITIONS["participants"]),
        ("Marchés", DEFINITIONS["contracts"]),
        ("Contrats de travail", DEFINITIONS["placements"]),
        ("Entreprises", DEFINITIONS["companies"]),
        ("Acheteurs", DEFINITIONS["buyers"]),
        ("Équivalents temps plein", f"{DEFINITIONS['full_time']} {divisor_words(figures)}."),
    ]


def _keys(figures: YearlyFigures) -> list[dict[str, str]]:
    totals = figures.totals
    each = totals.hours_each
    return [
        {
            "figure": french.hours(totals.hours),
            "label": "heures d’insertion comptées",
            "detail": f"{french.number(figures.full_time.value)} équivalents temps plein",
        },
        {
            "figure": TOO_FEW if totals.participants is None else french.number(totals.participants),
            "label": "personnes au travail",
            "detail": "" if each is None else f"{french.hours(each)} par personne en moyenne",
        },
        {
            "figure": french.number(totals.contracts),
            "label": "marchés avec des heures",
            "detail": (
                f"{french.several(totals.buyers, 'acheteur', 'acheteurs')}, "
                f"{french.several(totals.companies, 'entreprise', 'entreprises')}, "
                f"{french.several(totals.placements, 'contrat de travail', 'contrats de travail')}"
            ),
        },
    ]


def _part(breakdown: Breakdown, figures: YearlyFigures) -> dict[str, Any]:
    rows = figures.breakdown(breakdown.name)
    notes = [breakdown.note, MASKING_NOTE if has_masked(rows) else ""]
    part: dict[str, Any] = {
        "title": breakdown.title,
        "head": breakdown.head,
        "note": " ".join(note for note in notes if note),
        "rows": [_row(row, figures.totals.hours) for row in rows],
    }
    if breakdown.name == "by_month":
        part |= _chart(rows, figures.year)
    return part


def _row(row: Row, total: Decimal) -> dict[str, Any]:
    if row.masked:
        return {
            "label": label_of(row),
            "hours": "masqué",
            "participants": row.masked,
            "masked": True,
            "share": 0,
            "percent": "",
        }
    share = row.hours / total if total else Decimal(0)
    return {
        "label": label_of(row),
        "hours": french.hours(row.hours),
        "participants": french.number(row.participants),
        "masked": False,
        "share": float(min(max(share, Decimal(0)), Decimal(1))),
        "percent": f"{french.number(round(share * 100, 1))}\u00a0%",
    }


def _chart(rows: Sequence[Row], year: int) -> dict[str, Any]:
    most = max((row.hours or Decimal(0) for row in rows), default=Decimal(0)) or Decimal(1)
    words = ", ".join(f"{row.label} {'masqué' if row.masked else french.hours(row.hours)}" for row in rows)
    return {
        "chart": [
            {"label": _short(row.label), "share": float(max(row.hours or 0, 0) / most)} for row in rows
        ],
        "chart-alt": f"Heures comptées de chaque mois de {year}\u00a0: {words}.",
    }


def _short(month: str) -> str:
    """« janv. », « mars », « oct. »."""
    return MONTH_LABELS.get(month, month if len(month) < 5 else f"{month[:4]}.")
