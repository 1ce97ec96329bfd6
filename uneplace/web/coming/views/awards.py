"""A coming contract is awarded: it becomes the contract, or a contract already known takes it up."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.contracts import actions, perms
from uneplace.contracts.models import ComingContract, Lot
from uneplace.kit.refused import Refused
from uneplace.organisations.actions import find_or_create_by_siret
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.coming.forms import AwardForm, ResumeForm
from uneplace.web.coming.views.coming import PARTIES
from uneplace.web.coming.views.requests import coming_for, reread


@access.capacity(*PARTIES)
@require_http_methods(["GET", "POST"])
def award_coming(request: HttpRequest, pk: int) -> HttpResponse:
    """The contract is awarded: only what is new is asked."""
    coming = coming_for(request, pk)
    require(perms.can_move_coming(request.actor, coming))
    form = AwardForm(request.POST or None, initial={"revision": coming.revision})
    if form.is_valid():
        facts = form.cleaned_data
        try:
            with transaction.atomic():  # a refusal must not leave a company behind
                outcome = actions.Outcome(
                    official_id=facts["official_id"],
                    notified_on=facts["notified_on"],
                    amount=facts["amount"],
                    holder=_holder(request, facts),
                )
                clause = actions.award_coming(
                    coming,
                    outcome=outcome,
                    revision=facts["revision"],
                    by=request.actor,
                    at=timezone.now(),
                )
        except Refused as refusal:
            form = reread(AwardForm, request, coming, refusal)
        else:
            return _done(request, coming, clause)
    context = {"form": form, "coming": coming, "blocked": actions.why_not_award(coming)}
    return render(request, "coming/award.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def resume_coming(request: HttpRequest, pk: int) -> HttpResponse:
    """A contract already known, imported for instance, takes up a coming contract of its buyer."""
    lots = Lot.objects.visible_to(request.actor).select_related("contract__buyer")
    lot = get_object_or_404(lots, pk=pk)
    require(perms.can_open_clause(request.actor, lot))
    offered = (
        ComingContract.objects.visible_to(request.actor)
        .to_award()
        .filter(service=lot.service_id, buyer=lot.contract.buyer_id)
        .select_related("buyer", "service")
        .order_by("consultation_on", "pk")
    )
    form = ResumeForm(request.POST or None, offered=offered)
    if form.is_valid():
        coming = form.cleaned_data["coming"]
        try:
            clause = actions.resume_coming(
                coming, lot=lot, revision=coming.revision, by=request.actor, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            return _done(request, coming, clause)
    context = {"form": form, "lot": lot, "blocked": actions.why_not_open_clause(lot)}
    return render(request, "coming/resume.html", context)


def _done(request, coming, clause):
    if request.actor.serves(clause):
        messages.success(
            request, "Marché attribué. Sa clause est en brouillon, avec tout ce qui était écrit."
        )
        return redirect(clause)
    messages.success(request, f"Marché attribué. {coming.service} relit la clause et la valide.")
    return redirect(coming)


def _holder(request, facts):
    if not facts["holder_siret"]:
        return None
    return find_or_create_by_siret(
        facts["holder_siret"],
        name=facts["holder_name"],
        capacities=[Capacity.COMPANY],
        by=request.actor,
        at=timezone.now(),
    )
