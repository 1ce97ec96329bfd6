"""« Clauses à venir »: the list, and one coming contract."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from uneplace.contracts import actions, perms
from uneplace.contracts.models import ComingContract
from uneplace.journal.queries import entries_about
from uneplace.mails.queries import mails_about
from uneplace.organisations.models import Capacity
from uneplace.rules.grounds import Ground
from uneplace.web.access import access
from uneplace.web.coming.rows import FIRST, STATES, absent_buyers, found_coming, rows_of
from uneplace.web.coming.turns import turn_of
from uneplace.web.contracts.plain_words import in_clear
from uneplace.web.contracts.turns import with_last_act

PAGE = 50
HISTORY = 8
PARTIES = (Capacity.FACILITATOR, Capacity.BUYER)


@access.capacity(*PARTIES)
@require_safe
def list_coming(request: HttpRequest) -> HttpResponse:
    """The contracts that are prepared, the nearest consultation first; filters live in the address."""
    actor = request.actor
    text = request.GET.get("q", "").strip()[:120]
    state = request.GET.get("etat", FIRST)
    state = state if state in STATES else FIRST
    found = found_coming(actor, text=text)
    page = Paginator(found.filter(STATES[state][1]), PAGE).get_page(request.GET.get("page"))
    counts = found.order_by().aggregate(
        **{code: Count("pk", filter=condition) for code, (_, condition) in STATES.items()}
    )
    context = {
        "page": page,
        "rows": rows_of(page.object_list, actor, on=timezone.localdate(), at=timezone.now()),
        "text": text,
        "state": state,
        "tabs": [(code, words, counts[code]) for code, (words, _) in STATES.items()],
        "may_ask": perms.can_ask_clause(actor),
        "is_service": actor.is_facilitator,
        "has_a_service": bool(actor.services),
    }
    return render(request, "coming/list.html", context)


@access.capacity(*PARTIES)
@require_safe
def show_coming(request: HttpRequest, pk: int) -> HttpResponse:
    """One coming contract: whose turn, what was answered and why, what the law asks, what was asked."""
    actor = request.actor
    visible = ComingContract.objects.visible_to(actor).select_related(
        "buyer", "service", "cpv", "commune", "lot__contract", "asked_by", "answered_by"
    )
    coming = get_object_or_404(visible, pk=pk)
    entries = list(entries_about(coming)[:HISTORY])
    away = absent_buyers([coming], at=timezone.now()) if actor.serves(coming) else set()
    today = timezone.localdate()
    turn = turn_of(coming, actor, on=today, absent=away)
    context = {
        "coming": coming,
        "turn": with_last_act(turn, entries[0] if entries else None),
        "entries": entries,
        "mails": list(mails_about(actor, coming)[:20]),
        "steps": _steps(coming, actor, turn.url),
        "is_service": actor.serves(coming),
        "is_late": coming.is_late(today),
        "is_answered": bool(coming.answer) and coming.answered_at is not None,
        "grounds": [Ground(code).label for code in coming.accepted_grounds or []],
        "in_clear": in_clear(coming.hours_due) if coming.hours_due else "",
        "clause": _clause_seen(coming, actor),
    }
    return render(request, "coming/coming.html", context)


def _clause_seen(coming: ComingContract, actor):
    """The clause that it became; a draft is known to its service only."""
    clause = getattr(coming.lot, "clause", None) if coming.lot else None
    is_draft = clause is not None and clause.status == clause.Status.DRAFT
    return None if clause is None or (is_draft and not actor.serves(clause)) else clause


def _steps(coming: ComingContract, actor, offered: str) -> list[tuple[str, str, bool]]:
    """What can be done from here beside what the banner offers: words, address, whether it ends something."""
    moves = perms.can_move_coming(actor, coming)
    answers = perms.can_answer(actor, coming) and not actions.why_not_answer(coming)
    again = "Revoir la réponse" if coming.answer else "Répondre avec une clause"
    steps = [
        (answers, again, "coming:answer", False),
        (answers, "Répondre «\u00a0pas de clause\u00a0»", "coming:no_clause", False),
        (
            perms.can_change_request(actor, coming) and not actions.why_not_change_request(coming),
            "Modifier la demande",
            "coming:change",
            False,
        ),
        (moves and not actions.why_not_launch(coming), "Consultation lancée", "coming:launch", False),
        (moves and not actions.why_not_award(coming), "Marché attribué", "coming:award", False),
        (moves and not actions.why_not_drop(coming), "Sans suite", "coming:drop", True),
    ]
    found = [(words, reverse(route, args=[coming.pk]), ends) for may, words, route, ends in steps if may]
    return [step for step in found if step[1] != offered]
