"""Where the next page of a list starts: the keys of the last line read, signed, in the address."""

from collections.abc import Sequence

from django.core import signing

SALT = "uneplace.web.keyset"


def after_token(keys: Sequence[str]) -> str:
    """What the link to the next page carries."""
    return signing.dumps(list(keys), salt=SALT, compress=True)


def keys_after(token: str, *, size: int) -> list[str]:
    """The keys that a link carries; none, the start of the list, for a link that we did not write."""
    try:
        keys = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return []
    return keys if isinstance(keys, list) and len(keys) == size else []
