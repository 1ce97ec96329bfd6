from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from uneplace.organisations import actions
from uneplace.organisations.mails import send_password_link
from uneplace.organisations.models import User
from uneplace.organisations.queries import user_with
from uneplace.web.access import access
from uneplace.web.accounts.forms import ForgottenPasswordForm, NewPasswordForm


@access.public
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the same answer whether the address has an account or not."""
    form = ForgottenPasswordForm(request.POST or None)
    if form.is_valid():
        user = user_with(form.cleaned_data["email"])
        # An account without a password waits for its invitation, or belongs to the demo.
        if user is not None and user.is_active and user.has_usable_password():
            send_password_link(user, _choose_path(user))
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
        return redirect("accounts:login")
    return render(request, "accounts/password_choose.html", {"form": form, "user_email": user.email})


def _choose_path(user: User) -> str:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("accounts:password_choose", args=[uid, default_token_generator.make_token(user)])


def _user_of(uidb64: str) -> User | None:
    try:
        pk = int(urlsafe_base64_decode(uidb64).decode())
    except (ValueError, OverflowError):
        return None
    return User.objects.filter(pk=pk, is_active=True).first() if pk < 2**63 else None
