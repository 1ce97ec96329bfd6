"""Job sheets: listed by each actor, written together, agreed to, sent to structures, closed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uneplace.contracts.models import Commitment
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.models import Application, JobSheet
from uneplace.offers.queries import applications_with_file, flows_of, silent_addressees
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.offers.forms import CloseForm, PublishForm, SheetForm
from uneplace.web.offers.rows import followed_rows
from uneplace.web.offers.todos import agreements_to_collect
from uneplace.web.offers.turns import turn_of_sheet

PAGE = 30
RECRUITERS = (Capacity.FACILITATOR, Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
EVERYONE = (*RECRUITERS, Capacity.REFERRER)
STATES = {
    "": ("Toutes", Q()),
    "a-preparer": ("À préparer", Q(status__in=[JobSheet.Status.DRAFT, JobSheet.Status.TO_AGREE])),
    "diffusees": ("Diffusées", Q(status=JobSheet.Status.PUBLISHED)),
    "pourvues": ("Pourvues", Q(status=JobSheet.Status.FILLED)),
    "closes": ("Closes", Q(status=JobSheet.Status.CLOSED)),
}
FOLLOWED = {
    "": ("En cours", Q(status__in=Application.OPEN)),
    "embauches": ("Embauches", Q(status=Application.Status.HIRED)),
    "autres": ("Sans suite", ~Q(status__in=[*Application.OPEN, Application.Status.HIRED])),
}


def visible_sheets(request):
    """The job sheets that one may see, with what their pages show."""
    return JobSheet.objects.visible_to(request.actor).select_related(
        "commitment__company", "commitment__clause__lot__contract", "commune", "rome", "service"
    )


@access.capacity(*EVERYONE)
@require_GET
def list_sheets(request):
    """A facilitator's desk, a company's own sheets, or the offers open to a structure."""
    actor = request.actor
    if actor.can(Capacity.INSERTION_EMPLOYER, Capacity.REFERRER) and not actor.is_facilitator:
        return _list_offers(request)
    sheets = visible_sheets(request)
    counts = sheets.aggregate(
        **{f"n{rank}": Count("pk", filter=condition) for rank, (_, condition) in enumerate(STATES.values())}
    )
    state = request.GET.get("etat", "")
    state = state if state in STATES else ""
    search = request.GET.get("q", "").strip()
    found = sheets.filter(STATES[state][1])
    if search:
        found = found.filter(
            Q(title__unaccent__icontains=search)
            | Q(commitment__company__name__unaccent__icontains=search)
            | Q(commune__name__unaccent__icontains=search)
        )
    page = Paginator(found.order_by("-created_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    flows = flows_of(page.object_list)
    on = timezone.localdate()
    rows = [
        (sheet, flows[sheet.pk], turn_of_sheet(sheet, flows[sheet.pk], actor, on=on))
        for sheet in page.object_list
    ]
    chips = [
        {"key": key, "label": label, "count": counts[f"n{rank}"], "on": key == state}
        for rank, (key, (label, _)) in enumerate(STATES.items())
    ]
    context = {
        "page": page,
        "rows": rows,
        "chips": chips,
        "search": search,
        "state": state,
        "may_draft": actor.writes and _commitments(request).exists(),
    }
    return render(request, "offers/list_sheets.html", context)


def _list_offers(request):
    """Offers open to a structure, and what became of those it put forward."""
    actor = request.actor
    offers = visible_sheets(request).filter(
        status=JobSheet.Status.PUBLISHED, diffusions__organisation=actor.organisation
    )
    offer_page = Paginator(offers.order_by("apply_before", "-published_at", "-pk"), PAGE).get_page(
        request.GET.get("offres")
    )
    applications = Application.objects.filter(organisation=actor.organisation)
    counts = applications.aggregate(
        **{f"n{rank}": Count("pk", filter=condition) for rank, (_, condition) in enumerate(FOLLOWED.values())}
    )
    state = request.GET.get("etat", "")
    state = state if state in FOLLOWED else ""
    found = applications_with_file(applications.filter(FOLLOWED[state][1]).order_by("-sent_at", "-pk"))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    flows = flows_of(offer_page.object_list)
    hired, closed = counts["n1"], counts["n2"]
    context = {
        "offers": [(sheet, flows[sheet.pk]) for sheet in offer_page.object_list],
        "offer_page": offer_page,
        "page": page,
        "rows": followed_rows(page.object_list, actor, on=timezone.localdate()),
        "chips": [
            {"key": key, "label": label, "count": counts[f"n{rank}"], "on": key == state}
            for rank, (key, (label, _)) in enumerate(FOLLOWED.items())
        ],
        "parts": [("Embauches", hired, str(hired)), ("En cours", counts["n0"], str(counts["n0"]))]
        + [("Sans suite", closed, str(closed))],
        "hired": hired,
        "total": counts["n0"] + hired + closed,
        "own_sheets": _own_sheets(request),
        "to_agree": list(agreements_to_collect(actor)[:PAGE]),
    }
    return render(request, "offers/list_offers.html", context)


def _own_sheets(request):
    """The sheets of a structure that holds contracts itself."""
    sheets = list(
        visible_sheets(request)
        .filter(commitment__company=request.actor.organisation)
        .order_by("-created_at", "-pk")[:PAGE]
    )
    flows = flows_of(sheets)
    return [(sheet, flows[sheet.pk]) for sheet in sheets]


@access.capacity(*EVERYONE)
@require_GET
def show_sheet(request, pk):
    """One job sheet, as each actor may read it."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    actor, on = request.actor, timezone.localdate()
    flow = flows_of([sheet])[sheet.pk]
    serves = actor.serves(sheet)
    is_company = actor.stands_for(sheet.commitment.company_id)
    to_record = list(_to_record(sheet)) if serves else []
    mine = Application.objects.filter(job_sheet=sheet, organisation=actor.organisation)
    context = {
        "sheet": sheet,
        "criteria": list(sheet.criteria.all()),
        "flow": flow,
        "turn": turn_of_sheet(sheet, flow, actor, on=on, to_record=len(to_record)),
        "serves": serves,
        "is_company": is_company,
        "to_record": to_record,
        "may_manage": perms.can_manage(actor, sheet),
        "may_revise": perms.can_revise(actor, sheet) and not actions.why_not_revise(sheet),
        "may_agree_for_company": perms.can_agree_for_company(actor, sheet)
        and not actions.why_not_agree(sheet, for_company=True),
        "may_agree_for_service": perms.can_manage(actor, sheet)
        and not actions.why_not_agree(sheet, for_company=False),
        "stands_in": not is_company,
        "publish_reasons": actions.why_not_publish(sheet, on=on),
        "may_put_forward": perms.can_put_forward(actor, sheet)
        and not actions.why_not_put_forward(sheet, on=on)
        and (perms.is_addressee(actor, sheet) or silent_addressees(sheet).exists()),
        "diffusions": sheet.diffusions.select_related("organisation").order_by("organisation__name")
        if serves
        else [],
        "mine": [] if serves else followed_rows(applications_with_file(mine), actor, on=on),
        "history": entries_about(sheet)[:20] if serves or is_company else [],
    }
    return render(request, "offers/sheet.html", context)


