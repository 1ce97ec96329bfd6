"""Links that a facilitator sends to a company without account, and takes back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.doors import addresses_for
from uneplace.offers.models import JobSheet
from uneplace.organisations.models import AccessLink, Capacity
from uneplace.web.access import access, require
from uneplace.web.offers.link_forms import LinkForm

from .sheets import visible_sheets


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def send_link(request, pk):
    """Send the company of a sheet a link to read it and answer."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_manage(request.actor, sheet))
    form = LinkForm(request.POST or None, initial={"email": next(iter(addresses_for(sheet)), "")})
    if form.is_valid():
        try:
            actions.send_link(sheet, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, f"Lien envoyé à {form.cleaned_data['email']}.")
            return redirect(sheet)
    context = {"sheet": sheet, "form": form, "reasons": actions.why_not_send_link(sheet)}
    return render(request, "offers/send_link.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_POST
def withdraw_link(request, pk):
    """Close a link, and whatever session it started."""
    sent = AccessLink.objects.filter(
        service=request.actor.organisation, thing_kind=JobSheet._meta.label_lower
    )
    link = get_object_or_404(sent, pk=pk)
    sheet = get_object_or_404(visible_sheets(request), pk=link.thing_id)
    require(perms.can_manage(request.actor, sheet))
    try:
        actions.withdraw_link(link, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "Lien retiré\u00a0: il n’ouvre plus rien.")
    return redirect(sheet)
