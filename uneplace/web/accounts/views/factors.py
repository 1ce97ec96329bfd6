"""Setting up, reading and removing one's second factors."""

import json
from base64 import b64encode
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uneplace.kit.refused import Refused
from uneplace.organisations import factors
from uneplace.web.access import access
from uneplace.web.accounts.factor_forms import ApplicationForm, NewKeyForm
from uneplace.web.gate import is_proved, must_have_factor
from uneplace.web.sessions import page_of

from .sign_in import next_address


def confirm_first(request: HttpRequest) -> HttpResponse | None:
    """Where to go before changing the ways into the account: to the factor, when there is one, then to the
    password; None for whoever showed one of them within five minutes."""
    if factors.factors_of(request.user) and not is_proved(request):
        return _via("accounts:prove", request)
    now = timezone.now().timestamp()
    shown = get_authentication_records(request, request.user)
    if any(now - one["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for one in shown):
        return None
    return _via("accounts:confirm", request)


def _via(route, request) -> HttpResponse:
    return redirect(f"{reverse(route)}?{urlencode({'next': page_of(request)})}")


@access.entering
@never_cache
@require_safe
def enrol(request: HttpRequest) -> HttpResponse:
    """Why a second factor, and the two ways to have one."""
    if factors.factors_of(request.user):
        return redirect(next_address(request) or "accounts:account")
    return render(request, "accounts/enrol.html", {"next": next_address(request)})


@access.entering
@never_cache
@require_http_methods(["GET", "POST"])
def add_application(request: HttpRequest) -> HttpResponse:
    """Read a secret with an application, and type back the code that it shows."""
    if answer := confirm_first(request):
        return answer
    user = request.user
    secret = request.session.setdefault(SECRET_SESSION_KEY, generate_totp_secret())
    form = ApplicationForm(request.POST or None, secret=secret)
    reasons = factors.why_not_add_application(user)
    if form.is_valid():
        try:
            factor = factors.add_application(user, secret, at=timezone.now())
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            del request.session[SECRET_SESSION_KEY]
            messages.success(request, "L’application donne maintenant le code de vos connexions.")
            return _proved_with(request, factor)
    picture = get_adapter().build_totp_svg(get_adapter().build_totp_url(user, secret))
    context = {
        "form": form,
        "reasons": reasons,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "picture": "data:image/svg+xml;base64," + b64encode(picture.encode()).decode(),
        "next": next_address(request),
    }
    return render(request, "accounts/add_application.html", context)


@access.entering
@never_cache
@require_http_methods(["GET", "POST"])
def add_key(request: HttpRequest) -> HttpResponse:
    """Have a security key, a telephone or the computer itself answer."""
    if answer := confirm_first(request):
        return answer
    user = request.user
    form = NewKeyForm(request.POST or None, initial={"name": "Ma clé"})
    if form.is_valid():
        factor = factors.add_key(user, **form.cleaned_data, at=timezone.now())
        messages.success(request, "La clé sert maintenant à confirmer vos connexions.")
        return _proved_with(request, factor)
    context = {
        "form": form,
        "key_options": json.dumps(begin_registration(user, passwordless=False)),
        "next": next_address(request),
    }
    return render(request, "accounts/add_key.html", context)


def _proved_with(request, factor: Authenticator) -> HttpResponse:
    record_authentication(request, request.user, "mfa", id=factor.pk, type=factor.type)
    address = reverse("accounts:recovery_codes")
    going_to = next_address(request)
    return redirect(f"{address}?{urlencode({'next': going_to})}" if going_to else address)


@access.account
@never_cache
@require_safe
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes to keep on paper, for the day when the telephone or the key is lost."""
    if answer := confirm_first(request):
        return answer
    context = {
        "codes": [f"{code[:4]} {code[4:]}" for code in factors.recovery_codes_of(request.user)],
        "next": next_address(request),
    }
    return render(request, "accounts/recovery_codes.html", context)


@access.account
@require_POST
def renew_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Draw other recovery codes."""
    if answer := confirm_first(request):
        return answer
    try:
        factors.renew_recovery_codes(request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:account")
    messages.success(request, "Voici vos nouveaux codes. Les anciens n’ouvrent plus rien.")
    return redirect("accounts:recovery_codes")


@access.account
@require_http_methods(["GET", "POST"])
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a factor away, once it is confirmed."""
    mine = Authenticator.objects.exclude(type=factors.Kind.RECOVERY_CODES).select_related("user")
    factor = get_object_or_404(mine, pk=pk, user=request.user)
    if answer := confirm_first(request):
        return answer
    compulsory = must_have_factor(request)
    reasons = factors.why_not_remove_factor(request.user, compulsory=compulsory)
    if request.method == "POST":
        try:
            factors.remove_factor(factor, compulsory=compulsory, at=timezone.now())
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, "Ce moyen ne confirme plus vos connexions.")
            return redirect("accounts:account")
    return render(request, "accounts/remove_factor.html", {"factor": factor, "reasons": reasons})