def _to_record(sheet):
    """The people chosen whose work contract is not recorded yet."""
    return (
        sheet.applications.filter(status=Application.Status.HIRED, placement=None)
        .select_related("participant")
        .order_by("answered_at", "pk")
    )


@access.capacity(*RECRUITERS)
@require_http_methods(["GET", "POST"])
def create_sheet(request):
    """Draft a job sheet for a commitment."""
    require(request.actor.writes)
    form = SheetForm(
        request.POST or None,
        commitments=_commitments(request),
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


def _commitments(request):
    """The commitments for which one may write a job sheet."""
    commitments = Commitment.objects.visible_to(request.actor).running(on=timezone.localdate())
    if not request.actor.is_facilitator:
        commitments = commitments.filter(company=request.actor.organisation)
    return commitments.select_related("company", "clause__lot__contract").order_by("company__name", "pk")


@access.capacity(*RECRUITERS)
@require_http_methods(["GET", "POST"])
def revise_sheet(request, pk):
    """Correct a sheet that is not published yet."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_revise(request.actor, sheet))
    form = SheetForm(request.POST or None, sheet=sheet)
    if form.is_valid():
        sheet.revision = form.cleaned_data["revision"] or sheet.revision
        try:
            actions.revise_job_sheet(sheet, **form.terms, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Fiche de poste corrigée.")
            return redirect(sheet)
    context = {"form": form, "sheet": sheet, "reasons": actions.why_not_revise(sheet)}
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
    revision = request.POST.get("revision", "")
    return _do(
        request,
        sheet,
        actions.agree,
        done="Accord enregistré.",
        for_company=for_company,
        revision=int(revision) if revision.isdigit() else 0,
    )


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def publish_sheet(request, pk):
    """Choose the structures that the sheet is sent to; later, more of them."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_manage(request.actor, sheet))
    is_published = sheet.status == JobSheet.Status.PUBLISHED
    reasons = [] if is_published else actions.why_not_publish(sheet, on=timezone.localdate())
    form = PublishForm(request.POST or None, sheet=sheet)
    if form.is_valid():
        send = actions.diffuse if is_published else actions.publish
        try:
            send(sheet, to=form.chosen, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(
                request,
                f"Fiche envoyée à {len(form.chosen)} structures.".replace("1 structures", "1 structure"),
            )
            return redirect(sheet)
    context = {"sheet": sheet, "form": form, "reasons": reasons, "is_published": is_published}
    return render(request, "offers/publish_sheet.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def close_sheet(request, pk):
    """Close a sheet with a reason; every open application gets its answer."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_manage(request.actor, sheet))
    form = CloseForm(request.POST or None)
    if form.is_valid():
        try:
            actions.close_job_sheet(
                sheet, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
            )
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


def _do(request, sheet, act, *, done: str, **arguments):
    """One button, one act: done, or why not, back on the sheet."""
    try:
        act(sheet, **arguments, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, done)
    return redirect(sheet)
