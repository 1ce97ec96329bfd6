"""« C’est dit »: the structure told the person the answer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require

from .applications import visible_applications


@access.capacity(Capacity.FACILITATOR, Capacity.INSERTION_EMPLOYER, Capacity.REFERRER)
@require_POST
def say_told(request, pk):
    """Write down that the person was told today; back to the page that asked."""
    application = get_object_or_404(visible_applications(request), pk=pk)
    require(perms.can_withdraw(request.actor, application))
    try:
        actions.say_told(application, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, f"C’est noté\u00a0: {application.participant} connaît la réponse.")
    back = request.POST.get("retour", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else application)
