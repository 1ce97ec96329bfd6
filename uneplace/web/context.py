"""What every page receives besides its own context."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from uneplace.web.home.agenda import nav_counts


def shell(request: HttpRequest) -> dict[str, Any]:
    """The counts of the menu, computed only by the pages that draw it; the layout and the addresses of the
    pages that an account and a link share."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {}
    if actor.link is not None:
        return {"layout": "layouts/link.html", "area": "by_link"}
    today = timezone.localdate()  # noqa: TID251 - the shell is part of every view's answer
    return {
        "layout": "layouts/app.html",
        "area": "offers",
        "nav_counts": SimpleLazyObject(lambda: nav_counts(actor, on=today)),
    }
