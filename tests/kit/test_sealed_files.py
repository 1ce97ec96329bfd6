import os
import random
import stat
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.factories import ApplicationFactory
from uneplace.kit.crypto import Unreadable
from uneplace.kit.scope import working_with
from uneplace.kit.sealed_files import DRAFT, HEADER_SIZE, PIECE, TAG
from uneplace.kit.stray_files import remove_stray_files

SIZES = [0, 1, 100, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 17]


def content_of(size):
    return random.Random(size).randbytes(size)


def save(content, name="cv/CV de Nouria Lecacheux.PDF"):
    return default_storage.save(name, ContentFile(content))


def on_disk(settings, name):
    return settings.MEDIA_ROOT / name


def read(name):
    with default_storage.open(name) as file:
        return file.read()


@pytest.mark.parametrize("size", SIZES)
def test_a_file_comes_back_whole(settings, size):
    content = content_of(size)
    name = save(content)

    assert read(name) == content
    assert default_storage.size(name) == size
    with default_storage.open(name) as file:
        assert b"".join(file.chunks(1000)) == content


def test_neither_the_name_nor_a_word_of_the_content_is_on_the_disk(settings):
    name = save(b"Nouria Lecacheux " * 10_000)
    path = on_disk(settings, name)

    assert "Nouria" not in name
    assert name.startswith("cv/")
    assert name.endswith(".pdf")
    assert b"Nouria" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_the_same_file_twice_has_nothing_in_common(settings):
    first, second = save(b"x" * 500), save(b"x" * 500)

    assert first != second
    assert on_disk(settings, first).read_bytes()[24:] != on_disk(settings, second).read_bytes()[24:]


def test_one_reads_from_anywhere():
    content = content_of(3 * PIECE + 17)
    with default_storage.open(save(content)) as file:
        for start in (0, PIECE - 3, 2 * PIECE, 5, 3 * PIECE + 16):
            file.seek(start)
            assert file.read(10) == content[start : start + 10]
        file.seek(0, 2)
        assert file.read() == b""


def changed(path, change):
    content = bytearray(path.read_bytes())
    change(content)
    path.write_bytes(bytes(content))


def swap_pieces(content):
    first, second = HEADER_SIZE, HEADER_SIZE + PIECE + TAG
    content[first:second], content[second : second + PIECE + TAG] = (
        content[second : second + PIECE + TAG],
        content[first:second],
    )


def flip(position):
    def change(content):
        content[position] ^= 1

    return change


def cut(size):
    def change(content):
        del content[-size:]

    return change


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(flip(0), id="marque"),
        pytest.param(flip(9), id="nom de la clé"),
        pytest.param(flip(20), id="sel"),
        pytest.param(flip(HEADER_SIZE - 1), id="longueur"),
        pytest.param(flip(HEADER_SIZE + 5), id="contenu"),
        pytest.param(flip(-1), id="fin"),
        pytest.param(cut(1), id="un octet de moins"),
        pytest.param(cut(PIECE + TAG), id="un morceau de moins"),
        pytest.param(cut(4 * PIECE), id="presque rien"),
        pytest.param(lambda content: content.extend(b"0"), id="un octet de plus"),
        pytest.param(swap_pieces, id="deux morceaux échangés"),
        pytest.param(lambda content: content.clear(), id="vidé"),
    ],
)
def test_a_file_that_was_touched_does_not_open(settings, change):
    name = save(content_of(3 * PIECE + 17))
    changed(on_disk(settings, name), change)

    with pytest.raises(Unreadable):
        read(name)


def test_two_files_exchanged_do_not_open(settings):
    mine, theirs = save(b"le mien"), save(b"le sien")
    on_disk(settings, mine).write_bytes(on_disk(settings, theirs).read_bytes())

    with pytest.raises(Unreadable, match="échangé"):
        read(mine)


def test_a_file_in_clear_is_not_read_until_it_is_sealed(settings):
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT / "ancien.pdf").write_bytes(b"%PDF-1.7 Nouria")

    with pytest.raises(Unreadable, match="rotate-keys"):
        read("ancien.pdf")
    assert default_storage.seal_anew("ancien.pdf")
    assert read("ancien.pdf") == b"%PDF-1.7 Nouria"
    assert b"Nouria" not in (settings.MEDIA_ROOT / "ancien.pdf").read_bytes()


def test_a_file_sealed_anew_no_longer_needs_the_old_key(settings):
    content = content_of(2 * PIECE + 5)
    name = save(content)
    old = settings.ENCRYPTION_KEYS
    settings.ENCRYPTION_KEYS = (b"n" * 32, *old)

    assert default_storage.seal_anew(name)
    assert not default_storage.seal_anew(name)
    settings.ENCRYPTION_KEYS = (b"n" * 32,)
    assert read(name) == content
    settings.ENCRYPTION_KEYS = old
    with pytest.raises(Unreadable, match="manque"):
        read(name)


def test_a_write_that_fails_leaves_nothing_behind(settings):
    name = save(b"avant")

    def broken():
        yield b"x"
        raise OSError("disque plein")

    with pytest.raises(OSError, match="plein"):
        default_storage._write(name, broken(), 5)
    assert read(name) == b"avant"
    assert len(list(on_disk(settings, name).parent.iterdir())) == 1


def test_a_file_erased_while_it_is_sealed_anew_does_not_come_back(settings):
    name = save(b"Nouria")

    def erased_at_the_end():
        yield b"Nouria"
        default_storage.delete(name)

    assert not default_storage._write(name, erased_at_the_end(), 6, again=True)
    assert not default_storage.exists(name)
    assert not default_storage.seal_anew(name), "and a rotation goes on with the others"
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_what_no_row_names_goes_after_a_day(settings):
    named = ApplicationFactory(cv=ContentFile(b"a", "a.pdf")).cv.name
    stray, recent = save(b"b"), save(b"c")
    half = settings.MEDIA_ROOT / f"{DRAFT}d"
    half.write_bytes(b"d")
    written = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
    for path in settings.MEDIA_ROOT.rglob("*"):
        os.utime(path, (written.timestamp(),) * 2)
    os.utime(on_disk(settings, recent), ((written + timedelta(hours=20)).timestamp(),) * 2)

    with working_with([]):
        assert remove_stray_files(at=written + timedelta(hours=23)) == 0
        assert remove_stray_files(at=written + timedelta(hours=25)) == 2

    assert default_storage.exists(named)
    assert default_storage.exists(recent)
    assert not default_storage.exists(stray)
    assert not half.exists()
