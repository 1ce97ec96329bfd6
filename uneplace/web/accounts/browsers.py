"""What a request tells of the browser it comes from: its address, its name, who signed in from it."""

import ipaddress
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from uneplace.organisations.models import User

SALT = "uneplace.device"
COOKIE_AGE = 180 * 24 * 3600
ACCOUNTS_KEPT = 5  # a shared computer of a small team
PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def address_of(request: HttpRequest) -> str:
    """The visitor's network address, as the front servers that we trust (`PROXIES`) tell it."""
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    address = request.META.get("REMOTE_ADDR", "")
    if 0 < settings.PROXIES <= len(told):
        address = told[-settings.PROXIES]
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""


def network_of(address: str) -> str:
    """What counts as one visitor: an IPv4 address; in IPv6, the /64 of which a home or an office has all."""
    if not address or ipaddress.ip_address(address).version == 4:
        return address
    return str(ipaddress.ip_network((address, 64), strict=False))


def short_address(address: str) -> str:
    """The network without the machine: enough to recognise a place, too little to point at a home."""
    if not address:
        return ""
    parsed = ipaddress.ip_address(address)
    if parsed.version == 4:
        return f"{address.rpartition('.')[0]}.x"
    return ":".join(parsed.exploded.split(":")[:3]) + "::"


def browser_of(request: HttpRequest) -> str:
    """« Firefox sur Windows », as far as the browser says it."""
    told = request.headers.get("User-Agent", "")
    program = next((name for sign, name in PROGRAMS if sign in told), "Navigateur inconnu")
    system = next((name for sign, name in SYSTEMS if sign in told), "")
    return f"{program} sur {system}" if system else program


def known_device(request: HttpRequest, user: User | None) -> str:
    """This browser's own name when the account signed in from it with its present password; else nothing."""
    kept = _read(request)
    if user is None or not constant_time_compare(kept["accounts"].get(str(user.pk), ""), _sign(user)):
        return ""
    return kept["device"]


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let this browser be known of the account from now on, until its password changes."""
    kept = _read(request)
    others = [pair for pair in kept["accounts"].items() if pair[0] != str(user.pk)]
    accounts = dict([*others, (str(user.pk), _sign(user))][-ACCOUNTS_KEPT:])
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps({"device": kept["device"], "accounts": accounts}, salt=SALT),
        max_age=COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request) -> dict:
    text = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        return signing.loads(text, salt=SALT, max_age=COOKIE_AGE)
    except signing.BadSignature:
        return {"device": secrets.token_urlsafe(16), "accounts": {}}


def _sign(user) -> str:
    return salted_hmac(SALT, f"{user.pk}:{user.password}", algorithm="sha256").hexdigest()
