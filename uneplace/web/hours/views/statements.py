"""Statements: listed, read, declared, sent back, validated. The slice that the others copy."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from uneplace.hours import actions, perms
from uneplace.hours.counting import verdicts
from uneplace.hours.models import LedgerEntry, Statement, month_name
from uneplace.hours.queries import previous_month, rows_of
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.rules.explanation import as_json
from uneplace.web.access import access, require
from uneplace.web.hours.forms import ReturnForm, StatementForm
from uneplace.web.hours.turns import turn_of

WORKERS = (Capacity.FACILITATOR, Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
PAGE = 50
TABS = {
    "a-controler": ("À contrôler", Q(status=Statement.Status.SUBMITTED)),
    "attendus": ("Attendus", Q(status__in=[Statement.Status.EXPECTED, Statement.Status.DRAFT])),
    "a-corriger": ("À corriger", Q(status=Statement.Status.RETURNED)),
    "valides": ("Validés", Q(status=Statement.Status.VALIDATED)),
}


def _visible(request):
    return Statement.objects.visible_to(request.actor).select_related(
        "declarant", "service", "commitment__company", "commitment__clause__lot__contract__buyer"
    )


@access.capacity(*WORKERS)
@require_GET
def list_statements(request):
    """The statements that one may see, by what they wait for."""
    statements = _visible(request)
    counts = statements.aggregate(
        **{tab.replace("-", "_"): Count("pk", filter=condition) for tab, (_, condition) in TABS.items()}
    )
    default = "a-controler" if request.actor.is_facilitator else "attendus"
    tab = request.GET.get("etat", default)
    if tab not in TABS:
        tab = default
    found = statements.filter(TABS[tab][1]).annotate(total=Sum("lines__hours"), people=Count("lines"))
    if search := request.GET.get("q", "").strip():
        found = found.filter(
            Q(declarant__name__unaccent__icontains=search)
            | Q(commitment__company__name__unaccent__icontains=search)
            | Q(commitment__clause__lot__contract__object__unaccent__icontains=search)
        )
    order = ("-month", "-pk") if tab == "valides" else ("due_on", "pk")
    page = Paginator(found.order_by(*order), PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": [(key, label, counts[key.replace("-", "_")]) for key, (label, _) in TABS.items()],
        "tab": tab,
        "search": search,
        "page": page,
        "today": timezone.localdate(),
    }
    return render(request, "hours/list_statements.html", context)


@access.capacity(*WORKERS)
@require_GET
def show_statement(request, pk):
    """One statement: whose turn, its lines, what each counts for and why, what happened."""
    statement = get_object_or_404(_visible(request), pk=pk)
    may_control = perms.can_control(request.actor, statement)
    waiting = statement.status == Statement.Status.SUBMITTED
    context = {
        "statement": statement,
        "turn": turn_of(statement, request.actor, on=timezone.localdate()),
        "lines": _lines(statement, preview=may_control and waiting),
        "total": statement.lines.aggregate(total=Sum("hours"))["total"],
        "may_control": may_control and waiting,
        "may_declare": perms.can_declare(request.actor, statement)
        and not actions.why_not_declare(statement, on=timezone.localdate()),
        "entries": entries_about(statement)[:20],
        "form": ReturnForm(),
    }
    return render(request, "hours/statement.html", context)


def _lines(statement, *, preview):
    """Each line with its ledger entry, or with what it would count for when it is to be controlled."""
    lines = list(
        actions.lines_to_count(statement).order_by("worked_month__placement__participant__last_name", "pk")
    )
    entered = {
        entry.line_id: entry for entry in LedgerEntry.objects.filter(line__statement=statement, corrects=None)
    }
    foreseen = verdicts(lines) if preview else {}
    rows = []
    for line in lines:
        entry = entered.get(line.pk)
        verdict = foreseen.get(line.pk)
        explanation = (
            entry.explanation if entry else as_json(verdict.counted.explanation) if verdict else None
        )
        rows.append(
            {
                "line": line,
                "placement": line.worked_month.placement,
                "entry": entry,
                "preview": verdict.counted if verdict else None,
                "explanation": explanation,
            }
        )
    return rows


@access.capacity(*WORKERS)
@require_http_methods(["GET", "POST"])
def declare_statement(request, pk):
    """The month of all the people of a statement, on one page made for a phone."""
    statement = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_declare(request.actor, statement))
    if reasons := actions.why_not_declare(statement, on=timezone.localdate()):
        messages.info(request, " ".join(reasons))
        return redirect(statement)
    rows = rows_of(statement)
    repeat = "reprendre" in request.GET
    form = StatementForm(request.POST or None, statement=statement, rows=rows, repeat=repeat)
    if request.method == "POST" and form.is_valid():
        act = actions.submit_statement if "send" in request.POST else actions.keep_statement
        try:
            act(
                statement,
                form.declared,
                version=form.cleaned_data["version"],
                comment=form.cleaned_data["comment"],
                by=request.actor,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            sent = "Relevé envoyé. Le service vous répondra par courriel."
            messages.success(request, sent if act is actions.submit_statement else "Brouillon gardé.")
            return redirect(statement)
    context = {
        "statement": statement,
        "form": form,
        "repeat": repeat,
        "previous_month": month_name(previous_month(statement.month)),
        "can_repeat": any(row.previous is not None and row.line is None for row in rows),
        "represented": perms.represented(request.actor, statement.declarant),
    }
    status = 422 if form.has_errors else 200
    return render(request, "hours/declare_statement.html", context, status=status)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def return_statement(request, pk):
    """Send a statement back to its declarant, with what to correct."""
    statement = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_control(request.actor, statement))
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        try:
            actions.return_statement(
                statement, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            messages.success(request, f"Relevé renvoyé à {statement.declarant}.")
            return redirect(statement)
    context = {"statement": statement, "form": form}
    return render(request, "hours/return_statement.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["POST"])
def validate_statement(request, pk):
    """Count the hours of a statement."""
    statement = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_control(request.actor, statement))
    try:
        entries = actions.validate_statement(statement, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        counted = sum(entry.counted for entry in entries)
        messages.success(request, f"Relevé validé : {counted:f} h comptées.".replace(".", ",", 1))
    return redirect(statement)
