"""One contract: read, typed, corrected, its lots."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from uneplace.contracts import actions, perms
from uneplace.contracts.models import ComingContract, Contract
from uneplace.contracts.queries import SOCIAL_CLAUSE, listed_lots
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.organisations.actions import find_or_create_by_siret
from uneplace.organisations.models import Capacity
from uneplace.web.access import access, require
from uneplace.web.contracts.forms import ContractForm, LotForm, NewContractForm
from uneplace.web.contracts.rows import rows_of
from uneplace.web.contracts.turns import with_last_act
from uneplace.web.contracts.views.lists import FOLLOWERS

HISTORY = 6
FACTS = ("object", "official_id", "amount", "notified_on", "duration_months")


def _visible(request):
    return Contract.objects.visible_to(request.actor).select_related("buyer", "service")


@access.capacity(*FOLLOWERS)
@require_GET
def show_contract(request, pk):
    """One contract: its facts and where they come from, its lots and their clauses, its amendments."""
    contract = get_object_or_404(_visible(request), pk=pk)
    actor = request.actor
    lots = listed_lots(actor).filter(contract=contract).order_by("number", "pk")
    rows = rows_of(lots, actor, on=timezone.localdate(), at=timezone.now())
    may_edit = perms.can_edit_contract(actor, contract)
    only = rows[0] if len(rows) == 1 and rows[0].turn else None
    context = {
        "contract": contract,
        "rows": rows,
        "turn": with_last_act(only.turn, entries_about(only.clause).first()) if only else None,
        "amendments": contract.amendments.order_by("-number"),
        "announces_clause": SOCIAL_CLAUSE in contract.social_considerations,
        "has_no_clause": not any(row.clause for row in rows),
        "may_edit": may_edit and contract.source == Contract.Source.TYPED,
        "may_add_lot": may_edit,
        "history": entries_about(contract)[:HISTORY] if actor.serves(contract) else [],
        "prepared": ComingContract.objects.visible_to(actor).filter(lot__contract=contract).order_by("pk"),
        "may_resume": may_edit and _awaits_award(contract),
        "is_service": actor.serves(contract),
    }
    return render(request, "contracts/contract.html", context)


def _awaits_award(contract):
    """Whether its buyer has a coming contract that it may take up."""
    prepared = ComingContract.objects.to_award()
    return prepared.filter(service=contract.service_id, buyer=contract.buyer_id).exists()


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def type_contract(request):
    """A contract that no award data tells of yet."""
    require(perms.can_add_contracts(request.actor))
    form = NewContractForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            with transaction.atomic():  # a refusal must not leave a buyer behind
                contract = actions.type_contract(
                    buyer=buyer_named(request, facts),
                    **{name: facts[name] for name in FACTS},
                    lot_number=facts["lot_number"] or 1,
                    lot_title=facts["lot_title"],
                    lot_amount=facts["lot_amount"],
                    by=request.actor,
                    at=timezone.now(),
                )
        except Refused as refusal:
            form.add_error("official_id", list(refusal.reasons))
        else:
            messages.success(request, "Marché enregistré. Vous pouvez ouvrir sa clause.")
            return redirect(contract)
    return render(request, "contracts/type_contract.html", {"form": form})


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def edit_contract(request, pk):
    """Correct a contract that was typed by hand."""
    contract = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_edit_contract(request.actor, contract))
    initial = {name: getattr(contract, name) for name in ("buyer", *FACTS)}
    form = ContractForm(request.POST or None, initial=initial, actor=request.actor)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            with transaction.atomic():
                actions.edit_contract(
                    contract,
                    buyer=buyer_named(request, facts),
                    **{name: facts[name] for name in FACTS},
                    by=request.actor,
                    at=timezone.now(),
                )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Marché corrigé.")
            return redirect(contract)
    context = {"form": form, "contract": contract}
    return render(request, "contracts/edit_contract.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def add_lot(request, pk):
    """Another lot of a contract."""
    contract = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_edit_contract(request.actor, contract))
    form = LotForm(request.POST or None)
    if form.is_valid():
        try:
            lot = actions.add_lot(contract, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error("number", list(refusal.reasons))
        else:
            messages.success(request, f"{lot}, ajouté.")
            return redirect(contract)
    return render(request, "contracts/add_lot.html", {"form": form, "contract": contract})


def buyer_named(request, facts):
    """The buyer that a form names: one already met, or one given by its SIRET, created when unknown."""
    if facts["buyer"]:
        return facts["buyer"]
    return find_or_create_by_siret(
        facts["buyer_siret"],
        name=facts["buyer_name"],
        capacities=[Capacity.BUYER],
        by=request.actor,
        at=timezone.now(),
    )
