"""The matrix of who enters where: read from `matrix.txt`, and tried on a world."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.meta.cast import KINDS
from tests.meta.pages import address_of
from tests.meta.routes import Route, all_routes
from tests.meta.world import World

FILE = Path(__file__).with_name("matrix.txt")
METHODS = ("GET", "POST")
LEGEND = """\
# Qui entre où : une ligne par adresse et par méthode, une colonne par visiteur. Chaque adresse est ouverte
# sur une chose du dossier du service ; un POST est envoyé vide.
#   +  la page répond            >  l’acte est fait, ou l’on va ailleurs     L  on demande de se connecter
#   F  refusé (403)              .  introuvable (404)                        -  méthode inconnue (405)
#   x  refusé avec une phrase (400, 409, 410, 422)                           2  on demande le second facteur
"""


def signs() -> list[str]:
    """The columns, in order."""
    return [kind.sign for kind in KINDS]


def key_of(route: Route) -> str:
    """A route as the file names it: by its name, and by its arguments when two routes share it."""
    return route.name + "".join(f"({name})" for name in route.converters if name not in ("pk", "token"))


def declared() -> dict[tuple[str, str], dict[str, str]]:
    """What the file says: for each route and method, a letter for each kind of visitor."""
    found = {}
    for line in FILE.read_text().splitlines():
        if not line.startswith("#") and line.strip():
            name, method, letters = line.split(maxsplit=2)
            found[name, method] = dict(zip(signs(), letters.split(), strict=True))
    return found


def opened_by(sign: str) -> list[Route]:
    """The routes that answer a GET of this visitor."""
    letters = declared()
    return [route for route in all_routes() if letters[key_of(route), "GET"][sign] == "+"]


def written(answers: dict[tuple[str, str], dict[str, str]]) -> str:
    """These answers as the file writes them."""
    width = max(len(name) for name, _ in answers) + 1
    columns = "".join(f"#   {kind.sign}  {kind.words}\n" for kind in KINDS)
    head = f"{'#':<{width}} {'':<4}  {' '.join(signs())}\n"
    lines = [
        f"{name:<{width}} {method:<4}  {'  '.join(letters[sign] for sign in signs())}\n"
        for (name, method), letters in sorted(answers.items())
    ]
    return f"{LEGEND}#\n{columns}#\n{head}{''.join(lines)}"


def tried(client: Client, world: World) -> Iterator[tuple[Route, str, str, HttpResponse]]:
    """Each route and method tried by a visitor: the letter that it gets, and the answer itself."""
    for route in all_routes():
        for method in METHODS:
            response = ask(client, method, address_of(route, world))
            yield route, method, letter_of(response, f"{route.name} {method}"), response


def ask(client: Client, method: str, address: str, **headers: str):
    """One request, of which nothing is left: neither in the database nor in the visitor's browser."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(method, address, headers=headers)
        if response.streaming:
            response.streaming_content = [b"".join(response.streaming_content)]  # read while it can be
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def body_of(response) -> bytes:
    """The whole answer, however it is sent."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def letter_of(response, what: str) -> str:
    """How the matrix writes an answer. An error of the site is never one."""
    status = response.status_code
    assert status < 500, f"{what}\u00a0: erreur {status}"
    if status in (301, 302, 303, 307):
        location = response["Location"]
        if location.startswith("/connexion/?") or location == "/connexion/":
            return "L"
        return "2" if re.match(r"/mon-compte/|/connexion/", location) and "next=" in location else ">"
    return {403: "F", 404: ".", 405: "-"}.get(status, "+" if status < 300 else "x")
