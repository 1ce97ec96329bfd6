"""« Marchés et clauses » for the service, « Mes marchés » for buyers and companies."""

from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from uneplace.contracts import perms
from uneplace.contracts.models import Clause
from uneplace.contracts.queries import ClauseState, in_state, listed_lots
from uneplace.hours.queries import total_progress
from uneplace.organisations.models import Capacity
from uneplace.web.access import access
from uneplace.web.contracts.export import csv_lines
from uneplace.web.contracts.forms import FilterForm
from uneplace.web.contracts.rows import found_lots, progress_seen, rows_of
from uneplace.web.hours.gauges import gauge_of

PAGE = 50
FOLLOWERS = (Capacity.FACILITATOR, Capacity.BUYER, Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)


@access.capacity(*FOLLOWERS)
@require_GET
def list_contracts(request):
    """The lots that one follows, with their hours and whose turn it is; filters live in the address."""
    actor, on = request.actor, timezone.localdate()
    form = FilterForm(request.GET, actor=actor)
    lots = listed_lots(actor)
    page = Paginator(found_lots(actor, form), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(page.object_list, actor, on=on, at=timezone.now()),
        "total": lots.count() if form.is_active else page.paginator.count,
        "may_add": perms.can_add_contracts(actor),
        "is_service": actor.is_facilitator,
        "is_buyer": actor.can(Capacity.BUYER) and not actor.is_facilitator,
        "chips": _chips(actor, lots, form),
        "overall": None if actor.is_facilitator else _overall(actor, on),
    }
    return render(request, "contracts/list.html", context)


@access.capacity(*FOLLOWERS)
@require_GET
def export_contracts(request):
    """What the list shows under the same filters, all pages together."""
    actor = request.actor
    form = FilterForm(request.GET, actor=actor)
    lines = csv_lines(found_lots(actor, form), actor, on=timezone.localdate())
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="marches-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


def _chips(actor, lots, form) -> list[tuple[str, str, int]]:
    """The states to look at first, with their counts: state, words, count."""
    if not actor.is_facilitator:
        return []
    states = {
        ClauseState.DECLARED: "Clauses à ouvrir",
        ClauseState.DRAFT: "Brouillons",
        ClauseState.RUNNING: "En cours",
    }
    return [
        (state.value, words, in_state(lots, state, actor=actor).order_by().count())
        for state, words in states.items()
    ]


def _overall(actor, on):
    """All the hours under way that one follows, as one gauge; None when there is none."""
    clauses = Clause.objects.visible_to(actor).open().select_related("lot__contract")
    progress = progress_seen(clauses, actor, on=on)
    return (
        {"gauge": gauge_of(total_progress(progress.values())), "count": len(progress)} if progress else None
    )
