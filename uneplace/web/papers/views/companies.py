"""What a company has done of what it owes: read on a page, handed over as a paper of each service."""

from itertools import groupby
from operator import attrgetter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from uneplace.contracts.models import Commitment
from uneplace.organisations.models import Capacity
from uneplace.reports.papers.fulfilment import fulfilled_by, fulfilment_paper
from uneplace.reports.papers.letterhead import letterhead_of
from uneplace.reports.papers.paper import print_paper
from uneplace.web.access import access
from uneplace.web.contracts.views.lists import FOLLOWERS
from uneplace.web.papers.answers import pdf, warning
from uneplace.web.papers.forms import DayForm

MINE_ONLY = "Les marchés de cet acheteur seulement"


@access.capacity(*FOLLOWERS)
@require_safe
def company(request: HttpRequest, pk: int) -> HttpResponse:
    """What a company owes and has done by a day, service by service."""
    commitments = _commitments(request, pk)
    form = DayForm(request.GET, today=timezone.localdate())
    is_valid = form.is_valid()
    services = []
    if is_valid:
        begun = [one for one in commitments if one.period.lower <= form.day]
        for service, its in groupby(fulfilled_by(begun, on=form.day), key=attrgetter("commitment.service")):
            address = reverse("papers:company_pdf", args=[pk])
            services.append((service, list(its), f"{address}?au={form.day:%Y-%m-%d}&service={service.pk}"))
    context = {
        "company": commitments[0].company,
        "form": form,
        "services": services,
        "is_own": request.actor.stands_for(pk),
        "day": form.day if is_valid else None,
    }
    return render(request, "papers/company.html", context, status=200 if is_valid else 422)


@access.capacity(*FOLLOWERS)
@require_safe
def company_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same from one service, as a tagged PDF; the only service when none is named."""
    on = timezone.localdate()
    commitments = _commitments(request, pk)
    form = DayForm(request.GET, today=on)
    services = {one.service_id: one.service for one in commitments}
    asked = request.GET.get("service", "")
    if asked:
        services = {key: service for key, service in services.items() if str(key) == asked}
        if not services:
            raise Http404("no commitment of this company in that service")
    if not form.is_valid() or len(services) > 1:
        return redirect(f"{reverse('papers:company', args=[pk])}?{request.GET.urlencode()}")
    (service,) = services.values()
    begun = [one for one in commitments if one.service == service and one.period.lower <= form.day]
    paper = fulfilment_paper(
        commitments[0].company,
        fulfilled_by(begun, on=form.day),
        service=str(service),
        by=form.day,
        on=on,
        scope=_scope(request, pk),
        warning=warning(),
    )
    content = print_paper(paper, letterhead_of(service), on=on)
    return pdf(content, f"attestation-de-realisation-{pk}-{form.day:%Y-%m-%d}")


def _scope(request: HttpRequest, pk: int) -> str:
    """What a buyer reads is its own contracts only, and the paper says so."""
    actor = request.actor
    is_whole = actor.is_facilitator or actor.stands_for(pk)
    return "" if is_whole or not actor.can(Capacity.BUYER) else MINE_ONLY


def _commitments(request: HttpRequest, pk: int) -> list[Commitment]:
    """The commitments of this company that one may see, by service then by start; 404 when there is none."""
    found = list(
        Commitment.objects.visible_to(request.actor)
        .told()
        .filter(company=pk)
        .select_related("service", "company", "clause__lot__contract__buyer")
        .order_by("service__name", "service", "period", "pk")
    )
    if not found:
        raise Http404("no commitment of this company to see")
    return found
