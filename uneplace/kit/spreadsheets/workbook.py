"""Workbooks, read in a process apart (`workbook_read.py`), whose memory and time are bounded: a few kilobytes
can announce billions of cells."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import BinaryIO

from . import workbook_read
from .refusals import UnreadableSheet

PIECE = 256 * 1024
Found = tuple[str, tuple[str, ...], Iterator[tuple[int, list[str]]]]
SENTENCES = {
    workbook_read.LOCKED: "Ce fichier demande un mot de passe. Enregistrez-le sans protection.",
    workbook_read.NOT_ONE: (
        "Ce fichier n’est pas un classeur que l’on sache lire. Ouvrez-le dans votre tableur, puis "
        "enregistrez-le de nouveau, en xlsx, en ods ou en CSV."
    ),
    workbook_read.EMPTY: "Ce classeur ne contient aucune feuille remplie.",
}
TOO_HEAVY = "Ce classeur est trop lourd à ouvrir. Enregistrez la feuille des heures en CSV, puis envoyez-la."


def sheets(file: BinaryIO) -> Iterator[Found]:
    """The sheet to read: its name, those of the others, its rows. Raises UnreadableSheet.

    A generator, closed by who asks: the process apart is ended then, whatever was left to read.
    """
    reader = subprocess.Popen(
        [sys.executable, "-I", workbook_read.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},  # what a fault of the parser could reach holds none of our keys
    )
    try:
        _give(file, reader)
        head = reader.stdout.readline()
        if not head:
            raise _refusal(reader)
        sheet, others = json.loads(head)
        yield sheet, tuple(others), _rows(reader)
    finally:
        reader.kill()
        reader.wait()
        reader.stdout.close()


def _give(file: BinaryIO, reader: subprocess.Popen[bytes]) -> None:
    file.seek(0)
    try:
        while piece := file.read(PIECE):
            reader.stdin.write(piece)
        reader.stdin.close()
    except BrokenPipeError:
        pass  # it ended before the end of the file: its code says why


def _rows(reader: subprocess.Popen[bytes]) -> Iterator[tuple[int, list[str]]]:
    for line in reader.stdout:
        number, cells = json.loads(line)
        yield number, cells
    if reader.wait():
        raise _refusal(reader)


def _refusal(reader: subprocess.Popen[bytes]) -> UnreadableSheet:
    return UnreadableSheet(SENTENCES.get(reader.wait(), TOO_HEAVY))
