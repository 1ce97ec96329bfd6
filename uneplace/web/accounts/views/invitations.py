from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from uneplace.kit.refused import Refused
from uneplace.organisations import actions
from uneplace.organisations.models import Invitation, Membership
from uneplace.organisations.queries import invitation_for, user_with
from uneplace.web.access import SESSION_KEY, access
from uneplace.web.accounts.forms import NewcomerForm


@access.public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: with the account of its address, else by opening one."""
    invited = invitation_for(token)
    if invited is None:
        return render(request, "accounts/invitation_gone.html", status=404)
    reasons = actions.why_not_accept(invited, user=None, at=timezone.now())
    if reasons:
        return _gone(request, invited, reasons)
    if request.user.is_authenticated:
        return _join(request, invited)
    if user_with(invited.email):
        return render(request, "accounts/invitation_sign_in.html", {"invitation": invited})
    return _open_account(request, invited)


def _join(request, invited: Invitation) -> HttpResponse:
    """For somebody signed in: one button, or why not."""
    reasons = actions.why_not_accept(invited, user=request.user, at=timezone.now())
    if request.method == "POST":
        try:
            membership = actions.accept_invitation(invited, user=request.user, at=timezone.now())
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            return _enter(request, membership)
    return render(request, "accounts/invitation_join.html", {"invitation": invited, "reasons": reasons})


def _open_account(request, invited: Invitation) -> HttpResponse:
    """For a newcomer: a name and a password."""
    form = NewcomerForm(request.POST or None, email=invited.email)
    if form.is_valid():
        try:
            membership = actions.accept_as_newcomer(invited, **form.cleaned_data, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            get_adapter().login(request, membership.user)
            record_authentication(request, membership.user, "password")
            return _enter(request, membership)
    return render(request, "accounts/invitation_newcomer.html", {"invitation": invited, "form": form})


def _enter(request, membership: Membership) -> HttpResponse:
    request.session[SESSION_KEY] = membership.organisation_id
    messages.success(request, f"Vous travaillez maintenant pour {membership.organisation}.")
    return redirect("home:home")


def _gone(request, invited: Invitation, reasons: list[str]) -> HttpResponse:
    return render(
        request, "accounts/invitation_gone.html", {"invitation": invited, "reasons": reasons}, status=410
    )
