"""The rules of a clause, in force and before; their amendment; what a service proposes for the next ones."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from uneplace.contracts import actions, perms
from uneplace.contracts.models import Clause, ServicePolicy
from uneplace.contracts.policy import values_of
from uneplace.contracts.presets import OWN, starting_points
from uneplace.hours.recount import note_recounts
from uneplace.kit.periods import last_day
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.rules.parameters import PARAMETERS
from uneplace.web.access import access, require
from uneplace.web.contracts.forms import AmendmentForm, ServicePolicyForm, differences, typed_in
from uneplace.web.contracts.plain_words import changes_said, policy_said, terms_shown
from uneplace.web.contracts.views.lists import FOLLOWERS
from uneplace.web.shared_forms import reread

APPLY = "reprendre"


def _visible(request):
    return Clause.objects.visible_to(request.actor).select_related("lot__contract__buyer", "service")


@access.capacity(*FOLLOWERS)
@require_GET
def show_policy(request, pk):
    """What a clause counts, awaits and costs today, and by which acts it changed."""
    clause = get_object_or_404(_visible(request), pk=pk)
    changed = clause.policy_changes.select_related("recorded_by").order_by("-number")
    context = {
        "clause": clause,
        "contract": clause.lot.contract,
        "amendments": [{"act": one, "changes": changes_said(one.before, one.after)} for one in changed],
        "is_service": request.actor.serves(clause),
        "may_amend": perms.can_edit_clause(request.actor, clause) and not actions.why_not_amend(clause),
        **terms_shown(clause),
    }
    return render(request, "contracts/policy.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def amend_policy(request, pk):
    """Enter an act that changes what a validated clause counts, awaits or costs."""
    clause = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_edit_clause(request.actor, clause))
    blocked = actions.why_not_amend(clause)
    today = timezone.localdate()
    form = AmendmentForm(request.POST or None, initial=_amended(clause, today))
    if form.is_valid():
        try:
            actions.amend_policy(
                clause,
                policy=form.terms_of_policy,
                ends_on=form.cleaned_data["ends_on"],
                act=form.act,
                revision=form.cleaned_data["revision"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form = reread(form, AmendmentForm(initial=_amended(clause, today)), refusal, AmendmentForm)
        else:
            note_recounts([clause], at=timezone.now())
            messages.success(request, "Avenant enregistré. Ce qui était déjà compté n’a pas changé.")
            return redirect("contracts:policy", clause.pk)
    context = {"clause": clause, "form": form, "blocked": blocked, "usual": PARAMETERS}
    failed = bool(form.errors)
    return render(request, "contracts/amend_policy.html", context, status=422 if failed else 200)


def _amended(clause, today):
    """What the form of an amendment first shows."""
    return values_of(clause) | {
        "ends_on": last_day(clause.execution),
        "applies_on": today,
        "revision": clause.revision,
    }


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def decide_service_policy(request):
    """What the service proposes for its next clauses, its versions, and how to change it."""
    require(perms.can_decide_service_policy(request.actor))
    service, today = request.actor.organisation, timezone.localdate()
    visible = ServicePolicy.objects.visible_to(request.actor).select_related("decided_by")
    versions = list(visible.order_by("-number"))
    presets = [one for one in starting_points(service, on=today) if one.key != OWN]
    form = ServicePolicyForm(request.POST or None, initial=_decided(versions, presets, today))
    chosen = next((one for one in presets if one.key == request.POST.get("preset")), None)
    if APPLY in request.POST:
        form = ServicePolicyForm(initial=typed_in(form) | dict(chosen.values if chosen else {}))
    elif form.is_valid():
        try:
            actions.decide_service_policy(
                service,
                policy=form.terms_of_policy,
                applies_on=form.cleaned_data["applies_on"],
                read=form.cleaned_data["read"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            versions = list(visible.order_by("-number"))
            current = ServicePolicyForm(initial=_decided(versions, presets, today))
            form = reread(form, current, refusal, ServicePolicyForm)
        else:
            messages.success(request, "Modèle enregistré. Les clauses déjà ouvertes gardent le leur.")
            return redirect("contracts:service_policy")
    in_force = next((one for one in sorted(versions, key=_order) if one.applies_on <= today), None)
    context = {
        "form": form,
        "usual": PARAMETERS,
        "presets": presets,
        "chosen": chosen,
        "in_force": in_force,
        "in_force_said": policy_said(values_of(in_force)) if in_force else [],
        "versions": _told(versions, presets[0].values, in_force),
        "differences": differences(form, chosen.values) if chosen else [],
        "today": today,
    }
    return render(request, "contracts/service_policy.html", context, status=422 if form.errors else 200)


def _decided(versions, presets, today):
    """What the form of the service's model first shows: its latest version, else what is usual."""
    start = values_of(versions[0]) if versions else dict(presets[0].values)
    return start | {"applies_on": today, "read": versions[0].number if versions else 0}


def _order(version):
    """The version that applies first: the latest day, then the latest decided."""
    return (-version.applies_on.toordinal(), -version.number)


def _told(versions, usual, in_force):
    """Each version with what it changed from the one before; the first, from what is usual."""
    told = []
    for version, earlier in zip(versions, [*map(values_of, versions[1:]), usual], strict=False):
        told.append(
            {
                "version": version,
                "changes": changes_said(earlier, values_of(version)),
                "is_in_force": version == in_force,
            }
        )
    return told
