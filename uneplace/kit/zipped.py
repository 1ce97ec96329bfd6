"""A ZIP archive written while it is sent: nothing waits on a disk, nor whole in memory."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast
from zipfile import ZIP_STORED, ZipFile, ZipInfo


class _Sent:
    """What the archive writes, taken away as it goes; it cannot go back, so it never has to."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, content: bytes) -> int:
        self.waiting.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        taken = b"".join(self.waiting)
        self.waiting.clear()
        return taken


def zipped(files: Iterable[tuple[str, bytes]], *, on: date) -> Iterator[bytes]:
    """The archive of these named files, piece by piece, each dated of that day; not compressed again, since
    PDFs already are."""
    sent = _Sent()
    with ZipFile(cast("str", sent), "w", ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0)), content)
            yield sent.take()
    yield sent.take()
