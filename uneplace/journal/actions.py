from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import connection, models

from .chain import sign_entry
from .models import Entry, FieldsGroup


def record(
    verb: str,
    *,
    about: models.Model | None,
    by: Any,
    at: datetime,
    on_behalf_of: models.Model | None = None,
    reason: str = "",
    **details: Any,
) -> Entry:
    """Write one act in the journal, inside the caller's transaction.

    `verb` reads `thing.verbed`; `by` is the Actor; `details` hold codes and figures, never the content of
    a personal field; `reason` is one that names nobody: words about a person stay in the person's file.
    `on_behalf_of` is the organisation that somebody else acted for. Whoever came by a link has no name: the
    journal keeps by what means one came, and the link's number.
    """
    entry = _entry(verb, about, by, at, on_behalf_of, reason, details)
    _write([entry])
    return entry


def record_many(
    verb: str,
    *,
    about: Iterable[models.Model],
    by: Any,
    at: datetime,
    on_behalf_of: models.Model | Callable[[Any], models.Model | None] | None = None,
    reason: str = "",
    told: Callable[[Any], dict[str, Any]] | None = None,
    **details: Any,
) -> None:
    """Write the same act about each of many things, in one statement.

    `on_behalf_of` is the same for all, or what a function answers for each thing; `told` answers the details
    that are its own.
    """

    def behind(thing: models.Model) -> models.Model | None:
        return on_behalf_of(thing) if callable(on_behalf_of) else on_behalf_of

    def kept(thing: models.Model) -> dict[str, Any]:
        return details | told(thing) if told else details

    _write([_entry(verb, thing, by, at, behind(thing), reason, kept(thing)) for thing in about])


def record_reading(
    person: models.Model, *, fields_group: FieldsGroup, screen: str, by: Any, at: datetime, **details: Any
) -> Entry:
    """Write that somebody opened a group of a person's fields, on which screen; never what was read there."""
    return record(f"{fields_group}.read", about=person, by=by, at=at, screen=screen, **details)


def _write(entries: list[Entry]) -> None:
    """Insert acts, each signed with the id that it will have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('journal_entry', 'id')) FROM generate_series(1, %s)",
            [len(entries)],
        )
        ids = cursor.fetchall()
    for entry, (pk,) in zip(entries, ids, strict=True):
        entry.pk = pk
        entry.mac = sign_entry(entry)
    Entry.objects.bulk_create(entries, batch_size=2000)


def label_of(thing: models.Model) -> str:
    """What a thing is called in the journal: « Personne n° 123 ».

    The journal outlives people and is never changed, so it names nobody by default. A model whose text never
    names a participant says so with `named_in_journal = True`, and is called by that text.
    """
    if getattr(thing, "named_in_journal", False):
        return str(thing)[:250]
    kind = str(thing._meta.verbose_name)
    return f"{kind[0].upper()}{kind[1:]} n°\u00a0{thing.pk}"


def _entry(verb, about, by, at, on_behalf_of, reason, details) -> Entry:
    user, organisation = by.user, by.organisation
    if (link := getattr(by, "link", None)) is not None:
        details = {**details, "link": link.pk}
    return Entry(
        at=at,
        verb=verb,
        service_id=getattr(about, "service_id", None),
        about_kind=about._meta.model_name if about is not None else "",
        about_id=about.pk if about is not None else None,
        about_label=label_of(about) if about is not None else "",
        user_id=user.pk if user is not None else None,
        user_name=str(user if user is not None else getattr(by, "means", ""))[:250],
        organisation_id=organisation.pk if organisation is not None else None,
        organisation_name=str(organisation)[:250] if organisation is not None else "",
        on_behalf_of_id=on_behalf_of.pk if on_behalf_of is not None else None,
        on_behalf_of_name=str(on_behalf_of)[:250] if on_behalf_of is not None else "",
        reason=reason,
        details=details,
    )
