"""What a company does with the files that it received: read, meet, choose, decline. Made for a phone."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.models import Application, Transmission
from uneplace.offers.queries import applications_with_file, flows_of
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.offers.forms import COMPANY_REASONS, DeclineForm, MeetingForm
from uneplace.web.offers.rows import criteria_of

from .applications import lost_file, visible_applications

MOST = 100
Status = Application.Status
COMPANIES = (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
RECRUITERS = (Capacity.FACILITATOR, *COMPANIES)
STATES = {
    "": ("À répondre", Q(status__in=perms.IN_COMPANY_HANDS)),
    "choisies": ("Choisies", Q(status=Status.HIRED)),
    "non-retenues": ("Non retenues", Q(status=Status.DECLINED)),
}


@access.capacity(*COMPANIES)
@require_GET
def list_candidates(request):
    """The files received, by job sheet."""
    company, on = request.actor.organisation, timezone.localdate()
    received = Application.objects.filter(transmission__company=company, transmission__withdrawn_at=None)
    counts = received.aggregate(
        **{f"n{rank}": Count("pk", filter=condition) for rank, (_, condition) in enumerate(STATES.values())}
    )
    state = request.GET.get("etat", "")
    state = state if state in STATES else ""
    applications = list(
        applications_with_file(received.filter(STATES[state][1]))
        .prefetch_related("answers", "job_sheet__criteria")
        .order_by("transmission__answer_before", "job_sheet_id", "pk")[:MOST]
    )
    sheets = {application.job_sheet_id: application.job_sheet for application in applications}
    flows = flows_of(sheets.values())
    groups = [
        {
            "sheet": sheet,
            "flow": flows[pk],
            "files": [_file(request, one, on) for one in applications if one.job_sheet_id == pk],
        }
        for pk, sheet in sheets.items()
    ]
    lost = Transmission.objects.filter(company=company, withdrawn_at__isnull=False).count()
    context = {
        "groups": groups,
        "state": state,
        "chips": [
            {"key": key, "label": label, "count": counts[f"n{rank}"], "on": key == state}
            for rank, (key, (label, _)) in enumerate(STATES.items())
        ],
        "to_answer": counts["n0"],
        "first": applications[0] if applications and not state else None,
        "is_late": bool(applications) and not state and applications[0].transmission.answer_before < on,
        "lost": lost,
    }
    return render(request, "offers/candidates.html", context)


def _file(request, application: Application, on) -> dict:
    in_hands = application.status in perms.IN_COMPANY_HANDS
    return {
        "application": application,
        "criteria": criteria_of(application),
        "in_hands": in_hands,
        "is_late": in_hands and application.transmission.answer_before < on,
        "may_answer": request.actor.writes and in_hands,
        "may_choose": request.actor.writes and not actions.why_not_choose(application),
        "reads_file": in_hands or application.status == Status.HIRED,
    }


@access.capacity(*RECRUITERS)
@require_http_methods(["GET", "POST"])
def choose(request, pk):
    """Choose this person, after one last look at the name and the job."""
    if lost := lost_file(request, pk):
        return lost
    application = _answered(request, pk)
    reasons = actions.why_not_choose(application)
    if request.method == "POST":
        try:
            actions.choose(application, by=request.actor, at=timezone.now())
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            messages.success(
                request, f"Vous avez choisi {application.participant}. Le service prépare la suite."
            )
            return _back(request, application)
    context = {
        "application": application,
        "reasons": reasons,
        "stands_in": not request.actor.stands_for(application.job_sheet.commitment.company_id),
        "has_errors": request.method == "POST",
    }
    return render(request, "offers/choose.html", context, status=422 if request.method == "POST" else 200)


@access.capacity(*RECRUITERS)
@require_http_methods(["GET", "POST"])
def decline(request, pk):
    """Do not keep this person, and say why."""
    if lost := lost_file(request, pk):
        return lost
    application = _answered(request, pk)
    form = DeclineForm(request.POST or None, reasons=COMPANY_REASONS, reader=str(application.organisation))
    if form.is_valid():
        try:
            actions.decline(application, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Réponse envoyée à la structure.")
            return _back(request, application)
    context = {"application": application, "form": form, "reasons": actions.why_not_answer(application)}
    return render(request, "offers/decline.html", context, status=422 if form.errors else 200)


@access.capacity(*RECRUITERS)
@require_http_methods(["GET", "POST"])
def propose_meeting(request, pk):
    """Propose a day, an hour and a place."""
    if lost := lost_file(request, pk):
        return lost
    application = _answered(request, pk)
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        try:
            actions.propose_meeting(
                application,
                meeting_at=form.meeting_at,
                place=form.cleaned_data["place"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Entretien proposé. La structure prévient la personne.")
            return _back(request, application)
    context = {"application": application, "form": form, "reasons": actions.why_not_choose(application)}
    return render(request, "offers/meeting.html", context, status=422 if form.errors else 200)


def _answered(request, pk) -> Application:
    application = get_object_or_404(visible_applications(request), pk=pk)
    require(perms.can_answer(request.actor, application))
    return application


def _back(request, application: Application):
    if request.actor.stands_for(application.job_sheet.commitment.company_id):
        return redirect("offers:candidates")
    return redirect(application)
