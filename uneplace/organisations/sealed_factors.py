"""The secrets of second factors, which django-allauth keeps in a column of its own."""

from collections import Counter

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

from uneplace.kit.crypto import is_current

NAME = "doubles authentifications"
SECRETS = ("secret", "seed")  # of an application, of recovery codes


@transaction.atomic
def seal_anew() -> int:
    """Seal under the first key the secrets that are not yet; answers how many factors changed."""
    done = 0
    for factor in Authenticator.objects.select_for_update().order_by("pk"):
        stale = [name for name in SECRETS if not is_current(factor.data.get(name, ""))]
        for name in stale:
            factor.data[name] = encrypt(decrypt(factor.data[name]))
        if stale:
            factor.save(update_fields=["data"])
            done += 1
    return done


def keys_in_use() -> Counter[str]:
    """The names of the keys that these secrets need, with how many need each; « » for secrets in clear."""
    sealed = [
        data[name]
        for data in Authenticator.objects.values_list("data", flat=True)
        for name in SECRETS
        if name in data
    ]
    return Counter(text.partition(":")[0] if ":" in text else "" for text in sealed)
