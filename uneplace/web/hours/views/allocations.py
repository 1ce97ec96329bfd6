"""What a work contract works for: one more commitment, other days, another share, or none."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.hours import allocations as actions
from uneplace.hours import perms, shares
from uneplace.hours.models import Allocation, Placement
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.hours.allocation_forms import ChangedAllocationForm, NewAllocationForm

WITH_CONTRACT = ("commitment__clause__lot__contract", "commitment__company")


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def allocate(request, pk):
    """Allocate a work contract to one more commitment."""
    placement = get_object_or_404(_placements(request), pk=pk)
    require(perms.can_allocate(request.actor, placement))
    allocations = list(placement.allocations.select_related(*WITH_CONTRACT).order_by("period", "pk"))
    form = NewAllocationForm(request.POST or None, placement=placement, allocations=allocations)
    cautions = []
    if form.is_valid():
        given = form.cleaned_data
        cautions = shares.cautions_about(placement, given["commitment"], period=form.piece.period)
        if form.accepts(one.about for one in cautions):
            try:
                actions.add_allocation(
                    placement,
                    given["commitment"],
                    period=form.piece.period,
                    share=form.piece.share,
                    taken_from=given["taken_from"],
                    by=request.actor,
                    at=timezone.now(),
                )
            except Refused as refusal:
                form.add_error(None, list(refusal.reasons))
                cautions = []
            else:
                messages.success(request, "Affectation enregistrée.")
                return redirect(placement)
    context = {
        "placement": placement,
        "allocations": allocations,
        "form": form,
        "cautions": cautions,
        "read": " ".join(one.about for one in cautions),
    }
    return render(request, "hours/allocate.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def change_allocation(request, pk):
    """Change the days or the share of an allocation, or end it."""
    allocation = _allocation(request, pk)
    form = ChangedAllocationForm(request.POST or None, allocation=allocation)
    cautions, was = [], form["was"].value()
    if form.is_valid():
        piece = form.piece
        cautions = shares.cautions_about(allocation.placement, allocation.commitment, period=piece.period)
        if form.accepts(one.about for one in cautions):
            try:
                actions.change_allocation(
                    allocation,
                    period=piece.period,
                    share=piece.share,
                    read=form.cleaned_data["was"],
                    by=request.actor,
                    at=timezone.now(),
                )
            except Refused as refusal:
                form.add_error(None, list(refusal.reasons))
                cautions = []
                if shares.CHANGED in refusal.reasons:  # read by now, it may be sent again knowingly
                    was = allocation.piece.mark
            else:
                messages.success(request, "Affectation changée.")
                return redirect(allocation.placement)
    context = {
        "allocation": allocation,
        "placement": allocation.placement,
        "form": form,
        "cautions": cautions,
        "read": " ".join(one.about for one in cautions),
        "was": was,
        "may_remove": not shares.why_not_remove(allocation),
    }
    return render(request, "hours/change_allocation.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["POST"])
def remove_allocation(request, pk):
    """Take a work contract away from a commitment for which nothing was declared."""
    allocation = _allocation(request, pk)
    try:
        actions.remove_allocation(allocation, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect(allocation)
    messages.success(request, "Affectation retirée.")
    return redirect(allocation.placement)


def _placements(request):
    return Placement.objects.visible_to(request.actor).select_related(
        "participant", "employer", "declared_by", "service"
    )


def _allocation(request, pk):
    allocations = Allocation.objects.filter(placement__in=Placement.objects.visible_to(request.actor))
    allocation = get_object_or_404(
        allocations.select_related(
            *WITH_CONTRACT,
            "placement__participant",
            "placement__employer",
            "placement__declared_by",
            "placement__service",
        ),
        pk=pk,
    )
    require(perms.can_allocate(request.actor, allocation.placement))
    return allocation
