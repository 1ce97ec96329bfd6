"""A clause to read: whose turn it is, where its hours are, who owes them, who works, what happened."""

from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from uneplace.contracts import perms
from uneplace.contracts.actions import why_not_validate
from uneplace.contracts.correspondents import mandataire_of
from uneplace.contracts.models import Clause, Commitment, Subcontracting, Transfer
from uneplace.contracts.queries import UNDER_WAY, presence_of
from uneplace.hours.models import Allocation, AwaitedDocument, LedgerEntry, RecountNotice, Statement
from uneplace.hours.queries import progress_of
from uneplace.hours.totals import counted_total, totals_by_placement
from uneplace.journal.models import Entry
from uneplace.journal.queries import entries_about
from uneplace.kit.periods import day_is_inside, last_day
from uneplace.mails.queries import mails_about
from uneplace.offers.perms import can_draft
from uneplace.organisations.queries import contacts_of
from uneplace.settlement.alerts import alerts_of, alerts_of_clauses
from uneplace.settlement.ending import BEFORE_END, NOTED, is_over
from uneplace.settlement.perms import can_close_clause
from uneplace.settlement.relieved import NONE, of_clause, relieved_of
from uneplace.settlement.resizing import whys_of_parts
from uneplace.web.access import access
from uneplace.web.contracts.duty import foreseen, gauge_on
from uneplace.web.contracts.outlook import outlook_of
from uneplace.web.contracts.plain_words import in_clear, terms_shown
from uneplace.web.contracts.rows import actions_done_of, actions_words, pace_of, progress_seen, sees_whole
from uneplace.web.contracts.turns import turns_of, with_last_act
from uneplace.web.contracts.views.lists import FOLLOWERS
from uneplace.web.hours.gauges import gauge_of
from uneplace.web.statuses import status_of

PAGE = 50
HISTORY = 6
PEOPLE = 8
DOCUMENTS = 30


def clause_page(request, pk, tab):
    """What every view of a clause shows: its state, whose turn it is, its gauge, its tabs."""
    actor, on = request.actor, timezone.localdate()
    clauses = Clause.objects.visible_to(actor).select_related("lot__contract__buyer", "service")
    clause = get_object_or_404(clauses, pk=pk)
    progress = progress_seen([clause], actor, on=on).get(clause.pk)
    commitments = list(
        Commitment.objects.visible_to(actor)
        .filter(clause=clause)
        .select_related("company", "clause")
        .order_by("-share", "pk")
    )
    seen = [one for one in commitments if perms.can_see_people(actor, one)]
    is_settled = clause.status != Clause.Status.DRAFT
    seen_progress = {clause.pk: progress} if progress else {}
    by_commitment = relieved_of(commitments, on=on)
    relieved = of_clause(commitments, by_commitment)
    alerts = alerts_of_clauses(
        [clause], seen_progress, {clause.pk: commitments}, relieved=by_commitment, on=on
    )
    alert = alerts.get(clause.pk)
    turn = turns_of([clause], actor, on=on, at=timezone.now())[clause.pk]
    whole = sees_whole(clause, actor)
    history = _history(clause, commitments if whole else seen, seen, actor)
    done = actions_done_of([clause]).get(clause.pk, 0)
    is_open = clause.status == Clause.Status.RUNNING and day_is_inside(on, clause.execution)
    return {
        "clause": clause,
        "commitments": commitments,
        "commitments_seen": seen,
        "contract": clause.lot.contract,
        "turn": with_last_act(turn, history.first()),
        "acts": history,
        "progress": progress,
        "gauge": gauge_on(clause, progress, relieved, on=on) if progress else None,
        "relieved": by_commitment,
        "actions_done": done,
        "actions_words": actions_words(done, clause.actions_due or 0),
        **foreseen(clause, on=on),
        "pace": pace_of(clause, progress, alert, relieved),
        "alert": alert,
        "in_clear": in_clear(clause.hours_due),
        "counted": _counted(commitments) if progress else None,
        **terms_shown(clause),
        "recount_notice": _recount_notice(clause, actor),
        "tab": tab,
        "today": on,
        **_contact(clause),
        "is_service": actor.serves(clause),
        "sees_whole": whole,
        "may_edit": perms.can_edit_clause(actor, clause),
        "may_invite": perms.can_edit_clause(actor, clause) and clause.status in UNDER_WAY,
        "may_draft": bool(seen) and is_open and can_draft(actor, seen[0]),
        "is_settled": is_settled,
        "may_note_end": _may_note_end(clause, progress, relieved, actor, on),
        "blocked": [] if is_settled else why_not_validate(clause),
        "placement_count": _allocations(seen).order_by().values("placement").distinct().count()
        if seen
        else 0,
        "statement_count": Statement.objects.filter(commitment__in=seen).count() if seen else 0,
    }


