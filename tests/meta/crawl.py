"""Reading everything that a visitor can reach: pages, fragments, suggestions, exports, documents."""

import inspect
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pikepdf
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.plugin.papers import text_of_pdf

LINK = re.compile(r'(?:href|hx-get|action)="([^"]+)"')
NOT_FOLLOWED = re.compile(r"^/(static|deconnexion|composants|dev)/|^/connexion/")


@dataclass(frozen=True)
class Reading:
    """One answer read: where, by what channel (page, fragment, suggestion, export, document), its words."""

    address: str
    channel: str
    text: str

    @cached_property
    def words(self) -> str:
        """The text as one reads it: no entity, plain spaces, and none at all in a document set in lines."""
        words = unescape(self.text).replace("\u00a0", " ")
        return words.replace(" ", "") if self.channel == "document" else words

    def shows(self, mark: str) -> bool:
        """Whether these words are read there."""
        return (mark.replace(" ", "") if self.channel == "document" else mark) in self.words


def crawl(
    client: Client, starts: Iterable[str], *, fragments: bool = True, most: int = 2000
) -> Iterator[Reading]:
    """Read these addresses, then whatever their pages lead to; each address once."""
    waiting, seen = list(starts), set()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        if address in seen or NOT_FOLLOWED.search(address):
            continue
        seen.add(address)
        reading = read(client, address)
        if reading is None:
            continue
        yield reading
        if reading.channel == "page":
            waiting += [link for link in links_of(reading) if link not in seen]
            if fragments and answers_htmx(address):
                yield from fragment_of(client, address)
    assert len(seen) < most, "trop de pages pour tout lire"


def links_of(reading: Reading) -> list[str]:
    """The addresses of this site that a page leads to."""
    found = []
    for link in LINK.findall(reading.text):
        target = urldefrag(urljoin(reading.address, unescape(link))).url
        if not urlsplit(target).netloc and target not in found:
            found.append(target)
    return found


def answers_htmx(address: str) -> bool:
    """Whether the room that answers there looks at who asks: elsewhere a fragment is the page itself."""
    try:
        view = inspect.unwrap(resolve(urlsplit(address).path).func)
    except Resolver404:
        return False
    return "request.htmx" in inspect.getsource(inspect.getmodule(view))


def fragment_of(client: Client, address: str) -> Iterator[Reading]:
    """The page as htmx asks for it."""
    reading = read(client, address, **{"HX-Request": "true"})
    if reading is not None:
        yield Reading(address, "fragment", reading.text)


def read(client: Client, address: str, *, method: str = "GET", **headers: str) -> Reading | None:
    """What one address answers, with nothing left of the request; None for a redirection."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(method, address, headers=headers)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    assert response.status_code < 500, f"{address}\u00a0: {response.status_code}"
    if 300 <= response.status_code < 400:
        return None
    named = response.get("Content-Disposition", "")
    kind = response.get("Content-Type", "").split(";")[0]
    return Reading(address, _channel(kind, address), f"{named}\n{text_of(kind, body)}")


def _channel(kind: str, address: str) -> str:
    if kind == "application/pdf":
        return "document"
    if kind != "text/html":
        return "export"
    return "suggestion" if re.search(r"[?&]q=", address) else "page"


def text_of(kind: str, body: bytes) -> str:
    """The words of an answer, whatever it is made of."""
    if kind == "application/pdf":
        with suppress(pikepdf.PdfError):  # what somebody sent may be anything
            return text_of_pdf(body)
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return body.decode("utf-8", "replace")
