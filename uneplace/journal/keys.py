"""The keys of the journal: kept outside the database, so that whoever writes rows there cannot sign them.

The newest key signs; the older ones still check what they signed.
"""

import hashlib
import hmac
from dataclasses import dataclass
from functools import cache

from django.conf import settings


@dataclass(frozen=True)
class Key:
    """A secret and its name, which signatures carry to say which key checks them."""

    secret: bytes

    @property
    def name(self) -> str:
        return hashlib.sha256(self.secret).hexdigest()[:8]

    def sign(self, text: str) -> str:
        """« 1f3a90cc:… »: the key's name, then what only its holder can compute of this text."""
        return f"{self.name}:{hmac.digest(self.secret, text.encode(), 'sha256').hex()}"


@dataclass(frozen=True)
class KeyRing:
    """All the keys that this installation holds, the newest last."""

    keys: tuple[Key, ...]

    def sign(self, text: str) -> str:
        return self.keys[-1].sign(text)

    def holds(self, signature: str) -> bool:
        """Whether the key that made this signature is here."""
        return signature.partition(":")[0] in {key.name for key in self.keys}

    def fits(self, signature: str, text: str) -> bool:
        """Whether one of our keys made this signature of this very text."""
        name = signature.partition(":")[0]
        return any(
            key.name == name and hmac.compare_digest(key.sign(text).encode(), signature.encode())
            for key in self.keys
        )


def key_ring() -> KeyRing:
    """The keys of the settings."""
    return _ring(tuple(settings.JOURNAL_KEYS))


@cache
def _ring(texts: tuple[str, ...]) -> KeyRing:
    return KeyRing(tuple(Key(text.encode()) for text in texts))
