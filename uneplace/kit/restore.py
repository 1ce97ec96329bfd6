"""Putting an installation back as an archive holds it: see `kit/backup.py` for what is inside."""

import shutil
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from .backup import (
    DUMP,
    FILES,
    MANIFEST,
    PIECE,
    WITNESS,
    BackupError,
    Manifest,
    check_dump,
    files_in,
    read,
    rows_of,
    run_program,
)
from .database import as_owner, others_connected


def restore(source: Path, *, force: bool = False) -> Manifest:
    """Put an installation back as the archive holds it, every part checked first. Raises BackupError.

    With `force`, what is there is replaced, and put aside: its files under `files.avant`, its database in
    `base.avant.dump`, which is put back by itself when the archive's does not load.
    """
    manifest = read(source)
    files = Path(settings.MEDIA_ROOT)
    aside, dump_aside = places_aside()
    application = connection.settings_dict["USER"]
    with as_owner() as owner:
        roles = {"application": application, "owner": owner.settings_dict["USER"]}
        if roles != manifest.roles:
            raise BackupError(
                f"La sauvegarde est celle des comptes {manifest.roles}, et cette base a {roles}\u00a0: "
                "donnez-leur les mêmes noms, les droits sont écrits pour eux."
            )
        is_used = _is_used(owner)
        if is_used or any(files_in(files)):
            if not force:
                raise BackupError(
                    "Cette installation n’est pas vide\u00a0: rien n’a été touché. « --force » la remplace."
                )
            for place in (aside, dump_aside):
                if place.exists():
                    raise BackupError(f"{place} existe déjà\u00a0: déplacez-le d’abord.")
        if others := others_connected(owner, roles.values()):
            raise BackupError(f"La base sert encore ({others} connexions)\u00a0: arrêtez d’abord le site.")
        files.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restauration.", dir=files.parent) as folder:
            _extract(source, Path(folder))
            check_dump(Path(folder, DUMP))
            if is_used:
                _put_aside(owner, dump_aside)
            _replace(owner, Path(folder, DUMP), manifest, aside=dump_aside if is_used else None)
            if files.exists():
                files.rename(aside) if force else files.rmdir()
            Path(folder, FILES).mkdir(exist_ok=True, mode=0o700)
            Path(folder, FILES).rename(files)
            if Path(folder, WITNESS).exists() and not Path(settings.JOURNAL_WITNESS).exists():
                shutil.move(Path(folder, WITNESS), settings.JOURNAL_WITNESS)
    return manifest


def places_aside() -> tuple[Path, Path]:
    """Where the files and the database that a restoration replaces are put."""
    files = Path(settings.MEDIA_ROOT)
    return files.with_name(f"{files.name}.avant"), files.with_name("base.avant.dump")


def _put_aside(owner: BaseDatabaseWrapper, target: Path) -> None:
    target.touch(mode=0o600, exist_ok=False)
    try:
        run_program(owner, "pg_dump", "--format=custom", f"--file={target}")
        check_dump(target)
    except BackupError:
        target.unlink()
        raise


def _replace(owner: BaseDatabaseWrapper, dump: Path, manifest: Manifest, *, aside: Path | None) -> None:
    try:
        _empty(owner)
        _load(owner, dump)
        _check_rows(owner, manifest)
    except BackupError as error:
        if aside is None:
            raise
        try:
            _empty(owner)
            _load(owner, aside)
        except BackupError:
            raise BackupError(f"{error} La base d’avant est dans {aside}\u00a0: gardez ce fichier.")
        aside.unlink()
        raise BackupError(f"{error} La base d’avant a été remise.")


def _load(owner: BaseDatabaseWrapper, dump: Path) -> None:
    # Comments are those of extensions that an administrator may have made for us.
    run_program(
        owner,
        "pg_restore",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-comments",
        str(dump),
    )


def _is_used(owner: BaseDatabaseWrapper) -> bool:
    with owner.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')")
        return cursor.fetchone()[0]


def _empty(owner: BaseDatabaseWrapper) -> None:
    with owner.cursor() as cursor:
        cursor.execute("DROP OWNED BY CURRENT_USER CASCADE")


def _extract(source: Path, folder: Path) -> None:
    with tarfile.open(source, "r:") as archive:
        for member in archive:
            if member.name == MANIFEST:
                continue
            target = folder / member.name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            content = archive.extractfile(member)
            with target.open("xb") as file:
                target.chmod(0o600)
                shutil.copyfileobj(content, file, PIECE)


def _check_rows(owner: BaseDatabaseWrapper, manifest: Manifest) -> None:
    with owner.cursor() as cursor:
        counts = rows_of(cursor)
    if wrong := [
        table for table in counts.keys() | manifest.tables if counts.get(table) != manifest.tables.get(table)
    ]:
        raise BackupError(f"Les lignes de {', '.join(sorted(wrong))} ne sont pas celles de la sauvegarde.")


def waiting_migrations(manifest: Manifest) -> tuple[list[str], list[str]]:
    """The migrations that this program has and the archive has not, and the other way round."""
    ours = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    theirs = set(manifest.migrations)
    return sorted(ours - theirs), sorted(theirs - ours)