def _may_note_end(clause, progress, relieved, actor, on):
    """Whether the page proposes to note the end: once it is over, or as soon as nothing more is due."""
    if not can_close_clause(actor, clause) or clause.status not in (*BEFORE_END, *NOTED):
        return False
    done = progress and progress.due and progress.counted + relieved.hours >= progress.due
    return clause.status in NOTED or is_over(clause, on=on) or bool(done)


def _contact(clause):
    """The one contact of the clause: its mandataire, and where to write to it."""
    first = mandataire_of(clause)
    if first is None:
        return {"mandataire": None, "contact_address": ""}
    return {"mandataire": first, "contact_address": next(iter(contacts_of(first.company)), "")}


def _recount_notice(clause, actor):
    """What the facilitator is reminded of: validated lines that would count otherwise."""
    if not actor.serves(clause) or clause.status in (Clause.Status.DRAFT, Clause.Status.CLOSED):
        return None
    return RecountNotice.objects.filter(clause=clause).first()


@access.capacity(*FOLLOWERS)
@require_GET
def show_clause(request, pk):
    """« Vue d’ensemble »."""
    context = clause_page(request, pk, "overview")
    clause, seen = context["clause"], context["commitments_seen"]
    context |= {
        "whys": whys_of_parts(clause, on=context["today"]),
        "debts": _debts(context["commitments"], context["relieved"], on=context["today"])
        if context["is_settled"]
        else [],
        "outlook": outlook_of(
            clause,
            context["commitments"],
            request.actor,
            whole=context["sees_whole"],
            on=context["today"],
        )
        if context["is_settled"]
        else None,
        "presence": _presence(context, at=timezone.now()),
        "workers": _workers(_allocations(seen)[:PEOPLE], context["today"]) if seen else [],
        "crowd": None if context["is_service"] or not context["is_settled"] else _crowd(clause, context),
        "history": context["acts"][:HISTORY],
        "mails": list(mails_about(request.actor, clause)[:20]),
    }
    return render(request, "contracts/clause.html", context)


@access.capacity(*FOLLOWERS)
@require_GET
def list_placements(request, pk):
    """« Contrats de travail » of the clause, for those who may read names."""
    context = clause_page(request, pk, "placements")
    page = Paginator(_allocations(context["commitments_seen"]), PAGE).get_page(request.GET.get("page"))
    context |= {"page": page, "workers": _workers(page.object_list, context["today"])}
    return render(request, "contracts/clause_placements.html", context)


@access.capacity(*FOLLOWERS)
@require_GET
def list_statements(request, pk):
    """« Relevés » of the clause."""
    context = clause_page(request, pk, "statements")
    statements = (
        Statement.objects.filter(commitment__in=context["commitments_seen"])
        .with_late_from()
        .select_related("declarant", "commitment__company")
        .annotate(total=Sum("lines__hours"), people=Count("lines"))
        .order_by("-month", "-pk")
    )
    context["page"] = Paginator(statements, PAGE).get_page(request.GET.get("page"))
    context["documents"] = list(
        AwaitedDocument.objects.visible_to(request.actor)
        .filter(commitment__clause=context["clause"])
        .select_related("evidence", "sender")
        .order_by("-due_on", "-pk")[:DOCUMENTS]
    )
    return render(request, "contracts/clause_statements.html", context)


