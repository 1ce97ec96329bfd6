"""A backup is worth what its restoration is: on an empty server, every row and every file are there again."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from tests.factories import NOON, AgreementFactory, LedgerEntryFactory, PenaltyCaseFactory, actor_for
from tests.plugin import MEMORY
from uneplace.journal.actions import record
from uneplace.kit import postgres
from uneplace.kit.backup import Manifest, add_files, files_in
from uneplace.kit.environment import KEY_FILE
from uneplace.kit.sealed_files import DRAFT


def plain(definition):
    """A definition without the parentheses and casts that PostgreSQL writes otherwise on reading it back."""
    return rf"regexp_replace({definition}, '[()]|::character varying|::text(\[\])?', '', 'g')"


CATALOGUE = {
    "policies": "SELECT tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies",
    "forced": "SELECT relname, relrowsecurity, relforcerowsecurity, relacl::text FROM pg_class "
    "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v')",
    "triggers": f"SELECT tgrelid::regclass::text, tgname, tgenabled, {plain('pg_get_triggerdef(oid)')} "
    "FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT p.proname, pg_get_functiondef(p.oid), pg_get_userbyid(proowner) FROM pg_proc p "
    "WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND probin IS NULL",
    "constraints": f"SELECT conrelid::regclass::text, conname, {plain('pg_get_constraintdef(oid)')} "
    "FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": f"SELECT tablename, indexname, {plain('indexdef')} FROM pg_indexes "
    "WHERE schemaname = 'public'",
    "sequences": "SELECT sequencename, last_value, increment_by FROM pg_sequences",
    "owners": "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public'",
    "default rights": "SELECT defaclrole::regrole::text, defaclobjtype, defaclacl::text FROM pg_default_acl",
}


@pytest.fixture
def installation(transactional_db, settings):
    """A file in the middle of its life, with two stored files, one of them empty."""
    entry = LedgerEntryFactory()
    PenaltyCaseFactory(commitment=entry.commitment)
    AgreementFactory()
    record("statement.validated", about=entry.line.statement, by=actor_for(entry.service), at=NOON)
    folder = Path(settings.MEDIA_ROOT)
    for name, content in {"cv/a.pdf": os.urandom(3_000_000), "cv/vide.txt": b""}.items():
        (folder / default_storage.save(name, ContentFile(content))).rename(folder / name)
    settings.JOURNAL_WITNESS = folder.parent / "journal_witness"
    settings.JOURNAL_WITNESS.write_text("ce qui suit le dernier acte\n")
    return folder


@pytest.fixture
def archive(installation, tmp_path):
    path = tmp_path / "uneplace.tar"
    call_command("backup", path, stdout=StringIO())
    return path


@pytest.fixture
def elsewhere():
    """Another server, of its own data folder, on which nothing was ever done."""
    folder = Path(tempfile.mkdtemp(prefix="uneplace-", dir=MEMORY))
    folder.chmod(0o755)
    yield folder
    postgres.reset(folder)
    shutil.rmtree(folder, ignore_errors=True)


def uneplace(folder, *arguments):
    """A command on the installation of this folder, as its administrator runs it."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("UNEPLACE_", "DATABASE_"))
    }
    environment = {**kept, "UNEPLACE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run(
        [sys.executable, "-m", "uneplace.cli", *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def everything(address):
    """Every row of every table, and all that holds them, as a superuser reads it."""
    with psycopg.connect(address) as server:
        found = {
            name: sorted(map(str, server.execute(query).fetchall())) for name, query in CATALOGUE.items()
        }
        tables = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            query = sql.SQL("SELECT row::text FROM public.{} row").format(sql.Identifier(table))
            found[f"rows of {table}"] = sorted(row for (row,) in server.execute(query))
    return found


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def here():
    return psycopg.conninfo.make_conninfo(
        os.environ["UNEPLACE_TEST_POSTGRES"], dbname=connection.settings_dict["NAME"]
    )


def rewritten(archive, target, change):
    """The same archive, each part passed through `change(name, content)`; None leaves it out."""
    with tarfile.open(archive) as source, tarfile.open(target, "w") as copy:
        for member in source:
            content = change(member.name, source.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                copy.addfile(member, io.BytesIO(content))
    return target


def test_every_row_and_every_file_come_back_on_an_empty_server(installation, archive, elsewhere):
    before = everything(here())
    done = uneplace(elsewhere, "restore", archive)
    assert done.returncode == 0, done.stderr
    server = postgres.start(postgres.place_for(elsewhere), durable=False)
    try:
        after = everything(server.place.address(postgres.SUPERUSER))
    finally:
        server.release()
    assert len(before["rows of hours_ledgerentry"]) == 1
    assert before.keys() == after.keys()
    for name in before:
        assert before[name] == after[name], name
    assert files_of(installation) == files_of(elsewhere / "files")
    assert (elsewhere / "journal_witness").read_text() == "ce qui suit le dernier acte\n"
    # The keys are not in the archive: whoever restores puts them back from where they were kept.
    shutil.copy(Path(os.environ["UNEPLACE_DATA"]) / KEY_FILE, elsewhere / KEY_FILE)
    checked = uneplace(elsewhere, "check")
    assert checked.returncode == 0, checked.stderr
    again = uneplace(elsewhere, "restore", archive)
    assert again.returncode == 1
    assert "n’est pas vide" in again.stderr
    forced = uneplace(elsewhere, "restore", archive, "--force")
    assert forced.returncode == 0, forced.stderr
    assert files_of(installation) == files_of(elsewhere / "files") == files_of(elsewhere / "files.avant")


def test_the_archive_says_what_it_holds_and_holds_no_key(installation, archive):
    with tarfile.open(archive) as content:
        names = content.getnames()
        manifest = json.load(content.extractfile("manifest.json"))
    assert names == [
        "database.dump",
        "files/cv/a.pdf",
        "files/cv/vide.txt",
        "journal_witness",
        "manifest.json",
    ]
    assert manifest["tables"]["hours_ledgerentry"] == 1
    assert manifest["parts"].keys() == set(names) - {"manifest.json"}
    assert archive.stat().st_mode & 0o077 == 0
    assert [path.name for path in archive.parent.iterdir() if "uneplace.tar" in path.name] == ["uneplace.tar"]
    said = StringIO()
    call_command("backup", archive.with_name("other.tar"), stdout=said)
    assert "Les clés n’y sont pas" in said.getvalue()
    text = archive.read_bytes()
    assert django_settings.SECRET_KEY.encode() not in text


def test_a_backup_never_overwrites_another(installation, archive):
    before = archive.read_bytes()
    with pytest.raises(CommandError, match="existe déjà"):
        call_command("backup", archive)
    assert archive.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(
            lambda name, content: content[:-1] + b"?" if name == "files/cv/a.pdf" else content,
            "files/cv/a.pdf",
            id="a file changed",
        ),
        pytest.param(
            lambda name, content: None if name == "files/cv/a.pdf" else content,
            "files/cv/a.pdf",
            id="a file lost",
        ),
        pytest.param(
            lambda name, content: content[:1000] if name == "database.dump" else content,
            "database.dump",
            id="the dump cut",
        ),
        pytest.param(
            lambda name, content: None if name == "manifest.json" else content,
            "pas une sauvegarde",
            id="no manifest",
        ),
    ],
)
def test_a_damaged_archive_is_refused_before_anything_is_touched(archive, elsewhere, change, told):
    broken = rewritten(archive, archive.with_name("broken.tar"), change)
    done = uneplace(elsewhere, "restore", broken)
    assert done.returncode == 1
    assert told in done.stderr
    assert "ien n’a été touché" in done.stderr
    assert not (elsewhere / "files").exists()


def test_a_cut_archive_and_what_is_none_are_refused(archive, installation):
    cut = archive.with_name("cut.tar")
    cut.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    nonsense = archive.with_name("notes.txt")
    nonsense.write_text("des notes")
    for path in (cut, nonsense):
        with pytest.raises(CommandError, match="n’est pas une sauvegarde entière"):
            call_command("restore", path)
    with pytest.raises(CommandError, match=r"absent\.tar"):
        call_command("restore", archive.with_name("absent.tar"))


def honest(archive, target, part, content):
    """The same archive with another part, or without it (None), and a manifest that says so."""

    def change(name, before):
        if name == part:
            return content
        if name != "manifest.json":
            return before
        manifest = json.loads(before)
        del manifest["parts"][part]
        if content is not None:
            digest = hashlib.sha256(content).hexdigest()
            manifest["parts"][part] = {"size": len(content), "sha256": digest}
        return json.dumps(manifest).encode()

    return rewritten(archive, target, change)


def test_an_archive_without_a_database_is_refused_even_if_it_says_so(archive):
    bare = honest(archive, archive.with_name("bare.tar"), "database.dump", None)
    with pytest.raises(CommandError, match=r"ne tient pas la base.*rien n’a été touché"):
        call_command("restore", bare, force=True)


def test_a_restoration_that_fails_leaves_what_was_there(installation, archive, elsewhere):
    def with_other_counts(name, content):
        return content.replace(b'"hours_ledgerentry": 1', b'"hours_ledgerentry": 2')

    unreadable = honest(archive, archive.with_name("a.tar"), "database.dump", b"PGDMP, or so it says")
    unequal = rewritten(archive, archive.with_name("b.tar"), with_other_counts)
    assert uneplace(elsewhere, "restore", archive).returncode == 0
    server = postgres.start(postgres.place_for(elsewhere), durable=False)
    try:
        address = server.place.address(postgres.SUPERUSER)
        before = everything(address)
        for broken, told in ((unreadable, "pg_restore"), (unequal, "La base d’avant a été remise")):
            done = uneplace(elsewhere, "restore", broken, "--force")
            assert done.returncode == 1
            assert told in done.stderr
            assert everything(address) == before, told
        assert files_of(installation) == files_of(elsewhere / "files")
        assert not list(elsewhere.glob("*.avant*"))
        assert uneplace(elsewhere, "restore", archive, "--force").returncode == 0
        assert {path.name for path in elsewhere.glob("*.avant*")} == {"files.avant", "base.avant.dump"}
        assert (elsewhere / "base.avant.dump").stat().st_mode & 0o077 == 0
    finally:
        server.release()


def test_a_file_erased_during_the_backup_is_left_out(installation, archive, tmp_path):
    paths = [*files_in(installation), installation / "cv" / "effacé-entre-temps.pdf"]
    manifest = Manifest({})
    with tarfile.open(tmp_path / "files.tar", "w") as target:
        add_files(target, manifest, paths)
        kept = target.getnames()
    assert manifest.skipped == ["files/cv/effacé-entre-temps.pdf"]
    assert kept == sorted(manifest.parts) == ["files/cv/a.pdf", "files/cv/vide.txt"]


def test_a_file_half_written_is_left_out_and_told(installation, tmp_path):
    (installation / f"{DRAFT}x").write_bytes(b"half")
    said = StringIO()
    call_command("backup", tmp_path / "b.tar", stdout=said)
    assert "1 fichier(s) laissé(s)" in said.getvalue()
    with tarfile.open(tmp_path / "b.tar") as content:
        assert not [name for name in content.getnames() if DRAFT in name]


def test_an_archive_that_would_write_elsewhere_is_refused(archive):
    def moved(name, content):
        return content

    evil = rewritten(archive, archive.with_name("evil.tar"), moved)
    with tarfile.open(evil, "a") as content:
        content.addfile(tarfile.TarInfo("files/../../evade"), io.BytesIO(b""))
    with pytest.raises(CommandError, match="n’a rien à faire"):
        call_command("restore", evil)


def test_an_installation_in_use_is_not_overwritten(installation, archive):
    with pytest.raises(CommandError, match="n’est pas vide"):
        call_command("restore", archive)
    assert files_of(installation)
