"""« Comptes dormants »: accounts that did not sign in for ninety days, to keep for a reason or to close."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from uneplace.kit.refused import Refused
from uneplace.organisations import dormant, perms
from uneplace.organisations.models import Membership
from uneplace.rules.french import day
from uneplace.web.access import access, require
from uneplace.web.accounts.forms import KeepAccessForm

PAGE = 50
INVITATIONS = 50


@access.signed_in
@require_safe
def list_dormant(request: HttpRequest) -> HttpResponse:
    """The accounts that sleep in one's organisation and, for a service, at its partners."""
    actor, at = request.actor, timezone.now()
    require(perms.reviews_dormant(actor))
    rows = (
        dormant.dormant(at=at)
        .filter(organisation__in=dormant.reviewed_by(actor))
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__last_name", "user__first_name", "pk")
    )
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "invitations": dormant.never_used(actor, at=at)[:INVITATIONS],
        "next_review": dormant.next_review(timezone.localdate()),
    }
    return render(request, "accounts/dormant.html", context)


@access.signed_in
@require_http_methods(["GET", "POST"])
def review_dormant(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one of these accounts until the next quarter, or close it."""
    actor, at = request.actor, timezone.now()
    rows = Membership.objects.filter(organisation__in=dormant.reviewed_by(actor))
    membership = get_object_or_404(rows.select_related("user", "organisation"), pk=pk)
    require(perms.reviews_dormant(actor))
    reasons = dormant.why_not_review(membership, at=at)
    closes = request.POST.get("decision") == "close"
    form = KeepAccessForm(None if closes else request.POST or None)
    try:
        if request.method == "POST" and closes:
            dormant.close_access(membership, by=actor, at=at)
            messages.success(request, f"{membership.user} n’a plus accès à {membership.organisation}.")
            return redirect("accounts:dormant")
        if form.is_valid():
            kept = dormant.keep_access(membership, **form.cleaned_data, by=actor, at=at)
            messages.success(request, f"Compte de {membership.user} gardé jusqu’au {day(kept.until)}.")
            return redirect("accounts:dormant")
    except Refused as refusal:
        reasons = refusal.reasons
    context = {
        "membership": membership,
        "form": form,
        "reasons": reasons,
        "next_review": dormant.next_review(timezone.localdate()),
    }
    return render(request, "accounts/review_dormant.html", context)
