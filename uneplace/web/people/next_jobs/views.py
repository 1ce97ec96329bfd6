"""« Enchaînements »: who will soon be without a contract, and the jobs that could come next."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from uneplace.hours.models import Allocation, Placement
from uneplace.hours.queries import window_ends
from uneplace.matching.next_jobs import NextJob, ending, next_jobs
from uneplace.offers.actions import Follower, followers_of
from uneplace.offers.models import JobSheet
from uneplace.organisations.models import Capacity
from uneplace.people.queries import Standing, standings
from uneplace.rules.parameters import PARAMETERS
from uneplace.web.access import access
from uneplace.web.people.mine import placements_followed

PAGE = 20


@dataclass(frozen=True)
class Window:
    """Until when the hours of a work contract count on one clause: `last_day` is None without a limit;
    `is_open` is false when they count on no day."""

    contract: str
    last_day: date | None
    is_open: bool


@dataclass(frozen=True)
class Row:
    """One work contract that ends soon, what counts until then, and what could come next."""

    placement: Placement
    standing: Standing | None
    jobs: list[NextJob]
    followers: list[Follower] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)


@access.capacity(Capacity.FACILITATOR, Capacity.REFERRER, Capacity.INSERTION_EMPLOYER)
@require_GET
def list_next_jobs(request):
    """People whose work contract ends soon, each with the published jobs that fit."""
    actor, on = request.actor, timezone.localdate()
    found = ending(placements_followed(actor), on=on).select_related("participant__commune", "employer")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _rows(actor, list(page.object_list), on),
        "days": PARAMETERS.next_job_days.whole_on(on),
        "serves": actor.is_facilitator,
        "today": on,
    }
    return render(request, "people/next_jobs.html", context)


def _rows(actor, placements, on):
    jobs = next_jobs(placements, JobSheet.objects.visible_to(actor), on=on)
    people = [placement.participant for placement in placements]
    known = standings(people, on=on)
    followers = followers_of(people) if actor.is_facilitator else {}
    windows = _windows(placements)
    return [
        Row(
            placement,
            known.get(placement.participant_id),
            jobs.get(placement.participant_id, []),
            followers.get(placement.participant_id, []),
            windows[placement.pk],
        )
        for placement in placements
    ]


def _windows(placements) -> dict[int, list[Window]]:
    allocations = list(
        Allocation.objects.filter(placement__in=placements)
        .select_related("placement", "commitment__clause__lot__contract")
        .order_by("period", "pk")
    )
    ends = window_ends(allocations)
    told: dict[int, dict[int, Window]] = defaultdict(dict)
    for one in allocations:
        clause, end = one.commitment.clause, ends[one.placement_id, one.commitment.clause_id]
        told[one.placement_id][clause.pk] = Window(
            str(clause.lot.contract),
            None if end is None else end - timedelta(days=1),
            end is None or end > one.placement.period.lower,
        )
    return defaultdict(list, {placement: list(ones.values()) for placement, ones in told.items()})
