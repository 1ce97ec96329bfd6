"""The witness: a file outside the database, one line a seal, to which lines are only added.

Whoever rules the database can cut the end of the journal and of its seals; the witness still knows of them.
It is worth what its place is worth: `UNEPLACE_JOURNAL_WITNESS` puts it where they do not write.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from .keys import key_ring
from .models import Seal

LONGEST_LINE = 4096  # bytes


@dataclass(frozen=True)
class Seen:
    """A seal as the witness saw it."""

    number: int
    mac: str
    first: int
    last: int
    count: int


def agrees_with(last: Seal | None) -> bool:
    """Whether the chain may be continued: the witness saw nothing beyond this last seal, nor another one."""
    seen = _tail()
    if seen is None:
        return True
    number = last.number if last else 0
    return seen["number"] < number or (
        seen["number"] == number and seen.get("mac", "") in ("", last.mac if last else "")
    )


def catch_up() -> None:
    """Add the seals that the witness has not seen yet."""
    _path().parent.mkdir(parents=True, exist_ok=True)
    with _path().open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        seen = _tail()
        lines = [
            {
                "number": seal.number,
                "at": seal.sealed_at.isoformat(),
                "first": seal.entries[0],
                "last": seal.last_entry,
                "count": len(seal.entries),
                "mac": seal.mac,
            }
            for seal in Seal.objects.filter(number__gt=seen["number"] if seen else 0).order_by("number")
        ]
        _add(file, lines)


def note_restoration(*, reason: str, at: datetime) -> None:
    """Accept the chain as a backup gave it back: what was sealed since that backup is lost, and said to be.

    The line is signed: only who holds the key of the journal can have the witness forget.
    """
    last = Seal.objects.order_by("-number").first()
    line = {"number": last.number if last else 0, "at": at.isoformat(), "restored": reason}
    with _path().open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _add(file, [line | {"signature": key_ring().sign(_restoration_text(line))}])


def seals_seen() -> dict[int, Seen]:
    """Every seal that the witness saw, by number, but those lost by a restoration that was accepted."""
    seen: dict[int, Seen] = {}
    for line in _lines():
        if "restored" in line:
            if key_ring().fits(line.get("signature", ""), _restoration_text(line)):
                seen = {number: seal for number, seal in seen.items() if number <= line["number"]}
        else:
            seen[line["number"]] = Seen(*(line[name] for name in ("number", "mac", "first", "last", "count")))
    return seen


def _restoration_text(line: dict[str, Any]) -> str:
    return json.dumps(["restored/1", line["number"], line["at"], line["restored"]], ensure_ascii=False)


def _path() -> Path:
    return Path(settings.JOURNAL_WITNESS)


def _add(file: Any, lines: list[dict[str, Any]]) -> None:
    if lines:
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        file.write((text if _ends_with_a_line() else f"\n{text}").encode())
        file.flush()
        os.fsync(file.fileno())


def _ends_with_a_line() -> bool:
    """False after a line cut short: the next one starts on its own."""
    with _path().open("rb") as file:
        file.seek(0, os.SEEK_END)
        if file.tell() == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _lines() -> Iterator[dict[str, Any]]:
    if _path().exists():
        with _path().open(encoding="utf-8") as file:
            yield from (read for line in file if (read := _read(line)))


def _tail() -> dict[str, Any] | None:
    if not _path().exists():
        return None
    with _path().open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - LONGEST_LINE))
        lines = file.read().splitlines()
    return next((read for line in reversed(lines) if (read := _read(line))), None)


def _read(line: str | bytes) -> dict[str, Any] | None:
    """One line; None for one that a machine stopped in the middle of writing."""
    try:
        return json.loads(line)
    except ValueError:
        return None
