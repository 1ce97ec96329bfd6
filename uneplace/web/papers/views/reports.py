"""The reports of a clause: written by its service, frozen, read by its buyer and its companies."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from uneplace.contracts.models import Clause
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.mails.queries import mails_about
from uneplace.organisations.models import Capacity
from uneplace.reports.papers.clause_report import report_paper, told_to
from uneplace.reports.papers.letterhead import letterhead_of
from uneplace.reports.papers.paper import print_paper
from uneplace.settlement import perms
from uneplace.settlement.models import ClauseReport
from uneplace.settlement.report_figures import figures_of, says_the_same
from uneplace.settlement.reporting import (
    draft_of,
    is_sound,
    issue_report,
    why_not_issue,
    why_not_write,
    write_report,
)
from uneplace.web.access import access, require
from uneplace.web.contracts.views.clause import clause_page
from uneplace.web.contracts.views.lists import FOLLOWERS
from uneplace.web.papers.answers import pdf, warning
from uneplace.web.papers.report_form import ReportForm
from uneplace.web.shared_forms import reread


@access.capacity(*FOLLOWERS)
@require_safe
def of_clause(request: HttpRequest, pk: int) -> HttpResponse:
    """Every report of a clause that one may read, the latest first."""
    context = clause_page(request, pk, "reports")
    clause = context["clause"]
    reports = ClauseReport.objects.visible_to(request.actor).filter(clause=clause)
    context |= {
        "reports": list(reports.select_related("issued_by", "written_by").order_by("-number")),
        "may_report": perms.can_report(request.actor, clause) and not why_not_write(clause),
        "draft": draft_of(clause) if request.actor.serves(clause) else None,
    }
    return render(request, "papers/reports.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of the report being written, beside the figures that it would freeze today."""
    clause = _clause(request, pk)
    require(perms.can_report(request.actor, clause))
    form = ReportForm(request.POST or None, initial=_now(clause))
    if form.is_valid():
        try:
            report = write_report(
                clause,
                kind=form.cleaned_data["kind"],
                words=form.cleaned_data["words"],
                read=form.cleaned_data["read"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form = reread(form, ReportForm(initial=_now(clause)), refusal, ReportForm)
        else:
            messages.success(request, "Bilan gardé. Relisez-le, puis figez-le.")
            return redirect(report)
    context = {"clause": clause, "contract": clause.lot.contract, "form": form, "is_service": True}
    return render(request, "papers/write_report.html", context, status=422 if form.errors else 200)


@access.capacity(*FOLLOWERS)
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: its figures, its words, whether the ledger says otherwise since."""
    report, on = _report(request, pk), timezone.localdate()
    now = figures_of(report.clause, on=on)
    frozen = report.figures or now
    later = ClauseReport.objects.issued().filter(clause=report.clause, number__gt=report.number)
    serves = request.actor.serves(report)
    may_report = perms.can_report(request.actor, report.clause)
    context = {
        "report": report,
        "clause": report.clause,
        "contract": report.clause.lot.contract,
        "told": told_to(request.actor, report, frozen),
        "is_sound": not report.issued_at or is_sound(report),
        "has_changed": bool(report.issued_at) and not says_the_same(frozen, now),
        "replaced_by": later.order_by("-number").first() if report.issued_at else None,
        "may_issue": may_report and not report.issued_at,
        "may_write": may_report,
        "blocked": why_not_issue(report, on=on) if may_report and not report.issued_at else [],
        "entries": entries_about(report)[:20] if serves else [],
        "mails": list(mails_about(request.actor, report)[:20]) if serves else [],
    }
    return render(request, "papers/report.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze a report, and tell those who read it."""
    report = _report(request, pk)
    require(perms.can_report(request.actor, report.clause))
    read = request.POST.get("read", "")
    try:
        issue_report(
            report,
            read=int(read) if read.isdecimal() and len(read) < 10 else -1,
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "Bilan figé. L’acheteur et les entreprises peuvent le lire.")
    return redirect(report)


@access.capacity(*FOLLOWERS)
@require_safe
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """An issued report as a tagged PDF, as its reader may have it."""
    report = _report(request, pk)
    if not report.issued_at:
        raise Http404("not issued yet")
    paper = report_paper(report, told_to(request.actor, report, report.figures), warning=warning())
    content = print_paper(paper, letterhead_of(report.service), on=localtime(report.issued_at).date())
    return pdf(content, f"bilan-de-clause-{report.clause_id}-{report.number}")


def _clause(request: HttpRequest, pk: int) -> Clause:
    visible = Clause.objects.visible_to(request.actor).select_related("service", "lot__contract__buyer")
    return get_object_or_404(visible, pk=pk)


def _report(request: HttpRequest, pk: int) -> ClauseReport:
    visible = ClauseReport.objects.visible_to(request.actor).select_related(
        "service", "issued_by", "written_by", "clause__service", "clause__lot__contract__buyer"
    )
    return get_object_or_404(visible, pk=pk)


def _now(clause: Clause) -> dict:
    draft = draft_of(clause)
    if draft is None:
        return {"kind": ClauseReport.Kind.INTERIM, "words": "", "read": 0}
    return {"kind": draft.kind, "words": draft.words, "read": draft.revision}
