"""The facilitator's choice: criteria beside facts, a reason for each decision, then the files sent."""

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from uneplace.journal.models import Entry
from uneplace.journal.queries import entries_about
from uneplace.kit.refused import Refused
from uneplace.matching.pool import MOST_FILES
from uneplace.matching.ranking import KEYS, ORDER
from uneplace.offers import actions, perms
from uneplace.offers.delays import delays_in
from uneplace.offers.models import Application, JobSheet
from uneplace.offers.queries import applications_with_file, flows_of
from uneplace.offers.versions import criteria_fixed
from uneplace.offers.whose_turn import steps_of_sheets
from uneplace.organisations.models import Capacity
from uneplace.reports.balance import balance_of
from uneplace.web.access import access, require
from uneplace.web.keyset import after_token, keys_after
from uneplace.web.numbers import whole_number
from uneplace.web.offers.candidates import Candidate, candidates_of, with_forms
from uneplace.web.offers.forms import PreselectForm
from uneplace.web.offers.rows import criteria_of
from uneplace.web.offers.turns import turn_of_sheet

from .sheets import visible_sheets

PAGE = 50
EVENTS = 12
BOARD, LIST = "tableau", ""
Status = Application.Status


@dataclass(frozen=True)
class Column:
    """Files that are at the same point: the key of the filter, its words, and their statuses."""

    key: str
    label: str
    statuses: frozenset[str]


COLUMNS = [
    Column("a-decider", "À décider", frozenset({Status.NEW, Status.STUDIED})),
    Column("reserve", "En réserve", frozenset({Status.ON_HOLD})),
    Column("retenues", "Retenues", frozenset({Status.SHORTLISTED})),
    Column("transmises", "Transmises", frozenset({Status.SENT, Status.MEETING, Status.HIRED})),
    Column("ecartees", "Écartées", frozenset({Status.DECLINED, Status.WITHDRAWN, Status.HIRED_ELSEWHERE})),
]
ALL = Column("", "Toutes", frozenset(Status.values))


