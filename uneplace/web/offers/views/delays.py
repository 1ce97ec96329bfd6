"""The delays of a service: who acts, for how many days, and what happens when nobody does."""

from dataclasses import asdict

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.kit.refused import Refused
from uneplace.offers import actions, perms
from uneplace.offers.delays import delays_in
from uneplace.offers.models import ServiceDelays
from uneplace.organisations.models import Capacity
from uneplace.rules.delays import NAMES, usual_delays
from uneplace.rules.parameters import PARAMETERS
from uneplace.web.access import access, require
from uneplace.web.offers.delay_forms import LABELS, DelaysForm
from uneplace.web.shared_forms import reread


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def decide_delays(request):
    """The delays in force, their versions, and how to change them."""
    require(perms.can_decide_delays(request.actor))
    form = DelaysForm(request.POST or None, initial=_now(request))
    if form.is_valid():
        try:
            actions.decide_delays(
                request.actor.organisation,
                delays=form.delays,
                read=form.cleaned_data["read"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form = reread(form, DelaysForm(initial=_now(request)), refusal, DelaysForm)
        else:
            messages.success(request, "Délais enregistrés. Les dates déjà données ne changent pas.")
            return redirect("offers:delays")
    usual = asdict(usual_delays(on=timezone.localdate()))
    context = {
        "form": form,
        "versions": _told(_versions(request), usual),
        "source": PARAMETERS.turn_agree_days,
        "silence": PARAMETERS.turn_silence_days.whole_on(timezone.localdate()),
    }
    return render(request, "offers/delays.html", context, status=422 if form.errors else 200)


def _versions(request) -> list[ServiceDelays]:
    visible = ServiceDelays.objects.visible_to(request.actor).select_related("decided_by")
    return list(visible.order_by("-number"))


def _now(request) -> dict[str, int]:
    """What the form first shows: the delays in force, and which version they are."""
    versions = _versions(request)
    now = asdict(delays_in(request.actor.organisation, at=timezone.now()))
    return now | {"read": versions[0].number if versions else 0}


def _told(versions: list[ServiceDelays], usual: dict[str, int]) -> list[dict]:
    """Each version with what it changed from the one before; the first, from what is usual."""
    told = []
    for version, before in zip(
        versions, [*(asdict(one.delays) for one in versions[1:]), usual], strict=False
    ):
        after = asdict(version.delays)
        changed = [name for name in NAMES if before[name] != after[name]]
        changes = [(LABELS[name][0], before[name], after[name]) for name in changed]
        told.append({"version": version, "changes": changes})
    return told
