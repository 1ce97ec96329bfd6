"""Text files of a table: in which encoding, with which separator, is found by looking."""

import codecs
import csv
import io
from collections.abc import Iterator
from statistics import mode
from typing import BinaryIO

from .refusals import UnreadableSheet, not_a_table

BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
SEPARATORS = ";\t|,"  # a comma last: it also parts the decimals
LOOKED_AT = 64 * 1024  # bytes, to guess from
PIECE = 1024 * 1024
LONGEST_CELL = 32_767  # signs: what a cell of Excel holds


def rows(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """The rows of a text file. Raises UnreadableSheet."""
    encoding = encoding_of(file)
    file.seek(0)
    start = file.read(LOOKED_AT)
    if encoding[:5] not in ("utf-1",) and b"\0" in start:
        raise not_a_table("fichier CSV")
    separator = separator_of(codecs.getincrementaldecoder(encoding)(errors="replace").decode(start))
    file.seek(0)
    lines = io.TextIOWrapper(_Unclosed(file), encoding=encoding, newline="")
    csv.field_size_limit(LONGEST_CELL)
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=separator), start=1):
            yield number, [cell.strip() for cell in cells]
    except csv.Error:
        raise UnreadableSheet("Une cellule de ce fichier n’a pas de fin : un guillemet n’y est pas fermé.")
    except UnicodeDecodeError:
        raise not_a_table("fichier CSV")
    finally:
        lines.detach()


def encoding_of(file: BinaryIO) -> str:
    """The encoding of a text: told by its first bytes, else UTF-8 when all of it is, else that of Windows.

    A text of Latin-1 reads the same in that of Windows, but for five signs that nobody writes.
    """
    file.seek(0)
    start = file.read(LOOKED_AT)
    if told := next((name for bom, name in BOMS.items() if start.startswith(bom)), None):
        return told
    if wide := _wide(start):
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while piece := file.read(PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _of_windows(file)
    return "utf-8"


def _wide(start: bytes) -> str:
    """UTF-16 without its mark: every other byte of a French text is zero."""
    half = len(start) // 2
    if half and start[1::2].count(0) > half * 0.7 and start[::2].count(0) == 0:
        return "utf-16-le"
    if half and start[::2].count(0) > half * 0.7 and start[1::2].count(0) == 0:
        return "utf-16-be"
    return ""


def _of_windows(file: BinaryIO) -> str:
    file.seek(0)
    while piece := file.read(PIECE):
        try:
            piece.decode("cp1252")
        except UnicodeDecodeError:
            return "latin-1"
    return "cp1252"


def separator_of(start: str) -> str:
    """The separator that cuts the first rows in the same number of cells, the most cells of all."""
    lines = start.splitlines()[:50]
    if len(lines) > 1 and len(start) >= LOOKED_AT // 4:
        lines = lines[:-1]  # cut in its middle
    best, most = SEPARATORS[0], (1, 0.0)
    for separator in SEPARATORS:
        widths = [len(row) for row in _parsed(lines, separator) if any(cell.strip() for cell in row)]
        if not widths:
            continue
        usual = mode(widths)
        score = usual, widths.count(usual) / len(widths)
        if usual > 1 and (score[1] >= 0.5) and score > most:
            best, most = separator, score
    return best


def _parsed(lines: list[str], separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        return []


class _Unclosed(io.RawIOBase):
    """A file that stays open when what reads it is done."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        piece = self.file.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)
