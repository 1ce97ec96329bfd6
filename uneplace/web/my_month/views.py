"""A person without account, on a phone: opens the code of a month, reads the hours, answers in one tap."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.hours import confirmations, month_links
from uneplace.hours.models import MonthLink
from uneplace.kit.history import changes_by
from uneplace.kit.refused import Refused
from uneplace.kit.scope import working_with
from uneplace.organisations.guesses import give_back, take
from uneplace.organisations.links import digest
from uneplace.web.access import access
from uneplace.web.accounts.browsers import address_of, network_of
from uneplace.web.doors.sessions import COOKIE_LIFE
from uneplace.web.doors.views import holds_token
from uneplace.web.headers import empties_browser
from uneplace.web.typed import in_words

from .forms import AgreeForm, AnswerForm
from .words import clock_words


def of_one_person(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What this page shows is one person's: no cache keeps it."""

    @wraps(view)
    def private(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        request.is_private = True
        return view(request, *args, **kwargs)

    return private


@access.public
@access.own_transactions
@holds_token
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """The door: it names nobody and tells no hours; « Continuer » spends the code."""
    at = timezone.now()
    link = month_links.link_with(token)
    if link is None:
        return render(request, "my_month/unknown.html", status=404)
    mine = _link_of(request)
    if mine is not None and mine.pk == link.pk and month_links.is_live(link, at=at):
        return redirect("my_month:answer")
    reasons = month_links.why_not_open(link, at=at)
    if request.method == "POST" and not reasons:
        try:
            secret = month_links.open_month_link(link, at=at)
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            response = redirect("my_month:answer")
            _remember(response, secret)
            return response
    if reasons:
        return render(
            request, "my_month/gone.html", {"link": link, "reasons": reasons, "token": token}, status=410
        )
    return render(request, "my_month/door.html", {"link": link})


@access.public
@access.own_transactions
@of_one_person
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """The month, the employer, the hours, and two buttons."""
    at = timezone.now()
    link = _link_of(request)
    if link is None or not month_links.is_live(link, at=at):
        typed = in_words(AnswerForm.base_fields, request.POST)
        return render(request, "my_month/over.html", {"link": link, "typed": typed}, status=403)
    with changes_by(user=None, organisation=None, request=uuid4().hex), working_with([link.service_id]):
        return _month(request, link, at)


def _month(request: HttpRequest, link: MonthLink, at: datetime) -> HttpResponse:
    told = confirmations.month_told(link.placement, link.month)
    says_no = "no" in request.POST
    form = AnswerForm(request.POST if says_no else None)
    agree = AgreeForm(request.POST) if "yes" in request.POST else None
    given = form if says_no else agree
    refused: list[str] = []
    if given is not None and given.is_valid():
        try:
            confirmations.confirm_month(link, agrees=not says_no, **given.cleaned_data, at=at)
        except Refused as refusal:
            if says_no:
                form.add_error(None, list(refusal.reasons))
            else:
                refused = list(refusal.reasons)
        else:
            return redirect("my_month:answer")
    context = {
        "link": link,
        "told": told,
        "shown": str(told.hours),  # as a field reads it
        "clock": clock_words(told.hours),
        "form": form,
        "refused": refused,
        "reasons": confirmations.why_not_confirm(link.placement, link.month),
        "last": confirmations.last_answer(link.placement, link.month),
        "says_no": says_no or "non" in request.GET,
    }
    is_wrong = bool(refused or form.errors)
    return render(request, "my_month/answer.html", context, status=422 if is_wrong else 200)


@access.public
@access.own_transactions
@holds_token
@require_POST
def renew_link(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to the address of the person's file, if it has one; the answer is the same whatever."""
    return _renew(request, month_links.link_with(token), token)


@access.public
@access.own_transactions
@of_one_person
@require_POST
def renew_session(request: HttpRequest) -> HttpResponse:
    """The same, once a session is over: the browser knows by which link it came."""
    link = _link_of(request)
    return _renew(request, link, link.token_hash if link else "")


def _renew(request: HttpRequest, link: MonthLink | None, account: str) -> HttpResponse:
    at = timezone.now()
    guess = take("link", digest(account), device="", address=network_of(address_of(request)), at=at)
    if guess.is_allowed and link is not None and month_links.renew_month_link(link, at=at):
        give_back(guess)
    return render(request, "my_month/sent.html")


@access.public
@access.own_transactions
@of_one_person
@empties_browser
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session, on a phone that others use."""
    if (link := _link_of(request)) is not None:
        month_links.leave(link, at=timezone.now())
    response = render(request, "my_month/left.html")
    response.delete_cookie(settings.MONTH_COOKIE_NAME, samesite="Lax")
    return response


def _link_of(request: HttpRequest) -> MonthLink | None:
    return month_links.link_of_session(request.COOKIES.get(settings.MONTH_COOKIE_NAME, ""))


def _remember(response: HttpResponse, secret: str) -> None:
    response.set_cookie(
        settings.MONTH_COOKIE_NAME,
        secret,
        max_age=COOKIE_LIFE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
