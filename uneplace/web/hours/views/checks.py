"""The checks of a service: how far each one goes, and how often it was right."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.hours import perms
from uneplace.hours.checks.actions import decide_checks as decide
from uneplace.hours.checks.told import levels_in, records_of
from uneplace.hours.models import LABELS, ServiceChecks
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.rules.anomalies import USUAL_LEVELS, Check, Level
from uneplace.web.access import access, require
from uneplace.web.hours.check_forms import WORDS, ChecksForm
from uneplace.web.shared_forms import reread


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def decide_checks(request):
    """The levels in force, what each check told so far, and how to change them."""
    may_decide = perms.can_decide_checks(request.actor)
    if request.method == "POST":
        require(may_decide)
    form = ChecksForm(request.POST or None, initial=_now(request))
    if form.is_valid():
        try:
            decide(
                request.actor.organisation,
                levels=form.levels,
                read=form.cleaned_data["read"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form = reread(form, ChecksForm(initial=_now(request)), refusal, ChecksForm)
        else:
            messages.success(request, "Contrôles enregistrés. Ils valent dès maintenant.")
            return redirect("hours:checks")
    service = request.actor.organisation
    levels = levels_in(service)
    context = {
        "form": form,
        "may_decide": may_decide,
        "records": [(record, _word(levels[record.check])) for record in records_of(service)],
        "versions": _told(_versions(request)),
    }
    return render(request, "hours/checks.html", context, status=422 if form.errors else 200)


def _versions(request) -> list[ServiceChecks]:
    visible = ServiceChecks.objects.visible_to(request.actor).select_related("decided_by")
    return list(visible.order_by("-number"))


def _now(request) -> dict[str, str | int]:
    """What the form first shows: the levels in force, and which version they are."""
    versions = _versions(request)
    levels = versions[0].levels if versions else USUAL_LEVELS
    now = {check.lower(): level.value for check, level in levels.items()}
    return now | {"read": versions[0].number if versions else 0}


def _told(versions: list[ServiceChecks]) -> list[dict]:
    """Each version with what it changed from the one before; the first, from what is usual."""
    before = [*(one.levels for one in versions[1:]), USUAL_LEVELS]
    return [
        {"version": version, "changes": _changes(earlier, version.levels)}
        for version, earlier in zip(versions, before, strict=False)
    ]


def _changes(before, after) -> list[tuple[str, str, str]]:
    return [
        (LABELS[check], _word(before[check]), _word(after[check]))
        for check in Check
        if before[check] != after[check]
    ]


def _word(level: Level) -> str:
    return WORDS[level.value].lower()
