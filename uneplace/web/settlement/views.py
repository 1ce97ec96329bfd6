from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from uneplace.contracts.models import Clause, Commitment
from uneplace.hours.models import Statement
from uneplace.hours.queries import progress_of
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.settlement import actions, perms
from uneplace.settlement.closing import close_clause as close_clause_for_good
from uneplace.settlement.closing import why_not_close_clause
from uneplace.settlement.models import PenaltyCase
from uneplace.settlement.queries import (
    Party,
    exposure,
    open_first,
    organisation_of,
    party_of,
    rate_of,
    shortfalls,
    with_context,
    with_holder,
)
from uneplace.web.access import access, require
from uneplace.web.gauge import GaugeFacts

from .forms import ExchangeForm, NoticeForm, ReasonForm
from .turns import last_act, turn_of

ANY_PARTY = [
    Capacity.FACILITATOR,
    Capacity.BUYER,
    Capacity.COMPANY,
    Capacity.INSERTION_EMPLOYER,
]
PAGE = 25
MOST_SHORTFALLS = 20


@access.capacity(*ANY_PARTY)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Penalty cases, open ones first; for a service, the late commitments that have none."""
    actor, today = request.actor, timezone.localdate()
    visible = with_holder(with_context(PenaltyCase.objects.visible_to(actor)), on=today)
    late = []
    if actor.is_facilitator:
        running = Commitment.objects.running(on=today).filter(service=actor.organisation)
        late = shortfalls(running, on=today)
    context = {
        "page": Paginator(open_first(visible), PAGE).get_page(request.GET.get("page")),
        "late": late[:MOST_SHORTFALLS],
        "late_count": len(late),
        "opens": actor.is_facilitator and actor.writes,
    }
    return render(request, "settlement/cases.html", context)


def _case_for(request: HttpRequest, pk: int) -> PenaltyCase:
    visible = with_holder(
        with_context(PenaltyCase.objects.visible_to(request.actor)), on=timezone.localdate()
    )
    return get_object_or_404(visible, pk=pk)


@access.capacity(*ANY_PARTY)
@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: whose turn, what is missing, what was said, what can be done."""
    case = _case_for(request, pk)
    today = timezone.localdate()
    commitment = case.commitment
    stands = progress_of([commitment], on=today)[commitment.pk]
    entries = list(entries_about(case))
    last = last_act(entries[0]) if entries else ""
    context = {
        "case": case,
        "contract": commitment.clause.lot.contract,
        "turn": turn_of(case, request.actor, on=today, last=last),
        "stands": stands,
        "facts": GaugeFacts(
            counted=stands.counted,
            to_validate=stands.to_validate,
            foreseen=stands.foreseen,
            due=stands.due,
            expected=stands.expected,
        ),
        "rate": rate_of(commitment),
        "exposure": exposure(commitment, case.missing_hours),
        "entries": entries,
        "may_speak": perms.can_record_exchange(request.actor, case),
        "buyer_is_away": perms.can_prepare(request.actor, case)
        and case.holder == Party.BUYER
        and not commitment.clause.lot.contract.buyer.has_account,
        "steps": [
            (step, reverse(f"settlement:{step.name}", args=[case.pk]), step.why_not(case))
            for step in STEPS
            if case.is_open and step.allowed(request.actor, case)
        ],
    }
    return render(request, "settlement/case.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def open_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that hours are missing on a commitment, once what is late is read."""
    visible = Commitment.objects.visible_to(request.actor).select_related(
        "company", "service", "clause__lot__contract__buyer"
    )
    commitment = get_object_or_404(visible, pk=pk)
    require(perms.can_open_case(request.actor, commitment))
    today = timezone.localdate()
    reasons = actions.why_not_open_case(commitment, on=today)
    if request.method == "POST":
        try:
            case = actions.open_case(commitment, by=request.actor, at=timezone.now())
        except Refused as refusal:
            reasons = refusal.reasons
        else:
            messages.success(request, f"Écart constaté. {commitment.company} en est informée.")
            return redirect(case)
    stands = progress_of([commitment], on=today)[commitment.pk]
    context = {
        "commitment": commitment,
        "contract": commitment.clause.lot.contract,
        "stands": stands,
        "expected": round(stands.expected),
        "rate": rate_of(commitment),
        "exposure": exposure(commitment, stands.missing),
        "reasons": reasons,
    }
    return render(request, "settlement/open_case.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def close_clause(request: HttpRequest, pk: int) -> HttpResponse:
    """End a clause, once what will not be awaited any more is read."""
    visible = Clause.objects.visible_to(request.actor).select_related("lot__contract__buyer", "service")
    clause = get_object_or_404(visible, pk=pk)
    require(perms.can_close_clause(request.actor, clause))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            close_clause_for_good(clause, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Clause close.")
            return redirect(clause)
    context = {
        "clause": clause,
        "contract": clause.lot.contract,
        "form": form,
        "reasons": [] if form.errors else why_not_close_clause(clause),
        "awaited": Statement.objects.filter(commitment__clause=clause).awaited_from_declarant().count(),
    }
    return render(request, "settlement/close_clause.html", context)


@access.capacity(*ANY_PARTY)
@require_http_methods(["GET", "POST"])
def record_exchange(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what was said about missing hours."""
    case = _case_for(request, pk)
    require(perms.can_record_exchange(request.actor, case))
    parties = list(Party) if request.actor.serves(case) else [party_of(request.actor, case)]
    speakers = [organisation_of(case, party) for party in parties]
    form = ExchangeForm(request.POST or None, speakers=speakers, today=timezone.localdate())
    if form.is_valid():
        try:
            actions.record_exchange(case, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Échange noté.")
            return redirect(case)
    context = {
        "case": case,
        "contract": case.commitment.clause.lot.contract,
        "form": form,
        "reasons": actions.why_not_record_exchange(case),
    }
    return render(request, "settlement/record_exchange.html", context)


@dataclass(frozen=True)
class Step:
    """One decision on a case: its route, its words, who may take it, and what takes it."""

    name: str
    verb: str
    lead: str
    done: str
    allowed: Callable
    why_not: Callable
    form: type[forms.Form]
    act: Callable
    is_serious: bool = False


def _why_not_apply(case: PenaltyCase) -> list[str]:
    return actions.why_not_apply(case, on=timezone.localdate())


RELIEF = Step(
    "propose_relief",
    "Proposer une exonération",
    "Dites à l’acheteur pourquoi ne pas reprocher ces heures à l’entreprise. Lui seul décide.",
    "Exonération proposée à l’acheteur.",
    perms.can_prepare,
    actions.why_not_propose_relief,
    ReasonForm,
    actions.propose_relief,
)
NOTICE = Step(
    "give_notice",
    "Mettre en demeure",
    "L’entreprise reçoit un message avec les heures manquantes et la date limite. "
    "Aucune pénalité ne peut être appliquée avant cette date.",
    "Mise en demeure envoyée.",
    perms.can_decide,
    actions.why_not_give_notice,
    NoticeForm,
    actions.give_notice,
    is_serious=True,
)
APPLY = Step(
    "apply_penalty",
    "Appliquer une pénalité",
    "Vous notez ici votre décision. Le montant se fixe et se notifie hors d’Uneplace, selon le marché.",
    "Décision enregistrée\u00a0: pénalité appliquée.",
    perms.can_decide,
    _why_not_apply,
    ReasonForm,
    actions.apply_penalty,
    is_serious=True,
)
WAIVE = Step(
    "waive_penalty",
    "Ne pas appliquer de pénalité",
    "L’entreprise apprend que rien ne lui est reproché, et pourquoi.",
    "Décision enregistrée\u00a0: pas de pénalité.",
    perms.can_decide,
    actions.why_not_waive,
    ReasonForm,
    actions.waive_penalty,
)
CLOSE = Step(
    "close_case",
    "Clore le dossier",
    "Quand il n’a plus d’objet\u00a0: heures rattrapées, obligation réduite, écart constaté par erreur.",
    "Dossier clos.",
    perms.can_prepare,
    actions.why_not_close,
    ReasonForm,
    actions.close_case,
)
STEPS = [NOTICE, APPLY, WAIVE, RELIEF, CLOSE]


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def propose_relief(request: HttpRequest, pk: int) -> HttpResponse:
    """The service proposes relief to the buyer."""
    return _take(request, pk, RELIEF)


@access.capacity(Capacity.BUYER)
@require_http_methods(["GET", "POST"])
def give_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The buyer gives the company formal notice."""
    return _take(request, pk, NOTICE)


@access.capacity(Capacity.BUYER)
@require_http_methods(["GET", "POST"])
def apply_penalty(request: HttpRequest, pk: int) -> HttpResponse:
    """The buyer notes that it applies a penalty."""
    return _take(request, pk, APPLY)


@access.capacity(Capacity.BUYER)
@require_http_methods(["GET", "POST"])
def waive_penalty(request: HttpRequest, pk: int) -> HttpResponse:
    """The buyer notes that it applies none."""
    return _take(request, pk, WAIVE)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def close_case(request: HttpRequest, pk: int) -> HttpResponse:
    """The service ends a case that has no object any more."""
    return _take(request, pk, CLOSE)


def _take(request: HttpRequest, pk: int, step: Step) -> HttpResponse:
    """The five beats of every decision on a case."""
    case = _case_for(request, pk)
    require(step.allowed(request.actor, case))
    reasons = step.why_not(case)
    form = step.form(request.POST or None)
    if form.is_valid():
        try:
            step.act(case, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, step.done)
            return redirect(case)
    context = {
        "case": case,
        "contract": case.commitment.clause.lot.contract,
        "step": step,
        "reasons": reasons,
        "form": form,
        "exposure": exposure(case.commitment, case.missing_hours),
    }
    return render(request, "settlement/step.html", context)
