"""A difficulty: declared by the company, answered by the service once the act is recorded, or withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from uneplace.contracts.models import Commitment
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.mails.queries import mails_about
from uneplace.organisations.models import Capacity
from uneplace.settlement import perms
from uneplace.settlement.chain import asked_words
from uneplace.settlement.control_records import Difficulty
from uneplace.settlement.difficulties import (
    accept_difficulty,
    acts_for,
    asks_of,
    declare_difficulty,
    decline_difficulty,
    why_not_declare,
    withdraw_difficulty,
)
from uneplace.settlement.models import PenaltyCase
from uneplace.web.access import access, require
from uneplace.web.control.forms import AnswerForm, DifficultyForm
from uneplace.web.control.steps import ANY_PARTY
from uneplace.web.turns import Turn, Whose


@access.capacity(Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """The company says what keeps it from doing its hours, and what it asks."""
    visible = Commitment.objects.visible_to(request.actor).select_related(
        "company", "service", "clause__lot__contract__buyer"
    )
    commitment = get_object_or_404(visible, pk=pk)
    require(perms.can_declare(request.actor, commitment))
    form = DifficultyForm(request.POST or None, asks=asks_of(commitment.clause))
    if form.is_valid():
        try:
            difficulty = declare_difficulty(
                commitment, **form.cleaned_data, by=request.actor, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, "Difficulté déclarée. Le service et l’acheteur en sont informés.")
            return redirect(difficulty)
    context = {
        "commitment": commitment,
        "contract": commitment.clause.lot.contract,
        "form": form,
        "reasons": [] if form.is_bound else why_not_declare(commitment),
    }
    return render(request, "control/declare.html", context, status=422 if form.errors else 200)


@access.capacity(*ANY_PARTY)
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One difficulty: what is asked, whose turn it is; the service answers here."""
    difficulty = _difficulty(request, pk)
    commitment, actor = difficulty.commitment, request.actor
    may_answer = perms.can_answer_difficulty(actor, difficulty)
    acts = acts_for(difficulty)
    form = AnswerForm(request.POST or None, acts=acts)
    if request.method == "POST":
        require(may_answer)
        if form.is_valid() and _answered(request, difficulty, form):
            return redirect(difficulty)
    cases = PenaltyCase.objects.visible_to(actor).filter(commitment=commitment).order_by("-opened_at")
    context = {
        "difficulty": difficulty,
        "asked": asked_words(difficulty),
        "contract": commitment.clause.lot.contract,
        "turn": _turn(difficulty, actor),
        "form": form,
        "has_acts": acts.exists(),
        "may_answer": may_answer and (difficulty.is_waiting or bool(form.errors)),
        "may_withdraw": perms.can_declare(actor, commitment) and difficulty.is_waiting,
        "case": cases.first(),
        "entries": entries_about(difficulty),
        "mails": list(mails_about(actor, difficulty)[:20]),
    }
    return render(request, "control/difficulty.html", context, status=422 if form.errors else 200)


def _answered(request: HttpRequest, difficulty: Difficulty, form: AnswerForm) -> bool:
    facts, by, at = form.cleaned_data, request.actor, timezone.now()
    try:
        if facts["outcome"] == AnswerForm.ACCEPT:
            accept_difficulty(difficulty, act=facts["act"], answer=facts["answer"], by=by, at=at)
        else:
            decline_difficulty(difficulty, answer=facts["answer"], by=by, at=at)
    except Refused as refusal:
        form.add_error(None, list(refusal.reasons))
        return False
    messages.success(request, "Réponse envoyée à l’entreprise.")
    return True


@access.capacity(Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The company asks no more."""
    difficulty = _difficulty(request, pk)
    require(perms.can_declare(request.actor, difficulty.commitment))
    try:
        withdraw_difficulty(difficulty, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, "Demande retirée.")
    return redirect(difficulty)


def _difficulty(request: HttpRequest, pk: int) -> Difficulty:
    visible = Difficulty.objects.visible_to(request.actor).select_related(
        "service", "act", "commitment__company", "commitment__clause__lot__contract__buyer"
    )
    return get_object_or_404(visible, pk=pk)


def _turn(difficulty: Difficulty, actor) -> Turn:
    if not difficulty.is_waiting:
        return Turn(Whose.DONE, f"Plus rien à faire\u00a0: {difficulty.get_outcome_display().lower()}")
    if actor.serves(difficulty):
        return Turn(Whose.MINE, "C’est à vous\u00a0: répondre à l’entreprise", holder=str(actor.user))
    service = str(difficulty.service)
    return Turn(Whose.OTHER, f"Au tour de {service}\u00a0: répondre à l’entreprise", holder=service)
