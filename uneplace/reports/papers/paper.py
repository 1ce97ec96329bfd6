"""What the papers of a service are made of, and how they become tagged PDFs (PDF/UA-1)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from uneplace.reports.pdf import compile_document
from uneplace.settlement.letterheads import ACCENT

TEMPLATE = Path(__file__).with_name("paper.typ")


@dataclass(frozen=True)
class Letterhead:
    """Who a paper comes from: the name, the postal lines under it, who signs, and the accent colour."""

    name: str
    lines: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    accent: str = ACCENT


@dataclass(frozen=True)
class Facts:
    """Labels and what stands beside them: « Employeur : … »."""

    rows: Sequence[tuple[str, str]]
    title: str = ""
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True)
class Words:
    """Sentences."""

    sentences: Sequence[str]
    title: str = ""
    kind: str = field(default="words", init=False)


@dataclass(frozen=True)
class Column:
    """One column of a table: its head, how wide it is beside the others, whether it holds figures."""

    head: str
    width: float = 1
    number: bool = False


@dataclass(frozen=True)
class Table:
    """Lines of cells under the heads of their columns, with their sum and a note when there are any."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    title: str = ""
    total: Sequence[str] = ()
    note: str = ""
    kind: str = field(default="table", init=False)

    @property
    def labelled(self) -> list[list[tuple[Column, str]]]:
        """Each line with the column of each cell, as a page lays it out."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Paper:
    """One paper before it is printed; `warning` says that it is not for real, `wide` lays the page down."""

    title: str
    parts: Sequence[Facts | Words | Table]
    footer: str
    subtitle: str = ""
    warning: str = ""
    is_signed: bool = True
    is_wide: bool = False


def print_paper(paper: Paper, letterhead: Letterhead, *, on: date) -> bytes:
    """The paper as a tagged PDF. The same facts on the same day give the same bytes."""
    return compile_document(TEMPLATE.read_bytes(), as_data(paper, letterhead), on=on)


def as_data(paper: Paper, letterhead: Letterhead) -> dict[str, Any]:
    """The paper as its template reads it."""
    return {
        "title": paper.title,
        "author": letterhead.name,
        "lines": letterhead.lines,
        "accent": letterhead.accent,
        "signature": letterhead.signature if paper.is_signed else (),
        "subtitle": paper.subtitle,
        "warning": paper.warning,
        "footer": paper.footer,
        "wide": paper.is_wide,
        "parts": [asdict(part) for part in paper.parts],
    }
