"""What a company does with the files that it received: read, meet, choose, decline. Made for a phone."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.models import Application, Transmission
from uneplace.offers.queries import applications_with_file, flows_of
from uneplace.offers.whose_turn import Party, Step, steps_of_applications
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.offers.forms import COMPANY_REASONS, DeclineForm
from uneplace.web.offers.rows import criteria_of
from uneplace.web.offers.told import back_from, tell

from .applications import lost_file, visible_applications
from .sheets import visible_sheets

MOST = 100
Status = Application.Status
COMPANY = Application.Side.COMPANY
COMPANIES = (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
RECRUITERS = (Capacity.FACILITATOR, *COMPANIES)
STATES = {
    "": ("En cours", Q(status__in=perms.IN_COMPANY_HANDS)),
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
    steps = steps_of_applications(applications, at=timezone.now())
    mine = [] if state else [step for step in steps.values() if step.party == Party.COMPANY]
    groups = [
        {
            "sheet": sheet,
            "flow": flows[pk],
            "files": [
                file_row(request.actor, one, steps.get(one.pk), on=on)
                for one in applications
                if one.job_sheet_id == pk
            ],
            "may_ask": request.actor.writes and not actions.why_not_ask_for_others(sheet),
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
        "to_answer": len(mine),
        "before": min((step.before for step in mine), default=None),
        "is_late": any(step.is_late(on=on) for step in mine),
        "lost": lost,
    }
    return render(request, "offers/candidates.html", context)


def file_row(actor: Actor, application: Application, step: Step | None, *, on: date) -> dict[str, Any]:
    """One file as the company reads it in a list, with what it may do now; `step` is what is awaited."""
    is_mine = step is not None and step.party == Party.COMPANY
    in_hands = application.status in perms.IN_COMPANY_HANDS
    may_choose = actor.writes and not actions.why_not_choose(application)
    return {
        "application": application,
        "criteria": criteria_of(application),
        "in_hands": in_hands,
        "is_mine": is_mine,
        "late_since": step.before if is_mine and step.is_late(on=on) else None,
        "may_answer": actor.writes and in_hands,
        "may_choose": may_choose,
        "may_accept": may_choose and not actions.why_not_accept_meeting(application, side=COMPANY),
        "reads_file": in_hands or application.status == Status.HIRED,
    }


@access.capacity(*RECRUITERS)
@require_http_methods(["GET", "POST"])
def choose(request, pk):
    """Choose this person, after one last look at the name and the job."""
    return choosing(request, pk)


def choosing(request, pk):
    """The page of `choose`, for an account or a link."""
    if lost := lost_file(request, pk):
        return lost
    application = answered(request, pk)
    reasons = actions.why_not_choose(application)
    if request.method == "POST":
        try:
            actions.choose(application, by=request.actor, at=timezone.now())
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            words = f"Vous avez choisi {application.participant}. Le service prépare la suite."
            return tell(request, application, "choisie", words)
    context = {
        "application": application,
        "reasons": reasons,
        "stands_in": not request.actor.stands_for(application.job_sheet.commitment.company_id),
        "back": back_from(request, application),
        "has_errors": request.method == "POST",
    }
    return render(request, "offers/choose.html", context, status=422 if request.method == "POST" else 200)


@access.capacity(*RECRUITERS)
@require_http_methods(["GET", "POST"])
def decline(request, pk):
    """Do not keep this person, and say why."""
    return declining(request, pk)


def declining(request, pk):
    """The page of `decline`, for an account or a link."""
    if lost := lost_file(request, pk):
        return lost
    application = answered(request, pk)
    reader = str(application.lender or "La structure qui suit cette personne")
    form = DeclineForm(request.POST or None, reasons=COMPANY_REASONS, reader=reader)
    if form.is_valid():
        try:
            actions.decline(application, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            return tell(request, application, "refusee", "Réponse envoyée à la structure.")
    context = {
        "application": application,
        "form": form,
        "reasons": actions.why_not_answer(application),
        "back": back_from(request, application),
    }
    return render(request, "offers/decline.html", context, status=422 if form.errors else 200)


@access.capacity(*RECRUITERS)
@require_POST
def ask_for_others(request, pk):
    """Ask the service for other people; it is then its turn."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_agree_for_company(request.actor, sheet))
    try:
        actions.ask_for_others(sheet, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "Demande envoyée\u00a0: le service cherche d’autres personnes.")
    if request.actor.stands_for(sheet.commitment.company_id):
        return redirect("offers:candidates")
    return redirect(sheet)


def answered(request, pk) -> Application:
    """An application that this actor may answer for the company; else 404, or 403."""
    application = get_object_or_404(visible_applications(request), pk=pk)
    require(perms.can_answer(request.actor, application))
    return application
