"""Somebody who rules the database, triggers off, forges the journal: each forgery is found, at its place.

Each is drawn by a seeded generator, made inside a transaction, looked for by what `uneplace journal verify`
runs, then taken back. « At its place » means these acts and these seals, and no other.
"""

import hashlib
import json
import random
from collections import Counter
from time import perf_counter

import pytest
from django.db import transaction

from tests.journal.forging import as_superuser, entry_ids, sql, write_journal
from uneplace.journal.chain import digest_of, entry_text, seal_text
from uneplace.journal.keys import Key
from uneplace.journal.models import Entry, Seal
from uneplace.journal.verify import verify

BATCHES, ACTS, LEFT = 8, 6, 4
OTHER = {  # another value of the same type, for each column that may be edited
    "at": "at - interval '1 microsecond'",
    "verb": "verb || 'x'",
    "service_id": "coalesce(service_id, 0) + 1",
    "about_kind": "about_kind || 'x'",
    "about_id": "about_id + 1",
    "about_label": "about_label || ' '",
    "user_id": "user_id + 1",
    "user_name": "'Quelqu’un d’autre'",
    "organisation_id": "NULL",
    "organisation_name": "upper(organisation_name) || '.'",
    "on_behalf_of_id": "7",
    "on_behalf_of_name": "'Une entreprise'",
    "reason": "reason || '\u00a0'",
    "details": 'details || \'{"hours_due": "12.51"}\'',
    "mac": "left(mac, -1) || CASE right(mac, 1) WHEN '0' THEN '1' ELSE '0' END",
}
OTHER_SEAL = {
    "sealed_at": "sealed_at + interval '1 second'",
    "entries": "entries[2:]",
    "last_entry": "last_entry + 1",
    "digest": "md5(digest) || md5(digest || 'x')",
    "previous": "previous || '0'",
    "mac": "left(mac, -1) || CASE right(mac, 1) WHEN '0' THEN '1' ELSE '0' END",
}


def edit(draw):
    """A column of an act, sealed or not."""
    entry, column = draw.choice(entry_ids()), draw.choice(list(OTHER))
    sql(f"UPDATE journal_entry SET {column} = {OTHER[column]} WHERE id = %s", entry)
    return {("acte", entry)}


def remove(draw):
    """A few sealed acts."""
    gone = draw.sample(sealed(), draw.randint(1, 3))
    sql("DELETE FROM journal_entry WHERE id = ANY(%s)", gone)
    return {("acte", entry) for entry in gone}


def insert(draw):
    """An act that nobody did: signed at random, with another's signature, or with a key of one's own."""
    pattern = draw.choice(entry_ids())
    number = draw.choice([max(entry_ids()) + 1, max(entry_ids()) + 50, min(entry_ids()) - 1])
    names = ", ".join(OTHER)
    sql(
        f"INSERT INTO journal_entry (id, {names}) SELECT %s, {names} FROM journal_entry WHERE id = %s",
        *(number, pattern),
    )
    resign(draw, number)
    return {("acte", number)}


def swap(draw):
    """The contents of two acts, signatures included."""
    one, other = draw.sample(entry_ids(), 2)
    sql("UPDATE journal_entry SET id = -1 WHERE id = %s", one)
    sql("UPDATE journal_entry SET id = %s WHERE id = %s", one, other)
    sql("UPDATE journal_entry SET id = %s WHERE id = -1", other)
    return {("acte", one), ("acte", other)}


def cut(draw):
    """The end of the journal: the last seals, their acts, and those that were not sealed."""
    first = draw.randint(2, BATCHES)
    sql("DELETE FROM journal_entry WHERE id >= (SELECT min(e) FROM journal_seal, unnest(entries) e"
        " WHERE number = %s)", first)  # fmt: skip
    sql("DELETE FROM journal_seal WHERE number >= %s", first)
    return {("scellé", number) for number in range(first, BATCHES + 1)}


