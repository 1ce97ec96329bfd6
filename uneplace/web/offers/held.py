"""A good CV sent along with a mistake elsewhere: kept aside for a day, so that nobody chooses it again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from uuid import uuid4

from django.core import signing
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from uneplace.kit.uploads import tidy_name
from uneplace.organisations.models import User

FOLDER = "en-attente"
KEPT = timedelta(days=1)
SALT = "uneplace.offers.held"


@dataclass(frozen=True)
class Held:
    """A file kept aside: `token` brings it back, for the person who sent it and nobody else."""

    token: str
    name: str
    path: str

    def read(self) -> File:
        """The file, under the name that its author gave it."""
        with default_storage.open(self.path) as file:
            return ContentFile(file.read(), self.name)

    def release(self) -> None:
        """Nobody needs it any more."""
        default_storage.delete(self.path)


def hold(file: File, *, by: User, at: datetime) -> Held:
    """Keep a checked file aside, and remove those that nobody came back for."""
    forget_held(at=at)
    name = tidy_name(file.name)
    file.seek(0)
    path = default_storage.save(f"{FOLDER}/{uuid4().hex}{PurePath(name).suffix.lower()}", file)
    return Held(signing.dumps([path, name, by.pk], salt=SALT), name, path)


def held_file(token: str, *, by: User) -> Held | None:
    """What this token brings back; None when it is somebody else's, too old or no token at all."""
    if not token:
        return None
    try:
        path, name, owner = signing.loads(token, salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    if owner != by.pk or not default_storage.exists(path):
        return None
    return Held(token, name, path)


def forget_held(*, at: datetime) -> None:
    """Remove what was kept aside for more than a day."""
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if default_storage.get_modified_time(path) < at - KEPT:
            default_storage.delete(path)
