"""« Heures dues » of a clause: its dated versions, who owes what and why, orders, invoices and actions."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from uneplace.contracts import perms
from uneplace.contracts.models import Clause, Invoice, Order
from uneplace.contracts.queries import UNDER_WAY
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.rules.errors import FactError
from uneplace.rules.explanation import as_json
from uneplace.settlement import changing
from uneplace.settlement.resizing import current_inputs, duty_of
from uneplace.web.access import access, require
from uneplace.web.contracts.duty import total_of, versions_of
from uneplace.web.contracts.forms.duty import ActionForm, EntryForm
from uneplace.web.contracts.views.clause import clause_page
from uneplace.web.contracts.views.lists import FOLLOWERS
from uneplace.web.shared_forms import reread
from uneplace.web.sizing.change import ChangeForm

COMPUTE = "calculer"
RECORDED = (
    "dutychanges__recorded_by",
    "invoices__recorded_by",
    "orders__recorded_by",
    "actiondones__recorded_by",
    "actiondones__commitment__company",
)


@access.capacity(*FOLLOWERS)
@require_GET
def show_duty(request: HttpRequest, pk: int) -> HttpResponse:
    """« Heures dues »: every version with its act, each company's part, what is invoiced or done."""
    context = clause_page(request, pk, "duty")
    clause, today = context["clause"], context["today"]
    prefetch_related_objects([clause], *RECORDED)
    seen = {one.pk for one in context["commitments"]}
    parts = [part for part in duty_of(clause, on=today).parts if part.commitment.pk in seen]
    invoices, orders = list(clause.invoices.all()), list(clause.orders.all())
    context |= {
        "versions": versions_of(clause, on=today),
        "parts": [(part, as_json(part.explanation)) for part in parts],
        "invoices": invoices,
        "invoiced": total_of(invoices),
        "orders": orders,
        "ordered": total_of(orders),
        "actions": clause.actiondones.all(),
        "may_change": perms.can_edit_clause(request.actor, clause) and clause.status in UNDER_WAY,
    }
    return render(request, "contracts/clause_duty.html", context)


def _clause_for(request: HttpRequest, pk: int) -> Clause:
    visible = Clause.objects.visible_to(request.actor).select_related("lot__contract__buyer", "service")
    clause = get_object_or_404(visible, pk=pk)
    require(perms.can_edit_clause(request.actor, clause))
    return clause


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def change_duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an act that changes what the clause owes, once its effect is read."""
    clause = _clause_for(request, pk)
    today = timezone.localdate()
    options: dict[str, Any] = {
        "clause": clause,
        "inputs_on": lambda on: current_inputs(clause, on=on),
        "today": today,
    }
    if request.htmx and request.method == "GET":
        context = _effect(clause, ChangeForm(request.GET, **options), today)
        return render(request, "contracts/_fragments/change_effect.html", context)
    form = ChangeForm(request.POST or None, **options)
    if request.method == "POST" and COMPUTE not in request.POST and form.is_valid():
        facts = form.cleaned_data
        try:
            changing.change_duty(
                clause,
                kind=facts["kind"],
                on=facts["on"],
                until=facts["until"],
                act=facts["act"],
                inputs=form.changes,
                revision=facts["revision"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form = reread(form, ChangeForm(**options), refusal, partial(ChangeForm, **options))
        else:
            messages.success(request, _changed(facts["on"], today))
            return redirect("contracts:duty", clause.pk)
    context = {
        "clause": clause,
        "form": form,
        "blocked": changing.why_not_change_duty(clause),
        **_effect(clause, form, today),
    }
    return render(request, "contracts/change_duty.html", context)


def _changed(on: date, today: date) -> str:
    if on > today:
        return "Acte enregistré. Il sera appliqué le jour où il prend effet."
    return "Acte enregistré, les heures dues sont à jour."


def _effect(clause: Clause, form: ChangeForm, today: date) -> dict[str, Any]:
    """What the clause would owe after the act, company by company."""
    event = form.event if form.is_bound else None
    if event is None:
        return {"clause": clause, "duty": None, "faults": form.faults if form.is_bound else []}
    try:
        duty = duty_of(clause, on=max(event.on, today), more=[event])
    except FactError as error:
        return {"clause": clause, "duty": None, "faults": [("Calcul", error.reason)]}
    return {
        "clause": clause,
        "duty": duty,
        "duty_explanation": as_json(duty.explanation),
        "on": event.on,
        "is_to_come": event.on > today,
    }


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def add_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Record an order or an invoice; the hours follow."""
    clause = _clause_for(request, pk)
    is_order = request.GET.get("nature") == "commande"
    initial = {"kind": "ORDER" if is_order else "INVOICE", "on": timezone.localdate()}
    form = EntryForm(request.POST or None, initial=initial)
    if form.is_valid():
        facts = form.cleaned_data
        model = Invoice if facts.pop("kind") == "INVOICE" else Order
        try:
            changing.record_entry(clause, model=model, **facts, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            what = "Facture enregistrée" if model is Invoice else "Bon de commande enregistré"
            messages.success(request, f"{what}, les heures sont à jour.")
            return redirect("contracts:duty", clause.pk)
    context = {"clause": clause, "form": form, "blocked": changing.why_not_record_entry(clause)}
    return render(request, "contracts/add_entry.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def add_action(request: HttpRequest, pk: int) -> HttpResponse:
    """« Action faite »: by whom, when, and what was seen."""
    clause = _clause_for(request, pk)
    form = ActionForm(request.POST or None, clause=clause, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            changing.record_action(**form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Action notée.")
            return redirect("contracts:duty", clause.pk)
    context = {"clause": clause, "form": form, "blocked": changing.why_not_record_action(clause)}
    return render(request, "contracts/add_action.html", context)
