"""Links that a facilitator sends to a declarant without account, and takes back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.hours import asking, perms
from uneplace.hours.doors import addresses_for
from uneplace.hours.models import Statement
from uneplace.kit.refused import Refused
from uneplace.organisations.links import withdraw_link as withdraw
from uneplace.organisations.models import AccessLink, Capacity
from uneplace.web.access import access, require
from uneplace.web.hours.forms import LinkForm

from .statements import visible_statements


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def send_link(request, pk):
    """Send the declarant of a statement a link to declare it."""
    statement = get_object_or_404(visible_statements(request), pk=pk)
    require(perms.can_control(request.actor, statement))
    form = LinkForm(request.POST or None, initial={"email": next(iter(addresses_for(statement)), "")})
    if form.is_valid():
        try:
            asking.send_link(statement, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, f"Lien envoyé à {form.cleaned_data['email']}.")
            return redirect(statement)
    reasons = asking.why_not_send_link(statement, on=timezone.localdate())
    context = {"statement": statement, "form": form, "reasons": reasons}
    return render(request, "hours/send_link.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_POST
def withdraw_link(request, pk):
    """Close a link, and whatever session it started."""
    sent = AccessLink.objects.filter(
        service=request.actor.organisation, thing_kind=Statement._meta.label_lower
    )
    link = get_object_or_404(sent, pk=pk)
    statement = get_object_or_404(visible_statements(request), pk=link.thing_id)
    require(perms.can_control(request.actor, statement))
    try:
        withdraw(link, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "Lien retiré\u00a0: il n’ouvre plus rien.")
    return redirect(statement)
