from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from uneplace.kit.jobs import defer
from uneplace.organisations import actions
from uneplace.organisations.guesses import take
from uneplace.organisations.models import User
from uneplace.organisations.tasks import send_reset_link
from uneplace.web.access import access
from uneplace.web.accounts.browsers import address_of, remember_device
from uneplace.web.accounts.forms import ForgottenPasswordForm, NewPasswordForm


@access.public
@access.own_transactions
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the same answer, work and time whether the address has an account or not."""
    form = ForgottenPasswordForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"].strip().lower()
        asked = take("link", email, device="", address=address_of(request), at=timezone.now())
        if asked.is_allowed:  # else a link left a moment ago, and still works
            defer(send_reset_link, email=email)
        return redirect("accounts:password_sent")
    return render(request, "accounts/password_forgotten.html", {"form": form})


@access.public
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """What to do once the link was asked for."""
    return render(request, "accounts/password_sent.html")


@access.public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """Choose a new password with the link received."""
    user = _user_of(uidb64)
    if user is None or not default_token_generator.check_token(user, token):
        return render(request, "accounts/password_link_gone.html", status=410)
    form = NewPasswordForm(request.POST or None, user=user)
    if form.is_valid():
        actions.set_password(user, form.cleaned_data["password"], at=timezone.now())
        messages.success(request, "Mot de passe enregistré. Connectez-vous avec lui.")
        answer = redirect("accounts:login")
        remember_device(request, answer, user)  # whoever reads the account's mail is no guesser
        return answer
    return render(request, "accounts/password_choose.html", {"form": form, "user_email": user.email})


def _user_of(uidb64: str) -> User | None:
    try:
        pk = int(urlsafe_base64_decode(uidb64).decode())
    except (ValueError, OverflowError):
        return None
    return User.objects.filter(pk=pk, is_active=True).first() if pk < 2**63 else None
