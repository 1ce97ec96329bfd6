"""The second factor before any page that shows somebody's file."""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from uneplace.web.sessions import page_of


def is_proved(request: HttpRequest) -> bool:
    """Whether the second factor was proved in this very session."""
    return any(one["method"] == "mfa" for one in get_authentication_records(request, request.user))


def must_have_factor(request: HttpRequest) -> bool:
    """Whether this account must have a second factor: it works for an organisation, which sees files."""
    return settings.SECOND_FACTOR and request.actor is not None


def gate(request: HttpRequest) -> HttpResponse | None:
    """Where somebody signed in must go first: to prove the second factor, or to set one up; None to go on.

    Whoever has a factor proves it. Whoever works for an organisation must have one, unless the installation
    says otherwise (`SECOND_FACTOR`).
    """
    if is_proved(request):
        return None
    if is_mfa_enabled(request.user):
        return _via("accounts:prove", request)
    if must_have_factor(request):
        return _via("accounts:enrol", request)
    return None


def _via(route: str, request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse(route)}?{urlencode({'next': page_of(request)})}")