@access.capacity(Capacity.FACILITATOR)
@require_GET
def preselect(request, pk):
    """Every file put forward for a job, in the order of the criteria met: a list, or a board by status."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(request.actor.serves(sheet))
    on, column = timezone.localdate(), _column(request.GET)
    after = keys_after(request.GET.get("apres", ""), size=len(ORDER))
    found = candidates_of(
        sheet, request.actor, on=on, statuses=column.statuses, after=after, limit=MOST_FILES + 1
    )
    candidates = found[:MOST_FILES]
    context = frame(request, sheet, candidates) | _list_or_board(request.GET, sheet, candidates, column)
    context["after"] = after
    context["most"] = MOST_FILES
    context["next"] = after_token(candidates[-1].keys) if len(found) > MOST_FILES else ""
    context["balance"] = balance_of(sheet, on=timezone.localdate())
    context["history"] = _history(candidates)
    return render(request, "offers/preselection.html", context)


@access.capacity(Capacity.FACILITATOR)
@require_POST
def decide(request, pk):
    """Keep, hold or discard one file."""
    applications = Application.objects.visible_to(request.actor).select_related("organisation", "job_sheet")
    application = get_object_or_404(applications, pk=pk)
    sheet = get_object_or_404(visible_sheets(request), pk=application.job_sheet_id)
    require(perms.can_manage(request.actor, sheet))
    view = BOARD if request.POST.get("vue") == BOARD else LIST
    form = PreselectForm(request.POST, application=application)
    if form.is_valid():
        try:
            actions.decide(application, form.decision, by=request.actor, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
            application.refresh_from_db(fields=["shortlisted_at"])
            form.show_again(application)
    if not form.errors and not request.htmx:
        messages.success(request, "Décision gardée.")
        query = f"?vue={BOARD}" if view == BOARD else ""
        address = reverse("offers:preselection", args=[sheet.pk])
        return redirect(f"{address}{query}#candidature-{application.pk}")
    on = timezone.localdate()
    [candidate] = candidates_of(sheet, request.actor, on=on, only=[application.pk])
    context = frame(request, sheet, [candidate])
    candidate.form = form if form.errors else PreselectForm(application=candidate.application)
    if request.htmx:
        context |= {"candidate": candidate, "saved": not form.errors, "board": view == BOARD}
        if view == BOARD:
            everybody = candidates_of(sheet, request.actor, on=on)
            told = [candidate if one.application.pk == application.pk else one for one in everybody]
            context |= _board(told) | {"told": candidate}
        return render(request, "offers/_decided.html", context)
    page = Paginator([candidate], PAGE).get_page(1)
    context |= {"page": page, "has_errors": True, "form": form}
    return render(request, "offers/preselection.html", context, status=422)


@access.capacity(Capacity.FACILITATOR)
@require_http_methods(["GET", "POST"])
def transmit(request, pk):
    """What the company will see of each kept file, then the sending."""
    sheet = get_object_or_404(visible_sheets(request), pk=pk)
    require(perms.can_manage(request.actor, sheet))
    on = timezone.localdate()
    candidates = candidates_of(sheet, request.actor, on=on, statuses=[Status.SHORTLISTED])
    reasons, ticked = [], [one.application.pk for one in candidates]
    if request.method == "POST":
        posted = [pk for key in request.POST.getlist("dossiers") if (pk := whole_number(key))]
        chosen = list(applications_with_file(sheet.applications.filter(pk__in=posted)))
        try:
            sent = actions.transmit(sheet, chosen, by=request.actor, at=timezone.now())
        except Refused as refusal:
            reasons, ticked = list(refusal.reasons), posted
        else:
            messages.success(
                request,
                f"{len(sent)} dossiers transmis à {sheet.commitment.company}."
                if len(sent) > 1
                else f"Dossier transmis à {sheet.commitment.company}.",
            )
            return redirect("offers:preselection", pk=sheet.pk)
    prefetch_related_objects([one.application for one in candidates], "answers")
    context = frame(request, sheet, candidates) | {
        "candidates": candidates,
        "files": [(one, criteria_of(one.application)) for one in candidates],
        "reasons": reasons,
        "ticked": ticked,
        "has_errors": bool(reasons),
        "answer_days": delays_in(sheet.service, at=timezone.now()).answer_days,
    }
    return render(request, "offers/transmit.html", context, status=422 if reasons else 200)


def _column(asked) -> Column:
    """The files that the address asks for; a board shows them all."""
    key = "" if asked.get("vue") == BOARD else asked.get("etat", "")
    return next((column for column in COLUMNS if column.key == key), ALL)


def _list_or_board(asked, sheet: JobSheet, candidates: list[Candidate], chosen: Column) -> dict:
    """The files as a list that filters cut, or as a board of columns; what the address asks for."""
    if asked.get("vue") == BOARD:
        return _board(candidates)
    page = Paginator(_aside_last(candidates), PAGE).get_page(asked.get("page"))
    with_forms(page.object_list)
    counts = Counter(sheet.applications.values_list("status", flat=True))
    chips = [
        {
            "key": column.key,
            "label": column.label,
            "on": column == chosen,
            "count": sum(counts[status] for status in column.statuses),
        }
        for column in [ALL, *COLUMNS]
    ]
    return {"page": page, "chips": chips}


def _board(candidates: list[Candidate]) -> dict:
    with_forms(candidates)
    return {"columns": [(column, _in(column, candidates)) for column in COLUMNS], "board": True}


def _aside_last(candidates: list[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda candidate: candidate.is_out)


def _in(column: Column, candidates: list[Candidate]) -> list[Candidate]:
    return [candidate for candidate in candidates if candidate.application.status in column.statuses]


def frame(request, sheet: JobSheet, candidates: list[Candidate]) -> dict:
    """What the page says of the whole: criteria, places, whose turn, what is ready to go."""
    flow = flows_of([sheet])[sheet.pk]
    kept = [candidate for candidate in candidates if candidate.is_kept]
    if len(kept) < flow.shortlisted:
        on = timezone.localdate()
        kept = candidates_of(sheet, request.actor, on=on, statuses=[Status.SHORTLISTED])
    return {
        "sheet": sheet,
        "flow": flow,
        "total": flow.received,
        "hard": [criterion for criterion in sheet.criteria.all() if criterion.weight == "HARD"],
        "soft": [criterion for criterion in sheet.criteria.all() if criterion.weight == "SOFT"],
        "turn": turn_of_sheet(
            sheet,
            steps_of_sheets([sheet], at=timezone.now())[sheet.pk],
            request.actor,
            on=timezone.localdate(),
        ),
        "kept": kept,
        "ready": [candidate for candidate in kept if not candidate.missing],
        "fixed": criteria_fixed(sheet),
        "fixed_by": entries_about(sheet).filter(verb="job_sheet.published").first(),
        "keys": KEYS,
    }


def _history(candidates: list[Candidate]) -> list[tuple[Entry, Application, str]]:
    """The last decisions taken here, each with its file and the word of the decision."""
    files = {candidate.application.pk: candidate.application for candidate in candidates}
    entries = Entry.objects.filter(
        about_kind="application",
        about_id__in=list(files),
        verb__in=["application.shortlisted", "application.transmitted", "application.withdrawn"],
    ).order_by("-at", "-pk")[:EVENTS]
    words = dict(Status.choices)
    return [(entry, files[entry.about_id], words.get(entry.details.get("verdict"), "")) for entry in entries]
