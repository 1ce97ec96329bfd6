"""The page of job sheets: a facilitator's desk, a company's own, or the offers open to a structure."""

from collections import Counter

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from uneplace.offers.models import Application, Diffusion, JobSheet
from uneplace.offers.queries import applications_with_file, flows_of
from uneplace.offers.whose_turn import steps_of_sheets
from uneplace.organisations.models import Capacity
from uneplace.web.access import access
from uneplace.web.offers.awaiting import agreements_to_collect, suggestions_to_answer
from uneplace.web.offers.rows import followed_rows
from uneplace.web.offers.turns import turn_of_sheet

from .sheets import EVERYONE, visible_sheets
from .writing import commitments_of

PAGE = 30
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
    steps, on = steps_of_sheets(page.object_list, at=timezone.now()), timezone.localdate()
    rows = [
        (sheet, flows[sheet.pk], turn_of_sheet(sheet, steps[sheet.pk], actor, on=on))
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
        "may_draft": actor.writes and commitments_of(request).exists(),
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
    suggested = suggestions_to_answer(actor)
    context = {
        "offers": _offers(actor, offer_page.object_list, flows),
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
        "suggestions": suggested[:PAGE],
        "suggested": suggested.count(),
        "total": counts["n0"] + hired + closed,
        "own_sheets": _own_sheets(request),
        "to_agree": list(agreements_to_collect(actor)[:PAGE]),
    }
    return render(request, "offers/list_offers.html", context)


def _offers(actor, sheets, flows):
    """Each offer with the posts that are free, how it was sent here, and how many people were proposed."""
    diffusions = Diffusion.objects.filter(job_sheet__in=sheets, organisation=actor.organisation)
    received = {one.job_sheet_id: one for one in diffusions}
    mine = Application.objects.filter(job_sheet__in=sheets, organisation=actor.organisation)
    proposed = Counter(mine.values_list("job_sheet", flat=True))
    return [(sheet, flows[sheet.pk], received[sheet.pk], proposed[sheet.pk]) for sheet in sheets]


def _own_sheets(request):
    """The sheets of a structure that holds contracts itself."""
    sheets = list(
        visible_sheets(request)
        .filter(commitment__company=request.actor.organisation)
        .order_by("-created_at", "-pk")[:PAGE]
    )
    flows = flows_of(sheets)
    return [(sheet, flows[sheet.pk]) for sheet in sheets]
