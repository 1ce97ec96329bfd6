"""Work contracts: recorded after the company's choice, confirmed by the employer, read with their hours."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from uneplace.hours import perms
from uneplace.hours import placements as actions
from uneplace.hours.models import LedgerEntry, Placement
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.offers.models import Application
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.hours.forms import PlacementForm

from .statements import WORKERS


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def record_placement(request, pk):
    """Record the work contract of the person that the company chose."""
    applications = Application.objects.visible_to(request.actor).select_related(
        "participant",
        "organisation",
        "job_sheet__commitment__company",
        "job_sheet__commitment__clause",
        "job_sheet__rome",
    )
    application = get_object_or_404(applications, pk=pk)
    require(perms.can_record_placement(request.actor, application))
    reasons = actions.why_not_record_placement(application)
    form = PlacementForm(request.POST or None, application=application)
    if form.is_valid():
        try:
            placement = actions.record_placement(
                application,
                **form.terms,
                rome=application.job_sheet.rome,
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, f"Contrat enregistré. {placement.employer} va le confirmer.")
            return redirect(placement)
    context = {"application": application, "form": form, "reasons": reasons}
    return render(request, "hours/record_placement.html", context, status=422 if form.errors else 200)


@access.capacity(*WORKERS)
@require_GET
def show_placement(request, pk):
    """One work contract: its terms, whether it is confirmed, its hours month by month and why."""
    placement = get_object_or_404(_visible(request), pk=pk)
    entries = (
        LedgerEntry.objects.filter(placement=placement)
        .select_related("commitment__clause__lot__contract", "commitment__company")
        .order_by("-month", "-pk")
    )
    may_confirm = perms.can_confirm_placement(request.actor, placement)
    context = {
        "placement": placement,
        "allocations": placement.allocations.select_related(
            "commitment__clause__lot__contract", "commitment__company"
        ),
        "entries": entries,
        "total": sum(entry.counted for entry in entries),
        "may_confirm": may_confirm and not actions.why_not_confirm_placement(placement),
        "represented": perms.represented(request.actor, placement.employer),
        "history": entries_about(placement)[:20],
    }
    return render(request, "hours/placement.html", context)


@access.capacity(*WORKERS)
@require_http_methods(["POST"])
def confirm_placement(request, pk):
    """The employer confirms the work contract."""
    placement = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_confirm_placement(request.actor, placement))
    try:
        actions.confirm_placement(placement, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "Contrat de travail confirmé.")
    return redirect(placement)


def _visible(request):
    return Placement.objects.visible_to(request.actor).select_related(
        "participant", "employer", "declared_by", "rome", "service"
    )
