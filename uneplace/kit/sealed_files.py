"""Files kept sealed: what people send is unreadable on the disk, under a name that tells nothing.

A file is a header (mark, name of the key, salt, length of the content) then pieces of 64 KiB, each encrypted
(AES-256-GCM) under a key of that file alone. Each piece is bound to the header, to its rank and to the name
of the file: cut, reordered, lengthened or exchanged with another one, a file does not open. A file in clear
does not open either; `uneplace rotate-keys` seals those of before.
"""

import ctypes
import errno
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files import File
from django.core.files.storage import FileSystemStorage

from .crypto import ID_SIZE, Key, Unreadable, keyring

MARK = b"uneplac1"
SALT_SIZE = 16
LENGTH_SIZE = 8
HEADER_SIZE = len(MARK) + ID_SIZE + SALT_SIZE + LENGTH_SIZE
PIECE = 64 * 1024
TAG = 16
DRAFT = ".brouillon-"
HERE, EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux's renameat2


@dataclass(frozen=True)
class Seal:
    """What a header says, and the cipher of its file."""

    header: bytes
    name: str
    length: int
    cipher: AESGCM

    @property
    def pieces(self) -> int:
        """How many pieces there are: one at least, so that an empty file is bound too."""
        return max(1, -(-self.length // PIECE))

    @property
    def size(self) -> int:
        """The size of the whole file on the disk."""
        return HEADER_SIZE + self.length + self.pieces * TAG

    def bound(self, rank: int) -> tuple[bytes, bytes]:
        """The nonce of a piece, and what it is bound to."""
        return rank.to_bytes(12, "big"), self.header + self.name.encode()


def _seal(key: Key, salt: bytes, length: int, name: str) -> Seal:
    header = MARK + key.id.encode() + salt + length.to_bytes(LENGTH_SIZE, "big")
    return Seal(header, name, length, AESGCM(key.derive(b"files", salt)))


def read_header(file: BinaryIO, name: str) -> Seal:
    """What the header of a file says. Raises `Unreadable` for a file in clear, cut, or of a missing key."""
    header = file.read(HEADER_SIZE)
    if not header.startswith(MARK):
        raise Unreadable(
            f"Le fichier {name} n’est pas chiffré : il n’est pas lu. Lancez « uneplace rotate-keys »."
        )
    if len(header) < HEADER_SIZE:
        raise _damaged(name)
    key_id, rest = header[len(MARK) :][:ID_SIZE], header[len(MARK) + ID_SIZE :]
    key = keyring().find(key_id.decode(errors="replace"), name)
    return _seal(key, rest[:SALT_SIZE], int.from_bytes(rest[SALT_SIZE:], "big"), name)


def _damaged(name: str) -> Unreadable:
    return Unreadable(
        f"Le fichier {name} a été modifié, coupé ou échangé : il n’est pas lu. Comparez avec une sauvegarde."
    )


class SealedReader(io.RawIOBase):
    """The content of a sealed file, opened piece by piece as it is read."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.file, self.position, self.rank, self.piece = file, 0, -1, b""
        self.seal = read_header(file, name)
        if os.fstat(file.fileno()).st_size != self.seal.size:
            raise _damaged(name)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self.position, os.SEEK_END: self.seal.length}[whence]
        self.position = max(0, base + offset)
        return self.position

    def readinto(self, buffer: memoryview) -> int:
        rank, start = divmod(self.position, PIECE)
        if rank >= self.seal.pieces:
            return 0
        self._load(rank)
        content = self.piece[start : start + len(buffer)]
        buffer[: len(content)] = content
        self.position += len(content)
        return len(content)

    def _load(self, rank: int) -> None:
        if rank == self.rank:
            return
        self.file.seek(HEADER_SIZE + rank * (PIECE + TAG))
        nonce, bound = self.seal.bound(rank)
        try:
            self.piece = self.seal.cipher.decrypt(nonce, self.file.read(PIECE + TAG), bound)
        except InvalidTag:
            raise _damaged(self.seal.name)
        self.rank = rank

    def close(self) -> None:
        self.file.close()
        super().close()


def write_sealed(source: Iterator[bytes], length: int, target: BinaryIO, name: str) -> None:
    """Seal `length` bytes under the first key, for a file that will be called `name`."""
    seal = _seal(keyring().current, os.urandom(SALT_SIZE), length, name)
    target.write(seal.header)
    waiting, rank, written = bytearray(), 0, 0
    for chunk in source:
        waiting += chunk
        written += len(chunk)
        while len(waiting) > PIECE:
            target.write(_piece(seal, rank, waiting[:PIECE]))
            del waiting[:PIECE]
            rank += 1
    target.write(_piece(seal, rank, waiting))
    if written != length:
        raise ValueError(f"{name}: {length} bytes were told, {written} came.")


def _piece(seal: Seal, rank: int, content: bytearray) -> bytes:
    nonce, bound = seal.bound(rank)
    return seal.cipher.encrypt(nonce, bytes(content), bound)


def _replace_if_there(draft: str, path: Path) -> bool:
    """Put `draft` in the place of `path`, unless somebody erased that one, be it at the last instant."""
    try:
        # The two names are exchanged by the kernel in one step, which fails when one of them is missing.
        _exchange(draft, path)
    except FileNotFoundError:
        Path(draft).unlink()
        return False
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOSYS):
            raise
        # A file system that cannot exchange, of a network say: `stray_files.py` finds what that lets through.
        if not path.exists():
            Path(draft).unlink()
            return False
        os.replace(draft, path)
        return True
    Path(draft).unlink()
    return True


def _exchange(one: str, other: Path) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if libc.renameat2(HERE, os.fsencode(one), HERE, os.fsencode(other), EXCHANGE):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(other))


class EncryptedStorage(FileSystemStorage):
    """The files of an installation, sealed, each under a name drawn at random; the row keeps its own name."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        path = PurePosixPath(name)
        return str(path.with_name(f"{uuid4().hex}{path.suffix.lower()}"))

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise ValueError("A sealed file is only read; save another one instead.")
        return File(io.BufferedReader(SealedReader(open(self.path(name), "rb"), name), PIECE), name)

    def _save(self, name: str, content: File) -> str:
        self._write(name, content.chunks(), content.size)
        return name

    def _write(self, name: str, source: Iterator[bytes], length: int, *, again: bool = False) -> bool:
        """Write a file in one go. With `again`, only over the one of before: False when that one is gone."""
        path = Path(self.path(name))
        path.parent.mkdir(mode=self.directory_permissions_mode or 0o700, parents=True, exist_ok=True)
        number, draft = tempfile.mkstemp(prefix=DRAFT, dir=path.parent)  # readable by its owner alone
        try:
            with open(number, "wb") as target:
                write_sealed(source, length, target, name)
                target.flush()
                os.fsync(target.fileno())
            if again:
                return _replace_if_there(draft, path)
            os.replace(draft, path)
            return True
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise

    def size(self, name: str) -> int:
        with open(self.path(name), "rb") as file:
            return read_header(file, name).length

    def names(self) -> list[str]:
        """Every file kept, in order; those that were being written when a machine stopped are not."""
        root = Path(self.location)
        found = (path for path in root.rglob("*") if path.is_file() and not path.name.startswith(DRAFT))
        return sorted(path.relative_to(root).as_posix() for path in found)

    def untouched_since(self, moment: datetime) -> list[str]:
        """Every file, half written ones included, that nobody has written since this moment."""
        root = Path(self.location)
        found = []
        for path in sorted(root.rglob("*")):
            with suppress(FileNotFoundError):  # erased meanwhile
                if path.is_file() and path.stat().st_mtime < moment.timestamp():
                    found.append(path.relative_to(root).as_posix())
        return found

    def key_of(self, name: str) -> str:
        """The name of the key of a file; empty for a file in clear."""
        with open(self.path(name), "rb") as file:
            header = file.read(len(MARK) + ID_SIZE)
        return header[len(MARK) :].decode(errors="replace") if header.startswith(MARK) else ""

    def seal_anew(self, name: str) -> bool:
        """Seal a file under the first key, one in clear included; whether that was done.

        The file is replaced in one go: whoever reads it meanwhile finishes with the former one. One that is
        erased meanwhile stays erased.
        """
        try:
            return self._seal_anew(name)
        except FileNotFoundError:
            return False

    def _seal_anew(self, name: str) -> bool:
        key_id = self.key_of(name)
        if key_id == keyring().current.id:
            return False
        with self.open(name) if key_id else File(open(self.path(name), "rb"), name) as file:
            length = self.size(name) if key_id else os.path.getsize(self.path(name))
            return self._write(name, file.chunks(), length, again=True)
