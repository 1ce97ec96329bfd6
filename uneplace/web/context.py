"""What every page receives besides its own context."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from uneplace.web.home.agenda import nav_counts


def shell(request: HttpRequest) -> dict[str, Any]:
    """The counts of the menu, computed only by the pages that draw it."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {}
    today = timezone.localdate()  # noqa: TID251 - the shell is part of every view's answer
    return {"nav_counts": SimpleLazyObject(lambda: nav_counts(actor, on=today))}
