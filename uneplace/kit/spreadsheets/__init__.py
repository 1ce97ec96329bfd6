"""Tables that people keep in a spreadsheet, as rows of text: xlsx, xls, ods, and text files in any encoding
and with any separator that French programs write.

Every cell is a text: a number with a point (`151.67`), a day as `2026-10-31`, a duration as `151:40`. Rows
keep the number that the spreadsheet shows beside them.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from . import text, workbook
from .refusals import UnreadableSheet

__all__ = ["EXTENSIONS", "KINDS", "MOST_BYTES", "MOST_ROWS", "Row", "Table", "UnreadableSheet", "open_table"]

Row = tuple[int, list[str]]
"""The number of a row, from 1, and its cells."""

MEGABYTES = 50
MOST_BYTES = MEGABYTES * 1024 * 1024
MOST_ROWS = 500_000
EXTENSIONS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv")
KINDS = f"Excel (xlsx, xls), LibreOffice (ods) ou CSV, {MEGABYTES}\u00a0Mo au plus"
TEXTS = {".csv", ".txt", ".tsv"}


@dataclass
class Table:
    """One sheet: its rows as they are read, its name, and those of the sheets that are not read."""

    rows: Iterator[Row]
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


@contextmanager
def open_table(file: BinaryIO, name: str, size: int) -> Iterator[Table]:
    """The table of a file. Raises UnreadableSheet, here or while its rows are read.

    A workbook's first visible sheet that holds something is read. A formula is read as the value that it had
    when the file was saved; a merged cell gives its value to each row and column that it covers.
    """
    extension = PurePath(name).suffix.lower()
    if extension not in EXTENSIONS:
        raise UnreadableSheet(f"Envoyez un fichier {KINDS}.")
    if not size:
        raise UnreadableSheet("Ce fichier est vide. Vérifiez-le, puis choisissez-le de nouveau.")
    if size > MOST_BYTES:
        raise UnreadableSheet(f"Ce fichier dépasse {MEGABYTES}\u00a0Mo. Envoyez-le en plusieurs fichiers.")
    if extension in TEXTS:
        yield Table(_bounded(text.rows(file)))
        return
    with closing(workbook.sheets(file)) as found:
        sheet, others, rows = next(found)
        yield Table(_bounded(rows), sheet, others)


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        if row[0] > MOST_ROWS:
            most = f"{MOST_ROWS:,}".replace(",", "\u00a0")
            raise UnreadableSheet(f"Ce fichier dépasse {most} lignes. Envoyez-le en plusieurs fichiers.")
        yield row
