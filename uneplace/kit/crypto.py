"""What nobody should read in a stolen disk, dump or backup is sealed: encrypted and bound to its place.

AES-256-GCM, with keys of the environment or of the data folder (`environment.encryption_keys`). The first key
seals, all of them open. A sealed text begins with the name of its key and only opens for the `context` it was
sealed for, `table.column`: moved to another column, it is refused as forged text is.
"""

import os
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import sha256
from hmac import digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_SIZE = 32  # bytes
NONCE_SIZE = 12  # drawn each time: two of 2^32 values under one key agree with odds of 2^-33
ID_SIZE = 8
STEP = 64  # bytes: texts are made as long as the next multiple, so that « RSA » and « BOETH » look the same
END = b"\x80"  # where the text ends and what makes it longer begins
INDEX_SIZE = 32  # hexadecimal signs of a blind index, half of the HMAC: no two people share one by chance


class Unreadable(ImproperlyConfigured):
    """A sealed text or file that no key of this installation opens; says why in French, without the value."""


@dataclass(frozen=True)
class Key:
    """One secret of 32 bytes, and what is derived from it; `id` may be shown and tells nothing of it."""

    secret: bytes = field(repr=False)

    @cached_property
    def id(self) -> str:
        return sha256(b"uneplace key id" + self.secret).hexdigest()[:ID_SIZE]

    @cached_property
    def cipher(self) -> AESGCM:
        return AESGCM(self.derive(b"values"))

    @cached_property
    def index_secret(self) -> bytes:
        return self.derive(b"indexes")

    def derive(self, purpose: bytes, salt: bytes | None = None) -> bytes:
        """A key for one purpose alone, from which this one cannot be found."""
        return HKDF(SHA256(), KEY_SIZE, salt, b"uneplace " + purpose).derive(self.secret)


@dataclass(frozen=True)
class Keyring:
    """The keys of this installation: the first seals, all open."""

    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        return self.keys[0]

    def find(self, key_id: str, context: str) -> Key:
        """The key of this name. Raises `Unreadable` when this installation does not have it."""
        for key in self.keys:
            if key.id == key_id:
                return key
        raise Unreadable(
            f"Une donnée chiffrée est illisible ({context}) : la clé {key_id} manque. "
            "Ajoutez-la à UNEPLACE_ENCRYPTION_KEYS, ou remettez le fichier encryption_keys."
        )


def keyring() -> Keyring:
    """The keys that the settings give."""
    return _keyring(tuple(settings.ENCRYPTION_KEYS))


@lru_cache(maxsize=8)
def _keyring(secrets: tuple[bytes, ...]) -> Keyring:
    if not secrets:
        raise ImproperlyConfigured("Aucune clé de chiffrement : donnez UNEPLACE_ENCRYPTION_KEYS.")
    return Keyring(tuple(Key(secret) for secret in secrets))


def seal(text: str, context: str, step: int = STEP) -> str:
    """The text as it is kept: `key:base64`; nothing stays nothing, so that presence can be asked for.

    Its length only tells between which two multiples of `step` that of the text is.
    """
    if not text:
        return ""
    key, nonce = keyring().current, os.urandom(NONCE_SIZE)
    content = text.encode() + END
    sealed = key.cipher.encrypt(nonce, content + bytes(-len(content) % step), context.encode())
    return f"{key.id}:{b64encode(nonce + sealed).decode()}"


def unseal(sealed: str, context: str) -> str:
    """What was sealed for this context. Raises `Unreadable`; a text that was never sealed is refused too."""
    if not sealed:
        return ""
    key_id, colon, body = sealed.partition(":")
    if not colon or len(key_id) != ID_SIZE:
        raise Unreadable(
            f"Une donnée qui devrait être chiffrée ne l’est pas ({context}) : elle n’est pas lue. "
            "Une migration manque, ou la base a été modifiée à la main."
        )
    key = keyring().find(key_id, context)
    try:
        content = b64decode(body, validate=True)
        opened = key.cipher.decrypt(content[:NONCE_SIZE], content[NONCE_SIZE:], context.encode())
        return opened[: opened.rindex(END)].decode()
    except (InvalidTag, NotBase64, ValueError):
        raise Unreadable(
            f"Une donnée chiffrée a été modifiée ou déplacée ({context}) : elle n’est pas lue. "
            "Comparez avec une sauvegarde."
        )


def is_current(sealed: str) -> bool:
    """Whether it needs no new sealing: empty, or sealed by the first key."""
    return not sealed or sealed.startswith(f"{keyring().current.id}:")


def blind_index(text: str, context: str) -> str:
    """What stands for a text in an exact search, and cannot be turned back without the key."""
    return _index(keyring().current, text, context)


def blind_indexes(text: str, context: str) -> list[str]:
    """The same under every key, since rows are sealed anew little by little; none for nothing."""
    return [_index(key, text, context) for key in keyring().keys] if text else []


def _index(key: Key, text: str, context: str) -> str:
    if not text:
        return ""
    return digest(key.index_secret, f"{context}\0{text}".encode(), "sha256").hex()[:INDEX_SIZE]
