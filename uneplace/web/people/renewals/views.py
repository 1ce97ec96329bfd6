"""« Décisions à renouveler »: those that lapse soon, with the job that each would cut."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from uneplace.hours.renewals import SOON_DAYS, lapsing, renewals_of
from uneplace.organisations.models import Capacity
from uneplace.rules.french import several
from uneplace.web.access import access

PAGE = 50
DAYS = (15, SOON_DAYS, 90)


@access.capacity(Capacity.FACILITATOR)
@require_GET
def list_renewals(request):
    """The decisions of the service to take again within some days."""
    on = timezone.localdate()
    asked = request.GET.get("jours", "")
    days = int(asked) if asked in map(str, DAYS) else SOON_DAYS
    found = lapsing(request.actor.organisation, on=on, days=days).select_related("participant")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "renewals": renewals_of(list(page.object_list), on=on),
        "days": days,
        "chips": [
            {"key": one, "label": f"D’ici {several(one, 'jour', 'jours')}", "on": one == days} for one in DAYS
        ],
    }
    return render(request, "people/renewals.html", context)
