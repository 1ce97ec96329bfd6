"""A clause in the making: opened, edited, shared, validated; and its companies invited."""

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from uneplace.contracts import actions, perms
from uneplace.contracts.models import Clause, Commitment, Lot
from uneplace.contracts.presets import starting_points
from uneplace.contracts.queries import presence_of
from uneplace.kit.refused import Refused
from uneplace.organisations.actions import find_or_create_by_siret
from uneplace.organisations.models import Capacity
from uneplace.rules import french
from uneplace.rules.parameters import PARAMETERS
from uneplace.settlement.resizing import whys_of_parts
from uneplace.web.access import access, require
from uneplace.web.contracts.forms import (
    ClauseForm,
    InviteForm,
    PartFormSet,
    RevisionForm,
    companies_at_hand,
    differences,
    initial_for,
    initial_of,
    rows_to_show,
    rows_typed,
    typed_in,
)
from uneplace.web.contracts.plain_words import in_clear, terms_shown
from uneplace.web.shared_forms import reread
from uneplace.web.sizing.result import result_context

COMPUTE, ADD_ROW, APPLY = "calculer", "ajouter", "reprendre"


def _visible(request):
    return Clause.objects.visible_to(request.actor).select_related("lot__contract__buyer", "service")


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def open_clause(request, pk):
    """Open the clause of a lot, sized with what is known."""
    lots = Lot.objects.visible_to(request.actor).select_related("contract__buyer", "service")
    lot = get_object_or_404(lots, pk=pk)
    require(perms.can_open_clause(request.actor, lot))
    if answer := _sizing(request):
        return answer
    presets = starting_points(lot.service, on=timezone.localdate())
    form = _clause_form(request, presets, initial_for(lot, presets[0]))
    if _is_sent(request) and form.is_valid():
        try:
            clause = actions.open_clause(lot, terms=form.terms, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Clause ouverte, en brouillon. Dites maintenant qui la doit.")
            return redirect("contracts:share", clause.pk)
    return render(request, "contracts/open_clause.html", _form_context(form, presets) | {"lot": lot})


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def edit_clause(request, pk):
    """Change what a draft says."""
    clause = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_edit_clause(request.actor, clause))
    if answer := _sizing(request):
        return answer
    presets = starting_points(clause.service, on=timezone.localdate())
    form = _clause_form(request, presets, initial_of(clause))
    if _is_sent(request) and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            actions.revise_clause(
                clause, terms=form.terms, revision=revision, by=request.actor, at=timezone.now()
            )
        except Refused as refusal:
            make = partial(ClauseForm, presets=presets)
            form = reread(form, make(initial=initial_of(clause)), refusal, make)
        else:
            messages.success(request, "Clause modifiée.")
            return redirect(clause)
    context = _form_context(form, presets) | {"clause": clause, "blocked": actions.why_not_change(clause)}
    return render(request, "contracts/edit_clause.html", context)


def _reread(request, clause, refusal):
    # Once told that the draft has changed, its author may send what was typed again, knowingly.
    typed = request.POST.copy()
    typed["revision"] = clause.revision
    form = RevisionForm(typed)
    form.full_clean()
    form.add_error(None, list(refusal.reasons))
    return form


def _is_sent(request):
    # « Calculer » and « Reprendre ces valeurs » show what comes of it without keeping anything.
    return request.method == "POST" and not {COMPUTE, APPLY} & request.POST.keys()


def _clause_form(request, presets, initial):
    """The form as it is sent, or as it starts; with the terms of a model when somebody asks for them."""
    form = ClauseForm(request.POST or None, initial=initial, presets=presets)
    if APPLY not in request.POST:
        return form
    typed = typed_in(form)
    chosen = next((one for one in presets if one.key == typed["preset"]), None)
    return ClauseForm(initial=typed | dict(chosen.values if chosen else {}), presets=presets)


def _sizing(request):
    """The hours that what is being typed makes due, while it is typed."""
    if not (request.htmx and request.method == "GET"):
        return None
    context = result_context(ClauseForm(request.GET))
    return render(request, "sizing/_fragments/result.html", context)


