"""The received statements to control: what the checks tell of each, and their validation, several at once."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.hours import perms
from uneplace.hours.bulk import Outcome, validate_statements
from uneplace.hours.checks import actions
from uneplace.hours.checks.told import anomalies_of, levels_in, still_told
from uneplace.hours.confirmations import open_differences_of
from uneplace.hours.models import Statement
from uneplace.hours.validating import reading
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require

from .statements import visible_statements

PAGE = 25
ACCOUNT = "control_account"  # what the last validation did, in the session of whoever pressed
TABS = {"tous": "Tous", "anomalies": "Avec anomalie", "sans": "Sans anomalie"}


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def control_statements(request):
    """Read the anomalies of all that was received; validate those that are chosen."""
    is_missing = False
    if request.method == "POST":
        require(request.actor.writes)
        read = _read(request.POST.getlist("statements"))
        chosen = visible_statements(request).filter(pk__in=read).order_by("commitment__clause", "pk")
        if statements := list(chosen):
            at = timezone.now()
            outcomes = validate_statements(statements, read=read, by=request.actor, at=at)
            request.session[ACCOUNT] = {"key": at.isoformat(), **_said(outcomes)}
            return redirect(_list_url(request.GET, compte=at.isoformat()))
        is_missing = True
    context = _listed(request) | {"outcomes": _account(request), "is_missing": is_missing}
    return render(request, "hours/control.html", context, status=422 if is_missing else 200)


def _read(boxes: Iterable[str]) -> dict[int, str]:
    """What each ticked box carries, « 12-3f9a » : a statement, and what stands for it as it was read."""
    parts = [box.partition("-") for box in boxes]
    return {int(key): shown for key, _, shown in parts if key.isdecimal() and len(key) < 19}


def _said(outcomes: Collection[Outcome]) -> dict:
    """The account of a validation as the session keeps it."""
    return {
        "done": {str(one.statement.pk): str(one.counted) for one in outcomes if one.is_validated},
        "left": {str(one.statement.pk): one.reasons for one in outcomes if not one.is_validated},
    }


def _account(request) -> dict | None:
    """The account that this page was asked for: read again, it is shown again and does nothing."""
    kept = request.session.get(ACCOUNT)
    if kept is None or request.method == "POST" or request.GET.get("compte") != kept["key"]:
        return None
    statements = {str(one.pk): one for one in visible_statements(request).filter(pk__in=_keys(kept))}
    done = [
        Outcome(statements[key], counted=Decimal(counted))
        for key, counted in kept["done"].items()
        if key in statements
    ]
    left = [
        Outcome(statements[key], reasons=tuple(reasons))
        for key, reasons in kept["left"].items()
        if key in statements
    ]
    return {"done": done, "counted": sum(one.counted for one in done), "left": left}


def _keys(kept: Mapping) -> list[str]:
    return [*kept["done"], *kept["left"]]


def _list_url(place: QueryDict, **more: str) -> str:
    """The list again, at the tab and on the page that were read."""
    where = QueryDict(mutable=True)
    if place.get("voir") in TABS:
        where["voir"] = place["voir"]
    if place.get("page", "").isdecimal():
        where["page"] = place["page"]
    where.update(more)
    return reverse("hours:control") + (f"?{where.urlencode()}" if where else "")


def _listed(request) -> dict:
    """The received statements of a tab, each with what its checks tell."""
    waiting = list(
        visible_statements(request)
        .filter(status=Statement.Status.SUBMITTED)
        .annotate(total=Sum("lines__hours"), people=Count("lines"))
        .order_by("due_on", "pk")
    )
    levels, on = levels_in(request.actor.organisation), timezone.localdate()
    found = anomalies_of(waiting, levels=levels, on=on)
    told = {pk: still_told(its) for pk, its in found.items()}
    differences = open_differences_of(waiting)
    tabs = {
        "tous": waiting,
        "anomalies": [one for one in waiting if told[one.pk] or one.pk in differences],
        "sans": [one for one in waiting if not told[one.pk] and one.pk not in differences],
    }
    tab = request.GET.get("voir", "tous")
    tab = tab if tab in tabs else "tous"
    page = Paginator(tabs[tab], PAGE).get_page(request.GET.get("page"))
    for statement in page:
        statement.found = found[statement.pk]
        statement.told = told[statement.pk]
        statement.differences = differences.get(statement.pk, 0)
        statement.read = f"{statement.pk}-{reading(statement, statement.told, statement.differences)}"
        statement.is_blocked = any(one.blocks for one in found[statement.pk])
    return {
        "tabs": [(key, label, len(tabs[key])) for key, label in TABS.items()],
        "tab": tab,
        "page": page,
        "may_control": request.actor.writes,
    }


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["POST"])
def accept_anomaly(request, pk):
    """« C’est normal » : the same figures of this statement are not told again."""
    statement = get_object_or_404(visible_statements(request), pk=pk)
    require(perms.can_control(request.actor, statement))
    try:
        found = actions.accept_anomaly(
            statement, key=request.POST.get("anomaly", ""), by=request.actor, at=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, f"«\u00a0{found.label}\u00a0»\u00a0: c’est normal, et ce ne sera plus dit.")
    if request.POST.get("back") == "control":
        return redirect(f"{_list_url(request.POST)}#releve{statement.pk}")
    return redirect(statement)
