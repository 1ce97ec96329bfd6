"""The organisations that a service works with: finding them, bringing them in, inviting them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from uneplace.contracts.queries import presence_of
from uneplace.kit.refused import Refused
from uneplace.organisations import actions, perms
from uneplace.organisations.models import Capacity
from uneplace.organisations.queries import partners
from uneplace.web.access import access, require
from uneplace.web.accounts.forms import InvitePartnerForm, PartnerForm

PAGE = 50
CHOICES = {
    Capacity.INSERTION_EMPLOYER: "Structures d’insertion",
    Capacity.REFERRER: "Prescripteurs",
    Capacity.COMPANY: "Entreprises",
    Capacity.BUYER: "Acheteurs",
}


@access.capacity(Capacity.FACILITATOR)
@require_safe
def list_partners(request: HttpRequest) -> HttpResponse:
    """Structures, referrers, companies and buyers, and whether each can sign in."""
    query, chosen = request.GET.get("q", "").strip()[:100], request.GET.get("role", "")
    rows = partners(text=query, capacity=chosen if chosen in CHOICES else "")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    presence = presence_of([organisation.pk for organisation in page], at=timezone.now())
    context = {
        "query": query,
        "chosen": chosen,
        "choices": [(capacity.value, label) for capacity, label in CHOICES.items()],
        "page": page,
        "rows": [(organisation, presence[organisation.pk]) for organisation in page],
        "adds": perms.can_add_partner(request.actor),
    }
    return render(request, "accounts/partners.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def add_partner(request: HttpRequest) -> HttpResponse:
    """Bring an organisation into the chain, and invite its first person when an address is known."""
    require(perms.can_add_partner(request.actor))
    form = PartnerForm(request.POST or None)
    if form.is_valid():
        organisation, invitation = actions.add_partner(
            **form.cleaned_data, by=request.actor, at=timezone.now()
        )
        if invitation is not None:
            messages.success(
                request, f"{organisation} est parmi vos partenaires, et invitée à {invitation.email}."
            )
        elif organisation.has_account:
            messages.success(request, f"{organisation} est parmi vos partenaires, et a déjà un compte.")
        else:
            messages.success(
                request, f"{organisation} est parmi vos partenaires, sans compte pour le moment."
            )
        return redirect("accounts:partners")
    return render(request, "accounts/add_partner.html", {"form": form})


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def invite_partner(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the first person of an organisation a link to open an account."""
    organisation = get_object_or_404(partners(), pk=pk)
    require(perms.can_invite(request.actor, organisation))
    form = InvitePartnerForm(request.POST or None, initial={"email": organisation.email})
    reasons = actions.why_not_invite(organisation, "", by=request.actor)
    if form.is_valid():
        try:
            sent = actions.invite(organisation, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error("email", list(refusal.reasons))
        else:
            messages.success(request, f"Invitation envoyée à {sent.email}.")
            return redirect("accounts:partners")
    context = {"organisation": organisation, "form": form, "reasons": reasons}
    return render(request, "accounts/invite_partner.html", context)
