"""« Marchés et clauses » for the service, « Mes marchés » for buyers and companies."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from uneplace.contracts import perms
from uneplace.contracts.models import Clause
from uneplace.contracts.queries import in_state
from uneplace.hours.queries import total_progress
from uneplace.organisations.models import Capacity
from uneplace.web.access import access
from uneplace.web.contracts.export import csv_lines
from uneplace.web.contracts.forms import FilterForm
from uneplace.web.contracts.forms.lists import states_for
from uneplace.web.contracts.rows import filtered_lots, found_lots, progress_seen, relieved_seen, rows_of
from uneplace.web.hours.gauges import gauge_of

PAGE = 50
FOLLOWERS = (Capacity.FACILITATOR, Capacity.BUYER, Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)


@access.capacity(*FOLLOWERS)
@require_GET
def list_contracts(request):
    """The lots that one follows, with their hours and whose turn it is; filters live in the address."""
    actor, on = request.actor, timezone.localdate()
    form = FilterForm(request.GET, actor=actor)
    page = Paginator(filtered_lots(actor, form), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(page.object_list, actor, on=on, at=timezone.now()),
        "tabs": _tabs(actor, form),
        "may_add": perms.can_add_contracts(actor),
        "is_service": actor.is_facilitator,
        "is_buyer": actor.can(Capacity.BUYER) and not actor.is_facilitator,
        "overall": None if actor.is_facilitator else _overall(actor, on),
    }
    return render(request, "contracts/list.html", context)


@access.capacity(*FOLLOWERS)
@require_GET
def export_contracts(request):
    """What the list shows under the same filters, all pages together."""
    actor = request.actor
    form = FilterForm(request.GET, actor=actor)
    lines = csv_lines(filtered_lots(actor, form), actor, on=timezone.localdate())
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="marches-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


def _tabs(actor, form) -> list[tuple[str, str, int]]:
    """Each state: its value, its words, how many lots of what is searched fall in it."""
    states = states_for(actor)
    counts = (
        found_lots(actor, form)
        .order_by()
        .aggregate(
            **{state: Count("pk", filter=in_state(state, actor=actor), distinct=True) for state, _ in states}
        )
    )
    return [(state, words, counts[state]) for state, words in states]


def _overall(actor, on):
    """All the hours under way that one follows, as one gauge; None when there is none."""
    clauses = Clause.objects.visible_to(actor).open().select_related("lot__contract")
    progress = progress_seen(clauses, actor, on=on)
    return (
        {
            "gauge": gauge_of(
                total_progress(progress.values()), relieved=relieved_seen(clauses, actor, on=on)
            ),
            "count": len(progress),
        }
        if progress
        else None
    )
