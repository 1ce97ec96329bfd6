"""What a service chooses and changes from one version to the next, each kept: delays, thresholds, checks…"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from uneplace.kit.refused import Refused

from .actor import Actor
from .models import Organisation, OwnedByService

Version = TypeVar("Version", bound=OwnedByService)


@dataclass(frozen=True)
class Words:
    """What is said to whoever read an older version, or changes nothing."""

    meanwhile: str
    nothing: str


def latest_of(kind: type[Version], service: Organisation) -> Version | None:
    """The version in force of what a service chose; None while it chose nothing."""
    return kind._default_manager.filter(service=service).order_by("-number").first()


def add_version(
    kind: type[Version],
    service: Organisation,
    values: Mapping[str, Any],
    *,
    before: Mapping[str, Any],
    read: int,
    words: Words,
    by: Actor,
    at: datetime,
) -> Version:
    """Add a version of what a service chooses; the others stay as they are.

    `before` is what was in force, and `read` the number of the latest version that was read, 0 when there was
    none. Of two at once, the second reads what the first has decided: raises `Refused`, in these words.
    """
    latest = latest_of(kind, service)
    if (latest.number if latest else 0) != read:
        raise Refused(words.meanwhile)
    if before == values:
        raise Refused(words.nothing)
    try:
        with transaction.atomic():
            return kind._default_manager.create(
                service=service, number=read + 1, decided_at=at, decided_by=by.user, **values
            )
    except IntegrityError:
        raise Refused(words.meanwhile)


def what_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The values that changed, as the journal keeps them: what each was, and what it becomes."""
    changed = [name for name in after if before[name] != after[name]]
    return {
        "before": {name: before[name] for name in changed},
        "after": {name: after[name] for name in changed},
    }
