"""The facilitator's choice: criteria beside facts, a reason for each decision, then the files sent."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.models import Application, JobSheet
from uneplace.offers.queries import applications_with_file, files_of, flows_of, start_day
from uneplace.organisations.models import Capacity
from uneplace.people.queries import standings
from uneplace.web.access import access, require
from uneplace.web.offers.forms import PreselectForm
from uneplace.web.offers.rows import criteria_of, eligibility_line
from uneplace.web.offers.turns import turn_of_sheet
from uneplace.web.templatetags.ui import day_words

from .sheets import visible_sheets

PAGE = 50
Status = Application.Status
CHOICES = {
    "": ("Toutes", set(Status.values)),
    "a-decider": ("À décider", {Status.NEW, Status.STUDIED}),
    "retenues": ("Retenues", {Status.SHORTLISTED}),
    "reserve": ("En réserve", {Status.ON_HOLD}),
    "ecartees": ("Écartées", {Status.DECLINED}),
    "transmises": ("Transmises", {Status.SENT, Status.MEETING, Status.HIRED}),
}
OUT = {Status.DECLINED, Status.WITHDRAWN, Status.HIRED_ELSEWHERE}


@access.capacity(Capacity.FACILITATOR)
@require_GET
def preselect(request, pk):
    """Every file put forward for a job, in the order of the criteria met."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(request.actor.serves(sheet))
    state = request.GET.get("etat", "")
    state = state if state in CHOICES else ""
    candidates = _candidates(request, sheet)
    chips = [
        {
            "key": key,
            "label": label,
            "on": key == state,
            "count": sum(candidate["application"].status in kept for candidate in candidates),
        }
        for key, (label, kept) in CHOICES.items()
    ]
    found = [candidate for candidate in candidates if candidate["application"].status in CHOICES[state][1]]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    for candidate in page.object_list:
        candidate["form"] = PreselectForm(application=candidate["application"])
    context = _frame(request, sheet, candidates) | {"page": page, "chips": chips, "total": len(candidates)}
    return render(request, "offers/preselection.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_POST
def decide(request, pk):
    """Keep, hold or discard one file."""
    applications = Application.objects.visible_to(request.actor).select_related("organisation", "job_sheet")
    application = get_object_or_404(applications, pk=pk)
    sheet = get_object_or_404(visible_sheets(request), pk=application.job_sheet_id)
    require(perms.can_manage(request.actor, sheet))
    form = PreselectForm(request.POST, application=application)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.preselect(
                application,
                verdict=given["verdict"],
                reason=given["reason"],
                decline_reason=given["decline_reason"],
                note=given["note"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
    if not form.errors and not request.htmx:
        messages.success(request, "Décision gardée.")
        return redirect(f"{reverse('offers:preselection', args=[sheet.pk])}#candidature-{application.pk}")
    candidates = _candidates(request, sheet)
    context = _frame(request, sheet, candidates)
    [candidate] = [one for one in candidates if one["application"].pk == application.pk]
    candidate["form"] = form if form.errors else PreselectForm(application=candidate["application"])
    if request.htmx:
        context |= {"candidate": candidate, "saved": not form.errors}
        return render(request, "offers/_decided.html", context)
    page = Paginator([candidate], PAGE).get_page(1)
    context |= {"page": page, "chips": [], "total": len(candidates), "has_errors": True, "form": form}
    return render(request, "offers/preselection.html", context, status=422)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def transmit(request, pk):
    """What the company will see of each kept file, then the sending."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_manage(request.actor, sheet))
    candidates = [
        one for one in _candidates(request, sheet) if one["application"].status == Status.SHORTLISTED
    ]
    reasons = []
    if request.method == "POST":
        chosen = [
            one["application"]
            for one in candidates
            if str(one["application"].pk) in request.POST.getlist("dossiers")
        ]
        try:
            sent = actions.transmit(sheet, chosen, by=request.actor, at=timezone.now())
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            messages.success(
                request,
                f"{len(sent)} dossiers transmis à {sheet.commitment.company}."
                if len(sent) > 1
                else f"Dossier transmis à {sheet.commitment.company}.",
            )
            return redirect("offers:preselection", pk=sheet.pk)
    context = _frame(request, sheet, candidates) | {
        "candidates": candidates,
        "reasons": reasons,
        "has_errors": bool(reasons),
        "answer_days": actions.ANSWER_DAYS,
    }
    return render(request, "offers/transmit.html", context, status=422 if reasons else 200)


def _candidates(request, sheet: JobSheet) -> list[dict]:
    """The files of a sheet, those with the most criteria met first, those set aside last."""
    on = timezone.localdate()
    prefetch_related_objects([sheet], "criteria")
    applications = list(
        applications_with_file(sheet.applications.all()).prefetch_related("answers").order_by("sent_at", "pk")
    )
    for application in applications:
        application.job_sheet = sheet
    facts = files_of(applications, on=on)
    known = standings([application.participant for application in applications], on=start_day(sheet, on=on))
    rows = []
    for application in applications:
        standing = known.get(application.participant_id)
        words = day_words(standing.until, "date") if standing and standing.until else ""
        reasons = actions.why_not_transmit(application, facts[application.pk])
        rows.append(
            {
                "application": application,
                "criteria": criteria_of(application, eligibility_line(standing, words)),
                "standing": standing,
                "agreement": facts[application.pk].agreement or "TO_COLLECT",
                "reasons": reasons if application.status == Status.SHORTLISTED else [],
                "may_decide": perms.can_manage(request.actor, sheet)
                and not actions.why_not_preselect(application),
                "is_out": application.status in OUT,
                "is_kept": application.status == Status.SHORTLISTED,
            }
        )
    return sorted(rows, key=lambda row: (row["is_out"], row["criteria"].order))


def _frame(request, sheet: JobSheet, candidates: list[dict]) -> dict:
    """What the page says of the whole: criteria, places, whose turn, what is ready to go."""
    flow = flows_of([sheet])[sheet.pk]
    kept = [candidate for candidate in candidates if candidate["is_kept"]]
    return {
        "sheet": sheet,
        "flow": flow,
        "hard": [criterion for criterion in sheet.criteria.all() if criterion.weight == "HARD"],
        "soft": [criterion for criterion in sheet.criteria.all() if criterion.weight == "SOFT"],
        "turn": turn_of_sheet(sheet, flow, request.actor, on=timezone.localdate()),
        "kept": kept,
        "ready": [candidate for candidate in kept if not candidate["reasons"]],
        "fixed_by": entries_about(sheet).filter(verb="job_sheet.published").first(),
    }
