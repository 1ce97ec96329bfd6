"""The door itself: a page that says where a link leads, and the button that spends it."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.kit.refused import Refused
from uneplace.kit.scope import working_with
from uneplace.organisations import links
from uneplace.organisations.guesses import give_back, take
from uneplace.organisations.models import AccessLink
from uneplace.web.access import access
from uneplace.web.accounts.browsers import address_of, network_of
from uneplace.web.headers import empties_browser

from .sessions import forget, link_of, remember

HOMES = {"offers.jobsheet": "by_link:sheet", "hours.statement": "by_link_hours:statement"}
"""Where each kind of thing is answered."""


def holds_token(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The address of this page lets in: no cache keeps it, and no other address is told of it.

    With `no-referrer` browsers would not say where a form comes from; `strict-origin` tells the site alone.
    """

    @wraps(view)
    def private(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        request.is_private = True
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "strict-origin"
        return response

    return private


@access.public
@access.own_transactions
@holds_token
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link leads; a click on « Continuer » spends it, since mail programs read it first."""
    at = timezone.now()
    link = links.link_with(token)
    if link is None:
        return render(request, "doors/unknown.html", status=404)
    if (mine := link_of(request)) is not None and mine.pk == link.pk and links.is_live(link, at=at):
        return redirect(HOMES[link.thing_kind])
    reasons = links.why_not_open(link, at=at)
    if request.method == "POST" and not reasons:
        try:
            secret = links.open_link(link, at=at)
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            response = redirect(HOMES[link.thing_kind])
            remember(response, secret)
            return response
    if reasons:
        may_renew = not links.why_not_renew(link, at=at)
        context = {"link": link, "reasons": reasons, "may_renew": may_renew, "token": token}
        return render(request, "doors/gone.html", context, status=410)
    with working_with([link.service_id]):
        return render(request, "doors/door.html", {"link": link, "thing": links.thing_of(link)})


@access.public
@access.own_transactions
@holds_token
@require_POST
def renew_link(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to the address of this one; the answer is the same whatever the token was."""
    return _renew(request, links.link_with(token), token)


@access.public
@access.own_transactions
@holds_token
@require_POST
def renew_session(request: HttpRequest) -> HttpResponse:
    """The same, once a session is over: the browser knows by which link it came."""
    link = link_of(request)
    return _renew(request, link, link.token_hash if link else "")


def _renew(request: HttpRequest, link: AccessLink | None, account: str) -> HttpResponse:
    at = timezone.now()
    guess = take("link", links.digest(account), device="", address=network_of(address_of(request)), at=at)
    if guess.is_allowed and link is not None and links.renew_link(link, at=at):
        give_back(guess)
    return render(request, "doors/sent.html")


@access.public
@empties_browser
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session of a link, on a computer that others use."""
    if (link := link_of(request)) is not None:
        links.leave(link, at=timezone.now())
    response = render(request, "doors/left.html")
    forget(response)
    return response
