"""The end of a clause: its execution over, noted and taken back; the clause closed for good."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.contracts.models import Clause
from uneplace.hours.models import Statement
from uneplace.hours.queries import progress_of_clauses
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.settlement import closing, perms
from uneplace.settlement.ending import (
    Outcome,
    is_over,
    note_end,
    outcome_of,
    take_back_end,
    why_not_note_end,
    why_not_take_back_end,
)
from uneplace.settlement.relieved import Relieved
from uneplace.web.access import access, require
from uneplace.web.hours.gauges import gauge_of
from uneplace.web.settlement.forms import ReasonForm


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what was due is there, or is not, once the figures of the day are read."""
    clause = _clause(request, pk)
    on = timezone.localdate()
    outcome = outcome_of(clause, on=on)
    reasons = why_not_note_end(clause, outcome, on=on)
    if request.method == "POST":
        try:
            note_end(clause, shown=request.POST.get("shown", ""), by=request.actor, at=timezone.now())
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            messages.success(request, f"C’est constaté\u00a0: {clause.get_status_display().lower()}.")
            return redirect(clause)
    context = {
        "clause": clause,
        "contract": clause.lot.contract,
        "outcome": outcome,
        "reasons": reasons,
        "is_over": is_over(clause, on=on),
        "may_take_back": not why_not_take_back_end(clause),
        **_figures(clause, outcome, on),
    }
    return render(request, "settlement/note_end.html", context)


def _figures(clause: Clause, outcome: Outcome, on: date) -> dict[str, Any]:
    awaited = Statement.objects.filter(commitment__clause=clause).awaited_from_declarant().count()
    if clause.owes_actions:
        return {"awaited": awaited}
    progress = progress_of_clauses([clause], on=on)[clause.pk]
    return {
        "awaited": awaited,
        "gauge": gauge_of(progress, relieved=Relieved(outcome.relieved, outcome.relieved)),
    }


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a clause under way again."""
    clause = _clause(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            take_back_end(clause, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "La clause est de nouveau en cours.")
            return redirect(clause)
    context = {
        "clause": clause,
        "contract": clause.lot.contract,
        "form": form,
        "reasons": [] if form.errors else why_not_take_back_end(clause),
    }
    return render(request, "settlement/take_back_end.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a clause, once what will not be awaited any more is read."""
    clause = _clause(request, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            closing.close_clause(clause, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Clause close.")
            return redirect(clause)
    context = {
        "clause": clause,
        "contract": clause.lot.contract,
        "form": form,
        "reasons": [] if form.errors else closing.why_not_close_clause(clause),
        "awaited": Statement.objects.filter(commitment__clause=clause).awaited_from_declarant().count(),
    }
    return render(request, "settlement/close_clause.html", context)


def _clause(request: HttpRequest, pk: int) -> Clause:
    visible = Clause.objects.visible_to(request.actor).select_related("lot__contract__buyer", "service")
    clause = get_object_or_404(visible, pk=pk)
    require(perms.can_close_clause(request.actor, clause))
    return clause
