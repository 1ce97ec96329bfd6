"""« Mon compte »: who one is here, what proves it, and where the account is open."""

import hashlib

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uneplace.journal.queries import entries_about
from uneplace.organisations import actions, factors
from uneplace.organisations.models import Identity, Session
from uneplace.organisations.sessions import end_sessions, sessions_of
from uneplace.web.access import access
from uneplace.web.accounts.browsers import remember_device
from uneplace.web.accounts.factor_forms import NameForm
from uneplace.web.accounts.forms import NewPasswordForm

from .factors import confirm_first

GUESSES_SHOWN = 5


@access.account
@never_cache
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account on one page."""
    user, at = request.user, timezone.now()
    mine = factors.factors_of(user)
    context = {
        "factors": mine,
        "identity": Identity.objects.filter(user=user).first(),
        "has_application": any(factor.type == factors.Kind.TOTP for factor in mine),
        "codes_left": len(factors.recovery_codes_of(user)),
        "sessions": [
            (session, _name(session), session.session_key == request.session.session_key)
            for session in sessions_of(user, at=at)
        ],
        "guesses": entries_about(user).filter(verb="account.guessed")[:GUESSES_SHOWN],
    }
    return render(request, "accounts/account.html", context)


@access.account
@require_http_methods(["GET", "POST"])
def change_name(request: HttpRequest) -> HttpResponse:
    """Correct one's first name and name."""
    user = request.user
    names = {"first_name": user.first_name, "last_name": user.last_name}
    form = NameForm(request.POST or None, initial=names)
    if form.is_valid():
        actions.rename(user, **form.cleaned_data, at=timezone.now())
        messages.success(request, "Nom enregistré.")
        return redirect("accounts:account")
    return render(request, "accounts/change_name.html", {"form": form})


@access.account
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """Choose another password; the other sessions end."""
    if answer := confirm_first(request):
        return answer
    user = request.user
    form = NewPasswordForm(request.POST or None, user=user)
    if form.is_valid():
        key = request.session.session_key
        actions.set_password(user, form.cleaned_data["password"], at=timezone.now(), keep=key)
        update_session_auth_hash(request, user)
        messages.success(request, "Mot de passe enregistré. Les autres sessions sont fermées.")
        answer = redirect("accounts:account")
        remember_device(request, answer, user)
        return answer
    return render(request, "accounts/change_password.html", {"form": form})


@access.account
@require_POST
def close_sessions(request: HttpRequest) -> HttpResponse:
    """End one session of one's own, or all but the present one."""
    user, chosen = request.user, request.POST.get("session", "")
    if chosen == "others":
        end_sessions(user, keep=request.session.session_key)
        messages.success(request, "Les autres sessions sont fermées.")
        return redirect("accounts:account")
    named = (session for session in sessions_of(user, at=timezone.now()) if _name(session) == chosen)
    if (session := next(named, None)) is not None and session.session_key != request.session.session_key:
        session.delete()
        messages.success(request, f"Session fermée\u00a0: {session.browser}.")
    else:
        messages.error(request, "Cette session n’est plus ouverte.")
    return redirect("accounts:account")


def _name(session: Session) -> str:
    # The key itself opens the account: a page never holds it.
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:20]
