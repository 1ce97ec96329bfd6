"""« Entre partenaires »: who owes, who does, what moves between the companies of a clause."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from uneplace.contracts.models import Clause, Commitment, Subcontracting, Transfer
from uneplace.hours import group_perms as perms
from uneplace.hours import subcontractors, transfers
from uneplace.hours.group import Group, Partner, group_of
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.mails.queries import mails_about
from uneplace.organisations.actions import find_or_create_by_siret
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity
from uneplace.rules.explanation import as_json
from uneplace.web.access import access, require
from uneplace.web.contracts.forms.partners import AnswerForm, SubcontractorForm, TransferForm
from uneplace.web.contracts.views.clause import clause_page
from uneplace.web.contracts.views.lists import FOLLOWERS

FIRMS = (Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
MAILS = 20


@access.capacity(*FOLLOWERS)
@require_GET
def show_partners(request: HttpRequest, pk: int) -> HttpResponse:
    """Who owes, who does and who answers on a clause; a company reads its own part, the mandataire all."""
    context = clause_page(request, pk, "partners")
    clause, actor = context["clause"], request.actor
    group, member = group_of(clause), perms.member_of(actor, clause)
    sees_all = perms.sees_each_member(actor, clause)
    seen = seen_of(group, member, sees_all=sees_all)
    arranges = perms.can_arrange(actor, member) and not transfers.why_not_between_partners(clause)
    context |= {
        "partners": [(one, as_json(one.standing.explanation)) for one in seen],
        "totals": group.totals if sees_all else None,
        "sees_all": sees_all,
        "transfers": Transfer.objects.visible_to(actor)
        .filter(clause=clause)
        .select_related("owner__company", "partner__company")
        .order_by("-proposed_at", "-pk"),
        "subcontractings": Subcontracting.objects.visible_to(actor)
        .filter(clause=clause)
        .select_related("company", "principal__company")
        .order_by("-declared_at", "-pk"),
        "may_propose": arranges and len(group.partners) > 1,
        "may_declare": arranges and member is not None and not subcontractors.why_not_declare(member),
        "blocked": transfers.why_not_between_partners(clause) if clause.validated_at else [],
    }
    return render(request, "contracts/partners.html", context)


def seen_of(group: Group, member: Commitment | None, *, sees_all: bool) -> list[Partner]:
    """The members whose hours one reads."""
    return [one for one in group.partners if sees_all or (member and one.commitment.pk == member.pk)]


@access.capacity(*FIRMS)
@require_http_methods(["GET", "POST"])
def propose_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose that hours of one company's share be done by another, or come back to it."""
    clause, member = _clause_of_a_member(request, pk)
    leads = perms.leads(request.actor, clause)
    form = TransferForm(request.POST or None, clause=clause, member=member, leads=leads)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            transfer = transfers.propose_transfer(**facts, member=member, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Transfert proposé. Rien ne change avant l’accord de chacun.")
            return redirect(transfer)
    context = {
        "clause": clause,
        "member": member,
        "leads": leads,
        "form": form,
        "blocked": transfers.why_not_between_partners(clause),
    }
    return render(request, "contracts/propose_transfer.html", context)


@access.capacity(*FIRMS)
@require_http_methods(["GET", "POST"])
def declare_subcontractor(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a subcontractor, for the facilitator to validate before it holds any hour."""
    clause, member = _clause_of_a_member(request, pk)
    form = SubcontractorForm(request.POST or None)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            with transaction.atomic():  # a refusal leaves no company behind
                transfers.hold(clause)  # before the company, as whoever holds a clause meets companies next
                company = find_or_create_by_siret(
                    facts["siret"],
                    name=facts["name"],
                    capacities=[Capacity.COMPANY],
                    by=request.actor,
                    at=timezone.now(),
                )
                declared = subcontractors.declare_subcontractor(
                    member, company, work=facts["work"], by=request.actor, at=timezone.now()
                )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Sous-traitante déclarée. Le service la valide avant toute heure.")
            return redirect(declared)
    context = {"clause": clause, "form": form, "blocked": subcontractors.why_not_declare(member)}
    return render(request, "contracts/declare_subcontractor.html", context)


def _clause_of_a_member(request: HttpRequest, pk: int) -> tuple[Clause, Commitment]:
    clauses = Clause.objects.visible_to(request.actor).select_related("lot__contract__buyer", "service")
    clause = get_object_or_404(clauses, pk=pk)
    member = perms.member_of(request.actor, clause)
    require(perms.can_arrange(request.actor, member))
    return clause, member


@access.capacity(*FOLLOWERS)
@require_http_methods(["GET", "POST"])
def answer_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """One transfer: what would change, who has agreed, and what one answers."""
    visible = Transfer.objects.visible_to(request.actor).select_related(
        *transfers.WITH_COMPANIES, "clause__lot__contract__buyer", "service", "proposed_by", "decided_by"
    )
    transfer = get_object_or_404(visible, pk=pk)
    actor, on_behalf = request.actor, perms.can_answer_for(request.actor, transfer)
    choices = _answers(actor, transfer, on_behalf)
    require(request.method == "GET" or bool(choices) or _may_act(actor, transfer))
    form = AnswerForm(request.POST or None, choices=choices)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            _answer(transfer, facts["answer"], facts["reason"], on_behalf, by=actor)
        except Refused as refusal:
            transfer.refresh_from_db()
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, SAID[facts["answer"]])
            return redirect(transfer)
    group, member = group_of(transfer.clause), perms.member_of(actor, transfer.clause)
    seen = seen_of(group, member, sees_all=perms.sees_each_member(actor, transfer.clause))
    context = {
        "transfer": transfer,
        "contract": transfer.clause.lot.contract,
        "form": form,
        "answers": bool(choices),
        "on_behalf": [str(one.company) for one in on_behalf if not actor.stands_for(one.company_id)],
        "changes": _changes(transfer, seen) if transfer.is_open else [],
        "blocked": transfers.why_not_validate(transfer) if perms.can_decide(actor, transfer) else [],
        "entries": entries_about(transfer),
        "mails": list(mails_about(actor, transfer)[:MAILS]),
    }
    return render(request, "contracts/transfer.html", context)


SAID = {
    "ACCEPT": "Accord noté.",
    "DECLINE": "Refus noté. Rien ne change.",
    "VALIDATE": "Transfert validé. Les entreprises en sont informées.",
    "REFUSE": "Refusé. Les entreprises en sont informées.",
    "WITHDRAW": "Proposition retirée.",
}


def _may_act(actor: Actor, transfer: Transfer) -> bool:
    """Whether one had a part in it: then an answer that comes too late is told why, and not forbidden."""
    return actor.writes and (
        actor.serves(transfer)
        or actor.stands_for(transfer.owner.company_id)
        or actor.stands_for(transfer.partner.company_id)
        or perms.can_withdraw(actor, transfer)
    )


def _answers(actor: Actor, transfer: Transfer, on_behalf: list[Commitment]) -> list[tuple[str, str]]:
    if not transfer.is_open:
        return []
    if on_behalf:
        return [("ACCEPT", "Accepter ce transfert"), ("DECLINE", "Le décliner")]
    if perms.can_decide(actor, transfer) and transfer.status == Transfer.Status.AGREED:
        return [("VALIDATE", "Valider ce transfert"), ("REFUSE", "Le refuser")]
    if perms.can_withdraw(actor, transfer):
        return [("WITHDRAW", "Retirer cette proposition")]
    return []


def _answer(transfer: Transfer, answer: str, reason: str, on_behalf: list[Commitment], *, by: Actor) -> None:
    at = timezone.now()
    if answer == "ACCEPT":
        for member in on_behalf:
            transfers.agree_to_transfer(transfer, member=member, by=by, at=at)
    elif answer == "DECLINE":
        transfers.decline_transfer(transfer, member=on_behalf[0], reason=reason, by=by, at=at)
    elif answer == "VALIDATE":
        transfers.validate_transfer(transfer, by=by, at=at)
    elif answer == "REFUSE":
        transfers.refuse_transfer(transfer, reason=reason, by=by, at=at)
    else:
        transfers.withdraw_transfer(transfer, by=by, at=at)


def _changes(transfer: Transfer, seen: list[Partner]) -> list[dict[str, Any]]:
    """What each company that one reads has to do, before and after."""
    moves = {transfer.giver.pk: -transfer.hours, transfer.taker.pk: transfer.hours}
    return [
        {
            "company": one.commitment.company,
            "before": one.standing.to_do,
            "after": one.standing.to_do + moves[one.commitment.pk],
        }
        for one in seen
        if one.commitment.pk in moves
    ]


@access.capacity(*FOLLOWERS)
@require_http_methods(["GET", "POST"])
def answer_subcontracting(request: HttpRequest, pk: int) -> HttpResponse:
    """One subcontractor declared: for whom it works, for what, and what the facilitator decides."""
    visible = Subcontracting.objects.visible_to(request.actor).select_related(
        "clause__lot__contract__buyer",
        "principal__company",
        "company",
        "service",
        "declared_by",
        "decided_by",
    )
    declared = get_object_or_404(visible, pk=pk)
    actor = request.actor
    decides = perms.can_decide(actor, declared)
    withdraws = perms.can_withdraw_declaration(actor, declared)
    require(request.method == "GET" or decides or withdraws)
    form = AnswerForm(request.POST or None, choices=_decisions(declared, decides, withdraws))
    if form.is_valid():
        facts = form.cleaned_data
        try:
            _decide(declared, facts["answer"], facts["reason"], by=actor)
        except Refused as refusal:
            declared.refresh_from_db()
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, DECIDED[facts["answer"]])
            return redirect(declared)
    context = {
        "declared": declared,
        "contract": declared.clause.lot.contract,
        "form": form,
        "answers": bool(_decisions(declared, decides, withdraws)),
        "entries": entries_about(declared),
        "mails": list(mails_about(actor, declared)[:MAILS]),
    }
    return render(request, "contracts/subcontracting.html", context)


DECIDED = {
    "VALIDATE": "Sous-traitance validée. Des heures peuvent lui être confiées.",
    "REFUSE": "Refusée. Les entreprises en sont informées.",
    "WITHDRAW": "Déclaration retirée.",
}


def _decisions(declared: Subcontracting, decides: bool, withdraws: bool) -> list[tuple[str, str]]:
    if declared.status != Subcontracting.Status.DECLARED:
        return []
    if decides:
        return [("VALIDATE", "Valider cette sous-traitance"), ("REFUSE", "La refuser")]
    return [("WITHDRAW", "Retirer cette déclaration")] if withdraws else []


def _decide(declared: Subcontracting, answer: str, reason: str, *, by: Actor) -> None:
    at = timezone.now()
    if answer == "VALIDATE":
        subcontractors.validate_subcontractor(declared, by=by, at=at)
    elif answer == "REFUSE":
        subcontractors.refuse_subcontractor(declared, reason=reason, by=by, at=at)
    else:
        subcontractors.withdraw_subcontractor(declared, by=by, at=at)
