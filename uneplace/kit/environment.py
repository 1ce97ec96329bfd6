"""What the environment says, read once by the settings and by the commands."""

import os
import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

CHECKOUT = Path(__file__).resolve().parents[2]
KEY_FILE = "encryption_keys"
URL_SAFE = str.maketrans("-_", "+/")


def flag(name: str, *, default: bool = False) -> bool:
    """Whether the variable says yes; `default` when it says nothing."""
    text = os.environ.get(name, "").strip().lower()
    return text in {"1", "true", "yes", "on", "oui"} if text else default


def data_folder() -> Path:
    """Where this installation keeps its data: `UNEPLACE_DATA`, else `var` beside the code."""
    return Path(os.environ.get("UNEPLACE_DATA") or CHECKOUT / "var").resolve()


def public_url() -> SplitResult:
    """The address under which people reach the site: `UNEPLACE_URL`, without a path."""
    text = os.environ.get("UNEPLACE_URL") or "http://localhost:8000"
    url = urlsplit(text)
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise ImproperlyConfigured(f"UNEPLACE_URL doit être une adresse http(s), et vaut : {text}")
    return url._replace(path="", query="", fragment="")


def is_loopback(host: str | None) -> bool:
    """Whether the name means this very machine."""
    return host in {"localhost", "127.0.0.1", "::1"}


def secret_key(data: Path) -> str:
    """`UNEPLACE_SECRET_KEY`, else one drawn once and kept in the data folder."""
    return os.environ.get("UNEPLACE_SECRET_KEY") or drawn_once(data / "secret_key")


def journal_keys(data: Path) -> list[str]:
    """The keys that sign the journal, the newest last: `UNEPLACE_JOURNAL_KEY`, else drawn once and kept."""
    return (os.environ.get("UNEPLACE_JOURNAL_KEY") or drawn_once(data / "journal_key")).split()


def encryption_keys(data: Path) -> tuple[bytes, ...]:
    """The keys that seal fields and files, the first one sealing: `UNEPLACE_ENCRYPTION_KEYS`, in base64 and
    separated by commas, else those of a file drawn once in the data folder, one a line."""
    text = os.environ.get("UNEPLACE_ENCRYPTION_KEYS")
    source = "UNEPLACE_ENCRYPTION_KEYS" if text else str(data / KEY_FILE)
    written = (
        text.split(",") if text else drawn_once(data / KEY_FILE, lambda: _lines([new_key()])).splitlines()
    )
    keys = []
    for key in filter(None, map(str.strip, written)):
        try:
            keys.append(b64decode(key.translate(URL_SAFE), validate=True))
        except ValueError:
            keys.append(b"")
    if not keys or any(len(key) != 32 for key in keys) or len(set(keys)) < len(keys):
        raise ImproperlyConfigured(
            f"{source} : chaque clé doit être différente et faire 32 octets en base64, "
            "comme celles de « openssl rand -base64 32 »."
        )
    return tuple(keys)


def write_keys(data: Path, keys: Iterable[bytes]) -> None:
    """Replace the key file of the data folder, in one go."""
    draft = data / f"{KEY_FILE}.{os.getpid()}"
    draft.touch(mode=0o600)
    draft.write_text(_lines(keys) + "\n")
    draft.replace(data / KEY_FILE)


def new_key() -> bytes:
    """A key drawn now."""
    return secrets.token_bytes(32)


def _lines(keys: Iterable[bytes]) -> str:
    return "\n".join(b64encode(key).decode() for key in keys)


