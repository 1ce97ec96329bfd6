"""Files of a service that are probably one person's: found, noted for the facilitator, told apart.

The database brings together the few pairs worth comparing, by birth date, contact or name; `likeness` judges
each of them. Nothing here merges anything: see `rights/merging.py`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from uneplace.journal.actions import record
from uneplace.kit.refused import Refused
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation

from .likeness import Known, Likeness, Reason, likeness, near_days
from .models import Participant
from .twin_records import Merge, Resemblance

Pair = tuple[int, int]

# Both names near enough to be worth a look: `likeness` is stricter.
NEAR = """(levenshtein_less_equal({a}, {b}, 2) <= 2 OR strpos({a}, {b}) > 0 OR strpos({b}, {a}) > 0)"""
NAMES = "({} AND {} OR {} AND {})".format(
    NEAR.format(a="a.first", b="b.first"),
    NEAR.format(a="a.last", b="b.last"),
    NEAR.format(a="a.first", b="b.last"),
    NEAR.format(a="a.last", b="b.first"),
)
PAIRS = f"""
WITH somebody AS MATERIALIZED (
    SELECT p.id, p.first_name, p.last_name, p.born_on, p.sex, p.email_index, p.phone_index,
        regexp_replace(sort_key(p.first_name), '[^a-z]', '', 'g') AS first,
        regexp_replace(sort_key(p.last_name), '[^a-z]', '', 'g') AS last,
        CASE WHEN extract(day FROM p.born_on) <= 12 THEN make_date(extract(year FROM p.born_on)::int,
            extract(day FROM p.born_on)::int, extract(month FROM p.born_on)::int) END AS swapped
    FROM people_participant p LEFT JOIN people_merge m ON m.left_id = p.id
    WHERE p.service_id = %(service)s AND p.anonymised_at IS NULL AND m.id IS NULL
), pair AS (
    SELECT a.id AS one, b.id AS other FROM somebody a JOIN somebody b
        ON b.born_on = a.born_on AND a.id < b.id AND {NAMES}
    UNION SELECT a.id, b.id FROM somebody a JOIN somebody b
        ON b.swapped = a.born_on AND a.id < b.id AND {NAMES}
    UNION SELECT a.id, b.id FROM somebody a JOIN somebody b
        ON a.phone_index <> '' AND b.phone_index = a.phone_index AND a.id < b.id AND {NAMES}
    UNION SELECT a.id, b.id FROM somebody a JOIN somebody b
        ON a.email_index <> '' AND b.email_index = a.email_index AND a.id < b.id AND {NAMES}
    UNION SELECT a.id, b.id FROM somebody a JOIN somebody b
        ON b.last = a.last AND b.first = a.first AND a.id < b.id AND a.last <> ''
        AND levenshtein_less_equal(to_char(a.born_on, 'DDMMYYYY'), to_char(b.born_on, 'DDMMYYYY'), 1) <= 1
    UNION SELECT a.id, b.id FROM somebody a JOIN somebody b
        ON b.last = a.first AND b.first = a.last AND a.id < b.id AND a.last <> ''
        AND levenshtein_less_equal(to_char(a.born_on, 'DDMMYYYY'), to_char(b.born_on, 'DDMMYYYY'), 1) <= 1
)
SELECT a.id, a.first_name, a.last_name, a.born_on, a.sex, a.email_index, a.phone_index,
       b.id, b.first_name, b.last_name, b.born_on, b.sex, b.email_index, b.phone_index
  FROM pair JOIN somebody a ON a.id = pair.one JOIN somebody b ON b.id = pair.other
"""  # noqa: S608 - made of constants of this module


def twins_in(service: Organisation) -> dict[Pair, Likeness]:
    """Every two files of a service that are probably one person's, lesser id first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"service": service.pk})
        rows = cursor.fetchall()
    judged = {(row[0], row[7]): likeness(Known(*row[1:7]), Known(*row[8:])) for row in rows}
    return {pair: found for pair, found in judged.items() if found}


def known(participant: Participant) -> Known:
    """What is compared of a file."""
    return Known(
        participant.first_name,
        participant.last_name,
        participant.born_on,
        participant.sex,
        participant.email_index,
        participant.phone_index,
    )


def known_of(identity: dict[str, Any]) -> Known:
    """What is compared of somebody who has no file yet, from the fields typed."""
    fields = {field.name: field for field in Participant._meta.fields}
    return Known(
        identity.get("first_name", ""),
        identity.get("last_name", ""),
        identity.get("born_on"),
        identity.get("sex", ""),
        fields["email_index"].index_of(identity.get("email") or ""),
        fields["phone_index"].index_of(identity.get("phone") or ""),
    )


def twins_of(somebody: Known, *, among: QuerySet[Participant]) -> list[tuple[Participant, Likeness]]:
    """Those of these people who are probably this one, the surest first; one query."""
    same = Q(pk__in=[])
    if somebody.born_on:
        same |= Q(born_on__in=near_days(somebody.born_on))
    if somebody.email:
        same |= Q(email_index=somebody.email)
    if somebody.phone:
        same |= Q(phone_index=somebody.phone)
    judged = [(person, likeness(somebody, known(person))) for person in among.filter(same).order_by("pk")]
    return sorted([(person, found) for person, found in judged if found], key=lambda row: not row[1].is_sure)


