"""Codes that a phone reads (QR), as the path of a drawing: nothing is asked of anybody outside."""

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_M

MARGIN = 4  # modules of white around, as the standard asks


@dataclass(frozen=True)
class Code:
    """The side of the drawing, its margin included, and the path of its black modules; in modules."""

    side: int
    path: str


def draw_code(text: str) -> Code:
    """The code of a text, an address for instance; a sheet soiled by a seventh still reads."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=MARGIN)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return Code(
        len(rows), "".join(f"M{x} {y}h{run}v1h-{run}z" for y, row in enumerate(rows) for x, run in _runs(row))
    )


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where black begins, and for how many modules."""
    runs, start = [], None
    for x, is_black in enumerate([*row, False]):
        if is_black and start is None:
            start = x
        elif not is_black and start is not None:
            runs.append((start, x - start))
            start = None
    return runs