def _form_context(form, presets):
    shown = form if form.is_bound else ClauseForm({**_typed(form)})
    model = next((one for one in presets if one.key == form["preset"].value()), None)
    return {
        "form": form,
        "usual": PARAMETERS,
        "model": model,
        "differences": differences(form, model.values) if model else [],
    } | result_context(shown)


def _typed(form):
    """The initial values as somebody would have typed them."""
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def share_clause(request, pk):
    """Which companies owe the clause, and in what part."""
    clause = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_edit_clause(request.actor, clause))
    options = {"form_kwargs": {"companies": companies_at_hand(clause)}, "prefix": "parts"}
    form = RevisionForm(request.POST or None, initial={"revision": clause.revision})
    if ADD_ROW in request.POST:
        rows = PartFormSet(initial=rows_typed(request.POST), **options)
    else:
        rows = PartFormSet(request.POST or None, initial=rows_to_show(clause), **options)
    if form.is_valid() and rows.is_valid():
        try:
            with transaction.atomic():  # a refusal must not leave a company behind
                actions.share_clause(
                    clause,
                    parts=[_part(request, row.cleaned_data) for row in rows.filled],
                    revision=form.cleaned_data["revision"],
                    by=request.actor,
                    at=timezone.now(),
                )
        except Refused as refusal:
            has_changed = form.cleaned_data["revision"] != clause.revision
            form = _reread(request, clause, refusal)
            if has_changed:
                form.add_error(None, _shared_now(clause))
        else:
            messages.success(request, "Partage enregistré.")
            return redirect(clause)
    context = {
        "clause": clause,
        "form": form,
        "rows": rows,
        "has_errors": bool(form.errors) or bool(rows.is_bound and rows.total_error_count()),
        "blocked": actions.why_not_change(clause),
    }
    return render(request, "contracts/share_clause.html", context)


def _shared_now(clause):
    """The parts as they are kept, told to whoever would replace them."""
    parts = clause.commitments.select_related("company").order_by("-share", "pk")
    told = [f"{one.company} {french.percent(one.share)}" for one in parts]
    return [f"Parts enregistrées aujourd’hui\u00a0: {french.listed(told)}."] if told else []


def _part(request, facts):
    company = facts["company"] or find_or_create_by_siret(
        facts["siret"],
        name=facts["name"],
        capacities=[Capacity.COMPANY],
        by=request.actor,
        at=timezone.now(),
    )
    return actions.Part(company, facts["share"], facts["role"])


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def validate_clause(request, pk):
    """Reread a draft, and settle it."""
    clause = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_edit_clause(request.actor, clause))
    form = RevisionForm(request.POST or None, initial={"revision": clause.revision})
    if form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            actions.validate_clause(clause, revision=revision, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form = _reread(request, clause, refusal)
        else:
            messages.success(request, "Clause validée. L’acheteur et les entreprises la voient.")
            return redirect(clause)
    context = {
        "clause": clause,
        "form": form,
        "blocked": [] if form.errors else actions.why_not_validate(clause),
        "commitments": clause.commitments.select_related("company").order_by("-share", "pk"),
        "whys": whys_of_parts(clause, on=timezone.localdate()),
        "in_clear": in_clear(clause.hours_due),
        **terms_shown(clause),
        "begins": clause.execution.lower > timezone.localdate(),
    }
    return render(request, "contracts/validate_clause.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def invite_company(request, pk):
    """Send the company of a commitment a link to join."""
    commitments = Commitment.objects.visible_to(request.actor).select_related(
        "company", "clause__lot__contract", "clause__service"
    )
    commitment = get_object_or_404(commitments, pk=pk)
    require(perms.can_invite(request.actor, commitment))
    form = InviteForm(request.POST or None, company=commitment.company)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            actions.invite_company(commitment, email=email, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, f"Invitation envoyée à {email}.")
            return redirect(commitment)
    context = {
        "commitment": commitment,
        "form": form,
        "presence": presence_of([commitment.company_id], at=timezone.now())[commitment.company_id],
        "is_draft": commitment.clause.status == Clause.Status.DRAFT,
    }
    return render(request, "contracts/invite_company.html", context)