@access.capacity(*FOLLOWERS)
@require_GET
def show_history(request, pk):
    """« Historique » of the clause, of its companies' engagements and of their statements."""
    context = clause_page(request, pk, "history")
    context["page"] = Paginator(context["acts"], PAGE).get_page(request.GET.get("page"))
    return render(request, "contracts/clause_history.html", context)


def _counted(commitments):
    return counted_total(LedgerEntry.objects.filter(commitment__in=commitments))


def _debts(commitments, relieved, *, on):
    """« Qui doit quoi »: each commitment, its gauge and its pace."""
    progress = progress_of(commitments, on=on)
    alerts = alerts_of(commitments, progress, relieved=relieved, on=on)
    return [
        {
            "commitment": one,
            "gauge": gauge_of(progress[one.pk], relieved=relieved.get(one.pk, NONE)),
            "pace": pace_of(one.clause, progress[one.pk], alerts.get(one.pk), relieved.get(one.pk, NONE)),
            "alert": alerts.get(one.pk),
        }
        for one in commitments
    ]


def _presence(context, *, at: datetime):
    if not context["is_service"]:
        return {}
    return presence_of({one.company_id for one in context["commitments"]}, at=at)


def _allocations(commitments):
    """Work contracts on these commitments, those under way first."""
    return (
        Allocation.objects.filter(commitment__in=commitments)
        .select_related("placement__participant", "placement__employer", "commitment__company")
        .order_by("-period__endswith", "-pk")
    )


def _placements(commitments):
    """The work contracts themselves: one may be allocated over several periods."""
    return _allocations(commitments).order_by().values("placement").distinct()


def _workers(allocations, on):
    """« Personnes au travail »: each work contract, what it counts for and what comes next."""
    allocations = list(allocations)
    totals = totals_by_placement(
        {one.placement_id for one in allocations}, commitments={one.commitment_id for one in allocations}
    )
    return [
        {
            "allocation": one,
            "placement": one.placement,
            "total": totals.get((one.placement_id, one.commitment_id)),
            "last_day": last_day(one.period),
            "state": _state(one.period, on),
        }
        for one in allocations
    ]


def _state(period, on):
    if on < period.lower:
        return status_of("placement", "UPCOMING")
    if period.upper is None or (period.upper - on).days > 30:
        return status_of("placement", "RUNNING")
    return status_of("placement", "ENDING" if on < period.upper else "ENDED")


def _crowd(clause, context):
    """What the buyer reads of people: how many, never who."""
    commitments = context["commitments"]
    on = context["today"]
    under_way = Q(period__startswith__lte=on) & (Q(period__endswith__gt=on) | Q(period__upper_inf=True))
    people = Allocation.objects.filter(commitment__in=commitments).aggregate(
        since_start=Count("placement__participant", distinct=True),
        today=Count("placement__participant", distinct=True, filter=under_way),
    )
    worked = LedgerEntry.objects.filter(commitment__in=commitments, counted__gt=0)
    return people | {"counted": worked.aggregate(people=Count("participant", distinct=True))["people"]}


def _history(clause, commitments, seen, actor):
    """What happened to the clause, its engagements and between its companies; to statements too, for those
    who may read them."""
    told = entries_about(clause, *commitments)
    between = [model.objects.visible_to(actor).filter(clause=clause) for model in (Transfer, Subcontracting)]
    for rows in (Statement.objects.filter(commitment__in=seen), *between):
        about = Entry.objects.filter(about_kind=rows.model._meta.model_name, about_id__in=rows.values("pk"))
        told |= about.order_by("-at", "-pk")
    return told
