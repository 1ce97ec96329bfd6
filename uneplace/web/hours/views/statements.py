"""Statements: listed, read, sent back, validated. The slice that the others copy."""

from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from uneplace.hours import actions, perms
from uneplace.hours.asking import why_not_send_link
from uneplace.hours.bulk import validate_statements
from uneplace.hours.checks.told import anomalies_of, levels_in, still_told
from uneplace.hours.confirmations import SENT, answers_by_line
from uneplace.hours.counting import lines_of, verdicts
from uneplace.hours.evidence import documents_with
from uneplace.hours.host_confirmations import lines_to_confirm, why_not_ask_host
from uneplace.hours.models import Anomaly, LedgerEntry, Statement
from uneplace.hours.recount import counted_by_line
from uneplace.hours.reopening import why_not_reopen
from uneplace.hours.validating import reading
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.mails.queries import mails_about
from uneplace.organisations.links import links_to
from uneplace.organisations.models import Capacity
from uneplace.rules.explanation import as_json
from uneplace.rules.french import hours as hours_in_words
from uneplace.web.access import access, require
from uneplace.web.hours.forms import ReturnForm
from uneplace.web.hours.turns import turn_of

WORKERS = (Capacity.FACILITATOR, Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
PAGE = 50
TABS = {
    "a-controler": ("À contrôler", Q(status=Statement.Status.SUBMITTED)),
    "attendus": ("Attendus", Q(status__in=[Statement.Status.EXPECTED, Statement.Status.DRAFT])),
    "a-corriger": ("À corriger", Q(status=Statement.Status.RETURNED)),
    "valides": ("Validés", Q(status=Statement.Status.VALIDATED)),
}


def visible_statements(request):
    """The statements that one may see, with all that their pages name."""
    return Statement.objects.visible_to(request.actor).select_related(
        "declarant", "service", "commitment__company", "commitment__clause__lot__contract__buyer"
    )


@access.capacity(*WORKERS)
@require_GET
def list_statements(request):
    """The statements that one may see, by what they wait for."""
    statements = visible_statements(request)
    counts = statements.aggregate(
        **{tab.replace("-", "_"): Count("pk", filter=condition) for tab, (_, condition) in TABS.items()}
    )
    default = "a-controler" if request.actor.is_facilitator else "attendus"
    tab = request.GET.get("etat", default)
    if tab not in TABS:
        tab = default
    found = (
        statements.filter(TABS[tab][1])
        .with_late_from()
        .annotate(total=Sum("lines__hours"), people=Count("lines"))
    )
    if search := request.GET.get("q", "").strip():
        found = found.filter(
            Q(declarant__name__unaccent__icontains=search)
            | Q(commitment__company__name__unaccent__icontains=search)
            | Q(commitment__clause__lot__contract__object__unaccent__icontains=search)
        )
    order = ("-month", "-pk") if tab == "valides" else ("late_from", "pk")
    page = Paginator(found.order_by(*order), PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    for statement in page:
        statement.may_declare = (
            request.actor.writes
            and request.actor.stands_for(statement.declarant_id)
            and not actions.why_not_declare(statement, on=today)
        )
    context = {
        "tabs": [(key, label, counts[key.replace("-", "_")]) for key, (label, _) in TABS.items()],
        "tab": tab,
        "search": search,
        "page": page,
        "today": today,
    }
    return render(request, "hours/list_statements.html", context)


@access.capacity(*WORKERS)
@require_GET
def show_statement(request, pk):
    """One statement: whose turn, its lines, what each counts for and why, what happened."""
    statement = get_object_or_404(visible_statements(request), pk=pk)
    may_control = perms.can_control(request.actor, statement)
    waiting = statement.status == Statement.Status.SUBMITTED
    lines = _lines(statement, request.actor, preview=may_control and waiting)
    differences = sum(answer.is_open for row in lines for answer in row["answers"])
    context = {
        "statement": statement,
        "turn": turn_of(statement, request.actor, on=timezone.localdate()),
        "lines": lines,
        "differences": differences,
        "total": statement.lines.aggregate(total=Sum("hours"))["total"],
        "total_counted": _total_counted(lines),
        "may_control": may_control and waiting,
        "may_confirm_as_host": waiting
        and perms.can_confirm_as_host(request.actor, statement)
        and bool(lines_to_confirm(statement)),
        "may_ask_host": perms.can_control(request.actor, statement) and not why_not_ask_host(statement),
        "may_hand_codes": statement.status in SENT and perms.can_hand_codes(request.actor, statement),
        "may_declare": perms.can_declare(request.actor, statement)
        and not actions.why_not_declare(statement, on=timezone.localdate()),
        "documents": documents_with(statement, by=request.actor),
        "may_reopen": perms.can_control(request.actor, statement) and not why_not_reopen(statement),
        "entries": entries_about(statement)[:20],
        "mails": list(mails_about(request.actor, statement)[:20]),
        "form": ReturnForm(),
        **_checked(request.actor, statement, differences),
        **_by_link(request.actor, statement),
    }
    return render(request, "hours/statement.html", context)


def _checked(actor, statement, differences) -> dict:
    """What the checks tell of a received statement, and what stands for all that is read of it; or what
    became of it: for the service alone."""
    if not actor.serves(statement):
        return {}
    if statement.status != Statement.Status.SUBMITTED:
        answers = Anomaly.objects.filter(statement=statement).select_related(
            "placement__participant", "answered_by"
        )
        return {"answers": list(answers.order_by("pk"))}
    levels, on = levels_in(statement.service_id), timezone.localdate()
    found = anomalies_of([statement], levels=levels, on=on)[statement.pk]
    return {
        "found": found,
        "blocked": any(one.blocks for one in found),
        "read": reading(statement, still_told(found), differences),
    }


def _by_link(actor, statement) -> dict:
    """What was sent to a declarant without account: the service alone reads of it."""
    if not actor.serves(statement):
        return {}
    sendable = actor.writes and not why_not_send_link(statement, on=timezone.localdate())
    return {"links": links_to(statement), "may_send_link": sendable, "now": timezone.now()}


def _lines(statement, actor, *, preview):
    """Each line with its ledger entry, or with what it would count for when it is to be controlled."""
    lines = lines_of([statement])
    answers = answers_by_line(lines, by=actor)
    # The latest entry of a line, its first one or its last correction, says why it counts what it counts.
    # A month opened again counts nothing until it is validated anew.
    is_counted = statement.status == Statement.Status.VALIDATED
    rows = LedgerEntry.objects.filter(line__statement=statement).order_by("pk") if is_counted else ()
    entered = {entry.line_id: entry for entry in rows}
    counted = counted_by_line(statement)
    foreseen = verdicts(lines) if preview else {}
    rows = []
    for line in lines:
        entry = entered.get(line.pk)
        verdict = foreseen.get(line.pk)
        explanation = entry.explanation if entry else as_json(verdict.explanation) if verdict else None
        rows.append(
            {
                "line": line,
                "placement": line.worked_month.placement,
                "entry": entry,
                "counted": counted.get(line.pk),
                "answers": answers[line.pk],
                "preview": verdict.counted if verdict else None,
                "explanation": explanation,
            }
        )
    return rows


def _total_counted(rows) -> Decimal | None:
    """What all the lines count for, or would; None as long as one of them cannot tell."""
    counted = [row["counted"] if row["entry"] else row["preview"] and row["preview"].counted for row in rows]
    return None if None in counted else sum(counted, Decimal(0))


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def return_statement(request, pk):
    """Send a statement back to its declarant, with what to correct."""
    statement = get_object_or_404(visible_statements(request), pk=pk)
    require(perms.can_control(request.actor, statement))
    form = ReturnForm(request.POST or None, initial={"version": statement.version})
    if form.is_valid():
        try:
            actions.return_statement(statement, **form.cleaned_data, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.again(statement, refusal)
        else:
            messages.success(request, f"Relevé renvoyé à {statement.declarant}.")
            return redirect(statement)
    context = {"statement": statement, "form": form}
    return render(request, "hours/return_statement.html", context, status=422 if form.errors else 200)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["POST"])
def validate_statement(request, pk):
    """Count the hours of a statement, as they were read."""
    statement = get_object_or_404(visible_statements(request), pk=pk)
    require(perms.can_control(request.actor, statement))
    read = {statement.pk: request.POST.get("read", "")}
    (outcome,) = validate_statements([statement], read=read, by=request.actor, at=timezone.now())
    if outcome.is_validated:
        messages.success(request, f"Relevé validé\u00a0: {hours_in_words(outcome.counted)} comptées.")
    else:
        messages.error(request, " ".join(outcome.reasons))
    return redirect(statement)
