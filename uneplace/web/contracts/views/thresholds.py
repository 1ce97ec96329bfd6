"""The thresholds of alert of a service: from where a clause is to watch, in alert or critical."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.rules.alerts import NAMES, usual_thresholds
from uneplace.rules.parameters import PARAMETERS
from uneplace.settlement import perms
from uneplace.settlement.alerts import decide_thresholds, thresholds_of
from uneplace.settlement.models import ServiceThresholds
from uneplace.web.access import access, require
from uneplace.web.contracts.forms.thresholds import LABELS, UNITS, ThresholdsForm
from uneplace.web.shared_forms import reread


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def choose_thresholds(request: HttpRequest) -> HttpResponse:
    """The thresholds in force, their versions, and how to change them."""
    require(perms.can_decide_thresholds(request.actor))
    form = ThresholdsForm(request.POST or None, initial=_now(request))
    if form.is_valid():
        try:
            decide_thresholds(
                request.actor.organisation,
                thresholds=form.thresholds,
                read=form.cleaned_data["read"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form = reread(form, ThresholdsForm(initial=_now(request)), refusal, ThresholdsForm)
        else:
            messages.success(request, "Seuils enregistrés. Chaque clause se lit dès maintenant avec eux.")
            return redirect("contracts:thresholds")
    usual = asdict(usual_thresholds(on=timezone.localdate()))
    context = {
        "form": form,
        "versions": _told(_versions(request), usual),
        "source": PARAMETERS.alert_watch_below,
    }
    return render(request, "contracts/thresholds.html", context, status=422 if form.errors else 200)


def _versions(request: HttpRequest) -> list[ServiceThresholds]:
    visible = ServiceThresholds.objects.visible_to(request.actor).select_related("decided_by")
    return list(visible.order_by("-number"))


def _now(request: HttpRequest) -> dict[str, int]:
    """What the form first shows: the thresholds in force, and which version they are."""
    versions, service = _versions(request), request.actor.organisation.pk
    now = asdict(thresholds_of([service], on=timezone.localdate())[service])
    return now | {"read": versions[0].number if versions else 0}


def _told(versions: list[ServiceThresholds], usual: dict[str, int]) -> list[dict]:
    """Each version with what it changed from the one before; the first, from what is usual."""
    told = []
    befores = [*(asdict(one.thresholds) for one in versions[1:]), usual]
    for version, before in zip(versions, befores, strict=False):
        after = asdict(version.thresholds)
        changes = [
            (LABELS[name][0], before[name], after[name], UNITS[name])
            for name in NAMES
            if before[name] != after[name]
        ]
        told.append({"version": version, "changes": changes})
    return told