def drawn_once(path: Path, draw: Callable[[], str] = lambda: secrets.token_urlsafe(50)) -> str:
    """A secret drawn the first time and kept in this file, that only we read."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(draw() + "\n")
        try:
            os.link(draft, path)  # the first to come wins, and nobody reads half a key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def address_from(variable: str) -> dict[str, Any]:
    """A PostgreSQL address of the environment, as Django writes it."""
    address = os.environ.get(variable)
    if not address:
        raise ImproperlyConfigured(
            f"{variable} manque : lancez la commande « uneplace », qui démarre PostgreSQL, "
            "ou donnez l’adresse de votre serveur."
        )
    try:
        parts = conninfo_to_dict(address)
    except ProgrammingError:
        raise ImproperlyConfigured(f"{variable} n’est pas une adresse PostgreSQL.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": parts,
        "CONN_MAX_AGE": int(os.environ.get("UNEPLACE_CONNECTION_AGE", "60")),
        "CONN_HEALTH_CHECKS": True,
    }


def clamav_address() -> str:
    """Where ClamAV listens: `UNEPLACE_CLAMAV`, `host:port` or a socket's path; empty for no antivirus."""
    address = os.environ.get("UNEPLACE_CLAMAV", "").strip()
    if address and not re.fullmatch(r"/.+|.+:\d+", address):
        raise ImproperlyConfigured(
            f"UNEPLACE_CLAMAV doit être « serveur:port » ou le chemin d’un socket, et vaut : {address}"
        )
    return address


@dataclass(frozen=True)
class OidcClient:
    """How the site is known to an identity provider."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)

    @property
    def host(self) -> str:
        """The provider's machine, with its port when it is written: the only one that is asked."""
        return urlsplit(self.issuer).netloc


def proconnect_client() -> OidcClient | None:
    """`UNEPLACE_PROCONNECT_ISSUER`, `…_CLIENT_ID` and `…_CLIENT_SECRET`; None when none is given."""
    names = [f"UNEPLACE_PROCONNECT_{part}" for part in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")]
    values = [os.environ.get(name, "").strip() for name in names]
    if not any(values):
        return None
    if missing := [name for name, value in zip(names, values, strict=True) if not value]:
        raise ImproperlyConfigured(f"ProConnect\u00a0: il manque {', '.join(missing)}.")
    issuer = urlsplit(values[0])
    if issuer.scheme != "https" and not is_loopback(issuer.hostname):
        raise ImproperlyConfigured("UNEPLACE_PROCONNECT_ISSUER doit être une adresse https.")
    return OidcClient(values[0].rstrip("/"), *values[1:])


def geocoder_address() -> str:
    """`UNEPLACE_GEOCODER`, the public geocoder that is asked where an address is; empty when none is."""
    address = os.environ.get("UNEPLACE_GEOCODER", "").strip().rstrip("/")
    parts = urlsplit(address)
    if address and parts.scheme != "https" and not is_loopback(parts.hostname):
        raise ImproperlyConfigured("UNEPLACE_GEOCODER doit être une adresse https.")
    return address


def mail_settings(data: Path) -> dict[str, Any]:
    """How mails leave: `UNEPLACE_SMTP_URL` (smtp, smtp+tls or smtps), else files under the data folder."""
    settings: dict[str, Any] = {
        "DEFAULT_FROM_EMAIL": os.environ.get("UNEPLACE_MAIL_FROM") or "Uneplace <ne-pas-repondre@localhost>",
        "BOUNCE_ADDRESS": os.environ.get("UNEPLACE_BOUNCE_ADDRESS", ""),
        "MAIL_FOLDER": data / "mails",
        "EMAIL_BACKEND": "uneplace.kit.mail_files.EmailBackend",
        "EMAIL_TIMEOUT": 10,
    }
    if not (address := os.environ.get("UNEPLACE_SMTP_URL")):
        return settings
    url = urlsplit(address)
    if url.scheme not in {"smtp", "smtp+tls", "smtps"} or not url.hostname:
        raise ImproperlyConfigured(
            "UNEPLACE_SMTP_URL doit ressembler à smtp+tls://compte:secret@serveur:587, "
            "et commencer par smtp, smtp+tls ou smtps."
        )
    timeout = parse_qs(url.query).get("timeout", ["10"])[0]
    return settings | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[url.scheme],
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_TIMEOUT": int(timeout),
    }
