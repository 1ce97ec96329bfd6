"""A backup: one archive with the database, the files and a manifest that proves both.

`tar` with, in this order, `database.dump` (pg_dump's own format), `files/…`, the witness of the journal when
there is one, and `manifest.json` last, since it holds the SHA-256 of all the others. Keys are never inside:
who holds the archive alone reads no sealed field and no proof.
"""

import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql
from psycopg.conninfo import make_conninfo

from .database import as_owner
from .postgres import find_program
from .sealed_files import DRAFT

FORMAT = 1
DUMP, FILES, WITNESS, MANIFEST = "database.dump", "files", "journal_witness", "manifest.json"
PIECE = 1024 * 1024


class BackupError(Exception):
    """A backup or a restoration that is not done; the message is a French sentence for the terminal."""


@dataclass(frozen=True)
class Manifest:
    """What an archive holds: the rows of each table, the size and SHA-256 of each part, whose it is."""

    tables: dict[str, int]
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    migrations: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)  # files half written, or removed meanwhile
    version: str = version("uneplace")
    made_at: str = ""
    format: int = FORMAT


def back_up(target: Path, *, made_at: str) -> Manifest:
    """Write the archive; nothing is left at `target` unless it is whole. Raises BackupError."""
    if target.exists():
        raise BackupError(f"{target} existe déjà\u00a0: une sauvegarde n’en écrase pas une autre.")
    if not target.parent.is_dir():
        raise BackupError(f"Le dossier {target.parent} n’existe pas.")
    application = connection.settings_dict["USER"]
    with (
        tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder,
        as_owner() as owner,
    ):
        draft = Path(folder)
        roles = {"application": application, "owner": owner.settings_dict["USER"]}
        tables, migrations = _dump(owner, draft / DUMP)
        manifest = Manifest(tables, roles=roles, migrations=migrations, made_at=made_at)
        (draft / "archive").touch(mode=0o600)
        with tarfile.open(draft / "archive", "w", format=tarfile.PAX_FORMAT) as archive:
            _add(archive, manifest, DUMP, draft / DUMP)
            add_files(archive, manifest, list(files_in(Path(settings.MEDIA_ROOT))))
            if Path(settings.JOURNAL_WITNESS).is_file():
                _add(archive, manifest, WITNESS, Path(settings.JOURNAL_WITNESS))
            text = json.dumps(manifest.__dict__, ensure_ascii=False, indent=1).encode()
            member = _member(MANIFEST, len(text))
            archive.addfile(member, BytesIO(text))
        with (draft / "archive").open("rb") as whole:
            os.fsync(whole.fileno())
        try:
            os.link(draft / "archive", target)  # unlike a renaming, never over another file
        except FileExistsError:
            raise BackupError(f"{target} vient d’apparaître\u00a0: une sauvegarde n’en écrase pas une autre.")
    return manifest


def add_files(archive: tarfile.TarFile, manifest: Manifest, paths: list[Path]) -> None:
    """Add the files kept; those half written are left out, and those that somebody has erased meanwhile."""
    for path in paths:
        name = str(PurePosixPath(FILES, path.relative_to(settings.MEDIA_ROOT)))
        if path.name.startswith(DRAFT):
            manifest.skipped.append(name)
            continue
        try:
            _add(archive, manifest, name, path)
        except FileNotFoundError:
            manifest.skipped.append(name)


def read(source: Path) -> Manifest:
    """The manifest of an archive, once each part is found as the manifest says. Raises BackupError."""
    found: dict[str, dict[str, Any]] = {}
    text = b""
    try:
        with tarfile.open(source, "r:") as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content is None or not _is_ours(member.name):
                    raise BackupError(
                        f"{source}\u00a0: « {member.name} » n’a rien à faire dans une sauvegarde."
                    )
                if member.name == MANIFEST:
                    text = content.read()
                else:
                    found[member.name] = _digest(content)
        manifest = Manifest(**json.loads(text))
    except (tarfile.TarError, ValueError, TypeError, EOFError):
        raise BackupError(f"{source} n’est pas une sauvegarde entière\u00a0: rien n’a été touché.")
    if manifest.format != FORMAT:
        raise BackupError(f"{source}\u00a0: format {manifest.format}, inconnu de cette version d’Uneplace.")
    if DUMP not in manifest.parts:
        raise BackupError(f"{source} ne tient pas la base («\u00a0{DUMP}\u00a0»)\u00a0: rien n’a été touché.")
    for name in sorted(manifest.parts.keys() | found.keys()):
        if manifest.parts.get(name) != found.get(name):
            raise BackupError(
                f"{source} est abîmée\u00a0: « {name} » n’est pas ce que le manifeste annonce. "
                "Rien n’a été touché."
            )
    return manifest


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    inside = path.parts[:1] == (FILES,) and len(path.parts) > 1 and ".." not in path.parts
    return inside or name in (DUMP, WITNESS, MANIFEST)


def _digest(content: IO[bytes]) -> dict[str, Any]:
    size, digest = 0, hashlib.sha256()
    while piece := content.read(PIECE):
        size += len(piece)
        digest.update(piece)
    return {"size": size, "sha256": digest.hexdigest()}


class _Hashed:
    """A file that counts and hashes what is read of it."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content, self.digest = content, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.content.read(size)
        self.digest.update(piece)
        return piece


def _add(archive: tarfile.TarFile, manifest: Manifest, name: str, path: Path) -> None:
    with path.open("rb") as content:
        size = os.fstat(content.fileno()).st_size
        hashed = _Hashed(content)
        archive.addfile(_member(name, size), hashed)
    manifest.parts[name] = {"size": size, "sha256": hashed.digest.hexdigest()}


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def files_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _dump(owner: BaseDatabaseWrapper, target: Path) -> tuple[dict[str, int], list[str]]:
    """The dump, with the rows of each table and the migrations applied, all as of one moment."""
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        run_program(owner, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
        tables = rows_of(cursor)
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return tables, [name for (name,) in cursor.fetchall()]


def run_program(owner: BaseDatabaseWrapper, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as the owner of the tables, the rows of every service in its sight."""
    place = owner.settings_dict
    parts = {"dbname": place["NAME"], "user": place["USER"], "host": place["HOST"], "port": place["PORT"]}
    address = make_conninfo(**{name: value for name, value in parts.items() if value}, **place["OPTIONS"])
    secret = {"PGPASSWORD": place["PASSWORD"]}  # not among the arguments, which anyone may list
    _run(program, "--no-password", "--enable-row-security", f"--dbname={address}", *arguments, **secret)


def check_dump(dump: Path) -> None:
    """Read a dump from end to end, without any database. Raises BackupError."""
    _run("pg_restore", f"--file={os.devnull}", str(dump))


def _run(program: str, *arguments: str, **environment: str) -> None:
    done = subprocess.run(
        [find_program(program), *arguments],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{program} a échoué\u00a0: {' '.join(done.stderr.split())[:500]}")


def rows_of(cursor: Any) -> dict[str, int]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    counts = {}
    for (table,) in cursor.fetchall():
        cursor.execute(sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(table)))
        (counts[table],) = cursor.fetchone()
    return counts
