"""Proving the second factor: at sign-in, or later in a session that has not."""

import json

from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStageController
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from uneplace.organisations.factors import Kind, factors_of, recovery_codes_of
from uneplace.organisations.models import User
from uneplace.web.access import access
from uneplace.web.accounts.factor_forms import CodeForm, KeyForm, PasswordAgainForm
from uneplace.web.accounts.guessing import WRONG_CODE, NotChecked, check_code, check_password
from uneplace.web.sessions import to_sign_in

from .sign_in import CHECKED_AGAINST, next_address

FEW_CODES = 3


@access.public
@access.own_transactions
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Type a code or show a key; whoever did not give a password first is sent to do so."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage and not constant_time_compare(
        stage.login.state.get(CHECKED_AGAINST, ""), stage.login.user.get_session_auth_hash()
    ):
        clear_login(request)  # the password was changed since it was typed
        return to_sign_in(request)
    user = request.user if request.user.is_authenticated else stage and stage.login.user
    if user is None:
        return to_sign_in(request)
    factors = factors_of(user)
    if not factors:
        return redirect("accounts:account" if request.user.is_authenticated else "accounts:login")
    form, key_form = CodeForm(), KeyForm(user=user)
    if request.method == "POST":
        if "credential" in request.POST:
            form = key_form = KeyForm(request.POST, user=user)
            factor = form.cleaned_data["credential"] if form.is_valid() else None
        else:
            form = CodeForm(request.POST)
            factor = _factor_of_code(request, user, form)
        if factor is not None:
            return _go_on(request, stage, factor, next_address(request))
    return render(request, "accounts/prove.html", _prove_context(request, user, factors, form, key_form))


def _factor_of_code(request, user: User, form: CodeForm) -> Authenticator | None:
    if not form.is_valid():
        return None
    try:
        factor = check_code(request, user, form.cleaned_data["code"], at=timezone.now())
    except NotChecked as refusal:
        form.add_error("code", str(refusal))
        return None
    if factor is None:
        form.add_error("code", WRONG_CODE)
    return factor


def _go_on(request, stage, factor: Authenticator, going_to: str) -> HttpResponse:
    is_signed_in = request.user.is_authenticated
    post_authentication(request, factor, reauthenticated=is_signed_in)
    answer = redirect(going_to or "home:home") if is_signed_in else stage.exit()
    if factor.type == Kind.RECOVERY_CODES:
        left = len(recovery_codes_of(factor.user))
        words = f"Ce code de secours ne servira plus. Il vous en reste {left}."
        messages.warning(request, words + (" Tirez-en de nouveaux." if left < FEW_CODES else ""))
    return answer


def _prove_context(request, user: User, factors, form, key_form) -> dict:
    has_key = any(factor.type == Kind.WEBAUTHN for factor in factors)
    has_application = any(factor.type == Kind.TOTP for factor in factors)
    code_form = form if isinstance(form, CodeForm) else CodeForm()
    if not has_application:
        code_form.fields["code"].help_text = "Huit chiffres, parmi ceux que vous avez notés."
    return {
        "form": form,
        "code_form": code_form,
        "key_form": key_form,
        "has_application": has_application,
        "key_options": json.dumps(begin_authentication(user)) if has_key else "",
        "next": next_address(request),
        "who": user.email,
    }


@access.entering
@access.own_transactions
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Type one's password again before changing the ways into the account."""
    user, going_to = request.user, next_address(request)
    if not user.has_usable_password():
        return redirect("accounts:prove")
    form = PasswordAgainForm(request.POST or None)
    if form.is_valid():
        try:
            found = check_password(request, user.email, form.cleaned_data["password"], at=timezone.now())
        except NotChecked as refusal:
            form.add_error("password", str(refusal))
        else:
            if found == user:
                record_authentication(request, user, "password", reauthenticated=True)
                return redirect(going_to or "accounts:account")
            form.add_error("password", "Ce n’est pas le mot de passe de ce compte.")
    return render(request, "accounts/confirm.html", {"form": form, "next": going_to})
