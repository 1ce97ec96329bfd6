"""The service's answer on a coming contract: a clause, or none."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.contracts import actions, perms
from uneplace.contracts.models import Clause, ComingContract
from uneplace.contracts.presets import starting_points
from uneplace.contracts.sizing import read
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.rules.dates import add_months
from uneplace.web.access import access, require
from uneplace.web.coming.forms import AnswerForm, NoClauseForm
from uneplace.web.coming.views.requests import coming_for, reread
from uneplace.web.sizing.forms import initial_of
from uneplace.web.sizing.result import result_context

COMPUTE = "calculer"


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def answer_with_clause(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with a clause, sized with the result as one types; or revise that answer."""
    coming = coming_for(request, pk)
    require(perms.can_answer(request.actor, coming))
    if request.htmx and request.method == "GET":
        typed = AnswerForm(request.GET, as_of=coming.consultation_on)
        return render(request, "sizing/_fragments/result.html", result_context(typed))
    form = AnswerForm(request.POST or None, initial=_initial_for(coming), as_of=coming.consultation_on)
    if request.method == "POST" and COMPUTE not in request.POST and form.is_valid():
        try:
            actions.answer_coming(
                coming,
                answer=form.answer,
                revision=form.cleaned_data["revision"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form = reread(AnswerForm, request, coming, refusal, as_of=coming.consultation_on)
        else:
            messages.success(request, f"Réponse envoyée à {coming.buyer}.")
            return redirect(coming)
    context = {"form": form, "coming": coming, "blocked": actions.why_not_answer(coming)}
    shown = form if form.is_bound else AnswerForm(_typed(form), as_of=coming.consultation_on)
    return render(request, "coming/answer.html", context | result_context(shown))


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def answer_without_clause(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer « pas de clause », with the derogation where the law asks for one."""
    coming = coming_for(request, pk)
    require(perms.can_answer(request.actor, coming))
    initial = {name: getattr(coming, name) for name in ("derogation", "derogation_detail", "revision")}
    initial["reasons"] = "" if coming.holds_clause else coming.reasons
    form = NoClauseForm(request.POST or None, coming=coming, initial=initial)
    if form.is_valid():
        try:
            actions.answer_coming(
                coming,
                answer=form.answer,
                revision=form.cleaned_data["revision"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form = reread(NoClauseForm, request, coming, refusal, coming=coming)
        else:
            messages.success(request, f"Réponse envoyée à {coming.buyer}.")
            return redirect(coming)
    context = {"form": form, "coming": coming, "blocked": actions.why_not_answer(coming)}
    return render(request, "coming/no_clause.html", context)


def _typed(form: AnswerForm) -> dict[str, Any]:
    """The initial values as somebody would have typed them."""
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def _initial_for(coming: ComingContract) -> dict[str, Any]:
    """Where an answer starts: the one given before, else what the buyer said and the service's model."""
    model = starting_points(coming.service, on=coming.consultation_on)[0].values
    facts: dict[str, Any] = {
        "method": Clause.Method.LABOUR_SHARE,
        "rounding": Clause.Rounding.NONE,
        "device": coming.device or Clause.Device.CLAUSE_EXEC,
        "amount": coming.estimated_amount,
        "revision": coming.revision,
        "reasons": coming.reasons,
        "penalty_rate": coming.penalty_rate if coming.method else model["penalty_rate"],
        "criterion_weight": coming.criterion_weight,
        "accepted_grounds": coming.accepted_grounds if coming.method else model["accepted_grounds"],
    }
    if coming.starts_on:
        facts["starts_on"] = coming.starts_on
        if coming.duration_months:
            facts["ends_on"] = add_months(coming.starts_on, coming.duration_months) - timedelta(days=1)
    if coming.method:
        sizing = read(coming.method, coming.inputs, as_of=coming.consultation_on)
        facts |= initial_of(sizing) | {"rounding": coming.rounding}
    return facts
