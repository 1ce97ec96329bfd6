"""A job sheet written together: drafted, corrected, shared, agreed to by both."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.contracts.models import Commitment
from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.numbers import whole_number
from uneplace.web.offers.sheet_forms import SheetForm
from uneplace.web.shared_forms import reread

from .sheets import RECRUITERS, visible_sheets


def commitments_of(request):
    """The commitments for which one may write a job sheet."""
    commitments = Commitment.objects.visible_to(request.actor).running(on=timezone.localdate())
    if not request.actor.is_facilitator:
        commitments = commitments.filter(company=request.actor.organisation)
    return commitments.select_related("company", "clause__lot__contract").order_by("company__name", "pk")


@access.capacity(*RECRUITERS)
@require_http_methods(["GET", "POST"])
def create_sheet(request):
    """Draft a job sheet for a commitment."""
    require(request.actor.writes)
    form = SheetForm(
        request.POST or None,
        on=timezone.localdate(),
        commitments=commitments_of(request),
        commitment_id=request.GET.get("engagement"),
    )
    if form.is_valid():
        commitment = form.cleaned_data["commitment"]
        require(perms.can_draft(request.actor, commitment))
        sheet = actions.draft_job_sheet(commitment, **form.terms, by=request.actor, at=timezone.now())
        messages.success(request, "Fiche de poste gardée.")
        return redirect(sheet)
    return render(
        request, "offers/edit_sheet.html", {"form": form, "sheet": None}, status=422 if form.errors else 200
    )


@access.capacity(*RECRUITERS)
@require_http_methods(["GET", "POST"])
def revise_sheet(request, pk):
    """Correct a sheet that is not published yet."""

    def done(sheet):
        messages.success(request, "Fiche de poste corrigée.")
        return redirect(sheet)

    return revising(request, pk, done=done)


def revising(request, pk, *, done):
    """The page of `revise_sheet`, for an account or a link; `done` answers once it is done. Whoever writes
    second keeps what was typed, over what the first has just changed."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_revise(request.actor, sheet))
    on = timezone.localdate()
    form = SheetForm(request.POST or None, sheet=sheet, on=on)
    if form.is_valid():
        sheet.revision = form.cleaned_data["revision"] or sheet.revision
        try:
            actions.revise_job_sheet(sheet, **form.terms, by=request.actor, at=timezone.now())
        except Refused as refusal:
            sheet = get_object_or_404(visible_sheets(request), pk=pk)
            make = partial(SheetForm, sheet=sheet, on=on)
            form = reread(form, make(), refusal, make)
        else:
            return done(sheet)
    context = {
        "form": form,
        "sheet": sheet,
        "reasons": actions.why_not_revise(sheet),
        "back": reverse("by_link:sheet") if request.actor.link else sheet.get_absolute_url(),
    }
    return render(request, "offers/edit_sheet.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_POST
def share_sheet(request, pk):
    """Give a draft to the company."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_manage(request.actor, sheet))
    return _do(request, sheet, actions.share, done=f"Fiche partagée avec {sheet.commitment.company}.")


@access.capacity(*RECRUITERS)
@require_POST
def agree_to_sheet(request, pk):
    """Agree for the company (`pour=entreprise`) or for the service."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    for_company = request.POST.get("pour") == "entreprise"
    if for_company:
        require(perms.can_agree_for_company(request.actor, sheet))
    else:
        require(perms.can_manage(request.actor, sheet))
    return _do(
        request,
        sheet,
        actions.agree,
        done="Accord enregistré.",
        for_company=for_company,
        revision=whole_number(request.POST.get("revision")) or 0,
    )


def _do(request, sheet, act, *, done: str, **arguments):
    """One button, one act: done, or why not, back on the sheet."""
    try:
        act(sheet, **arguments, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, done)
    return redirect(sheet)
