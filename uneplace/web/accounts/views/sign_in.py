from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.demo.accounts import ACCOUNTS
from uneplace.organisations.queries import user_with
from uneplace.web.access import access
from uneplace.web.accounts import proconnect
from uneplace.web.accounts.forms import SignInForm
from uneplace.web.accounts.guessing import WRONG_PAIR, NotChecked, check_password
from uneplace.web.headers import empties_browser

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CHECKED_AGAINST = "checked_against"  # of a sign-in under way: the password that was right then
ENDED = {
    "idle": "Rien n’a bougé pendant trente minutes\u00a0: par prudence, la session s’est fermée.",
    "old": "Une session dure douze heures au plus\u00a0: la vôtre est arrivée au bout.",
    "closed": "Votre session n’est plus ouverte\u00a0: elle a été fermée, ou vos droits ont changé.",
}


def next_address(request: HttpRequest) -> str:
    """Where the person was going, when that is one of our own pages; else nothing."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else ""


@access.public
@access.own_transactions
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Sign in; the same answer whether the address has an account or not."""
    going_to = next_address(request)
    if request.user.is_authenticated:
        return redirect(going_to or "home:home")
    form = SignInForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            user = check_password(request, email, form.cleaned_data["password"], at=timezone.now())
        except NotChecked as refusal:
            form.add_error(None, str(refusal))
        else:
            if user is not None:
                attempt = Login(
                    user=user,
                    email=user.email,
                    redirect_url=going_to or reverse("home:home"),
                    state={CHECKED_AGAINST: user.get_session_auth_hash()},
                )
                return perform_password_login(request, {"email": user.email}, attempt)
            form.add_error(None, WRONG_PAIR)
    context = {
        "form": form,
        "next": going_to,
        "ended": ENDED.get(request.GET.get("fin", "")),
        "proconnect": proconnect.is_configured(),
        "demo_accounts": ACCOUNTS if settings.UNEPLACE_DEMO else [],
    }
    return render(request, "accounts/login.html", context)


@access.public
@empties_browser
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Sign out; somebody invited with another address comes back to the invitation."""
    going_to = next_address(request)
    id_token = request.session.get(proconnect.ID_TOKEN, "")
    clear_login(request)
    logout(request)
    if id_token and proconnect.is_configured():
        try:
            # A page of ours between the two: our policy lets no form lead to another site.
            return render(
                request,
                "accounts/leave_proconnect.html",
                {"address": proconnect.end_address(request, id_token)},
            )
        except proconnect.Unavailable:
            messages.warning(request, "ProConnect ne répond pas\u00a0: la session peut y rester ouverte.")
    messages.success(request, "La session est fermée.")
    return redirect(going_to or "accounts:login")


@access.public
@require_POST
def enter_demo(request: HttpRequest) -> HttpResponse:
    """Enter as one of the demo's accounts; nowhere but in a demo."""
    if not settings.UNEPLACE_DEMO:
        raise Http404
    key = request.POST.get("account")
    account = next((account for account in ACCOUNTS if account.key == key), None)
    if account is None:
        raise Http404
    user = user_with(account.email)
    if user is None or not user.is_active:
        messages.error(
            request,
            "Le territoire de démonstration n’est pas chargé\u00a0: lancez «\u00a0uneplace demo\u00a0».",
        )
        return redirect("accounts:login")
    login(request, user, backend=BACKEND)
    return redirect(next_address(request) or "home:home")
