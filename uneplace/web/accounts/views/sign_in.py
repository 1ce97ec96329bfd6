from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.demo.accounts import ACCOUNTS
from uneplace.organisations.queries import user_with
from uneplace.web.access import access
from uneplace.web.accounts.forms import SignInForm

BACKEND = "django.contrib.auth.backends.ModelBackend"


def next_address(request: HttpRequest) -> str:
    """Where the person was going, when that is one of our own pages; else nothing."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else ""


@access.public
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
        user = authenticate(
            request, username=form.cleaned_data["email"], password=form.cleaned_data["password"]
        )
        if user is not None:
            login(request, user)
            return redirect(going_to or "home:home")
        form.add_error(
            None,
            "L’adresse ou le mot de passe ne correspond pas. Vérifiez-les, "
            "ou demandez à choisir un nouveau mot de passe.",
        )
    context = {
        "form": form,
        "next": going_to,
        "demo_accounts": ACCOUNTS if settings.UNEPLACE_DEMO else [],
    }
    return render(request, "accounts/login.html", context)


@access.public
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Sign out; somebody invited with another address comes back to the invitation."""
    going_to = next_address(request)
    logout(request)
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