def edit_seal(draw):
    """A column of a seal."""
    number, column = draw.randint(1, BATCHES), draw.choice(list(OTHER_SEAL))
    sql(f"UPDATE journal_seal SET {column} = {OTHER_SEAL[column]} WHERE number = %s", number)
    return {("scellé", number)}


def remove_seal(draw):
    """A seal, its acts left in place or removed with it."""
    number = draw.randint(1, BATCHES)
    if draw.random() < 0.5:
        sql("DELETE FROM journal_entry WHERE id IN (SELECT unnest(entries) FROM journal_seal"
            " WHERE number = %s)", number)  # fmt: skip
    sql("DELETE FROM journal_seal WHERE number = %s", number)
    return {("scellé", number)}


def rewrite(draw):
    """An act edited; its signature, its seal and all the seals after it made again with one's own key."""
    first = draw.randint(1, BATCHES)
    entry = draw.choice(Seal.objects.get(number=first).entries)
    sql("UPDATE journal_entry SET reason = 'Autre chose' WHERE id = %s", entry)
    key = resign(draw, entry)
    previous = Seal.objects.filter(number=first - 1).values_list("mac", flat=True).first() or ""
    for seal in Seal.objects.filter(number__gte=first).order_by("number"):
        seal.digest = digest_of(Entry.objects.filter(pk__in=seal.entries).values_list("pk", "mac"))
        seal.previous = previous
        seal.mac = previous = key(seal_text(seal))
        seal.save()
    return {("acte", entry)} | {("scellé", number) for number in range(first, BATCHES + 1)}


def resign(draw, number):
    """Sign an act without the key of the journal; the way to sign more."""
    entry = Entry.objects.get(pk=number)
    own = Key(draw.randbytes(32))
    name = draw.choice([own.name, entry.mac.partition(":")[0]])  # or under the true key's name

    def sign(text):
        return f"{name}:{own.sign(text).partition(':')[2]}"

    values = [getattr(entry, field.attname) for field in Entry._meta.concrete_fields if field.name != "mac"]
    macs = [sign(entry_text(values)), entry.mac, f"{name}:{draw.randbytes(32).hex()}"]
    sql("UPDATE journal_entry SET mac = %s WHERE id = %s", draw.choice(macs), number)
    return sign


def sealed():
    return [pk for (pk,) in sql("SELECT unnest(entries) FROM journal_seal ORDER BY 1")]


FORGERIES = [edit, remove, insert, swap, cut, edit_seal, remove_seal, rewrite]


def test_each_column_is_forged():
    columns = {field.attname for field in Entry._meta.concrete_fields}
    assert columns - {"id"} == set(OTHER)
    assert {field.attname for field in Seal._meta.concrete_fields} - {"number"} == set(OTHER_SEAL)


@pytest.mark.django_db(transaction=True)
def test_every_forgery_is_found_at_its_place(rounds, figure):
    number = rounds(200, 1000)
    write_journal(batches=BATCHES, acts=ACTS, left=LEFT)
    assert verify().is_whole
    draw, missed, made, start = random.Random(20261123), [], Counter(), perf_counter()
    with as_superuser():
        before = fingerprint()
        for round_ in range(number):
            forge = FORGERIES[round_ % len(FORGERIES)]
            with transaction.atomic():
                places = forge(draw)
                assert fingerprint() != before, f"{forge.__name__} changed nothing"
                if verify().places != places:
                    missed.append((round_, forge.__name__, places, verify().places))
                transaction.set_rollback(True)
            made[forge.__name__] += 1
        assert fingerprint() == before
    figure(
        "falsifications retrouvées", f"{number - len(missed)} sur {number}, {perf_counter() - start:.0f} s"
    )
    assert set(made) == {forge.__name__ for forge in FORGERIES}
    assert not missed
    assert verify().is_whole, "what was taken back leaves the journal whole"


def fingerprint():
    """All the rows of the journal as one digest."""
    rows = sql("SELECT e::text FROM journal_entry e ORDER BY id")
    rows += sql("SELECT s::text FROM journal_seal s ORDER BY number")
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
