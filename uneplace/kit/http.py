"""The one door to the outside: every request that this program makes to another machine goes through here.

Only to the hosts of the setting `OUTBOUND_HOSTS` (`UNEPLACE_OUTBOUND_HOSTS`), never to a private address
unless the host is written with its port in that list, within a time and a size, and following no redirection
by itself. A proxy of the environment (`HTTPS_PROXY`) is used.
"""

import ipaddress
import json
import socket  # noqa: TID251 - this is the door
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException  # noqa: TID251
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (  # noqa: TID251
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
    getproxies,
)

from django.conf import settings

TIMEOUT = 10  # seconds for each wait: connecting, then each piece of the answer
LONGEST = 5 * 1024 * 1024  # bytes


class OutboundError(Exception):
    """The other machine was not asked, or did not answer well; says why in French, for a log or a page."""


@dataclass(frozen=True)
class Answer:
    """What another machine answered."""

    status: int
    headers: Message
    body: bytes

    def json(self) -> Any:
        """The body read as JSON. Raises OutboundError when it is not."""
        try:
            return json.loads(self.body)
        except ValueError:
            raise OutboundError("La réponse n’est pas du JSON.")


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, req, fp, code, msg, headers, newurl):
        return None  # an answer like another: whoever asked decides, and comes back through this door


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    timeout: float = TIMEOUT,
    longest: int = LONGEST,
) -> Answer:
    """Ask another machine, and read its answer whatever its status. Raises OutboundError."""
    _check(url)
    request = Request(url, data=body, headers=dict(headers or {}), method=method)  # noqa: S310 - checked above
    try:
        with _opener().open(request, timeout=timeout) as response:
            return _answer(response, longest)
    except HTTPError as error:
        with error:
            return _answer(error, longest)
    except (URLError, HTTPException, OSError) as error:
        raise OutboundError(
            f"{urlsplit(url).hostname} ne répond pas\u00a0: {getattr(error, 'reason', error)}."
        )


def _opener() -> OpenerDirector:
    return build_opener(_NoRedirect)


def _answer(response: Any, longest: int) -> Answer:
    body = response.read(longest + 1)
    if len(body) > longest:
        raise OutboundError(f"La réponse dépasse {longest} octets.")
    return Answer(response.status, response.headers, body)


def _check(url: str) -> None:
    parts = urlsplit(url)
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise OutboundError("L’adresse demandée est mal écrite.")
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        raise OutboundError("L’adresse demandée n’est pas une adresse http(s) ordinaire.")
    named = f"{host}:{port or (443 if parts.scheme == 'https' else 80)}"
    if named in settings.OUTBOUND_HOSTS:
        return  # written with its port: a machine of ours, in clear if need be
    if host not in settings.OUTBOUND_HOSTS:
        raise OutboundError(f"{host} n’est pas dans UNEPLACE_OUTBOUND_HOSTS\u00a0: aucune demande n’y part.")
    if parts.scheme != "https" or port not in {None, 443}:
        raise OutboundError(f"{host}\u00a0: seules les demandes chiffrées, au port ordinaire, sont permises.")
    if parts.scheme in getproxies():
        return  # the proxy looks the name up, and reaches it
    for address in _addresses(host):
        if not address.is_global:
            raise OutboundError(f"{host} désigne l’adresse privée {address}\u00a0: aucune demande n’y part.")


def _addresses(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    try:
        found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except OSError:
        raise OutboundError(f"{host} est introuvable.")
    return [ipaddress.ip_address(place[4][0]) for place in found]
