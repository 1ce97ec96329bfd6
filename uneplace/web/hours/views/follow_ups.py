"""The follow-up in job: one point, the break of a work contract, and the place that it leaves."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.hours import follow_ups as actions
from uneplace.hours import perms
from uneplace.hours.models import FollowUp, Placement
from uneplace.journal.actions import record_reading
from uneplace.journal.models import FieldsGroup
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.hours.follow_up_forms import BreakForm, FollowUpForm

from .statements import WORKERS


@access.capacity(Capacity.FACILITATOR, Capacity.INSERTION_EMPLOYER)
@require_http_methods(["GET", "POST"])
def make_follow_up(request, pk):
    """Make one point of the follow-up, or read again one that was made, its words masked."""
    follow_up = _follow_up(request, pk)
    if follow_up.done_at and request.method == "GET":
        return render(request, "hours/follow_up_made.html", {"follow_up": follow_up})
    require(perms.can_follow_up(request.actor, follow_up.placement))
    form = FollowUpForm(request.POST or None)
    if form.is_valid():
        try:
            actions.make_follow_up(follow_up, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Point enregistré.")
            return redirect(follow_up.placement)
    context = {
        "follow_up": follow_up,
        "placement": follow_up.placement,
        "form": form,
        "blocked": actions.why_not_follow_up(follow_up, on=timezone.localdate()),
    }
    return render(request, "hours/follow_up.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR, Capacity.INSERTION_EMPLOYER)
@require_POST
def read_words(request, pk):
    """Show what was said at one point to whoever asks for it; the journal keeps who and when."""
    follow_up = _follow_up(request, pk)
    record_reading(
        follow_up.placement.participant,
        fields_group=FieldsGroup.NOTE,
        screen="hours:follow_up",
        follow_up=follow_up.pk,
        by=request.actor,
        at=timezone.now(),
    )
    context = {"follow_up": follow_up, "shows_words": True}
    return render(request, "hours/follow_up_made.html", context)


def _follow_up(request, pk):
    visible = FollowUp.objects.visible_to(request.actor).select_related(
        "placement__participant", "placement__employer", "done_by", "service"
    )
    return get_object_or_404(visible, pk=pk)


@access.capacity(*WORKERS)
@require_http_methods(["GET", "POST"])
def break_placement(request, pk):
    """Say that a work contract ended before its term."""
    visible = Placement.objects.visible_to(request.actor).select_related(
        "participant", "employer", "declared_by", "service", "broken"
    )
    placement = get_object_or_404(visible, pk=pk)
    require(perms.can_break(request.actor, placement))
    form = BreakForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if form.is_valid():
        try:
            actions.break_placement(placement, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(
                request, "Rupture enregistrée. Le service et qui suit la personne sont prévenus."
            )
            return redirect(placement)
    context = {"placement": placement, "form": form, "blocked": actions.why_not_break(placement)}
    return render(request, "hours/break_placement.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_POST
def settle_replacement(request, pk):
    """Say that the place left by a break is settled."""
    visible = Placement.objects.visible_to(request.actor).filter(broken__isnull=False)
    placement = get_object_or_404(visible.select_related("broken__service"), pk=pk)
    require(perms.can_record_placement(request.actor, placement))
    try:
        actions.settle_replacement(placement.broken, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "C’est noté.")
    return redirect(placement)
