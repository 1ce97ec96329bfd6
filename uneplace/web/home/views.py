from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from uneplace.contracts.models import Contract
from uneplace.organisations.models import Capacity
from uneplace.web.access import access
from uneplace.web.public.views import public_page

from .agenda import grouped, nav_counts, work_items
from .duties import duties_of
from .elsewhere import waiting_elsewhere
from .search import find

# The first page of each kind of actor; an organisation with several capacities takes the first.
TITLES = {
    Capacity.FACILITATOR: "Ma semaine",
    Capacity.BUYER: "À décider",
    Capacity.COMPANY: "Ce mois",
    Capacity.INSERTION_EMPLOYER: "Aujourd’hui",
    Capacity.REFERRER: "Aujourd’hui",
}


@access.public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What awaits the actor, by consequence; the public page for whoever is not signed in."""
    if not request.user.is_authenticated:
        return public_page(request)
    if request.gated:
        return request.gated
    if request.actor is None:
        return redirect("accounts:switch")
    actor, today = request.actor, timezone.localdate()
    capacity = next(capacity for capacity in TITLES if capacity in actor.capacities)
    items, counts = work_items(actor, on=today), nav_counts(actor, on=today)
    context = {
        "title": TITLES[capacity],
        "capacity": capacity,
        "today": today,
        "groups": grouped(items, on=today),
        "lines": len(items),
        "others": max(counts["home"] - len(items), 0),
        "nav_counts": counts,
        "duties": duties_of(actor, on=today),
        "is_new": not items and not Contract.objects.visible_to(actor).exists(),
    }
    if actor.is_facilitator:
        context["elsewhere"] = waiting_elsewhere(actor.organisation, on=today)
    return render(request, "home/home.html", context)


@access.signed_in
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Contracts, people and organisations that hold a word."""
    query = request.GET.get("q", "").strip()[:100]
    return render(request, "home/search.html", {"query": query, "found": find(query, request.actor)})
