"""A session from its first page to its end, and the way back to where one was."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from uneplace.organisations.session_store import ADDRESS, BROWSER, SEEN, STARTED, moment
from uneplace.organisations.sessions import PRECISION, why_ended
from uneplace.organisations.sign_ins import note_sign_in
from uneplace.web.accounts.browsers import (
    address_of,
    browser_of,
    known_device,
    remember_device,
    short_address,
)

CLOSED = "closed"  # ended by somebody, from elsewhere


class SessionLifeMiddleware:
    """Ends a session left idle or too old; notes when each began, and from where.

    Sets `request.session_ended`: why the session that this browser believes in is over; else nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()  # noqa: TID251 - a request happens now
        request.session_ended = self._look(request, at)
        somebody = request.user.pk
        response = self.get_response(request)
        if request.user.is_authenticated and request.user.pk != somebody:
            begin(request, response, at)
        return response

    def _look(self, request: HttpRequest, at: datetime) -> str:
        session = request.session
        if not request.user.is_authenticated:
            return CLOSED if settings.SESSION_COOKIE_NAME in request.COOKIES and session.is_empty() else ""
        seen_at = moment(session[SEEN])
        if why := why_ended(started_at=moment(session[STARTED]), seen_at=seen_at, at=at):
            logout(request)
            return why
        if at - seen_at >= PRECISION:
            session[SEEN] = at.isoformat()
        return ""


def begin(request: HttpRequest, response: HttpResponse, at: datetime) -> None:
    """Note from where somebody has just signed in, and let this browser be known of the account."""
    request.session[BROWSER] = browser_of(request)
    request.session[ADDRESS] = short_address(address_of(request))
    note_sign_in(
        request.user,
        browser=request.session[BROWSER],
        address=request.session[ADDRESS],
        is_known=bool(known_device(request, request.user)),
        at=at,
    )
    remember_device(request, response, request.user)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, which says why one is there and leads back to the page that one was on."""
    address = resolve_url(settings.LOGIN_URL)
    if request.session_ended:
        address += "?" + QueryDict.fromkeys(["fin"], request.session_ended).urlencode()
    answer = redirect_to_login(page_of(request), address)
    return HttpResponseClientRedirect(answer.url) if request.htmx else answer


def page_of(request: HttpRequest) -> str:
    """The page that one is on: the address asked for, or the one that holds the form being sent."""
    if request.htmx:
        return request.htmx.current_url_abs_path or request.get_full_path()
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    sender = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(sender, {request.get_host()}, require_https=request.is_secure()):
        return request.get_full_path()
    parts = urlsplit(sender)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