@transaction.atomic
def note_twins(participant: Participant, *, at: datetime) -> None:
    """Write down for the facilitator whom somebody just named resembles.

    Nothing tells the structure that named them: it would learn whom the others follow.
    """
    others = Participant.objects.known().filter(service=participant.service_id).exclude(pk=participant.pk)
    found = {
        _in_order(participant.pk, other.pk): one for other, one in twins_of(known(participant), among=others)
    }
    rows = Resemblance.objects.of_known_files().filter(Q(one=participant) | Q(other=participant))
    _write(rows, found, service_id=participant.service_id, at=at)


@transaction.atomic
def note_all_twins(service: Organisation, *, at: datetime) -> int:
    """The same for every file of a service; how many pairs are noted."""
    rows = Resemblance.objects.filter(service=service).of_known_files()
    return _write(rows, twins_in(service), service_id=service.pk, at=at)


def _write(rows: QuerySet[Resemblance], found: dict[Pair, Likeness], *, service_id: int, at: datetime) -> int:
    """Make of these rows what was found: those told apart stay, and are proposed no more."""
    apart = _told_apart(service_id, found)
    found = {pair: one for pair, one in found.items() if pair not in apart}
    written = {(row.one_id, row.other_id): row for row in rows.filter(told_apart_at=None)}
    gone = [row.pk for pair, row in written.items() if pair not in found and Reason.SAID not in row.reasons]
    Resemblance.objects.filter(pk__in=gone).delete()
    changed = []
    for pair, row in written.items():
        if pair in found and (row.reasons, row.is_sure) != (list(found[pair].reasons), found[pair].is_sure):
            row.reasons, row.is_sure = list(found[pair].reasons), found[pair].is_sure
            changed.append(row)
    Resemblance.objects.bulk_update(changed, ["reasons", "is_sure"])
    Resemblance.objects.bulk_create(
        [
            Resemblance(
                service_id=service_id,
                one_id=pair[0],
                other_id=pair[1],
                reasons=list(one.reasons),
                is_sure=one.is_sure,
                found_at=at,
            )
            for pair, one in found.items()
            if pair not in written
        ],
        ignore_conflicts=True,  # somebody else has just noted the same
    )
    return len(found)


def _told_apart(service_id: int, pairs: Iterable[Pair]) -> set[Pair]:
    """The pairs of files that somebody said are two people, said of a file merged since included."""
    if not pairs:
        return set()
    holder = dict(Merge.objects.filter(service=service_id).values_list("left", "kept"))
    said = Resemblance.objects.filter(service=service_id, told_apart_at__isnull=False)
    return {
        _in_order(holder.get(one, one), holder.get(other, other))
        for one, other in said.values_list("one", "other")
    }


def _in_order(one: int, other: int) -> Pair:
    return min(one, other), max(one, other)


def why_not_name_twin(one: Participant, other: Participant) -> list[str]:
    """The reasons that keep two files from being said to be one person's; none means that they can be."""
    if one.pk == other.pk or one.service_id != other.service_id:
        return ["Choisissez le dossier d’une autre personne de votre service."]
    if Merge.objects.filter(left__in=[one, other]).exists():
        return ["L’un de ces dossiers vient d’être réuni avec un autre."]
    if one.anonymised_at or other.anonymised_at:
        return ["L’un des deux dossiers est anonymisé\u00a0: il ne désigne plus personne."]
    return []


@transaction.atomic
def name_twin(one: Participant, other: Participant, *, by: Actor, at: datetime) -> Resemblance:
    """Say that two files that nothing brought together may be one person's: they are then compared.

    Those already noted, or told apart, are the same row. Raises `Refused`.
    """
    if reasons := why_not_name_twin(one, other):
        raise Refused(*reasons)
    first, second = _in_order(one.pk, other.pk)
    pair, is_new = Resemblance.objects.get_or_create(
        one_id=first,
        other_id=second,
        defaults={
            "service_id": one.service_id,
            "reasons": [Reason.SAID.value],
            "is_sure": False,
            "found_at": at,
        },
    )
    if is_new:
        record("participant.twin_named", about=one, by=by, at=at, other=other.pk)
    return pair


def why_not_tell_apart(resemblance: Resemblance) -> list[str]:
    """The reasons that keep two files from being told apart; none means that they can be."""
    if resemblance.told_apart_at is not None:
        return ["Ces deux dossiers sont déjà dits distincts."]
    return []


@transaction.atomic
def tell_apart(resemblance: Resemblance, *, by: Actor, at: datetime) -> None:
    """Say that these are two people: they are not proposed again. Raises `Refused`."""
    if reasons := why_not_tell_apart(resemblance):
        raise Refused(*reasons)
    rows = Resemblance.objects.open().filter(pk=resemblance.pk)
    if not Resemblance.objects.filter(pk__in=rows, told_apart_at=None).update(
        told_apart_at=at, told_apart_by=by.user
    ):
        raise Refused("Quelqu’un d’autre vient de traiter ces deux dossiers.")
    resemblance.refresh_from_db()
    record("participant.told_apart", about=resemblance.one, by=by, at=at, other=resemblance.other_id)
