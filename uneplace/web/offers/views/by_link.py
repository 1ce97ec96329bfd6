"""The side of a company without account, come by a link about one job sheet: read, agree, answer."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.cautions import cautions_of
from uneplace.offers.models import Application, JobSheet, Transmission
from uneplace.offers.queries import applications_with_file, flows_of
from uneplace.offers.versions import criteria_fixed, missing_from, pay_in_words
from uneplace.offers.whose_turn import steps_of_applications
from uneplace.web.access import access, require
from uneplace.web.numbers import whole_number
from uneplace.web.offers.told import BY_LINK, NOT_DONE, by_link

from . import answers, applications, meetings, sheets, writing

Status = Application.Status
SHOWN = Q(status__in=[*perms.IN_COMPANY_HANDS, Status.HIRED])


@access.by_link
@require_GET
def show_sheet(request):
    """The one page of a link: what awaits an answer first, then the job."""
    sheet, actor, on = _sheet(request), request.actor, timezone.localdate()
    received = Application.objects.visible_to(actor).filter(
        SHOWN, transmission__company=actor.organisation, transmission__withdrawn_at=None
    )
    found = applications_with_file(received).prefetch_related("answers", "job_sheet__criteria")
    steps = steps_of_applications(found, at=timezone.now())
    files = [answers.file_row(actor, one, steps.get(one.pk), on=on) for one in found.order_by("pk")]
    done = request.GET.get("fait", "")
    may_revise = perms.can_revise(actor, sheet) and not actions.why_not_revise(sheet)
    context = {
        "sheet": sheet,
        "criteria": list(sheet.criteria.all()),
        "fixed": criteria_fixed(sheet),
        "in_words": sheet.in_words,
        "pay": pay_in_words(sheet),
        "missing": missing_from(sheet) if may_revise and not sheet.agreed_by_company_at else [],
        "cautions": cautions_of(sheet),
        "flow": flows_of([sheet])[sheet.pk],
        "files": files,
        "to_answer": sum(file["is_mine"] for file in files),
        "lost": _lost(actor, sheet),
        "done": BY_LINK.get(done, ""),
        "not_done": NOT_DONE.get(done, ""),
        "may_agree": not actions.why_not_agree(sheet, for_company=True),
        "may_revise": may_revise,
        "may_ask": not actions.why_not_ask_for_others(sheet),
    }
    return render(request, "offers/by_link.html", context)


def _sheet(request):
    return get_object_or_404(sheets.visible_sheets(request), pk=request.actor.link.thing_id)


def _lost(actor, sheet) -> list[str]:
    """Why each file taken back is gone, without a name; those that the company declined are not lost."""
    taken_back = Transmission.objects.filter(
        company=actor.organisation, application__job_sheet=sheet, withdrawn_at__isnull=False
    )
    declined = Q(application__status=Status.DECLINED, application__answered_by=actor.organisation)
    lost = taken_back.exclude(declined).select_related("application")
    return [actions.meanwhile(one.application) for one in lost]


@access.by_link
@require_POST
def agree(request):
    """Agree to the sheet, for the company."""
    sheet = _sheet(request)
    require(perms.can_agree_for_company(request.actor, sheet))
    try:
        actions.agree(
            sheet,
            for_company=True,
            revision=whole_number(request.POST.get("revision")) or 0,
            by=request.actor,
            at=timezone.now(),
        )
    except Refused:
        return by_link(_why_not_agreed(_sheet(request)))
    return by_link("accord")


def _why_not_agreed(sheet: JobSheet) -> str:
    """What a company is told whose agreement was not kept: what the sheet became meanwhile."""
    if sheet.status != JobSheet.Status.TO_AGREE:
        return "accord-inutile"
    if sheet.agreed_by_company_at is not None:
        return "accord-deja"
    return "completer" if missing_from(sheet) else "relire"


@access.by_link
@require_http_methods(["GET", "POST"])
def revise(request):
    """Correct the sheet before it is published."""
    return writing.revising(request, request.actor.link.thing_id, done=lambda sheet: by_link("corrigee"))


@access.by_link
@require_POST
def ask_for_others(request):
    """Ask the service for other people."""
    try:
        actions.ask_for_others(_sheet(request), by=request.actor, at=timezone.now())
    except Refused:
        return by_link("autres-non")
    return by_link("autres")


@access.by_link
@require_http_methods(["GET", "POST"])
def choose(request, pk):
    """Choose this person."""
    return answers.choosing(request, pk)


@access.by_link
@require_http_methods(["GET", "POST"])
def decline(request, pk):
    """Do not keep this person, and say why."""
    return answers.declining(request, pk)


@access.by_link
@require_http_methods(["GET", "POST"])
def propose_meeting(request, pk):
    """Propose up to three moments to meet."""
    return meetings.proposing(request, pk)


@access.by_link
@require_http_methods(["GET", "POST"])
def accept_meeting(request, pk):
    """Take one of the moments that the structure proposed."""
    return meetings.accepting(request, pk)


@access.by_link
@require_GET
def meeting_file(request, pk):
    """The meeting as a file for a calendar."""
    return meetings.calendar_of(request, pk)


@access.by_link
@require_POST
def open_cv(request, pk):
    """The CV as a file to keep; the journal keeps that it was opened by the link."""
    return applications.cv_of(request, pk)
