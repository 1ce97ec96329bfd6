from collections.abc import Iterable

from django.db import models

from .models import Entry


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
