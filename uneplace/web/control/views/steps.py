"""The chain of a case: reminders, letters, relief, the account, and each of their papers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.reports.papers.notice import letterhead_for, notice_paper
from uneplace.reports.papers.paper import print_paper
from uneplace.settlement import reliefs
from uneplace.settlement.control_records import Notice
from uneplace.settlement.models import PenaltyCase
from uneplace.settlement.queries import with_context, with_holder
from uneplace.web.access import access, require
from uneplace.web.control.steps import ACCOUNT, ANSWER_RELIEF, ANY_PARTY, LETTER, REMIND, Step
from uneplace.web.papers.answers import pdf, warning


def case_for(request: HttpRequest, pk: int) -> PenaltyCase:
    """The case, when its reader may know of it; with whose turn it is."""
    visible = with_holder(
        with_context(PenaltyCase.objects.visible_to(request.actor)), on=timezone.localdate()
    )
    return get_object_or_404(visible, pk=pk)


def take(request: HttpRequest, pk: int, step: Step) -> HttpResponse:
    """The five beats of every step on a case. What was typed stays, whatever happened meanwhile."""
    case = case_for(request, pk)
    require(step.allowed(request.actor, case))
    form = step.form(request.POST or None)
    if form.is_valid():
        try:
            step.act(case, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, step.done)
            return redirect(case)
    context = {
        "case": case,
        "contract": case.commitment.clause.lot.contract,
        "step": step,
        "reasons": [] if form.is_bound else step.why_not(case, on=timezone.localdate()),
        "form": form,
        "relief": reliefs.pending_relief(case) if step is ANSWER_RELIEF else None,
    }
    return render(request, "settlement/step.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """The service reminds the company."""
    return take(request, pk, REMIND)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The service writes to the company, with a copy to the buyer."""
    return take(request, pk, LETTER)


@access.capacity(Capacity.BUYER)
@require_http_methods(["GET", "POST"])
def answer_relief(request: HttpRequest, pk: int) -> HttpResponse:
    """The buyer grants hours of relief, or none."""
    return take(request, pk, ANSWER_RELIEF)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def prepare_account(request: HttpRequest, pk: int) -> HttpResponse:
    """The service prepares the account on which the buyer decides."""
    return take(request, pk, ACCOUNT)


@access.capacity(*ANY_PARTY)
@require_safe
def notice_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper of a case as a tagged PDF, with the figures of its day."""
    visible = Notice.objects.visible_to(request.actor).select_related(
        "service",
        "author",
        "copy_to",
        "case__commitment__company",
        "case__commitment__clause__lot__contract__buyer",
    )
    notice = get_object_or_404(visible, pk=pk)
    content = print_paper(
        notice_paper(notice, warning=warning()),
        letterhead_for(notice),
        on=localtime(notice.sent_at).date(),
    )
    return pdf(content, f"{notice.kind.lower()}-{notice.case_id}-{notice.number}")
