"""What makes a change of the journal show: a signature on each act as it is written, then seals.

An act is signed over all its columns and its id by a key that the database does not hold: an act edited,
inserted by hand or moved to another id no longer fits. A seal signs which acts a batch holds, and the seal
before: an act or a seal removed leaves a hole. The witness, a file outside the database, keeps the signature
of each seal: a cut tail shows. Acts are never written one after another for that: whoever writes an act
waits for nobody, and the acts that are committed late are simply in the next batch.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Func

from uneplace.kit.scope import every_service

from . import witness
from .keys import key_ring
from .models import Entry, Seal

COLUMNS = [field.attname for field in Entry._meta.concrete_fields if field.attname != "mac"]
BATCH = 10_000  # acts in one seal at most
LOCK = 5_201_907  # two sealers at once would make two seals of one number


class Unnest(Func):
    """The items of an array column, a row each."""

    function = "unnest"
    set_returning = True


class Broken(Exception):
    """The chain does not follow the witness: sealing on top of it would hide where it was cut."""


def sign_entry(entry: Entry) -> str:
    """The signature of an act as it stands."""
    return key_ring().sign(entry_text([getattr(entry, column) for column in COLUMNS]))


def entry_text(values: Iterable[Any]) -> str:
    """All the columns of an act as one text, the same however the row was read."""
    return _text("entry/1", *values)


def seal_text(seal: Seal) -> str:
    """All that a seal tells, as one text."""
    return _text(
        "seal/1", seal.number, seal.sealed_at, seal.entries, seal.last_entry, seal.digest, seal.previous
    )


def digest_of(signed: Iterable[tuple[int, str]]) -> str:
    """One digest for a batch: its ids and their signatures, in the order of ids."""
    digest = hashlib.sha256()
    for pk, mac in sorted(signed):
        digest.update(f"{pk} {mac}\n".encode())
    return digest.hexdigest()


def seal_entries(*, at: datetime, since: datetime | None = None) -> int:
    """Seal every act that is not yet, in batches, and tell the witness; answers with how many were sealed.

    `since` spares the search among what was sealed before that moment; acts that a transaction as old as that
    commits now wait for a whole search. Raises `Broken` when the chain does not end as the witness saw it.
    """
    sealed = 0
    while count := _seal_batch(at, since):
        sealed += count
        witness.catch_up()
        if count < BATCH:
            break
    witness.catch_up()  # what a sealer killed between the two left behind
    return sealed


@transaction.atomic(durable=True)  # the witness must not be told of a seal that is taken back
def _seal_batch(at: datetime, since: datetime | None) -> int:
    with every_service(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        last = Seal.objects.order_by("-number").first()
        if not witness.agrees_with(last):
            raise Broken
        batch = list(unsealed(since=since).order_by("pk").values_list("pk", "mac")[:BATCH])
        if batch:
            _make_seal(batch, last, at)
        return len(batch)


def _make_seal(batch: list[tuple[int, str]], last: Seal | None, at: datetime) -> None:
    seal = Seal(
        number=last.number + 1 if last else 1,
        sealed_at=at,
        entries=[pk for pk, _ in batch],
        last_entry=batch[-1][0],
        digest=digest_of(batch),
        previous=last.mac if last else "",
    )
    seal.mac = key_ring().sign(seal_text(seal))
    seal.save(force_insert=True)


def unsealed(*, since: datetime | None = None):
    """Acts that are in no seal; `since` spares the acts that were sealed long before that moment."""
    seals, entries = Seal.objects.all(), Entry.objects.all()
    if since is not None:
        old = seals.filter(sealed_at__lt=since).order_by("-number").first()
        if old is not None:
            entries = entries.filter(pk__gt=old.last_entry)
            seals = seals.filter(last_entry__gt=old.last_entry)
    sealed = seals.annotate(entry=Unnest("entries")).values("entry")
    return entries.exclude(pk__in=sealed)


def _text(*values: Any) -> str:
    return json.dumps(
        [_plain(value) for value in values], ensure_ascii=False, sort_keys=True, allow_nan=False
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        raise TypeError(
            "the journal keeps whole numbers and texts: a float is not read back as it was written"
        )
    return value
