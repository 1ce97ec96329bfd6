from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from uneplace.contracts.models import Commitment
from uneplace.hours.queries import progress_of
from uneplace.journal.models import Entry
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.mails.queries import mails_about
from uneplace.organisations.models import Capacity
from uneplace.settlement import actions, perms
from uneplace.settlement.chain import chain_of
from uneplace.settlement.difficulties import why_not_declare
from uneplace.settlement.exposure import exposure_now, exposure_of
from uneplace.settlement.models import PenaltyCase
from uneplace.settlement.queries import (
    Party,
    late_explanation,
    open_first,
    organisation_of,
    party_of,
    shortfalls,
    with_context,
    with_holder,
)
from uneplace.settlement.relieved import NONE, relieved_of
from uneplace.settlement.standing import standing_of
from uneplace.web.access import access, require
from uneplace.web.control.steps import ANY_PARTY, APPLY, CLOSE, NOTICE, RELIEF, STEPS, WAIVE
from uneplace.web.control.views.steps import case_for, take
from uneplace.web.hours.gauges import gauge_of
from uneplace.web.settlement.forms import ExchangeForm
from uneplace.web.settlement.turns import last_act, turn_of

PAGE = 25
MOST_SHORTFALLS = 20
BETWEEN_THE_TWO = ["penalty_case.account_prepared", "penalty_case.relief_proposed"]


@access.capacity(*ANY_PARTY)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Penalty cases, open ones first; for a service, the late commitments that have none."""
    actor, today = request.actor, timezone.localdate()
    visible = with_holder(with_context(PenaltyCase.objects.visible_to(actor)), on=today)
    late = []
    if actor.is_facilitator:
        begun = Commitment.objects.filter(service=actor.organisation, period__startswith__lte=today)
        late = shortfalls(begun, on=today)
    context = {
        "page": Paginator(open_first(visible), PAGE).get_page(request.GET.get("page")),
        "late": late[:MOST_SHORTFALLS],
        "late_count": len(late),
        "opens": actor.is_facilitator and actor.writes,
    }
    return render(request, "settlement/cases.html", context)


@access.capacity(*ANY_PARTY)
@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: whose turn, what is missing, what was said, what can be done."""
    case = case_for(request, pk)
    today = timezone.localdate()
    commitment, standing = case.commitment, standing_of(case, on=today)
    party = party_of(request.actor, case)
    entries = list(_acts_read_by(party, case))
    last = last_act(entries[0]) if entries else ""
    steps = [
        (step, reverse(step.route, args=[case.pk]), step.why_not(case, on=today, standing=standing))
        for step in STEPS
        if case.is_open and step.allowed(request.actor, case)
    ]
    may_declare = case.is_open and perms.can_declare(request.actor, commitment)
    context = {
        "case": case,
        "contract": commitment.clause.lot.contract,
        "turn": turn_of(case, request.actor, on=today, last=last),
        "facts": gauge_of(standing.progress, relieved=standing.relieved),
        "exposure": exposure_of(case, on=today),
        "chain": chain_of(case, request.actor),
        "is_put_right": case.is_open and standing.is_put_right,
        "entries": entries,
        "reads_searches": party is not None,
        "mails": list(mails_about(request.actor, case)[:20]),
        "may_declare": may_declare,
        "why_not_declare": why_not_declare(commitment) if may_declare else [],
        "may_speak": perms.can_record_exchange(request.actor, case),
        "buyer_is_away": perms.can_prepare(request.actor, case)
        and case.holder == Party.BUYER
        and not commitment.clause.lot.contract.buyer.has_account,
        "steps": steps,
        "blocked_count": sum(bool(reasons) for *_, reasons in steps),
    }
    return render(request, "settlement/case.html", context)


def _acts_read_by(party: Party | None, case: PenaltyCase) -> QuerySet[Entry]:
    """What happened to a case; what the service prepares for the buyer is for these two alone."""
    entries = entries_about(case)
    return entries if party in (Party.SERVICE, Party.BUYER) else entries.exclude(verb__in=BETWEEN_THE_TWO)


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
    relieved = relieved_of([commitment], on=today).get(commitment.pk, NONE)
    asked = relieved.asked(stands)
    context = {
        "commitment": commitment,
        "contract": commitment.clause.lot.contract,
        "stands": stands,
        "relieved": relieved,
        "missing": asked.missing,
        "expected": round(asked.expected),
        "late_explanation": late_explanation(stands, relieved),
        "exposure": exposure_now(commitment, on=today),
        "reasons": reasons,
    }
    return render(request, "settlement/open_case.html", context)


@access.capacity(*ANY_PARTY)
@require_http_methods(["GET", "POST"])
def record_exchange(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what was said about missing hours."""
    case = case_for(request, pk)
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


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def propose_relief(request: HttpRequest, pk: int) -> HttpResponse:
    """The service proposes relief to the buyer."""
    return take(request, pk, RELIEF)


@access.capacity(Capacity.BUYER)
@require_http_methods(["GET", "POST"])
def give_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The buyer gives the company formal notice."""
    return take(request, pk, NOTICE)


@access.capacity(Capacity.BUYER)
@require_http_methods(["GET", "POST"])
def apply_penalty(request: HttpRequest, pk: int) -> HttpResponse:
    """The buyer notes that it applies a penalty."""
    return take(request, pk, APPLY)


@access.capacity(Capacity.BUYER)
@require_http_methods(["GET", "POST"])
def waive_penalty(request: HttpRequest, pk: int) -> HttpResponse:
    """The buyer notes that it applies none."""
    return take(request, pk, WAIVE)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def close_case(request: HttpRequest, pk: int) -> HttpResponse:
    """The service ends a case that has no object any more."""
    return take(request, pk, CLOSE)
