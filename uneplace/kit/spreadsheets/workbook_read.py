"""Run apart by `workbook.py`, a workbook on its input: writes the name of the sheet that it reads and those
of the others, then one row a line, in JSON.

It imports nothing of ours, so that it starts at once.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

LOCKED, NOT_ONE, EMPTY = 3, 4, 5  # exit codes
MOST_MEMORY = 1024 * 1024 * 1024  # bytes of addresses; what is used is measured by bench/imports.py
MOST_TIME = 120  # seconds of processor
MOST_COLUMNS = 200
MOST_MERGED = 20_000


def bound() -> None:
    """Bound what this process may take, before anything is read. Nothing is written, not even a core."""
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_TIME),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def as_text(cell: object) -> str:
    """A cell as a text that says all of its value."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return (
            f"{minutes // 60}:{minutes % 60:02}" if minutes >= 0 else f"-{-minutes // 60}:{-minutes % 60:02}"
        )
    if isinstance(cell, time):
        return f"{cell.hour}:{cell.minute:02}"
    return str(cell)


def rows_of(sheet) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet with their numbers, its merged cells given to all that they cover."""
    merged: dict[int, list[tuple[int, int, int, int]]] = {}
    for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])[:MOST_MERGED]:
        if left < MOST_COLUMNS:
            for row in range(top, min(bottom, top + MOST_MERGED) + 1):
                merged.setdefault(row, []).append((top, left, right, bottom))
    kept: dict[tuple[int, int], str] = {}
    first = sheet.start[0]
    for rank, cells in enumerate(sheet.iter_rows(), start=0):
        row = rank
        texts = [as_text(cell) for cell in cells[:MOST_COLUMNS]]
        for top, left, right, bottom in merged.get(row, ()):
            if row == top and left < len(texts):
                kept[top, left] = texts[left]
            for column in range(left, min(right + 1, len(texts))):
                texts[column] = texts[column] or kept.get((top, left), "")
            if row == bottom:
                kept.pop((top, left), None)
        if rank >= first:
            yield row + 1, texts


def main() -> int:
    bound()
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
        names = [
            one.name
            for one in book.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
        ]
        for name in names:
            sheet = book.get_sheet_by_name(name)
            if sheet.start is not None:
                break
        else:
            return EMPTY
    except PasswordError:
        return LOCKED
    except (CalamineError, OSError, ValueError):
        return NOT_ONE
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # no module gives its class
            raise
        return NOT_ONE  # the parser gave up on a damaged file
    write = sys.stdout.write
    write(json.dumps([name, [other for other in names if other != name]]) + "\n")
    for row in rows_of(sheet):
        write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
