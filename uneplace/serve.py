"""`uneplace serve`: brings the database up to date, then runs the web server and the job worker."""

import argparse
import os
import signal
import socket  # noqa: TID251 - looks for a free port of this machine
import subprocess
import sys
import time
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from types import FrameType

import django
from django.apps import apps
from django.core.management import call_command, get_commands

from uneplace.kit.environment import flag, is_loopback
from uneplace.kit.postgres import PostgresError, Server
from uneplace.kit.postgres_watch import end_with_parent

FIRST_PORT, LAST_PORT = 8000, 8099
GRACE = 1.5  # seconds that the children have to end by themselves


class Stop(Exception):
    """Somebody asked us to stop."""


def serve(options: list[str], server: Server | None) -> int:
    """Everything that a site needs, in the foreground; answers with an exit code."""
    parser = argparse.ArgumentParser(prog="uneplace serve", description="Démarre le site.")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (127.0.0.1 si absente)")
    parser.add_argument("--port", type=int, help=f"port d’écoute (sinon le premier libre dès {FIRST_PORT})")
    parser.add_argument("--demo", action="store_true", help="avec le territoire de démonstration")
    chosen = parser.parse_args(options)
    port = free_port(chosen.host, chosen.port)
    os.environ.setdefault("UNEPLACE_URL", f"http://localhost:{port}")
    if chosen.demo:
        os.environ["UNEPLACE_DEMO"] = "1"

    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    try:
        django.setup()
        bring_up_to_date()
    except Stop:
        return 0
    return run_children(chosen.host, port, server)


def _stop(number: int, frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    raise Stop


def free_port(host: str, wanted: int | None = None) -> int:
    """The wanted port, else the first that nobody listens on; OSError when it is taken."""
    for port in [wanted] if wanted else range(FIRST_PORT, LAST_PORT + 1):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as candidate:
            candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                candidate.bind((host, port))
            except OSError:
                continue
            return port
    if wanted:
        raise OSError(f"Le port {wanted} est déjà pris : arrêtez ce qui l’occupe, ou donnez un autre --port.")
    raise OSError(f"Aucun port libre entre {FIRST_PORT} et {LAST_PORT} : donnez --port.")


def bring_up_to_date() -> None:
    """Tables, reference data, static files and, in demo mode, the demo territory on an empty base."""
    if os.environ.get("DATABASE_OWNER_URL"):
        _say("Base de données : mise à jour…")
        call_command("migrate", verbosity=0, interactive=False)
    else:
        call_command("check")  # somebody else migrates: see that it was done
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("load_reference", stdout=StringIO())
    if flag("UNEPLACE_DEMO") and "demo" in get_commands() and is_empty():
        _say("Territoire de démonstration : chargement, une minute au plus…")
        call_command("demo", without_accounts=True)


def is_empty() -> bool:
    """Whether nobody has used this installation yet."""
    return not apps.get_model("organisations", "Organisation").objects.exists()


def run_children(host: str, port: int, server: Server | None) -> int:
    """The web server and the worker, side by side; the end of one is the end of both."""
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", os.environ.get("UNEPLACE_WEB_WORKERS", "1"), "--blocking-threads", "4"),
        *("--workers-kill-timeout", "1", "--no-ws", "--log-level", "warning", "config.wsgi:application"),
    ]
    worker = [sys.executable, "-m", "uneplace.cli", "worker"]
    children: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in {"serveur web": web, "exécution des tâches": worker}.items():
            children[name] = subprocess.Popen(
                command,
                process_group=0,  # Ctrl-C comes to us, and we tell them
                pass_fds=[server.lock.fileno()] if server else [],  # they use the database as we do
                preexec_fn=lambda: end_with_parent(signal.SIGTERM),
            )
        _wait_until_listening(host, port, children["serveur web"])
        announce(host, port, server)
        ended = os.wait()[0]
    except Stop:
        return 0
    finally:
        _end(children)
    name = next((name for name, child in children.items() if child.pid == ended), "?")
    _say(f"uneplace : le processus « {name} » s’est arrêté, tout s’arrête.", to=sys.stderr)
    return 1


def _wait_until_listening(host: str, port: int, web: subprocess.Popen[bytes]) -> None:
    while web.poll() is None:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise PostgresError(f"Le serveur web n’a pas démarré sur le port {port}.")


def _end(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for child in children.values():
        child.terminate()
    end = time.monotonic() + GRACE
    for child in children.values():
        try:
            child.wait(max(0.05, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def announce(host: str, port: int, server: Server | None) -> None:
    """Where the site is, where its data is and, in demo mode, who can sign in."""
    _say(f"\nUneplace : {os.environ['UNEPLACE_URL']}")
    if not is_loopback(host):
        _say(f"Écoute sur {host}, port {port}.")
    if server is not None:
        _say(f"Données : {os.environ.get('UNEPLACE_DATA') or Path('var').resolve()}")
        _say(f"PostgreSQL : {server.place.home}")
    if flag("UNEPLACE_DEMO") and find_spec("uneplace.demo.accounts"):
        from uneplace.demo.accounts import accounts_told

        _say(f"\n{accounts_told()}")
        _say("Un clic sur la page de connexion suffit pour entrer.")
    _say("\nCtrl-C pour arrêter.")


def _say(text: str, to=None) -> None:
    print(text, file=to or sys.stdout, flush=True)
