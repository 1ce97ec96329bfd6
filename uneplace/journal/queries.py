from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from .models import Entry, FieldsGroup


@dataclass(frozen=True)
class Reading:
    """Somebody opened a group of a person's fields: who, as which organisation, when, on which screen."""

    at: datetime
    user_name: str
    organisation_name: str
    fields_group: FieldsGroup
    screen: str


def entries_about(*things: models.Model) -> models.QuerySet[Entry]:
    """What happened to any of these things, newest first."""
    condition = models.Q(pk__in=[])
    for thing in things:
        condition |= models.Q(about_kind=thing._meta.model_name, about_id=thing.pk)
    return Entry.objects.filter(condition).order_by("-at", "-pk")


def last_entries(kind: type[models.Model], ids: Iterable[int]) -> dict[int, Entry]:
    """The latest act about each of many things of one kind, in one query."""
    rows = (
        Entry.objects.filter(about_kind=kind._meta.model_name, about_id__in=list(ids))
        .order_by("about_id", "-at", "-pk")
        .distinct("about_id")
    )
    return {row.about_id: row for row in rows}


def readings_of(person: models.Model) -> list[Reading]:
    """Who opened what is masked in this person's file, newest first."""
    verbs = {f"{group}.read": group for group in FieldsGroup}
    return [
        Reading(
            entry.at,
            entry.user_name,
            entry.organisation_name,
            verbs[entry.verb],
            entry.details.get("screen", ""),
        )
        for entry in entries_about(person).filter(verb__in=verbs)
    ]
