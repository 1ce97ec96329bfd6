"""« Ce qui a été fait pour trouver », read by either side, as a page and as a paper; and meetings noted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from uneplace.contracts.models import Commitment
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.reports.papers.good_faith import good_faith_of
from uneplace.reports.papers.good_faith_paper import good_faith_paper, parts_of
from uneplace.reports.papers.letterhead import letterhead_of
from uneplace.reports.papers.paper import print_paper
from uneplace.settlement import perms
from uneplace.settlement.meetings import note_meeting, why_not_note_meeting
from uneplace.web.access import access, require
from uneplace.web.control.forms import MeetingForm
from uneplace.web.control.steps import ANY_PARTY
from uneplace.web.papers.answers import pdf, warning


@access.capacity(*ANY_PARTY)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """All that was done for a commitment, as its reader may know it."""
    commitment = _commitment(request, pk)
    file = good_faith_of(commitment, request.actor, on=timezone.localdate(), at=timezone.now())
    context = {
        "commitment": commitment,
        "contract": commitment.clause.lot.contract,
        "parts": parts_of(file),
        "may_note": perms.can_note_meeting(request.actor, commitment),
    }
    return render(request, "control/good_faith.html", context)


@access.capacity(*ANY_PARTY)
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a tagged PDF of the service."""
    commitment, on = _commitment(request, pk), timezone.localdate()
    file = good_faith_of(commitment, request.actor, on=on, at=timezone.now())
    content = print_paper(good_faith_paper(file, warning=warning()), letterhead_of(commitment.service), on=on)
    return pdf(content, f"ce-qui-a-ete-fait-{commitment.pk}-{on:%Y-%m-%d}")


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """The service notes a meeting about a commitment."""
    commitment = _commitment(request, pk)
    require(perms.can_note_meeting(request.actor, commitment))
    form = MeetingForm(request.POST or None, initial={"held_on": timezone.localdate()})
    if form.is_valid():
        try:
            note_meeting(commitment, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Réunion notée.")
            return redirect("control:good_faith", commitment.pk)
    context = {
        "commitment": commitment,
        "contract": commitment.clause.lot.contract,
        "form": form,
        "reasons": [] if form.is_bound else why_not_note_meeting(commitment),
    }
    return render(request, "control/note_meeting.html", context, status=422 if form.errors else 200)


def _commitment(request: HttpRequest, pk: int) -> Commitment:
    visible = (
        Commitment.objects.visible_to(request.actor)
        .told()
        .select_related("company", "service", "clause__lot__contract__buyer")
    )
    return get_object_or_404(visible, pk=pk)
