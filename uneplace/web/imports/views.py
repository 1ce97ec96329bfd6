"""Hours from a spreadsheet: dropped, columns told, doubts settled, read before they are kept, undone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from uneplace.hours.imports import actions, perms, undoing
from uneplace.hours.imports.checking import outcome_of
from uneplace.hours.imports.columns import Heading, Headings, proposal
from uneplace.hours.imports.queries import Refusals, questions, written, written_rows
from uneplace.hours.imports.running import SHORT_FILE, SHORT_IMPORT, read_import
from uneplace.hours.models import HoursImport
from uneplace.hours.tasks import read_long_import, write_long_import
from uneplace.journal.queries import entries_about
from uneplace.kit.jobs import defer
from uneplace.kit.refused import Refused
from uneplace.organisations.models import Capacity
from uneplace.rules.french import day, number
from uneplace.web.access import access, require
from uneplace.web.imports.forms import AcceptForm, ColumnsForm, DoubtForm, UploadForm

WORKERS = (Capacity.FACILITATOR, Capacity.COMPANY, Capacity.INSERTION_EMPLOYER)
PAGE = 50
MOST_QUESTIONS = 20
Status = HoursImport.Status
WAITING = (Status.READING, Status.WRITING)


def _visible(request):
    return HoursImport.objects.visible_to(request.actor).select_related("service", "sender", "importer")


@access.capacity(*WORKERS)
@require_http_methods(["GET", "POST"])
def list_imports(request):
    """The imports made, and where to drop the next file."""
    actor = request.actor
    form = None
    if perms.can_import(actor):
        form = UploadForm(request.POST or None, request.FILES or None, actor=actor)
    if request.method == "POST":
        require(form is not None)
        if form.is_valid() and (received := _receive(request, form)) is not None:
            return received
    page = Paginator(_visible(request).order_by("-received_at", "-pk"), PAGE).get_page(
        request.GET.get("page")
    )
    context = {"form": form, "page": page, "can_import": form is not None}
    status = 422 if form is not None and form.errors else 200
    return render(request, "imports/list.html", context, status=status)


def _receive(request, form):
    """Keep the file that was dropped; None when it is refused."""
    file, service = form.cleaned_data["file"], form.service_chosen
    digest = actions.digest_of(file)
    if done := actions.same_file(digest, service=service, importer=request.actor.organisation):
        told = day(timezone.localtime(done.accepted_at).date())
        messages.info(request, f"Ce fichier a déjà été importé le {told} : rien n’a changé.")
        return redirect(done)
    try:
        received = actions.receive_file(
            file,
            file.name,
            file.size,
            service=service,
            sender=form.sender_chosen,
            by=request.actor,
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error("file", list(refusal.reasons))
        return None
    return redirect("imports:columns", received.pk)


@access.capacity(*WORKERS)
@require_http_methods(["GET", "POST"])
def tell_columns(request, pk):
    """What each column holds: proposed, told once, then remembered for the files of the same sender."""
    hours_import = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_handle(request.actor, hours_import))
    if hours_import.status not in (Status.TO_MAP, Status.READY, Status.FAILED) or not hours_import.layout:
        return redirect(hours_import)
    headings = _headings(hours_import)
    remembered = actions.remembered_columns(hours_import)
    columns = hours_import.columns or proposal(headings, remembered)
    form = ColumnsForm(request.POST or None, headings=headings, columns=columns, month=hours_import.month)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_columns(
                hours_import, form.told, month=form.cleaned_data["month"], by=request.actor, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, list(refusal.reasons))
        else:
            _read(hours_import)
            return redirect(hours_import)
    context = {
        "hours_import": hours_import,
        "form": form,
        "is_remembered": remembered is not None and not hours_import.columns,
        "sheet": hours_import.layout.get("sheet"),
        "other_sheets": hours_import.layout.get("other_sheets"),
    }
    return render(request, "imports/columns.html", context, status=422 if form.errors else 200)


def _headings(hours_import) -> Headings:
    kept = hours_import.layout
    return Headings(
        kept["row"], tuple(Heading(rank, title, tuple(samples)) for rank, title, samples in kept["columns"])
    )


def _read(hours_import) -> None:
    on = timezone.localdate()
    if hours_import.size <= SHORT_FILE:
        read_import(hours_import, on=on)
    else:
        defer(read_long_import, pk=hours_import.pk, on=on.isoformat())


@access.capacity(*WORKERS)
@require_GET
def show_import(request, pk):
    """Where an import stands: being read, to be verified, or what it wrote; a fragment while one waits."""
    hours_import = get_object_or_404(_visible(request), pk=pk)
    if hours_import.status == Status.TO_MAP and perms.can_handle(request.actor, hours_import):
        return redirect("imports:columns", hours_import.pk)
    if request.htmx:
        if hours_import.status not in WAITING:
            return HttpResponseClientRefresh()
        context = {"hours_import": hours_import, "may_handle": perms.can_handle(request.actor, hours_import)}
        return render(request, "imports/_waiting.html", context)
    return render(request, "imports/import.html", _context(request, hours_import))


def _context(request, hours_import, *, forms=None) -> dict:
    outcome = outcome_of(hours_import)
    is_open = hours_import.status == Status.READY
    if forms is None:
        pending = hours_import.doubts.filter(answer=None).order_by("first_line")[:MOST_QUESTIONS]
        forms = [DoubtForm(question=question) for question in questions(pending)] if is_open else []
    refusals = Paginator(Refusals(hours_import), PAGE).get_page(request.GET.get("lignes"))
    statements = Paginator(written_rows(hours_import), PAGE).get_page(request.GET.get("page"))
    at = timezone.now()
    is_done = hours_import.status == Status.DONE
    return {
        "hours_import": hours_import,
        "outcome": outcome,
        "doubt_forms": forms,
        "refusals": refusals,
        "statements": statements,
        "written": written(statements.object_list),
        "is_waiting": hours_import.status in WAITING,
        "is_open": is_open,
        "is_done": is_done,
        "is_service": request.actor.is_facilitator,
        "may_handle": perms.can_handle(request.actor, hours_import),
        "may_undo": is_done and not undoing.why_not_undo(hours_import, at=at),
        "accept_form": AcceptForm(initial={"shown": outcome.digest, "sends": request.actor.is_facilitator}),
        "entries": entries_about(hours_import)[:20],
    }


@access.capacity(*WORKERS)
@require_POST
def settle_doubts(request, pk):
    """Whose hours the file means, where it could be several people or contracts."""
    hours_import = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_handle(request.actor, hours_import))
    pending = hours_import.doubts.filter(answer=None).order_by("first_line")[:MOST_QUESTIONS]
    forms = [DoubtForm(request.POST, question=question) for question in questions(pending)]
    valid = [form.is_valid() for form in forms]  # every one is looked at
    if all(valid):
        chosen = {form.question.doubt.pk: form.cleaned_data["answer"] for form in forms}
        answers = {pk: answer for pk, answer in chosen.items() if answer is not None}
        try:
            if answers:
                actions.settle_doubts(hours_import, answers, by=request.actor, at=timezone.now())
        except Refused as refusal:
            messages.error(request, " ".join(refusal.reasons))
        else:
            left = len(chosen) - len(answers)
            if left:
                messages.info(request, f"Choix encore à faire\u00a0: {number(left)}.")
        return redirect(hours_import)
    return render(request, "imports/import.html", _context(request, hours_import, forms=forms), status=422)


@access.capacity(*WORKERS)
@require_POST
def accept_import(request, pk):
    """Write the good lines in their statements, all or none."""
    hours_import = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_handle(request.actor, hours_import))
    form = AcceptForm(request.POST)
    if not form.is_valid():
        messages.error(request, actions.CHANGED_SINCE)
        return redirect(hours_import)
    terms = {"shown": form.cleaned_data["shown"], "sends": form.cleaned_data["sends"]}
    actor, at = request.actor, timezone.now()
    try:
        if hours_import.lines_read > SHORT_IMPORT:
            actions.ask_to_write(hours_import, by=actor, at=at)
            who = {"user": actor.user.pk, "organisation": actor.organisation.pk}
            defer(write_long_import, pk=hours_import.pk, at=at.isoformat(), **who, **terms)
        else:
            actions.accept_import(hours_import, by=actor, at=at, **terms)
            messages.success(request, f"Lignes importées\u00a0: {number(hours_import.lines_kept)}.")
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    return redirect(hours_import)


@access.capacity(*WORKERS)
@require_POST
def check_again(request, pk):
    """Look again at the statements, which may have changed since the file was read."""
    hours_import = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_handle(request.actor, hours_import))
    try:
        actions.check_again(hours_import, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    return redirect(hours_import)


@access.capacity(*WORKERS)
@require_http_methods(["GET", "POST"])
def undo_import(request, pk):
    """Put every statement back as it was before an import; asked for twice, since it changes them all."""
    hours_import = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_handle(request.actor, hours_import))
    reasons = undoing.why_not_undo(hours_import, at=timezone.now())
    if request.method == "POST":
        try:
            undoing.undo_import(hours_import, by=request.actor, at=timezone.now())
        except Refused as refusal:
            reasons = list(refusal.reasons)
        else:
            messages.success(request, "Import annulé : les relevés sont comme avant.")
            return redirect(hours_import)
    context = {
        "hours_import": hours_import,
        "reasons": reasons,
        "statements": hours_import.statements.count(),
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "imports/undo.html", context, status=status)


@access.capacity(*WORKERS)
@require_POST
def drop_import(request, pk):
    """Import nothing of a file."""
    hours_import = get_object_or_404(_visible(request), pk=pk)
    require(perms.can_handle(request.actor, hours_import))
    try:
        actions.drop_import(hours_import, by=request.actor, at=timezone.now())
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect(hours_import)
    messages.success(request, "Rien n’a été importé ; le fichier est effacé.")
    return redirect("imports:list")
