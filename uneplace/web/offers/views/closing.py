"""How a job sheet is taken up again, closed, or open once more when somebody chosen does not come."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.models import Application
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.offers.diffusion_forms import CloseForm, FreePostForm, ReplaceForm, TakeUpForm
from uneplace.web.offers.views.sheets import visible_sheets


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def close_sheet(request, pk):
    """Close a sheet with a reason; every open application gets its answer."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_manage(request.actor, sheet))
    form = CloseForm(request.POST or None)
    if form.is_valid():
        try:
            actions.close_job_sheet(sheet, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Fiche close.")
            return redirect(sheet)
    context = {
        "sheet": sheet,
        "form": form,
        "reasons": actions.why_not_close(sheet),
        "open_count": sheet.applications.filter(status__in=Application.OPEN).count(),
    }
    return render(request, "offers/close_sheet.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def take_up_sheet(request, pk):
    """Take a sheet already sent up again, with a reason: both will have to agree anew."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_manage(request.actor, sheet))
    form = TakeUpForm(request.POST or None)
    if form.is_valid():
        try:
            actions.take_up(sheet, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Fiche reprise. Corrigez-la, puis redonnez chacun votre accord.")
            return redirect("offers:revise", sheet.pk)
    context = {
        "sheet": sheet,
        "form": form,
        "reasons": actions.why_not_take_up(sheet),
        "read": sheet.applications.filter(shortlisted_at__isnull=False).count(),
    }
    return render(request, "offers/take_up_sheet.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def free_post(request, pk):
    """Somebody chosen does not come, or left: the post is open again, and the structures are asked anew."""
    rows = Application.objects.visible_to(request.actor).select_related(
        "participant",
        "organisation",
        "placement__broken",
        "job_sheet__commitment__company",
        "job_sheet__service",
    )
    application = get_object_or_404(rows, pk=pk)
    require(perms.can_manage(request.actor, application.job_sheet))
    left = actions.was_broken(application)
    form = (ReplaceForm if left else FreePostForm)(request.POST or None)
    if form.is_valid():
        act = actions.replace_broken if left else actions.free_post
        try:
            act(application, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Le poste est de nouveau à pourvoir. Les structures sont prévenues.")
            return redirect(application.job_sheet)
    context = {
        "application": application,
        "sheet": application.job_sheet,
        "form": form,
        "left": left,
        "reasons": (actions.why_not_replace if left else actions.why_not_free_post)(
            application, on=timezone.localdate()
        ),
    }
    return render(request, "offers/free_post.html", context, status=422 if form.errors else 200)
