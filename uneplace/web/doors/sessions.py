"""The short session that a link starts: a cookie of its own, read by the pages that declare `by_link` alone.

Whoever is signed in besides stays so elsewhere: the two never mix. The cookie outlives the session, so that a
session that ended can still ask for a new link.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from uneplace.organisations.links import actor_by, is_live, link_of_session
from uneplace.organisations.models import AccessLink

from .typed import typed_in

COOKIE_LIFE = timedelta(days=1)


def remember(response: HttpResponse, secret: str) -> None:
    """Give the secret of a session to the browser that opened the link."""
    response.set_cookie(
        settings.LINK_COOKIE_NAME,
        secret,
        max_age=COOKIE_LIFE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Take the secret back."""
    response.delete_cookie(settings.LINK_COOKIE_NAME, samesite="Lax")


def link_of(request: HttpRequest) -> AccessLink | None:
    """The link by which this browser came, whether its session goes on or not."""
    return link_of_session(request.COOKIES.get(settings.LINK_COOKIE_NAME, ""))


def live_link(request: HttpRequest, *, at: datetime) -> AccessLink | None:
    """The link by which this browser came, while its session goes on."""
    link = link_of(request)
    return link if link is not None and is_live(link, at=at) else None


def enter_by_link(request: HttpRequest, *, at: datetime) -> HttpResponse | None:
    """Set the actor of a page reached by a link; else answer that the session is over, nothing typed lost."""
    request.is_private = True
    if link := live_link(request, at=at):
        request.actor = actor_by(link)
        return None
    context = {"link": link_of(request), "typed": typed_in(request)}
    return render(request, "doors/over.html", context, status=403)
