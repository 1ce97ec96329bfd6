"""An archive written while it is sent."""

import io
import zipfile
from datetime import date

from uneplace.kit.zipped import zipped

DAY = date(2026, 6, 15)


def test_the_archive_holds_each_file_under_its_name_and_day():
    pieces = list(zipped([("été.pdf", b"a" * 1000), ("b.pdf", b"")], on=DAY))
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        assert archive.read("été.pdf") == b"a" * 1000
        assert archive.infolist()[1].date_time == (2026, 6, 15, 0, 0, 0)


def test_each_file_leaves_before_the_next_is_made():
    made = []

    def files():
        for name in ("a", "b"):
            made.append(name)
            yield name, name.encode()

    pieces = zipped(files(), on=DAY)
    assert b"a" in next(pieces)
    assert made == ["a"]


def test_an_archive_of_nothing_is_an_archive():
    with zipfile.ZipFile(io.BytesIO(b"".join(zipped([], on=DAY)))) as archive:
        assert archive.namelist() == []
